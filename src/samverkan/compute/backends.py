"""Where work is done: in this process, on a pool of processes, or on a Dask cluster."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class InProcess:
    """One item after the other in the calling process. The default; nothing to set up."""


@dataclass(frozen=True)
class ProcessPool:
    """Fresh processes on this machine (spawned, never forked).

    A script that calls `map` with a pool must keep the call below
    `if __name__ == "__main__":`, because every worker imports the script.
    """

    workers: int | None = None
    """None: one for each processor that this process may use."""

    def __post_init__(self) -> None:
        if self.workers is not None and self.workers < 1:
            raise ValueError("a pool needs at least one worker")


@dataclass(frozen=True)
class DaskCluster:
    """A running Dask scheduler, reached by its address (`tcp://host:8786`, `tls://host:8786`).

    Whoever reaches a scheduler runs code on its workers: keep it on a private network and use
    TLS with client certificates on anything but the same machine. Only send what may leave the
    database: counts and coordinates rounded to cells.
    """

    address: str
    certificate_authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    connect_seconds: float = 20.0

    @property
    def is_encrypted(self) -> bool:
        return self.address.startswith("tls://")

    @property
    def is_local(self) -> bool:
        host = self.address.split("://")[-1].rsplit(":", 1)[0]
        return host in {"127.0.0.1", "localhost", "[::1]", ""} or "inproc" in self.address


Backend = InProcess | ProcessPool | DaskCluster

"""A Dask cluster in a process of its own, for tests; the module is also its script.

Prints its address and its workers' process ids as one JSON line, and ends with its input.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class RunningCluster:
    address: str
    process_ids: tuple[int, ...]


@contextmanager
def local_cluster(
    workers: int = 2, *, certificate: Path | None = None, key: Path | None = None
) -> Iterator[RunningCluster]:
    """With a certificate, which is its own authority, everybody must show one to take part."""
    environment = {**os.environ, "PYTHONPATH": f"{SOURCE}{os.pathsep}{SOURCE.parent}"}
    command = [sys.executable, "-m", __name__, str(workers)]
    if certificate is not None:
        command += [str(certificate), str(key)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        try:
            yield RunningCluster(told["address"], tuple(told["process_ids"]))
        finally:
            process.stdin.close()
            process.wait(timeout=30)


def main() -> None:
    from distributed import LocalCluster, Security

    security, protocol = None, "tcp"
    if len(sys.argv) > 2:
        certificate, key = sys.argv[2:]
        roles = {
            f"tls_{role}_{part}": path
            for role in ("scheduler", "worker", "client")
            for part, path in (("cert", certificate), ("key", key))
        }
        security = Security(require_encryption=True, tls_ca_file=certificate, **roles)
        protocol = "tls"
    with LocalCluster(
        n_workers=int(sys.argv[1]),
        threads_per_worker=1,
        dashboard_address=None,
        protocol=protocol,
        security=security,
    ) as cluster:
        process_ids = [worker.pid for worker in cluster.workers.values()]
        print(
            json.dumps({"address": cluster.scheduler_address, "process_ids": process_ids}),
            flush=True,
        )
        sys.stdin.read()


if __name__ == "__main__":
    main()

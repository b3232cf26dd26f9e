"""One row of the table of benchmarks: a piece of work, ours and a peer's way of doing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """`ours` and `peer` do the whole work once each time they are called; data are made before.

    Time is measured around the call, unless the callable returns `Timed` (a peer in another
    program measures itself, so that its start is not held against it). `peer=None` with
    `quoted_seconds` compares with a time measured earlier, and the table says "quoted".
    `aim` is the ratio peer / ours to reach; `aim_seconds` and `aim_megabytes`, where given, must
    hold too. An aim of "within 1.5 times the peer" is the ratio 1 / 1.5.
    """

    name: str
    work: str
    ours: Callable[[], object]
    aim: float | None = None
    peer: Callable[[], object] | None = None
    peer_name: str = ""
    quoted_seconds: float | None = None
    quoted_from: str = "earlier measurement on a 2-core machine, ±30 %"
    aim_seconds: float | None = None
    aim_megabytes: float | None = None
    note: str = ""
    peer_scale: float = 1.0
    """How many times the peer's work must be done to equal ours (a part is timed, then scaled)."""
    repeats: int = 5
    peer_repeats: int = 5
    is_slow: bool = False
    """Left out by --quick."""
    check: Callable[[object, object], str] | None = None
    """Compares the two answers (ours, peer's): says in a few words how they agree, or raises."""
    before: Callable[[], object] | None = None
    """Run once before timing: makes data, compiles kernels."""
    after: Callable[[], object] | None = None
    """Run once afterwards, even after an error: removes files."""


@dataclass(frozen=True)
class Timed:
    """The median that another program measured over its own repeats, with what it computed."""

    seconds: float
    answer: object = None
    remark: str = ""

"""One case measured in a process of its own, so that memory and threads are its own."""

from __future__ import annotations

import resource
import statistics
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from importlib import import_module
from pathlib import Path
from time import perf_counter

from benchmarks.methods.case import Case, Timed

SUBJECTS_FOLDER = Path(__file__).resolve().parent
LONG = 20.0
"""Seconds after which a first call is as good as any other."""
NOT_SUBJECTS = {"__init__", "case", "measuring", "page", "run"}


@dataclass(frozen=True)
class Measured:
    """A row of the table, as numbers."""

    name: str
    work: str
    seconds: float
    runs: int
    spread: float
    """Slowest of the repeats over the fastest."""
    megabytes: float
    """Most memory that the process of this case ever held, data included."""
    peer_name: str
    peer_seconds: float | None
    is_quoted: bool
    quoted_from: str
    aim: float | None
    aim_seconds: float | None
    aim_megabytes: float | None
    agreement: str
    note: str
    on: str
    load: float
    """Load of the machine when the case began: 0 is a machine of our own."""

    @property
    def ratio(self) -> float | None:
        return None if self.peer_seconds is None else self.peer_seconds / self.seconds

    @property
    def is_met(self) -> bool | None:
        """None where there is neither an aim nor anything to compare with."""
        found = []
        if self.aim is not None and self.ratio is not None:
            found.append(self.ratio >= self.aim)
        if self.aim_seconds is not None:
            found.append(self.seconds <= self.aim_seconds)
        if self.aim_megabytes is not None:
            found.append(self.megabytes <= self.aim_megabytes)
        return all(found) if found else None

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def subjects() -> list[str]:
    names = sorted(path.stem for path in SUBJECTS_FOLDER.glob("*.py"))
    return [name for name in names if name not in NOT_SUBJECTS]


def all_cases() -> list[Case]:
    """Every case of every subject; one that shares its name with another is told by its peer."""
    found: list[Case] = []
    for subject in subjects():
        found += import_module(f"benchmarks.methods.{subject}").cases()
    shared = Counter(case.name for case in found)
    return [
        replace(case, name=f"{case.name}, beside {case.peer_name}")
        if shared[case.name] > 1
        else case
        for case in found
    ]


def measure(case: Case, *, on: str, load: float) -> Measured:
    if case.before is not None:
        case.before()
    try:
        times, peer_times = _Times(case.ours), _Times(case.peer)
        times.warm_up()
        times.keep_first_if_long()
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        # In turn, so that a noisy minute meets both.
        while len(times.seconds) < case.repeats or peer_times.wants(case.peer_repeats):
            if len(times.seconds) < case.repeats:
                times.take()
            if peer_times.wants(case.peer_repeats):
                peer_times.take()
        peer_seconds, agreement = case.quoted_seconds, ""
        if case.peer is not None:
            peer_seconds = statistics.median(peer_times.seconds) * case.peer_scale
            if case.check is not None:
                agreement = case.check(times.answer, peer_times.answer)
    finally:
        if case.after is not None:
            case.after()
    seconds = times.seconds
    return Measured(
        name=case.name,
        work=case.work,
        seconds=statistics.median(seconds),
        runs=len(seconds),
        spread=max(seconds) / min(seconds),
        megabytes=megabytes,
        peer_name=case.peer_name,
        peer_seconds=peer_seconds,
        is_quoted=case.peer is None and peer_seconds is not None,
        quoted_from=case.quoted_from,
        aim=case.aim,
        aim_seconds=case.aim_seconds,
        aim_megabytes=case.aim_megabytes,
        agreement=agreement,
        note="; ".join(words for words in (case.note, peer_times.remark) if words),
        on=on,
        load=load,
    )


class _Times:
    """The times of repeated calls. The first one compiles kernels and is forgotten, unless it
    took so long that compiling cannot matter."""

    def __init__(self, work: Callable[[], object] | None) -> None:
        self.seconds: list[float] = []
        self.answer: object = None
        self.remark = ""
        self._work = work
        self._first: float | None = None
        self._repeats_itself = False

    def wants(self, repeats: int) -> bool:
        """A program that times itself has repeated its call already."""
        enough = 1 if self._repeats_itself else repeats
        return self._work is not None and len(self.seconds) < enough

    def warm_up(self) -> None:
        self._first = self._call()

    def keep_first_if_long(self) -> None:
        if self._first is not None and self._first >= LONG:
            self.seconds.append(self._first)

    def take(self) -> None:
        self.seconds.append(self._call())

    def _call(self) -> float:
        assert self._work is not None
        started = perf_counter()
        answer = self._work()
        took = perf_counter() - started
        if isinstance(answer, Timed):
            self.remark = answer.remark
            took, answer = answer.seconds, answer.answer
            self._repeats_itself = True
        self.answer = answer
        return took

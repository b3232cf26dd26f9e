"""One case measured in a process of its own, so that memory and threads are its own."""

from __future__ import annotations

import resource
import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from time import perf_counter

from benchmarks.methods.case import Case, Timed

SUBJECTS_FOLDER = Path(__file__).resolve().parent
NOT_SUBJECTS = {"__init__", "case", "measuring", "page", "run"}


@dataclass(frozen=True)
class Measured:
    """A row of the table, as numbers."""

    name: str
    work: str
    seconds: float
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
    found: list[Case] = []
    for subject in subjects():
        found += import_module(f"benchmarks.methods.{subject}").cases()
    names = [case.name for case in found]
    if len(set(names)) != len(names):
        raise ValueError("two cases share a name")
    return found


def measure(case: Case, *, on: str, load: float) -> Measured:
    if case.before is not None:
        case.before()
    try:
        answer, seconds = _timed(case.ours, case.repeats, warm_up=True)
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        peer_seconds, agreement = case.quoted_seconds, ""
        if case.peer is not None:
            theirs, peer_times = _timed(case.peer, case.peer_repeats, warm_up=False)
            peer_seconds = statistics.median(peer_times) * case.peer_scale
            agreement = "" if case.check is None else case.check(answer, theirs)
    finally:
        if case.after is not None:
            case.after()
    return Measured(
        name=case.name,
        work=case.work,
        seconds=statistics.median(seconds),
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
        note=case.note,
        on=on,
        load=load,
    )


def _timed(
    work: Callable[[], object], repeats: int, *, warm_up: bool
) -> tuple[object, list[float]]:
    """The last answer and every time. The first call compiles kernels and is not counted, unless
    it took so long that compiling cannot matter."""
    seconds: list[float] = []
    answer: object = None
    for number in range(repeats + (1 if warm_up else 0)):
        started = perf_counter()
        answer = work()
        took = perf_counter() - started
        if isinstance(answer, Timed):
            took, answer = answer.seconds, answer.answer
        if warm_up and number == 0 and took < 20:
            continue
        seconds.append(took)
        if len(seconds) == repeats:
            break
    return answer, seconds

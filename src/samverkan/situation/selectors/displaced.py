"""Did the problem move next door? The weighted displacement quotient, and when it may speak."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from ..rules.comparison import ALPHA, FEWEST_EVENTS

# Moving of at least this share of what was prevented is ruled out: then nothing seems to move.
RULED_OUT = -0.5
ALL_OF_IT = -1.0
# The quotient's interval rests on an approximation that fewer than this in a cell do not carry.
FEWEST_IN_CELL = 5


class Course(StrEnum):
    """What the quotient says of the places nearby."""

    MOVED = "moved"
    MORE_MOVED_THAN_PREVENTED = "more moved than prevented"
    CALMER_TOO = "calmer too"
    STAYED = "stayed"
    NO_FALL = "no fall"
    TOO_FEW = "too few to tell"


@dataclass(frozen=True)
class Moved:
    """`quotient` is of what was prevented: below 0 moved, above 0 the calm spread."""

    course: Course
    quotient: float | None = None
    interval: tuple[float, float] | None = None

    @property
    def is_warning(self) -> bool:
        return self.course in (Course.MOVED, Course.MORE_MOVED_THAN_PREVENTED)


def judge_displacement(
    target: tuple[int, int],
    comparison: tuple[int, int],
    nearby: tuple[int, int],
    *,
    is_long_enough: bool = True,
) -> Moved:
    """Before and after of the three; the quotient means nothing where the target did not fall."""
    # Loaded when asked for: the web process starts without numerical libraries.
    from samverkan.methods.effects import displacement

    if not is_long_enough or sum(target) < FEWEST_EVENTS or sum(nearby) < FEWEST_EVENTS:
        return Moved(Course.TOO_FEW)
    if min(comparison) < FEWEST_IN_CELL or nearby[0] + target[0] < FEWEST_EVENTS:
        return Moved(Course.TOO_FEW)
    answer = displacement(*target, *comparison, *nearby, alpha=ALPHA)
    if not math.isfinite(answer.quotient):
        return Moved(Course.NO_FALL)
    low, high = answer.quotient_interval
    return Moved(_course(low, high), answer.quotient, (low, high))


def _course(low: float, high: float) -> Course:
    if high < ALL_OF_IT:
        return Course.MORE_MOVED_THAN_PREVENTED
    if high < 0:
        return Course.MOVED
    if low > 0:
        return Course.CALMER_TOO
    return Course.STAYED if low > RULED_OUT else Course.TOO_FEW

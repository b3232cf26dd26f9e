"""What may be said about a change, in words that a sentence can be built from."""

from __future__ import annotations

from enum import StrEnum

from samverkan.methods.errors import MethodError

# "A clear change" asks for a p-value this many times smaller than "a sign of a change".
STRICTER = 5.0
SUFFICIENT_POWER = 0.8


class Verdict(StrEnum):
    """Ordered from the strongest statement of a decrease to that of an increase."""

    DECREASE = "decrease"
    SIGN_OF_DECREASE = "sign of decrease"
    NO_CHANGE_SEEN = "no change seen"
    """Not significant although the design would have seen the relevant change."""
    TOO_FEW_TO_TELL = "too few to tell"
    """Not significant, and the design would probably have missed the relevant change."""
    SIGN_OF_INCREASE = "sign of increase"
    INCREASE = "increase"


def judge(
    *, ratio: float, p_value: float, alpha: float, power: float, is_strong_design: bool
) -> Verdict:
    """The verdict on a ratio after/before against what would have happened anyway.

    A clear decrease or increase needs p < alpha / 5 and a strong design: something to compare
    with, and no warning. p < alpha alone is a sign. Otherwise the power to see the relevant
    change decides between "no change seen" and "too few to tell".
    """
    if not p_value < alpha:
        is_able = power >= SUFFICIENT_POWER
        return Verdict.NO_CHANGE_SEEN if is_able else Verdict.TOO_FEW_TO_TELL
    is_clear = is_strong_design and p_value < alpha / STRICTER
    if ratio < 1:
        return Verdict.DECREASE if is_clear else Verdict.SIGN_OF_DECREASE
    return Verdict.INCREASE if is_clear else Verdict.SIGN_OF_INCREASE


def as_relevant_ratio(relevant_ratio: float) -> float:
    """A ratio that a change may have: positive, finite and not 1; or `MethodError`."""
    if not 0 < relevant_ratio < float("inf") or relevant_ratio == 1:
        raise MethodError("relevant_ratio must be positive and not 1")
    return float(relevant_ratio)

"""What every method of surveillance answers, period by period."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.methods.series import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class SurveillanceResult:
    """One row a series, one column an evaluated period; NaN where the method cannot say.

    `upper_bound`: the largest count within what chance gives (a count above it is an alarm);
    for CUSUM and GLR the smallest count that raises the alarm.
    `expected`: the count expected without an outbreak.
    `score`: how far the observation lies towards or beyond the bound; each method says how.
    `p_value`: the probability of a count at least as large without an outbreak, NaN for methods
    that promise a run length instead of a probability.
    `is_alarm`: False where the observation or the bound is missing.
    `evaluated`: the column numbers of `counts` that the columns here belong to.
    """

    upper_bound: FloatArray
    expected: FloatArray
    score: FloatArray
    p_value: FloatArray
    is_alarm: BoolArray
    evaluated: IntArray

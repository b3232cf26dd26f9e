"""Many series looked at each week: how many false alarms is one willing to have?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from samverkan.methods.errors import MethodError
from samverkan.methods.series import BoolArray, FloatArray


class Control(Enum):
    """What is held at the level asked for, in each column (one week's screen)."""

    EXPECTED = "expected"
    """The expected number of false alarms."""
    BONFERRONI = "bonferroni"
    """The probability of any false alarm."""
    BENJAMINI_HOCHBERG = "benjamini-hochberg"
    """The expected share of false ones among the alarms."""


@dataclass(frozen=True)
class ScreenResult:
    """`is_alarm` and `adjusted_p_value` have the shape of the p-values, the rest one a column.

    `adjusted_p_value`: at most the level exactly where there is an alarm; for EXPECTED it is the
    number of false alarms expected if the line were drawn there.
    `threshold`: p-values at or below it are alarms (0 when none).
    `expected_false_alarms`: at most so many, were there no outbreak anywhere.
    """

    is_alarm: BoolArray
    adjusted_p_value: FloatArray
    threshold: FloatArray
    expected_false_alarms: FloatArray
    n_tests: FloatArray


def screen(
    p_values: npt.ArrayLike,
    *,
    control: str | Control = Control.EXPECTED,
    level: float = 1.0,
) -> ScreenResult:
    """Alarms across hundreds of series with a stated number of false ones.

    Question answered: which series of this week's screen deserve a look, when `level` false
    alarms (EXPECTED), a probability `level` of any (BONFERRONI), or a share `level` of false
    ones among the alarms (BENJAMINI_HOCHBERG) is what one accepts?

    p_values: (n_series, n_evaluated) as in `SurveillanceResult.p_value`, NaN where the method
    could not say (not counted as a test); one dimension is one screen. Each column is a screen.
    Guarantees: with valid p-values (P(p <= x) <= x without an outbreak, as `predictive` gives
    with known dispersion) EXPECTED raises on average at most `level` false alarms a column
    whatever the dependence between series, BONFERRONI any with probability at most `level`;
    BENJAMINI_HOCHBERG holds its share for independent or positively dependent series. Counts are
    whole, so fewer are reached. A permutation of series permutes the answers.
    Not for p-values that were already adjusted, nor for methods without calibrated p-values.
    Errors: `MethodError`. Source: Benjamini and Hochberg (1995), JRSS B 57.
    """
    values = np.asarray(p_values, dtype=np.float64)
    if values.ndim not in (1, 2) or values.size == 0:
        raise MethodError("p_values must hold one screen or a table of them")
    if ((values < 0) | (values > 1)).any():
        raise MethodError("p_values must lie between 0 and 1")
    chosen = _checked(control, level)
    table = values.reshape(len(values), -1)
    n_tests = (~np.isnan(table)).sum(axis=0).astype(np.float64)
    if chosen is Control.BENJAMINI_HOCHBERG:
        adjusted = _step_up(table, n_tests)
    else:
        adjusted = table * n_tests
        if chosen is Control.BONFERRONI:
            adjusted = np.minimum(adjusted, 1.0)
    with np.errstate(invalid="ignore"):
        is_alarm = adjusted <= level
    threshold = np.where(is_alarm, table, 0.0).max(axis=0)
    if chosen is not Control.BENJAMINI_HOCHBERG:
        threshold = np.minimum(level / np.maximum(n_tests, 1), 1.0)
    return ScreenResult(
        is_alarm=is_alarm.reshape(values.shape),
        adjusted_p_value=adjusted.reshape(values.shape),
        threshold=threshold,
        expected_false_alarms=threshold * n_tests,
        n_tests=n_tests,
    )


def _checked(control: str | Control, level: float) -> Control:
    try:
        chosen = Control(control)
    except ValueError as error:
        names = ", ".join(item.value for item in Control)
        raise MethodError(f"control must be one of {names}") from error
    if not level > 0 or (chosen is not Control.EXPECTED and level >= 1):
        raise MethodError("level must be positive, and a probability below 1")
    return chosen


def _step_up(table: FloatArray, n_tests: FloatArray) -> FloatArray:
    """Benjamini and Hochberg's adjusted p-values, column by column."""
    order = np.argsort(table, axis=0, kind="stable")
    ordered = np.take_along_axis(table, order, axis=0)
    rank = np.arange(1, len(table) + 1)[:, None]
    scaled = np.where(np.isnan(ordered), np.inf, ordered * n_tests / rank)
    smallest = np.minimum.accumulate(scaled[::-1], axis=0)[::-1]
    adjusted = np.empty_like(table)
    np.put_along_axis(adjusted, order, np.minimum(smallest, 1.0), axis=0)
    return np.where(np.isnan(table), np.nan, adjusted)

"""Which earlier periods a period is compared with, and in which season group each of them is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverkan.methods.errors import MethodError
from samverkan.methods.series import FloatArray, IntArray

DAYS_IN_YEAR = 365.25

DateArray = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class WindowRule:
    """Noufaily's choice of baseline (Farrington's, when there is one seasonal period)."""

    frequency: int
    years_back: int
    half_window: int
    n_seasonal_periods: int
    recent_excluded: int

    def __post_init__(self) -> None:
        if self.frequency < 1 or self.years_back < 1 or self.half_window < 0:
            raise MethodError("frequency and years_back must be at least 1, half_window at least 0")
        if 2 * self.half_window + 1 > self.frequency:
            raise MethodError("the windows overlap: half_window is too wide for the frequency")
        if self.n_seasonal_periods < 1 or self.recent_excluded < 0:
            raise MethodError("n_seasonal_periods must be at least 1, recent_excluded at least 0")
        free = self.frequency - 2 * self.half_window - 1
        if self.n_seasonal_periods - 1 > free:
            raise MethodError("n_seasonal_periods leaves less than one period for each season")


@dataclass(frozen=True)
class ReferenceWindow:
    """The periods of a baseline, oldest first."""

    columns: IntArray
    times: FloatArray
    """Periods from the judged period, so negative; by calendar days where dates are given."""
    groups: IntArray
    """The season group of each; group 0 is the season judged."""


def reference_window(
    period: int, rule: WindowRule, dates: DateArray | None = None
) -> ReferenceWindow | None:
    """The baseline of a period, or None when the series does not reach that far back.

    Without dates the same season a year ago lies `frequency` periods back. With dates (the first
    day of each period, ascending) it is the period that begins nearest the same calendar date, so
    that years of 53 weeks do not shift the season.
    """
    centres = _same_season(period, rule, dates)
    if centres is None or centres[0] < rule.half_window:
        return None
    columns = np.arange(centres[0] - rule.half_window, period + 1)
    groups = _season_groups(columns, centres, rule)
    is_recent = columns >= period - rule.recent_excluded
    is_used = ~is_recent & ((groups == 0) | (rule.n_seasonal_periods > 1))
    if not is_used.any():
        return None
    used = columns[is_used]
    return ReferenceWindow(used, _times(used, period, rule, dates), groups[is_used])


def as_dates(dates: npt.ArrayLike | None, n_periods: int) -> DateArray | None:
    """Dates as days, one for each period, ascending; or `MethodError`."""
    if dates is None:
        return None
    try:
        days = np.asarray(dates, dtype="datetime64[D]")
    except (TypeError, ValueError) as error:
        raise MethodError("dates must be calendar dates") from error
    if days.shape != (n_periods,):
        raise MethodError("dates must hold the first day of each period")
    if np.isnat(days).any() or (np.diff(days) <= np.timedelta64(0, "D")).any():
        raise MethodError("dates must be ascending")
    return days


def _times(columns: IntArray, period: int, rule: WindowRule, dates: DateArray | None) -> FloatArray:
    if dates is None:
        return (columns - period).astype(np.float64)
    days = (dates[columns] - dates[period]).astype(np.float64)
    times: FloatArray = days * (rule.frequency / DAYS_IN_YEAR)
    return times


def _same_season(period: int, rule: WindowRule, dates: DateArray | None) -> IntArray | None:
    """The period and the same season of the years before it, oldest first."""
    if dates is None:
        back = np.arange(rule.years_back, -1, -1, dtype=np.int64)
        return period - rule.frequency * back
    centres = [period]
    for years in range(1, rule.years_back + 1):
        wanted = _years_before(dates[period], years)
        if wanted < dates[0]:
            return None
        centres.append(int(np.argmin(np.abs((dates - wanted).astype(np.int64)))))
    return np.array(centres[::-1], dtype=np.int64)


def _years_before(date: np.datetime64, years: int) -> np.datetime64:
    day: dt.date = date.astype("datetime64[D]").item()
    try:
        return np.datetime64(day.replace(year=day.year - years))
    except ValueError:  # 29 February is 1 March in a year without it
        return np.datetime64(day.replace(year=day.year - years, month=3, day=1))


def _season_groups(columns: IntArray, centres: IntArray, rule: WindowRule) -> IntArray:
    """Group 0 around each centre; what lies between two centres is cut into equal seasons."""
    before = np.clip(np.searchsorted(centres, columns, side="right") - 1, 0, len(centres) - 2)
    first_free = centres[before] + rule.half_window + 1
    n_free = centres[before + 1] - rule.half_window - first_free
    position = columns - first_free
    is_between = (position >= 0) & (position < n_free)
    n_seasons = max(rule.n_seasonal_periods - 1, 1)
    season = 1 + position * n_seasons // np.maximum(n_free, 1)
    return np.where(is_between, season, 0).astype(np.int64)

"""Farrington's methods against R surveillance 1.20.3, on every case of the reference results.

R stops its search when the deviance changes by less than one part in 10**8 and takes dispersion
and standard errors from the step before. With `fitting="as_r"` every bound agrees to 1e-6. The
default goes on to the maximum of the likelihood: its bounds differ from R's by what R's early
stop leaves, and it gives none where a season has no case at all (NOTES.md, point 6).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from samverkan.methods import surveillance
from samverkan.methods.surveillance.baseline import _reweighted
from samverkan.methods.surveillance.grouped_fit import fit_converged, make_design
from samverkan.methods.surveillance.reference_window import WindowRule, reference_window
from tests.reference.shared import shared_path
from tests.reference.surveillance_tables import Question, differs, questions, read_rows

TO_ROUNDING = 1e-6
R_STOPS_EARLY = 2e-4


@cache
def _flexible(output: str) -> tuple[Question, ...]:
    folder = shared_path("reference/04_farrington_flexible")
    return tuple(questions(folder, "input.csv.gz", output))


@cache
def _original() -> tuple[Question, ...]:
    folder = shared_path("reference/03_farrington")
    return tuple(questions(folder, "input.csv", "output.csv.gz"))


def _run_flexible(
    question: Question, variant: str, fitting: str | None
) -> surveillance.SurveillanceResult:
    excluded = question.number("pastWeeksNotIncluded")
    dates = question.series["epoch"]
    has_dates = question.series["epochAsDate"].flat[0] == "TRUE"
    return surveillance.farrington_flexible(
        question.series["y"],
        frequency=question.whole("freq"),
        evaluate=question.evaluate,
        years_back=question.whole("b"),
        half_window=question.whole("w"),
        n_seasonal_periods=question.whole("noPeriods"),
        reweight=question.flag("reweight"),
        weights_threshold=question.number("weightsThreshold"),
        alpha=question.number("alpha"),
        trend=question.flag("trend"),
        trend_p_threshold=question.number("pThresholdTrend"),
        recent_excluded=None if np.isnan(excluded) else int(excluded),
        threshold_method=question.settings["thresholdMethod"],
        power=question.settings["powertrans"],
        min_cases=question.whole("limit1"),
        min_cases_periods=question.whole("limit2"),
        population=question.series["population"] if question.flag("populationOffset") else None,
        dates=dates[0] if has_dates else None,
        variant=variant,
        fitting=fitting,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("output", "variant"),
    [("output_peer.csv.gz", "released"), ("output_fixed.csv.gz", "corrected")],
)
def test_every_flexible_bound_agrees_when_stopped_where_r_stops(output: str, variant: str) -> None:
    n_rows = 0
    for question in _flexible(output):
        found = _run_flexible(question, variant, "as_r")
        expected = question.expected
        assert not differs(found.upper_bound, expected["upperbound"], TO_ROUNDING).any()
        assert not differs(found.expected, expected["expected"], TO_ROUNDING).any()
        assert (found.is_alarm == (expected["alarm"] == 1)).all()
        says = ~np.isnan(found.upper_bound)
        assert not differs(found.p_value, expected["pvalue"], TO_ROUNDING)[says].any()
        n_rows += says.size
    assert n_rows == 23_972


def test_the_released_score_agrees_logarithm_and_all() -> None:
    for question in _flexible("output_peer.csv.gz"):
        if question.settings["cfg"] not in ("2", "3", "22"):
            continue
        found = _run_flexible(question, "released", "as_r")
        says = ~np.isnan(found.upper_bound)
        assert not differs(found.score, question.expected["score"], 1e-5)[says].any()


def test_the_converged_bounds_differ_only_by_what_an_early_stop_leaves() -> None:
    n_rows = n_differing = n_unsaid = n_flipped = 0
    for question in _flexible("output_fixed.csv.gz"):
        found = _run_flexible(question, "corrected", None)
        expected = question.expected["upperbound"]
        unsaid = np.isnan(found.upper_bound) & ~np.isnan(expected)
        # Only where the season has no case, and R stopped at a mean of nearly nothing.
        assert (question.expected["expected"][unsaid] < 1e-7).all()
        far = differs(found.upper_bound, expected, R_STOPS_EARLY) & ~unsaid
        # A whole bound may fall one count away where its probability is the nominal one.
        assert (np.abs(found.upper_bound - expected)[far] <= 1).all()
        n_rows += expected.size
        n_unsaid += int(unsaid.sum())
        n_flipped += int(far.sum())
        n_differing += int(differs(found.upper_bound, expected, 1e-5).sum())
    assert n_rows == 23_972
    assert n_unsaid <= 70
    assert n_flipped <= 5
    assert n_differing / n_rows < 0.07


def _run_original(question: Question, fitting: str) -> surveillance.SurveillanceResult:
    return surveillance.farrington(
        question.series["y"],
        frequency=int(question.series["freq"].flat[0]),
        evaluate=question.evaluate,
        years_back=question.whole("b"),
        half_window=question.whole("w"),
        reweight=question.flag("reweight"),
        alpha=question.number("alpha"),
        trend=question.flag("trend"),
        min_cases=question.whole("limit1"),
        min_cases_periods=question.whole("limit2"),
        power=question.settings["powertrans"],
        fitting=fitting,
    )


@pytest.mark.slow
def test_every_original_bound_agrees_when_stopped_where_r_stops() -> None:
    n_rows = 0
    for question in _original():
        found = _run_original(question, "as_r")
        expected = question.expected
        # Too few cases is 0 in R; here nothing is said.
        bound = np.nan_to_num(found.upper_bound, nan=0.0)
        assert not differs(bound, expected["upperbound"], TO_ROUNDING).any()
        says = ~np.isnan(found.upper_bound)
        assert not differs(found.expected, expected["median"], TO_ROUNDING)[says].any()
        assert not differs(1 - found.p_value, expected["q"], TO_ROUNDING)[says].any()
        assert (found.is_alarm == (expected["alarm"] == 1)).all()
        n_rows += bound.size
    assert n_rows == 56_042


@pytest.mark.parametrize(
    ("name", "cfg", "period"),
    [("salmonella.agona/observed1", "2", 305), ("weekly/27", "9", 566), ("monthly/28", "23", 144)],
)
def test_the_trace_of_one_fit_agrees_row_by_row(name: str, cfg: str, period: int) -> None:
    folder = shared_path("reference/04_farrington_flexible")
    rows = [
        row
        for row in read_rows(folder / "trace_rows.csv")
        if (row["series"], row["cfg"], row["k"]) == (name, cfg, str(period))
    ]
    settings = next(row for row in read_rows(folder / "config.csv") if row["cfg"] == cfg)
    rule = WindowRule(
        frequency=int(settings["freq"]),
        years_back=int(settings["b"]),
        half_window=int(settings["w"]),
        n_seasonal_periods=int(settings["noPeriods"]),
        recent_excluded=int(settings["pastWeeksNotIncluded"]),
    )
    window = reference_window(period - 1, rule)
    assert window is not None
    assert (window.columns + 1).tolist() == [int(row["t"]) for row in rows]
    order = np.argsort(window.groups, kind="stable")
    design = make_design(window.times[order], window.groups[order])
    counts = np.array([[float(row["y"]) for row in rows]])[:, order]
    weights = np.ones_like(counts)
    first = fit_converged(design, counts, weights, weights, True)
    lighter = _reweighted(first, counts, weights, float(settings["weightsThreshold"]))
    second = fit_converged(design, counts, lighter, weights, True)
    for ours, theirs in [
        (first.mean, "mu1"),
        (first.leverage, "hat1"),
        (lighter, "omega"),
        (second.mean, "mu2"),
        (second.leverage, "hat2"),
    ]:
        reference = np.array([float(row[theirs]) for row in rows])[order]
        assert not differs(ours[0], reference, 1e-3).any(), theirs

"""EARS, CUSUM, GLR, Bayes and RKI against R surveillance 1.20.3, on every reference case."""

from __future__ import annotations

import decimal

import numpy as np
import pytest

from samverkan.methods import surveillance
from tests.reference.shared import shared_path
from tests.reference.surveillance_tables import Question, as_number, differs, questions, read_rows

TO_ROUNDING = 1e-6
R_HAS_NO_ANSWER = 1e99


def test_every_ears_bound_and_alarm_agrees() -> None:
    n_rows = 0
    for question in questions(shared_path("reference/02_ears"), "input.csv", "output.csv"):
        found = surveillance.ears(
            question.series["y"],
            variant=question.settings["method"],
            baseline=question.whole("baseline"),
            min_sigma=question.number("minSigma"),
            alpha=question.number("alpha"),
            evaluate=question.evaluate,
            c3_bound="released",
        )
        assert not differs(found.upper_bound, question.expected["upperbound"], TO_ROUNDING).any()
        assert (found.is_alarm == (question.expected["alarm"] == 1)).all()
        n_rows += found.is_alarm.size
    assert n_rows == 147_397


def _cusum(question: Question, variant: str, fitting: str) -> surveillance.SurveillanceResult:
    reference_value, limit = (float(text) for text in question.settings["kh"].split("/"))
    overdispersion = question.number("alpha")
    found = {"glm": "harmonic", "null": "mean"}
    expected = question.settings["m"]
    return surveillance.cusum(
        question.series["y"],
        reference_value=reference_value,
        decision_limit=limit,
        expected=found[expected] if expected in found else float(expected),
        standardisation=question.settings["trans"],
        overdispersion=0.0 if np.isnan(overdispersion) else overdispersion,
        frequency=int(question.series["freq"].flat[0]),
        evaluate=question.evaluate,
        variant=variant,
        fitting=fitting,
    )


@pytest.mark.slow
def test_every_cusum_its_bound_and_its_alarm_agree() -> None:
    n_rows = 0
    for question in questions(shared_path("reference/05_cusum"), "input.csv", "output.csv.gz"):
        found, expected = _cusum(question, "released", "as_r"), question.expected
        for ours, theirs in [
            (found.score, expected["cusum"]),
            (found.upper_bound, expected["upperbound"]),
            (found.expected, expected["m"]),
        ]:
            # A sum near zero keeps the rounding of what was taken from what was added.
            far = differs(ours, theirs, TO_ROUNDING) & (np.abs(ours - theirs) > 1e-9)
            assert not far.any()
        assert (found.is_alarm == (expected["alarm"] == 1)).all()
        n_rows += found.is_alarm.size
        corrected = _cusum(question, "corrected", "as_r")
        is_known = ~np.isnan(corrected.upper_bound)
        reaches = question.series["y"][:, question.evaluate] >= corrected.upper_bound
        assert (reaches == corrected.is_alarm)[is_known].all()
    assert n_rows == 291_708


def test_exact_run_lengths_agree_where_the_reference_keeps_its_digits() -> None:
    for row in read_rows(shared_path("reference/05_cusum") / "arl_poisson_cusum.csv"):
        ours = surveillance.poisson_cusum_run_length(
            float(row["theta"]),
            reference_value=float(row["k"]),
            decision_limit=float(row["h"]),
        )
        theirs = float(row["arl"])
        # The reference solves (I - Q) x = 1 and loses digits as the run length grows.
        assert ours == pytest.approx(theirs, rel=max(TO_ROUNDING, 2e-16 * theirs))


def test_where_the_reference_loses_digits_fifty_digits_side_with_ours() -> None:
    for limit, value, mean in [(10, 3, "0.5"), (8, 3, "0.5"), (10, 2, "0.5")]:
        exact = _run_length_in_decimals(limit, value, decimal.Decimal(mean))
        ours = surveillance.poisson_cusum_run_length(
            float(mean), reference_value=value, decision_limit=limit
        )
        assert ours == pytest.approx(float(exact), rel=1e-12)


def _run_length_in_decimals(limit: int, value: int, mean: decimal.Decimal) -> decimal.Decimal:
    """Gauss's elimination with fifty digits."""
    with decimal.localcontext(decimal.Context(prec=50)):
        chance = [(-mean).exp()]
        for count in range(1, limit + value + 1):
            chance.append(chance[-1] * mean / count)
        matrix = [[decimal.Decimal(0)] * limit + [decimal.Decimal(1)] for _ in range(limit)]
        for state in range(limit):
            matrix[state][state] += 1
            for count, probability in enumerate(chance):
                reached = max(state + count - value, 0)
                if reached < limit:
                    matrix[state][reached] -= probability
        for pivot in range(limit - 1, 0, -1):
            for row in range(pivot):
                factor = matrix[row][pivot] / matrix[pivot][pivot]
                for column in range(limit + 1):
                    matrix[row][column] -= factor * matrix[pivot][column]
        return matrix[0][limit] / matrix[0][0]


def test_limits_for_a_normal_cusum_agree() -> None:
    for row in read_rows(shared_path("reference/05_cusum") / "find_kh.csv"):
        found = surveillance.normal_cusum_limits(
            in_control_run_length=float(row["ARLa"]),
            out_of_control_run_length=float(row["ARLr"]),
        )
        # The reference stops its minimisation at about six digits; ours meets both run lengths.
        assert found.reference_value == pytest.approx(float(row["k"]), rel=1e-5)
        assert found.decision_limit == pytest.approx(float(row["h"]), rel=1e-5)
        assert found.in_control_run_length == pytest.approx(float(row["ARLa"]), rel=1e-9)
        assert found.out_of_control_run_length == pytest.approx(float(row["ARLr"]), rel=1e-9)


def _glr(question: Question, variant: str) -> surveillance.SurveillanceResult:
    shift, longest = question.number("theta"), question.whole("M")
    return surveillance.glr_negative_binomial(
        question.series["y"],
        expected=question.series["mu"][:, question.evaluate],
        overdispersion=question.number("alpha"),
        decision_limit=question.number("cARL"),
        log_shift=None if np.isnan(shift) else shift,
        longest_window=None if longest < 0 else longest,
        shortest_window=question.whole("Mtilde"),
        direction=question.settings["dir"],
        evaluate=question.evaluate,
        variant=variant,
    )


def test_every_likelihood_ratio_and_alarm_agrees() -> None:
    n_rows = 0
    for question in questions(shared_path("reference/06_glrnb"), "input.csv", "output.csv.gz"):
        theirs = question.expected["value_or_cases"]
        counts_cases = question.settings["ret"] == "cases"
        # When it counts cases the reference looks at windows of one period too.
        found = _glr(question, "corrected" if counts_cases else "released")
        ours = found.upper_bound if counts_cases else found.score
        has_answer = theirs < R_HAS_NO_ANSWER
        # Without a case in the period the reference gives no bound in a limited window.
        observed = question.series["y"][:, question.evaluate]
        assert (observed[~has_answer] == 0).all()
        far = differs(ours, theirs, TO_ROUNDING) & (np.abs(ours - theirs) > 1e-9)
        assert not far[has_answer].any()
        assert (found.is_alarm == (question.expected["alarm"] == 1)).all()
        n_rows += theirs.size
    assert n_rows == 28_720


def test_every_bayes_and_rki_bound_agrees() -> None:
    folder = shared_path("reference/07_bayes_rki_boda")
    n_rows = 0
    for question in questions(folder, "input.csv.gz", "output.csv.gz"):
        if question.settings["algo"] not in ("bayes", "rki"):
            continue
        shared = {
            "frequency": int(question.series["freq"].flat[0]),
            "years_back": question.whole("b"),
            "half_window": question.whole("w"),
            "use_recent": question.flag("actY"),
            "evaluate": question.evaluate,
        }
        counts = question.series["y"]
        if question.settings["algo"] == "bayes":
            alpha = as_number(question.settings["alpha"])
            found = surveillance.bayes(counts, alpha=alpha, **shared)
        else:
            found = surveillance.rki(counts, **shared)
        assert not differs(found.upper_bound, question.expected["upperbound"], TO_ROUNDING).any()
        assert (found.is_alarm == (question.expected["alarm"] == 1)).all()
        n_rows += found.is_alarm.size
    assert n_rows == 7 * 6_858

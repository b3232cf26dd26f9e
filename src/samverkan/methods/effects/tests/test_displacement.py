import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.methods import effects
from samverkan.methods.errors import MethodError


def test_the_papers_example():
    made = effects.displacement(207, 110, 308, 318, 178, 157, 150, 140)
    assert made.total.value == -118
    assert made.total.standard_error == pytest.approx(np.sqrt(1568))
    assert made.z_score == pytest.approx(-2.98, abs=0.005)
    assert [round(end) for end in made.interval] == [-196, -40]
    assert made.verdict is effects.Verdict.DECREASE


def test_times_of_different_length_are_taken_per_unit():
    made = effects.displacement(80, 20, 100, 50, before_length=2, after_length=1)
    assert made.total.value == pytest.approx(-20)
    assert made.total.standard_error == pytest.approx(np.sqrt(115))


def test_areas_of_different_size_are_taken_per_unit():
    made = effects.displacement(
        207, 110, 308, 318, 178, 157, 150, 140, area_sizes=(1.2, 0.9, 1.5, 1.6)
    )
    assert made.total.value == pytest.approx(-99.69444444)
    assert made.total.standard_error == pytest.approx(35.4280755)
    assert made.interval == pytest.approx((-169.1321965, -30.25669241))


def test_harm_weighs_kinds_of_crime():
    robbery = effects.displacement(20, 10, 20, 20)
    burglary = effects.displacement(25, 20, 30, 30)
    theft = effects.displacement(70, 20, 80, 60)
    made = effects.harm_weighted_displacement([robbery, burglary, theft], [10, 5, 1])
    assert made.value == -155
    assert made.standard_error == pytest.approx(99.2723526466458)
    for weights in ([1.0], [1.0, np.nan, 1.0]):
        with pytest.raises(MethodError):
            effects.harm_weighted_displacement([robbery, burglary, theft], weights)


def test_the_quotient_tells_displacement_from_diffusion():
    moved = effects.displacement(100, 50, 200, 200, 60, 110)
    assert moved.quotient == pytest.approx(-1)
    spread = effects.displacement(100, 50, 200, 200, 60, 35)
    assert spread.quotient == pytest.approx(0.5)


def test_the_quotient_has_no_meaning_where_the_target_did_not_fall():
    made = effects.displacement(50, 60, 200, 200, 60, 50)
    assert np.isnan(made.quotient)
    assert made.raw_quotient == pytest.approx(-1)
    assert made.quotient_interval == (float("-inf"), float("inf"))
    nobody_near = effects.displacement(50, 20, 200, 200)
    assert np.isnan(nobody_near.quotient)
    no_comparison = effects.displacement(50, 20, 0, 0, 60, 50)
    assert np.isnan(no_comparison.quotient)


def test_the_quotients_interval_covers_as_often_as_it_promises():
    generator = np.random.default_rng(5)
    hits, n_runs = 0, 400
    for _ in range(n_runs):
        counts = generator.poisson([400, 200, 800, 800, 200, 250])
        low, high = effects.displacement(*counts.tolist()).quotient_interval
        hits += low <= -0.25 <= high
    assert hits / n_runs == pytest.approx(0.95, abs=0.035)


def test_an_uncertain_fall_gives_an_interval_without_end():
    made = effects.displacement(12, 10, 40, 40, 8, 9)
    assert made.quotient_interval == (float("-inf"), float("inf"))
    assert made.verdict is effects.Verdict.TOO_FEW_TO_TELL


def test_no_events_at_all_are_too_few_to_tell():
    made = effects.displacement(0, 0, 0, 0)
    assert made.total == effects.Estimate(0.0, 0.0)
    assert made.p_value == 1
    assert made.verdict is effects.Verdict.TOO_FEW_TO_TELL


def test_periods_are_added():
    whole = effects.displacement(30, 20, 30, 30)
    parts = effects.displacement([10, 20], [5, 15], [15, 15], [10, 20])
    assert parts.total == whole.total


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=8, max_size=8))
def test_interval_and_p_value_are_dual_and_time_reversed_the_sign_turns(counts):
    made = effects.displacement(*counts)
    low, high = made.interval
    if abs(made.p_value - 0.05) > 1e-9:
        assert (low <= 0 <= high) == (made.p_value >= 0.05)
    swapped = [counts[place ^ 1] for place in range(8)]
    assert effects.displacement(*swapped).total.value == pytest.approx(-made.total.value)


@pytest.mark.parametrize(
    "settings_", [{"alpha": 1.0}, {"before_length": 0}, {"area_sizes": (1.0, 1.0)}]
)
def test_settings_that_mean_nothing_are_refused(settings_):
    with pytest.raises(MethodError):
        effects.displacement(5, 3, 4, 4, **settings_)
    with pytest.raises(MethodError):
        effects.displacement(5, -3, 4, 4)

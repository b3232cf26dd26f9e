import numpy as np
import pytest
from scipy import stats

from samverkan.methods import effects
from samverkan.methods.errors import MethodError


def data(ratio=1.0, step=0.0, seed=1, n_periods=72):
    generator = np.random.default_rng(seed)
    other = generator.poisson(50, n_periods)
    level = 20 + np.cumsum(generator.normal(0, step, n_periods)) if step else np.full(n_periods, 20)
    mean = np.maximum(level + 0.5 * other, 0)
    mean = mean * np.where(np.arange(n_periods) >= 54, ratio, 1)
    return generator.poisson(mean), other


def test_with_a_level_that_stays_it_is_ordinary_regression():
    target, other = data(seed=3)
    made = effects.structural_comparison(target, other, intervention_at=54)
    assert made.wander == 0
    fit = stats.linregress(other[:54], target[:54])
    assert made.expected == pytest.approx(fit.intercept + fit.slope * other)
    rest = target[:54] - made.expected[:54]
    variance = rest @ rest / 52
    centre = other[:54].mean()
    mean_gap = other[54:].mean() - centre
    spread = ((other[:54] - centre) ** 2).sum()
    error = np.sqrt(variance * (18 + 18**2 * (1 / 54 + mean_gap**2 / spread)))
    assert made.standard_error == pytest.approx(error)


def test_a_fall_is_found_and_its_size_lies_in_the_interval():
    target, other = data(ratio=0.7)
    made = effects.structural_comparison(target, other, intervention_at=54)
    assert made.verdict is effects.Verdict.DECREASE
    assert made.ratio_interval[0] < 0.7 < made.ratio_interval[1]
    low, high = made.difference_interval
    assert low < made.difference < high < 0


def test_without_a_comparison_it_is_a_sign_at_most():
    target, _ = data(ratio=0.6, seed=5)
    made = effects.structural_comparison(target, intervention_at=54)
    assert made.verdict is effects.Verdict.SIGN_OF_DECREASE


def test_a_wandering_level_widens_the_band_the_further_ahead():
    target, other = data(step=2.5, seed=2)
    made = effects.structural_comparison(target, other, intervention_at=54)
    assert made.wander > 0
    width = made.expected_interval[1] - made.expected_interval[0]
    assert width[-1] > 1.15 * width[54]


def test_intervals_and_p_values_are_dual():
    for seed in range(6):
        target, other = data(seed=seed, ratio=0.93)
        made = effects.structural_comparison(target, other, intervention_at=54)
        low, high = made.difference_interval
        assert (low <= 0 <= high) == (made.p_value >= 0.05)


def test_with_a_level_that_stays_false_alarms_keep_their_promise():
    alarms = [
        effects.structural_comparison(*data(seed=seed), intervention_at=54).p_value < 0.05
        for seed in range(60)
    ]
    assert np.mean(alarms) < 0.15


def test_the_comparisons_scale_does_not_matter():
    target, other = data(seed=4)
    one = effects.structural_comparison(target, other, intervention_at=54)
    two = effects.structural_comparison(target, 1000 * other, intervention_at=54)
    assert two.expected == pytest.approx(one.expected, rel=1e-6)


def test_a_season_is_followed():
    generator = np.random.default_rng(7)
    season = 10 * np.sin(2 * np.pi * np.arange(72) / 12)
    target = generator.poisson(40 + season)
    made = effects.structural_comparison(target, intervention_at=54, frequency=12)
    assert np.corrcoef(made.expected[54:], season[54:])[0, 1] > 0.9


@pytest.mark.parametrize(
    "change",
    [
        {"intervention_at": 8},
        {"comparison": np.full(72, 5)},
        {"comparison": np.ones(71)},
        {"comparison": np.full(72, np.nan)},
        {"target": np.full(72, np.nan)},
        {"frequency": 2},
        {"frequency": 12, "n_harmonics": 6},
        {"alpha": 0.0},
        {"relevant_ratio": 1.0},
    ],
)
def test_series_that_cannot_be_foretold_are_refused(change):
    target, other = data()
    arguments = {"target": target, "comparison": other, "intervention_at": 54, **change}
    with pytest.raises(MethodError):
        effects.structural_comparison(**arguments)


def test_a_constant_series_says_nothing_beyond_itself():
    made = effects.structural_comparison(np.full(40, 20), intervention_at=30)
    assert made.difference == pytest.approx(0, abs=1e-6)
    assert made.verdict is effects.Verdict.TOO_FEW_TO_TELL or made.p_value > 0.05

import numpy as np
import pytest

from samverkan.methods import effects
from samverkan.methods.effects.regression import Family, fit_counts
from samverkan.methods.errors import MethodError


def panel(ratio=0.6, seed=1, n_areas=16, n_treated=5, size=None):
    generator = np.random.default_rng(seed)
    level = generator.uniform(3, 12, n_areas)[:, None]
    season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(36) / 12)
    mean = level * season
    mean[:n_treated, 24:] *= ratio
    if size is None:
        counts = generator.poisson(mean)
    else:
        counts = generator.negative_binomial(size, size / (size + mean))
    return counts, np.arange(n_areas) < n_treated


def series(ratio=0.6, seed=1, slope=0.0, level=20.0):
    time = np.arange(72)
    mean = level * np.exp(0.3 * np.cos(2 * np.pi * time / 12) - 0.002 * time)
    mean = mean * np.where(time >= 48, ratio * np.exp(slope * (time - 48)), 1)
    return np.random.default_rng(seed).poisson(mean)


def test_a_complete_panels_ratio_is_that_of_the_totals():
    counts, treated = panel()
    made = effects.difference_in_differences(counts, treated, intervention_at=24)
    totals = [
        counts[group][:, part].sum()
        for group in (treated, ~treated)
        for part in (slice(24), slice(24, None))
    ]
    assert made.ratio == pytest.approx((totals[1] / totals[0]) / (totals[3] / totals[2]))
    assert made.interval[0] < 0.6 < made.interval[1]
    assert made.verdict is effects.Verdict.DECREASE


def test_the_order_of_areas_and_empty_areas_and_periods_change_nothing():
    counts, treated = panel()
    before = effects.difference_in_differences(counts, treated, intervention_at=24)
    order = np.random.default_rng(3).permutation(len(counts))
    padded = np.vstack((counts[order], np.zeros((2, 36))))
    made = effects.difference_in_differences(
        padded, [*treated[order], True, False], intervention_at=24
    )
    assert made.log_ratio == pytest.approx(before.log_ratio)
    assert made.standard_error == pytest.approx(before.standard_error)


def test_over_dispersed_panels_have_their_dispersion_found_and_their_errors_widened():
    counts, treated = panel(size=3.0, seed=5, n_areas=40, n_treated=12)
    poisson = effects.difference_in_differences(
        counts, treated, intervention_at=24, covariance="model"
    )
    made = effects.difference_in_differences(
        counts, treated, intervention_at=24, family="negative_binomial", covariance="model"
    )
    assert made.dispersion == pytest.approx(1 / 3, rel=0.25)
    assert made.standard_error > 1.4 * poisson.standard_error


def test_all_errors_of_a_well_behaved_panel_are_alike():
    counts, treated = panel(seed=7, n_areas=60, n_treated=30)
    errors = [
        effects.difference_in_differences(
            counts, treated, intervention_at=24, covariance=kind
        ).standard_error
        for kind in effects.Covariance
    ]
    assert max(errors) < 1.4 * min(errors)


def test_an_event_study_is_flat_before_and_low_after():
    counts, treated = panel(seed=2, n_areas=40, n_treated=20)
    made = effects.event_study(counts, treated, intervention_at=24, stretch=6)
    assert made.stretches.tolist() == [-4, -3, -2, 0, 1]
    before = made.stretches < 0
    assert (np.abs(made.log_ratios[before]) < 3 * made.standard_errors[before]).all()
    assert (made.log_ratios[~before] < np.log(0.8)).all()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"treated": [True] * 16}, "others"),
        ({"treated": [False] * 16}, "treated"),
        ({"treated": [True]}, "one truth value"),
        ({"intervention_at": 0}, "side"),
        ({"intervention_at": 36}, "side"),
        ({"alpha": 2.0}, "alpha"),
        ({"relevant_ratio": -1.0}, "relevant_ratio"),
    ],
)
def test_panels_that_cannot_be_compared_are_refused(change, word):
    counts, treated = panel()
    arguments = {"treated": treated, "intervention_at": 24, **change}
    with pytest.raises(MethodError, match=word):
        effects.difference_in_differences(counts, **arguments)


def test_a_group_without_events_after_has_no_finite_estimate():
    counts, treated = panel()
    counts = counts.copy()
    counts[treated, 24:] = 0
    with pytest.raises(MethodError, match="finite"):
        effects.difference_in_differences(counts, treated, intervention_at=24)
    with pytest.raises(MethodError, match="missing"):
        effects.difference_in_differences(
            np.where(counts == counts, np.nan, counts), treated, intervention_at=24
        )


def test_an_interrupted_series_finds_the_change_of_level():
    made = effects.interrupted_series(series(), intervention_at=48, frequency=12)
    assert made.interval[0] < 0.6 < made.interval[1]
    assert made.p_value < 0.01
    assert made.verdict is effects.Verdict.SIGN_OF_DECREASE
    assert made.expected[48:].sum() > made.fitted[48:].sum()
    assert np.allclose(made.expected[:48], made.fitted[:48])
    assert made.terms == ("intercept", "trend", "sine 1", "cosine 1", "level")


def test_a_change_of_slope_is_told_from_one_of_level():
    made = effects.interrupted_series(
        series(ratio=1.0, slope=-0.03, level=60), intervention_at=48, frequency=12,
        slope_change=True,
    )  # fmt: skip
    assert made.slope_interval[0] < np.exp(-0.03) < made.slope_interval[1]
    assert made.slope_interval[1] < 1
    assert made.interval[0] < 1 < made.interval[1]


def test_missing_periods_are_left_out_and_a_comparison_as_exposure_strengthens_the_design():
    counts = series().astype(float)
    counts[[3, 50]] = np.nan
    plain = effects.interrupted_series(counts, intervention_at=48, frequency=12)
    assert np.isfinite(plain.ratio)
    other = series(ratio=1.0, seed=9, level=80)
    made = effects.interrupted_series(
        counts, intervention_at=48, trend=False, exposure=np.maximum(other, 1)
    )
    assert made.verdict is effects.Verdict.DECREASE


def test_every_second_month_needs_no_sine_that_is_zero():
    made = effects.interrupted_series(series(), intervention_at=48, frequency=2)
    assert "sine 1" not in made.terms


def test_few_events_are_too_few_to_tell():
    counts = np.random.default_rng(4).poisson(0.5, 72)
    made = effects.interrupted_series(counts, intervention_at=48, frequency=12)
    assert made.verdict is effects.Verdict.TOO_FEW_TO_TELL
    assert made.power < 0.8
    assert made.detectable_decrease < 0.5


@pytest.mark.parametrize(
    "change",
    [
        {"intervention_at": 1},
        {"frequency": 12, "n_harmonics": 7},
        {"frequency": 1},
        {"counts": np.zeros(72)},
        {"counts": np.r_[np.ones(48), np.zeros(24)]},
        {"counts": np.ones((2, 72))},
        {"counts": [1, 2, 1, 1, 2, 1], "intervention_at": 3, "frequency": 12, "n_harmonics": 2},
        {"exposure": np.zeros(72)},
    ],
)
def test_series_that_cannot_answer_are_refused(change):
    arguments = {"counts": series(), "intervention_at": 48, **change}
    with pytest.raises(MethodError):
        effects.interrupted_series(**arguments)


def test_regressions_that_cannot_be_told_apart_are_refused():
    design = np.ones((10, 2))
    with pytest.raises(MethodError, match="apart"):
        fit_counts(design, np.arange(10.0))
    with pytest.raises(MethodError, match="few"):
        fit_counts(np.eye(3), np.arange(3.0))


def test_a_log_linear_fit_solves_its_own_equations():
    generator = np.random.default_rng(6)
    design = np.column_stack((np.ones(50), generator.normal(size=(50, 2))))
    counts = generator.poisson(np.exp(design @ [1.0, 0.5, -0.3])).astype(float)
    fit = fit_counts(design, counts)
    assert design.T @ (counts - fit.means) == pytest.approx(np.zeros(3), abs=1e-7)
    negative = fit_counts(design, counts, family=Family.NEGATIVE_BINOMIAL, dispersion=0.4)
    score = (counts - negative.means) / (1 + 0.4 * negative.means)
    assert design.T @ score == pytest.approx(np.zeros(3), abs=1e-7)


def test_the_level_of_a_changed_series_is_found_and_a_steady_one_has_no_change():
    generator = np.random.default_rng(8)
    values = np.r_[generator.poisson(4, 40), generator.poisson(12, 30)]
    for model in effects.LevelModel:
        made = effects.change_points(values, model=model)
        assert made.best.n_changes == 1
        assert abs(made.best.starts[0] - 40) <= 1
        assert made.best.levels == pytest.approx((4, 12), rel=0.25)
    assert effects.change_points(np.full(40, 7.0), model="poisson").best.n_changes == 0
    costs = [cut.cost for cut in effects.change_points(values, shortest=2).by_number]
    assert costs == sorted(costs, reverse=True)


@pytest.mark.parametrize(
    ("values", "settings_"),
    [([1, 2], {}), ([1, np.nan, 3, 4], {}), ([[1, 2], [3, 4]], {}), ([1, 2, 3], {"shortest": 2}),
     ([1, -2, 3, 4], {"model": "poisson"})],
)  # fmt: skip
def test_series_without_room_for_a_change_are_refused(values, settings_):
    with pytest.raises(MethodError):
        effects.change_points(values, **settings_)

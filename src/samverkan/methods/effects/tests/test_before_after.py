import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.stats.contingency import odds_ratio

from samverkan.methods import effects
from samverkan.methods.effects.conditional import four_counts, two_counts
from samverkan.methods.errors import MethodError

SMALL = st.integers(0, 25)


@pytest.mark.parametrize(
    "table", [(5, 3, 10, 8), (20, 3, 10, 12), (1, 7, 30, 22), (0, 4, 9, 9), (6, 0, 8, 11)]
)
def test_four_counts_equal_scipys_conditional_odds_ratio(table):
    target_before, target_after, other_before, other_after = table
    made = effects.compare_before_after(*table, method="exact")
    peer = odds_ratio([[target_after, target_before], [other_after, other_before]])
    assert made.ratio == pytest.approx(peer.statistic, rel=1e-6)
    assert made.interval == pytest.approx(tuple(peer.confidence_interval()), rel=1e-6)


@pytest.mark.parametrize(("before", "after", "length"), [(12, 4, 1.0), (3, 9, 2.0), (7, 0, 0.5)])
def test_two_counts_equal_the_binomial_test(before, after, length):
    made = effects.compare_before_after(
        before, after, before_length=1, after_length=length, method="exact"
    )
    share = length / (1 + length)
    peer = stats.binomtest(after, before + after, share)
    low, high = peer.proportion_ci(method="exact")
    assert made.interval[0] == pytest.approx(low / (1 - low) / length, rel=1e-6)
    if after:
        assert made.interval[1] == pytest.approx(high / (1 - high) / length, rel=1e-6)
    less = stats.binomtest(after, before + after, share, alternative="less").pvalue
    more = stats.binomtest(after, before + after, share, alternative="greater").pvalue
    assert made.p_value == pytest.approx(min(1, 2 * min(less, more)))


@settings(max_examples=60, deadline=None)
@given(SMALL, SMALL, SMALL, SMALL, st.sampled_from(["exact", "mid_p", "poisson"]))
def test_the_interval_holds_1_exactly_when_the_p_value_is_not_below_alpha(a, b, c, d, method):
    made = effects.compare_before_after(a, b, c, d, method=method)
    low, high = made.interval
    if abs(made.p_value - 0.05) > 1e-9:
        assert (low <= 1 <= high) == (made.p_value >= 0.05)


@settings(max_examples=40, deadline=None)
@given(SMALL, SMALL, SMALL, SMALL)
def test_at_the_end_of_an_exact_interval_the_tail_is_half_of_alpha(a, b, c, d):
    family = four_counts(a, b, c, d)
    low, high = family.interval(0.1)
    if low > 0:
        assert family.upper_tail(np.log(low)) == pytest.approx(0.05, abs=1e-9)
    if np.isfinite(high) and high > 0:
        assert family.lower_tail(np.log(high)) == pytest.approx(0.05, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(SMALL, SMALL, SMALL, SMALL)
def test_time_turned_round_gives_the_inverse_ratio(a, b, c, d):
    forward = effects.compare_before_after(a, b, c, d, method="exact")
    backward = effects.compare_before_after(b, a, d, c, method="exact")
    assert forward.p_value == pytest.approx(backward.p_value)
    if forward.ratio > 0 and np.isfinite(forward.ratio):
        assert forward.ratio == pytest.approx(1 / backward.ratio, rel=1e-6)


def test_exact_false_alarms_never_exceed_the_promise():
    chances = stats.poisson(3).pmf(np.arange(15))
    alarm = 0.0
    for a in range(15):
        for b in range(15):
            p_value = two_counts(b, a, 1.0, 1.0).p_value()
            alarm += chances[a] * chances[b] * (p_value < 0.05)
    assert alarm <= 0.05


def test_methods_chosen_by_themselves():
    periods = np.random.default_rng(1).poisson(8, 12)
    assert effects.compare_before_after(20, 3, 40, 41).method is effects.EffectMethod.EXACT
    assert effects.compare_before_after(20, 9, 40, 41).method is effects.EffectMethod.POISSON
    by_period = effects.compare_before_after(periods, periods, periods, periods)
    assert by_period.method is effects.EffectMethod.NEGATIVE_BINOMIAL


def test_over_dispersed_periods_widen_the_interval():
    generator = np.random.default_rng(2)
    noisy = [generator.negative_binomial(2, 0.2, 24) for _ in range(4)]
    wide = effects.compare_before_after(*noisy)
    narrow = effects.compare_before_after(*noisy, method="poisson")
    assert wide.ratio == pytest.approx(narrow.ratio)
    assert wide.dispersion == pytest.approx(0.5, rel=0.5)
    assert wide.standard_error > 1.5 * narrow.standard_error
    given_ = effects.compare_before_after(*noisy, dispersion=0.5)
    expected = sum(1 / part.sum() + 0.5 / 24 for part in noisy) ** 0.5
    assert given_.standard_error == pytest.approx(expected)


def test_periods_that_vary_as_chance_does_get_no_dispersion():
    calm = [np.full(12, 5), np.full(12, 4), np.full(12, 6), np.full(12, 6)]
    made = effects.compare_before_after(*calm)
    assert made.dispersion == 0
    poisson = effects.compare_before_after(*calm, method="poisson")
    assert made.interval == pytest.approx(poisson.interval)


def test_areas_are_added_and_lengths_follow_from_periods():
    table = np.array([[1, 2, 3], [4, 0, 1]])
    made = effects.compare_before_after(table, [5, 6], method="poisson")
    assert made.target_before == 11
    assert made.ratio == pytest.approx((11 / 2) / (11 / 3))


def test_nothing_at_all_is_too_few_to_tell():
    for counts in ((0, 0), (0, 0, 0, 0), (0, 0, 30, 30)):
        made = effects.compare_before_after(*counts)
        assert made.verdict is effects.Verdict.TOO_FEW_TO_TELL
        assert made.p_value == 1
        assert np.isnan(made.ratio)


def test_verdicts_follow_the_evidence_and_the_design():
    verdict = effects.Verdict
    compared = effects.compare_before_after
    assert compared(200, 100, 200, 200).verdict is verdict.DECREASE
    assert compared(200, 100).verdict is verdict.SIGN_OF_DECREASE
    assert compared(40, 22, 400, 400).verdict is verdict.SIGN_OF_DECREASE
    assert compared(100, 200, 200, 200).verdict is verdict.INCREASE
    assert compared(4, 2, 10, 9).verdict is verdict.TOO_FEW_TO_TELL
    assert compared(300, 290, 300, 300).verdict is verdict.NO_CHANGE_SEEN


def test_two_vandalisms_a_month_cannot_show_a_halving_in_a_quarter():
    made = effects.compare_before_after(6, 3, 60, 60)
    assert made.verdict is effects.Verdict.TOO_FEW_TO_TELL
    assert made.power.power < 0.2


def test_the_power_is_the_chance_of_the_counts_that_speak():
    made = effects.compare_before_after(60, 50, 60, 60, method="exact")
    critical = made.power.largest_count_seen_as_decrease
    test = effects.compare_before_after
    assert test(60, critical, 60, 60, method="exact").p_value < 0.05
    assert test(60, critical + 1, 60, 60, method="exact").p_value >= 0.05
    assert made.power.power == pytest.approx(stats.poisson(30).cdf(critical))
    detectable = made.power.detectable_decrease
    assert stats.poisson(60 * detectable).cdf(critical) == pytest.approx(0.8, abs=1e-6)
    above = made.power.smallest_count_seen_as_increase
    assert test(60, above, 60, 60, method="exact").p_value < 0.05
    assert test(60, above - 1, 60, 60, method="exact").p_value >= 0.05


def test_more_events_see_smaller_changes():
    ratios = [
        effects.compare_before_after(n, n, n, n).power.detectable_decrease
        for n in (20, 80, 320, 1280)
    ]
    assert ratios == sorted(ratios)
    assert ratios[-1] > 0.85


def test_a_place_chosen_at_its_worst_is_warned_about():
    pool = [6, 4, 7, 5, 8, 3, 6, 5, 7, 4]
    made = effects.compare_before_after(40, 6, 600, 600, pool_before=pool)
    assert made.regression_to_mean.is_likely
    assert made.verdict is effects.Verdict.SIGN_OF_DECREASE
    assert made.corrected_ratio > made.ratio
    plain = effects.compare_before_after(40, 6, 600, 600)
    assert plain.verdict is effects.Verdict.DECREASE
    assert plain.corrected_ratio is None


@pytest.mark.parametrize(
    ("counts", "settings_"),
    [
        ((5, 3, 4), {}),
        ((5, 3, None, 4), {}),
        ((-1, 3), {}),
        ((1.5, 3), {}),
        (([1, np.nan], [1, 2]), {}),
        ((5, 3), {"alpha": 0}),
        ((5, 3), {"method": "guess"}),
        ((5, 3), {"relevant_ratio": 1}),
        ((5, 3), {"before_length": 0}),
        ((9, 9), {"dispersion": -1.0}),
        (([1, 2, 3], [1, 2], [1, 2], [1, 2]), {}),
    ],
)
def test_what_cannot_be_compared_is_refused(counts, settings_):
    with pytest.raises(MethodError):
        effects.compare_before_after(*counts, **settings_)


def test_huge_counts_are_answered_quickly_and_sensibly():
    made = effects.compare_before_after(10**9, 10**9 - 10**6, 10**9, 10**9)
    assert made.ratio == pytest.approx(0.999)
    assert made.verdict is effects.Verdict.DECREASE

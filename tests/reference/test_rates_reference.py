"""The rate methods against every case of ../shared/reference that is theirs."""

import numpy as np
import pytest

from samverkan.methods import rates
from tests.reference.rate_tables import columns, largest_difference
from tests.reference.shared import shared_path

UNIROOT = 1.3e-4
"""R's uniroot stops within .Machine$double.eps^0.25; exactci's mid-p, minlike and Blaker limits
are rounded by that much (of the share of the events, for two samples)."""


def test_one_sample_p_values_and_central_limits_agree_with_r() -> None:
    table = columns(shared_path("reference/08_poisson_exact/one_sample.csv"))
    rate = np.round(table["r0"] * table["T"], 6) / table["T"]
    for method in rates.IntervalMethod:
        p_value = rates.poisson_rate_test(table["x"], table["T"], rate, method=method)
        assert largest_difference(p_value, table[f"{method}_p"]) < 1e-9
    minlike = rates.poisson_rate_test(table["x"], table["T"], rate, method="minlike")
    assert largest_difference(minlike, table["poisson.test_p"]) < 1e-9
    for confidence in np.unique(table["conf"]):
        rows = table["conf"] == confidence
        found = rates.poisson_rate_interval(
            table["x"][rows], table["T"][rows], confidence=confidence
        )
        for name in ("central", "poisson.test"):
            assert largest_difference(found.lower, table[f"{name}_lo"][rows]) < 1e-12
            assert largest_difference(found.upper, table[f"{name}_hi"][rows]) < 1e-12


@pytest.mark.parametrize(
    ("method", "within"), [("midp", 2.1e-4), ("blaker", 1e-6), ("minlike", 1e-6)]
)
def test_one_sample_limits_agree_as_far_as_exactci_is_right(method: str, within: float) -> None:
    """exactci's lower minlike limits miss a jump: its own p-value accepts rates outside them."""
    table = columns(shared_path("reference/08_poisson_exact/one_sample.csv"))
    n_beyond = 0
    for confidence in np.unique(table["conf"]):
        rows = table["conf"] == confidence
        count, exposure = table["x"][rows], table["T"][rows]
        found = rates.poisson_rate_interval(count, exposure, confidence=confidence, method=method)
        assert largest_difference(found.upper, table[f"{method}_hi"][rows]) < within
        theirs = table[f"{method}_lo"][rows]
        for index in np.flatnonzero(np.abs(found.lower - theirs) > within * theirs):
            n_beyond += 1
            assert method == "minlike"
            assert found.lower[index] < theirs[index]
            between = found.lower[index] * (1 + 1e-9)
            p_value = rates.poisson_rate_test(
                count[index], exposure[index], between, method="minlike"
            )
            assert p_value > 1 - confidence
    assert n_beyond == 0 or method == "minlike"


def test_two_sample_p_values_and_exact_limits_agree_with_r() -> None:
    table = columns(shared_path("reference/08_poisson_exact/two_sample.csv"))
    pairs = table["x1"], table["T1"], table["x2"], table["T2"]
    exact = rates.compare_rates(*pairs)
    for name in ("central", "rateratio", "poisson.test"):
        assert largest_difference(exact.interval.lower, table[f"{name}_lo"]) < 1e-12
        assert largest_difference(exact.interval.upper, table[f"{name}_hi"]) < 1e-12
    for method, name in (
        ("exact", "central"),
        ("exact", "rateratio"),
        ("minlike", "poisson.test"),
        ("minlike", "minlike"),
        ("blaker", "blaker"),
        ("midp", "midp"),
    ):
        p_value = rates.compare_rates(*pairs, method=method).p_value
        assert largest_difference(p_value, table[f"{name}_p"]) < 1e-9


@pytest.mark.parametrize("method", ["midp", "minlike", "blaker"])
def test_two_sample_limits_agree_within_the_rounding_of_exactci(method: str) -> None:
    table = columns(shared_path("reference/08_poisson_exact/two_sample.csv"))
    pairs = table["x1"], table["T1"], table["x2"], table["T2"]
    found = rates.compare_rates(*pairs, method=method)
    scale = table["T1"] / table["T2"]
    for ours, theirs in (
        (found.interval.lower, table[f"{method}_lo"]),
        (found.interval.upper, table[f"{method}_hi"]),
    ):
        our_share = 1 / (1 + 1 / np.maximum(ours * scale, 1e-300))
        their_share = 1 / (1 + 1 / np.maximum(theirs * scale, 1e-300))
        assert np.all(np.abs(our_share - their_share) <= UNIROOT)


def test_two_sample_p_values_agree_with_statsmodels() -> None:
    table = columns(shared_path("reference/09_poisson_python/two_sample.csv"))
    pairs = table["x1"], table["T1"], table["x2"], table["T2"]
    for method, name in (
        ("minlike", "exact-cond"),
        ("minlike-midp", "cond-midp"),
        ("etest", "etest"),
        ("etest-wald", "etest-wald"),
    ):
        known = ~np.isnan(table[f"p_{name}"])
        p_value = rates.compare_rates(*pairs, method=method).p_value
        assert known.sum() >= 894
        assert largest_difference(p_value[known], table[f"p_{name}"][known]) < 1e-7


def test_scipys_e_test_differs_only_where_it_drops_ties() -> None:
    """SciPy compares statistics without a tolerance; a tied outcome falls out by rounding."""
    table = columns(shared_path("reference/09_poisson_python/two_sample.csv"))
    pairs = table["x1"], table["T1"], table["x2"], table["T2"]
    ours = rates.compare_rates(*pairs, method="etest-wald").p_value
    theirs = table["p_scipy_poisson_means"]
    known = ~np.isnan(theirs)
    differs = known & (np.abs(ours - theirs) > 1e-6 * theirs)
    assert differs.sum() <= 65
    assert np.all(ours[differs] > theirs[differs])


def test_the_e_test_of_ptools_differs_only_at_ties_and_equal_rates() -> None:
    """ptools leaves out ties by rounding, the outcome (0, 0), and answers -1 for no events."""
    table = columns(shared_path("reference/08_poisson_exact/ptools_etest.csv"))
    ours = rates.compare_rates(
        table["k1"], table["n1"], table["k2"], table["n2"], method="etest"
    ).p_value
    theirs = table["etest_p"]
    differs = np.abs(ours - theirs) > np.maximum(1e-6 * theirs, 1e-20)
    assert differs.sum() <= 39
    assert np.all(ours[differs] > theirs[differs])


def test_one_sample_limits_agree_with_statsmodels() -> None:
    """Its mid-p limits for a count of 0 start at the upper end: the lower limit is 0."""
    table = columns(shared_path("reference/09_poisson_python/one_sample.csv"))
    for name, method in (("exact-c", "central"), ("midp-c", "midp")):
        rows = (table["kind"] == "confint") & (table["method"] == name)
        count, exposure = table["x"][rows], table["n"][rows]
        found = rates.poisson_rate_interval(count, exposure, method=method)
        some = count > 0
        assert largest_difference(found.lower[some], table["lo"][rows][some]) < 1e-6
        assert largest_difference(found.upper, table["hi"][rows]) < 1e-6
        assert np.all(found.lower[~some] == 0)


def test_jeffreys_prediction_intervals_agree_with_r() -> None:
    table = columns(shared_path("reference/08_poisson_exact/prediction_interval_jeffreys.csv"))
    for total, n_periods, n_ahead, confidence, lower, upper in zip(
        *(table[name] for name in ("total", "n", "m", "conf", "lo", "hi")), strict=True
    ):
        history = np.zeros(int(n_periods))
        history[0] = total
        found = rates.prediction_interval(history, n_ahead=int(n_ahead), confidence=confidence)
        assert (found.lower[0], found.upper[0]) == (lower, upper)


def test_envstats_conditional_prediction_limits_are_not_what_they_say() -> None:
    """Where EnvStats' upper limit is below ours, the next count up is not yet too uneven a split
    at its confidence: the interval is not the exact conditional one. They stay within three."""
    table = columns(shared_path("reference/08_poisson_exact/prediction_interval_EnvStats.csv"))
    rows = (table["method"] == "conditional") & ~np.isnan(table["lo"])
    n_below = 0
    for total, n_periods, n_ahead, confidence, upper in zip(
        *(table[name][rows] for name in ("total", "n", "nsum", "conf", "hi")), strict=True
    ):
        history = np.zeros(int(n_periods))
        history[0] = total
        found = rates.prediction_interval(
            history, n_ahead=int(n_ahead), confidence=confidence, method="conditional"
        )
        assert abs(found.upper[0] - upper) <= 3
        if upper < found.upper[0]:
            n_below += 1
            split = rates.compare_rates(upper + 1, n_ahead, total, n_periods)
            assert split.p_value >= 1 - confidence
    assert n_below > 0


def test_dispersion_and_seasonal_coefficients_agree_with_r() -> None:
    """R takes weights from the step before its last, which rounds its phi by up to 1.3e-4."""
    table = columns(shared_path("reference/08_poisson_exact/overdispersion.csv"))
    counts = _monthly_panel()
    found = rates.dispersion_test(counts)
    assert largest_difference(found.index, table["index"]) < 1e-12
    assert largest_difference(found.chi_square, table["chi2"]) < 1e-12
    assert np.all(np.abs(found.p_value - table["p_upper"]) <= 1e-9 * table["p_upper"] + 1e-300)
    fit = rates.seasonal_fit(counts, frequency=12)
    assert largest_difference(fit.dispersion_index, table["phi1"]) < 2e-4
    for place, name in enumerate(("b0", "btrend", "bsin", "bcos")):
        assert largest_difference(fit.coefficients[:, place], table[name]) < 1e-6
    widened = fit.standard_errors[:, 1] * np.sqrt(fit.dispersion_index)
    assert largest_difference(widened, table["se_trend"]) < 1e-5


def test_the_likeliest_dispersion_agrees_with_glm_nb() -> None:
    """Where MASS stops at a theta of 8e10 the likelihood has no maximum: ours is 0."""
    table = columns(shared_path("reference/08_poisson_exact/overdispersion.csv"))
    found = rates.negative_binomial_dispersion(_monthly_panel(), frequency=12)
    theirs = 1 / table["nb_theta"]
    some = theirs > 1e-6
    assert some.sum() == 47
    assert largest_difference(found.dispersion[some], theirs[some]) < 1e-6
    assert np.all(found.dispersion[~some] == 0)
    assert largest_difference(found.coefficients[:, 0], table["nb_b0"]) < 2e-6


@pytest.mark.parametrize(
    ("model", "name", "column"),
    [("two-harmonics", "harmonic2", "glm_fit"), ("factor", "month", "glm_month_fit")],
)
def test_seasonal_fits_agree_with_r(model: str, name: str, column: str) -> None:
    """Standard errors within 1e-4: R's come from the weights of the step before its last."""
    coefficients = columns(shared_path("reference/19_seasonal/glm_coefs.csv"))
    seasonal = columns(shared_path("reference/19_seasonal/seasonal.csv"))
    series = np.unique(seasonal["series"]).astype(int)
    found = rates.seasonal_fit(_monthly_panel()[series], frequency=12, model=model)
    for row, number in enumerate(series):
        chosen = (coefficients["series"] == number) & (coefficients["model"] == name)
        assert largest_difference(found.coefficients[row], coefficients["est"][chosen]) < 1e-6
        assert largest_difference(found.standard_errors[row], coefficients["se"][chosen]) < 1e-4
        assert largest_difference(found.deviance[row], coefficients["dev"][chosen]) < 1e-9
        fitted = seasonal[column][seasonal["series"] == number]
        assert largest_difference(found.fitted[row], fitted) < 1e-6


def test_control_charts_agree_with_qicharts2() -> None:
    table = columns(shared_path("reference/10_funnel_ucharts/control_charts.csv"))
    for series in np.unique(table["series"]):
        for chart in ("c", "u", "up", "g", "i"):
            rows = (table["series"] == series) & (table["chart"] == chart)
            found = _our_chart(chart, table["y"][rows], table["n"][rows])
            assert largest_difference(found.centre[0], table["cl"][rows]) < 1e-9
            assert largest_difference(found.lower[0], table["lcl"][rows]) < 1e-9
            assert largest_difference(found.upper[0], table["ucl"][rows]) < 1e-9
            assert np.all(found.is_outside[0] == (table["sigma.signal"][rows] == "TRUE"))
            assert np.all(found.longest_run[0] == table["longest.run"][rows])
            assert np.all(found.n_crossings[0] == table["n.crossings"][rows])
            assert np.all(found.has_shift[0] == (table["runs.signal"][rows] == "TRUE"))


def _our_chart(chart: str, counts: np.ndarray, exposure: np.ndarray) -> rates.ControlChart:
    if chart == "g":
        return rates.g_chart(counts, limits="three-sigma", n_baseline=96)
    if chart == "i":
        return rates.individuals_chart(counts, n_baseline=96)
    limits = "scaled" if chart == "up" else "three-sigma"
    size = 1.0 if chart == "c" else exposure
    return rates.u_chart(counts, exposure=size, limits=limits, n_baseline=96)


@pytest.mark.parametrize("places", ["municipalities", "municipalities_small"])
def test_funnel_limits_agree_with_spiegelhalter(places: str) -> None:
    """His interpolated lower limit is negative where zero is common; ours stops at 0."""
    folder = "reference/10_funnel_ucharts"
    table = columns(shared_path(f"{folder}/funnel_spiegelhalter_interp_{places}.csv"))
    found = rates.funnel_limits(np.zeros(len(table["E"])), table["E"])
    for level, name in enumerate(("95", "998")):
        assert largest_difference(found.lower[level], np.maximum(table[f"lo{name}"], 0)) < 1e-9
        assert largest_difference(found.upper[level], table[f"hi{name}"]) < 1e-9


@pytest.mark.parametrize("places", ["municipalities", "municipalities_small"])
@pytest.mark.parametrize(("scale", "name"), [("square-root", "CQC"), ("logarithm", "SHMI")])
def test_over_dispersion_agrees_with_funnelplotr(places: str, scale: str, name: str) -> None:
    """FunnelPlotR prints its widened CQC limits on the square-root scale, unsquared, which makes
    them narrower than the limits for chance alone; squared they are ours."""
    folder = "reference/10_funnel_ucharts"
    source = columns(shared_path(f"{folder}/funnel_source_{places}_{name}.csv"))
    limits = columns(shared_path(f"{folder}/funnel_limits_{places}_{name}.csv"))
    words = shared_path(f"{folder}/funnel_phi_tau2_{places}_{name}.txt").read_text().split()
    found = rates.funnel_limits(
        source["numerator"],
        source["denominator"],
        scale=scale,
        kind="normal",
        dispersion="additive",
    )
    assert largest_difference(found.z_score, source["Uzscore"]) < 1e-9
    assert found.dispersion_ratio == pytest.approx(float(words[3]), rel=1e-9)
    assert found.between_variance == pytest.approx(float(words[5]), rel=1e-9)
    order = np.argsort(source["denominator"], kind="stable")
    power = 2 if scale == "square-root" else 1
    near = np.searchsorted(source["denominator"][order], limits["number_seq"])
    is_place = np.isclose(
        source["denominator"][order][np.minimum(near, len(order) - 1)], limits["number_seq"]
    )
    assert is_place.sum() > 200
    ours = found.upper[0][order][near[is_place]]
    assert largest_difference(ours, limits["odul95"][is_place] ** power) < 1e-6
    gamma = rates.funnel_limits(np.zeros(len(is_place)), limits["number_seq"], kind="gamma")
    for level, percent in enumerate(("95", "998")):
        assert largest_difference(gamma.lower[level], limits[f"ll{percent}"]) < 1e-9
        assert largest_difference(gamma.upper[level], limits[f"ul{percent}"]) < 1e-9


@pytest.mark.parametrize(
    ("places", "clayton_within"),
    [
        ("municipalities", 1e-6),
        ("municipalities_small", 6e-3),
        ("ncsids74", 1e-5),
        ("scotland", 1e-5),
    ],
)
def test_shrinkage_agrees_with_r(places: str, clayton_within: float) -> None:
    """DCluster stops its moment iteration early, up to 0.5 % from the solution."""
    table = columns(shared_path(f"reference/11_empirical_bayes/{places}_output.csv"))
    marshall = rates.shrink(table["O"], table["pop"], method="global")
    assert largest_difference(marshall.shrunk, table["EBest_est"]) < 1e-9
    found = rates.shrink(table["O"], table["E"])
    assert largest_difference(found.shrunk, table["gp_RR"]) < 1e-6
    assert largest_difference(found.median, table["gp_RRmed"]) < 1e-6
    assert largest_difference(found.interval.lower, table["gp_post_lo95"]) < 1e-6
    assert largest_difference(found.interval.upper, table["gp_post_hi95"]) < 1e-6
    clayton = rates.shrink(table["O"], table["E"], method="clayton-kaldor")
    assert largest_difference(clayton.shrunk, table["cl_smthrr"]) < clayton_within


def test_local_shrinkage_agrees_with_spdep() -> None:
    table = columns(shared_path("reference/11_empirical_bayes/ncsids74_output.csv"))
    pairs = columns(shared_path("reference/11_empirical_bayes/ncsids_nb.csv"))
    neighbours: list[list[int]] = [[] for _ in table["O"]]
    for one, other in zip(pairs["i"], pairs["j"], strict=True):
        neighbours[int(other) - 1].append(int(one) - 1)
    found = rates.shrink(
        table["O"], table["pop"], method="local-bailey-gatrell", neighbours=neighbours
    )
    assert largest_difference(found.shrunk, table["EBlocal_est"]) < 1e-9


def _monthly_panel() -> np.ndarray:
    panel = columns(shared_path("reference/00_synthetic/monthly_panel.csv"))
    n_series = int(panel["series"].max()) + 1
    return panel["y"].reshape(n_series, -1)

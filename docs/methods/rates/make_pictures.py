"""Draws the pictures of this folder: `python docs/methods/rates/make_pictures.py`.

All counts are invented.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from plot import Axis, Figure  # noqa: E402

from samverkan.methods import rates  # noqa: E402

MONTHS = np.arange(72)
STEADY = np.random.default_rng(3).poisson(4, 72)


def interval() -> None:
    counts = np.arange(0, 21)
    found = rates.poisson_rate_interval(counts, 1)
    figure = Figure(
        "Few events leave the rate wide open",
        "95 % limits of the mean behind counts of 0 to 20: 0 to 3.7 for none, 0.2 to 7.2 for two, "
        "12.2 to 30.9 for twenty.",
        Axis("events counted"),
        Axis("mean that the count can come from"),
    )
    figure.band(counts, found.lower, found.upper, "central 95 %")
    figure.points(counts, counts)
    figure.save(HERE / "poisson_rate_interval.svg")


def rate_test() -> None:
    rate = np.linspace(0.05, 12, 600)
    figure = Figure(
        "The p-value of four events against every rate",
        "Central and minlike p-values for a count of 4 against rates from 0 to 12: both reach 1 "
        "near 4; minlike jumps where an outcome of the other tail joins.",
        Axis("rate"),
        Axis("p-value", limits=(0, 1.05)),
    )
    figure.line(rate, rates.poisson_rate_test(4, 1, rate), "central")
    figure.line(
        rate,
        rates.poisson_rate_test(4, 1, rate, method="minlike"),
        "minlike",
        colour=1,
        dashed=True,
    )
    figure.rule(y=0.05, label="5 %")
    figure.save(HERE / "poisson_rate_test.svg")


def negative_binomial() -> None:
    counts = np.arange(0, 31)
    figure = Figure(
        "Counts that vary more than chance say less",
        "Upper and lower 95 % limits for counts 0 to 30 with dispersion 0 and 0.3: at 20 the "
        "limits are 12 to 31 and 8 to 95.",
        Axis("events counted"),
        Axis("mean that the count can come from"),
    )
    for dispersion, label, colour in ((0.3, "dispersion 0.3", 1), (0.0, "chance alone", 0)):
        found = rates.negative_binomial_rate_interval(counts, dispersion=dispersion)
        figure.band(counts, found.lower, found.upper, label, colour=colour)
    figure.save(HERE / "negative_binomial_rate_interval.svg")


def comparison() -> None:
    now = np.arange(0, 16)
    figure = Figure(
        "How many this month before twelve earlier months of four make it a rise",
        "p-values for 0 to 15 events in one month against 48 in twelve: below 5 % from 10 for "
        "exact and from 9 for mid-p, and for none at all.",
        Axis("events this month (48 in the twelve before)"),
        Axis("p-value", limits=(0, 1.05)),
    )
    for place, method in enumerate(("exact", "midp")):
        p_value = rates.compare_rates(now, 1, 48, 12, method=method).p_value
        figure.line(now, p_value, method, colour=place, dashed=place == 1)
    figure.rule(y=0.05, label="5 %")
    figure.save(HERE / "compare_rates.svg")


def prediction() -> None:
    total = np.arange(0, 61)
    histories = np.zeros((61, 12))
    histories[:, 0] = total
    found = rates.prediction_interval(histories)
    figure = Figure(
        "What an ordinary next month looks like",
        "95 % prediction limits for the next month after twelve months with 0 to 60 events: up to "
        "1 after none, 0 to 5 after 24, 1 to 10 after 60.",
        Axis("events in the last twelve months"),
        Axis("ordinary count next month"),
    )
    figure.band(total, found.lower, found.upper, "ordinary")
    figure.line(total, total / 12, "mean")
    figure.save(HERE / "prediction_interval.svg")


def band() -> None:
    season = np.exp(0.6 * np.sin(2 * np.pi * MONTHS / 12))
    counts = np.random.default_rng(5).poisson(6 * season)
    found = rates.expected_band(counts, frequency=12, recent_excluded=12)
    figure = Figure(
        "Six years of months in the band that chance gives",
        "Invented monthly counts with a summer peak lie within the expected band in nearly all "
        "months; the last year was not used to make the band.",
        Axis("month"),
        Axis("reported crimes"),
    )
    figure.band(MONTHS, found.lower[0], found.upper[0], "expected")
    figure.points(MONTHS, counts, "counted", colour=1)
    figure.save(HERE / "expected_band.svg")


def level() -> None:
    mean = np.geomspace(0.1, 30, 60)
    counts = np.round(np.repeat(mean[:, None] * 12, 6, axis=1))
    found = rates.assess_level(counts, frequency=1, dispersion=1.0)
    figure = Figure(
        "The fewer the crimes, the larger a change must be to be seen",
        "Smallest ratio that is noticed with 80 % probability against five earlier years: "
        "about 3.8 at 0.2 a month, 1.7 at 2 a month, 1.2 at 20 a month.",
        Axis("mean a month", logarithmic=True),
        Axis("detectable ratio", limits=(1, 6)),
    )
    figure.line(mean, found.detectable_ratio, "rise")
    figure.rule(y=2, label="doubling")
    figure.save(HERE / "assess_level.svg")


def power() -> None:
    counts = np.arange(1, 301)
    found = rates.smallest_detectable_change(counts, 12, 12)
    figure = Figure(
        "What a year can show against the year before",
        "Ratios that are noticed with 80 % probability: at 48 a year a rise of 59 % or a fall of "
        "46 %; at 300 a year a rise of 22 % or a fall of 20 %.",
        Axis("events in the year before", logarithmic=True),
        Axis("ratio", limits=(0, 4)),
    )
    figure.line(counts, found.detectable_increase, "rise")
    figure.line(counts, found.detectable_decrease, "fall", colour=1)
    figure.rule(y=1)
    figure.save(HERE / "smallest_detectable_change.svg")


def dispersion() -> None:
    random = np.random.default_rng(6)
    plain, clustered = random.poisson(3, 60), random.poisson(random.gamma(1.5, 2, 60))
    figure = Figure(
        "The same mean, with and without over-dispersion",
        f"Sixty invented months with mean 3: index {rates.dispersion_test(plain).index[0]:.2f} "
        f"for chance alone, {rates.dispersion_test(clustered).index[0]:.2f} for clustered crimes.",
        Axis("month"),
        Axis("count"),
    )
    figure.line(np.arange(60), clustered, "clustered", colour=1)
    figure.line(np.arange(60), plain, "chance")
    figure.save(HERE / "dispersion_test.svg")


def season() -> None:
    month = np.arange(1, 13)
    truth = np.exp(0.5 * np.sin(2 * np.pi * month / 12))
    counts = np.random.default_rng(8).poisson(np.tile(3 * truth, 6))
    figure = Figure(
        "With three a month the smooth wave is nearer the truth than twelve free factors",
        "Season's factors from six invented years: the harmonic follows the true wave, the "
        "monthly factors scatter around it.",
        Axis("month of the year"),
        Axis("factor"),
    )
    for model, label, colour in (("factor", "free factors", 5), ("one-harmonic", "one wave", 0)):
        found = rates.seasonal_fit(counts, frequency=12, model=model)
        figure.line(month, found.factors[0], label, colour=colour)
    figure.line(month, truth, "truth", colour=1, dashed=True)
    figure.save(HERE / "seasonal_fit.svg")


def adjusted() -> None:
    season = np.exp(0.6 * np.sin(2 * np.pi * (MONTHS + 1) / 12))
    counts = np.random.default_rng(9).poisson(20 * season)
    flat = rates.seasonally_adjusted(counts, frequency=12)[0]
    figure = Figure(
        "What is left when the season is divided out",
        "Invented monthly counts swing with the season; the adjusted series stays near 20.",
        Axis("month"),
        Axis("reported crimes"),
    )
    figure.line(MONTHS, counts, "counted", colour=5)
    figure.line(MONTHS, flat, "adjusted")
    figure.save(HERE / "seasonally_adjusted.svg")


def calendar() -> None:
    days = rates.days_in_months(2024, 1, 24)
    counts = np.round(4 * days)
    figure = Figure(
        "February looks safer until its days are counted",
        "Four crimes every day for two years: counted by month they dip in February, by equal "
        "months they do not.",
        Axis("month"),
        Axis("crimes"),
    )
    figure.line(np.arange(1, 25), counts, "by month", colour=5)
    figure.line(np.arange(1, 25), rates.calendar_adjusted(counts, days)[0], "by equal months")
    figure.save(HERE / "calendar_adjusted.svg")


def u_chart() -> None:
    counts = np.random.default_rng(10).poisson(0.8, 60)
    counts[48] = 6
    figure = Figure(
        "At 0.8 a month three-sigma limits cry wolf, exact limits do not",
        "Sixty invented months with mean 0.8 and one month of 6: the exact upper limit is 5, the "
        "three-sigma limit 3.6; only the month of 6 is outside the exact one.",
        Axis("month"),
        Axis("count"),
    )
    exact = rates.u_chart(counts, n_baseline=48)
    usual = rates.u_chart(counts, limits="three-sigma", n_baseline=48)
    figure.line(np.arange(60), exact.upper[0], "exact limit")
    figure.line(np.arange(60), usual.upper[0], "three sigma", colour=1, dashed=True)
    figure.points(np.arange(60), counts, colour=5)
    figure.save(HERE / "u_chart.svg")


def g_and_t_charts() -> None:
    random = np.random.default_rng(11)
    days = np.concatenate([random.geometric(1 / 30, 30), random.geometric(1 / 8, 15)]) - 1
    found = rates.g_chart(days, n_baseline=30)
    figure = Figure(
        "Days without a crime: the last fifteen come closer together",
        "Days between 45 invented events: around 20 at first, then a run below the centre, which "
        "is the signal.",
        Axis("event"),
        Axis("days since the one before"),
    )
    figure.points(np.arange(45), days)
    figure.line(np.arange(45), found.upper[0], "limit", colour=1)
    figure.rule(y=float(found.centre[0]), label="centre")
    figure.save(HERE / "g_chart.svg")
    waits = np.concatenate([random.exponential(30, 30), random.exponential(8, 15)])
    timed = rates.t_chart(waits, n_baseline=30)
    figure = Figure(
        "Time between events, on a chart with exponential limits",
        "Waiting times of 45 invented events; the last fifteen are short and lie below the centre.",
        Axis("event"),
        Axis("days since the one before"),
    )
    figure.points(np.arange(45), waits)
    figure.line(np.arange(45), timed.upper[0], "limit", colour=1)
    figure.rule(y=float(timed.centre[0]), label="centre")
    figure.save(HERE / "t_chart.svg")


def individuals() -> None:
    shares = np.round(0.62 + np.random.default_rng(12).normal(0, 0.02, 16), 3)
    shares[-1] = 0.75
    found = rates.individuals_chart(shares, n_baseline=12)
    figure = Figure(
        "Share who feel safe, in control until the last survey",
        "Sixteen invented surveys around 62 %; the last one, 75 %, lies above the upper limit.",
        Axis("survey"),
        Axis("share who feel safe"),
    )
    figure.band(np.arange(16), found.lower[0], found.upper[0], "limits")
    figure.points(np.arange(16), shares, colour=1)
    figure.save(HERE / "individuals_chart.svg")


def funnel() -> None:
    random = np.random.default_rng(13)
    expected = np.sort(np.exp(random.uniform(0, 5.5, 120)))
    observed = random.poisson(expected * random.gamma(12, 1 / 12, 120))
    plain = rates.funnel_limits(observed, expected)
    wide = rates.funnel_limits(observed, expected, dispersion="additive")
    figure = Figure(
        "Large places lie outside the chance limits because places differ",
        "120 invented places by expected count: many large ones lie outside the 95 % limits for "
        "chance alone, about one in twenty outside the widened ones.",
        Axis("expected count", logarithmic=True),
        Axis("observed over expected", limits=(0, 3)),
    )
    figure.line(expected, wide.upper[0], "widened", colour=1)
    figure.line(expected, wide.lower[0], colour=1)
    figure.line(expected, plain.upper[0], "chance")
    figure.line(expected, plain.lower[0])
    figure.points(expected, plain.ratio, colour=5, size=2.5)
    figure.save(HERE / "funnel_limits.svg")


def shrinkage() -> None:
    random = np.random.default_rng(14)
    expected = np.sort(np.exp(random.uniform(-0.5, 4.5, 80)))
    observed = random.poisson(expected * random.gamma(8, 1 / 8, 80))
    found = rates.shrink(observed, expected)
    figure = Figure(
        "Small places are pulled to the middle, large ones keep what they have",
        "Eighty invented places: raw ratios of the small ones spread from 0 to 4, shrunken ones "
        "stay between 0.7 and 1.6.",
        Axis("expected count", logarithmic=True),
        Axis("observed over expected"),
    )
    figure.points(expected, found.rate, "raw", colour=5, hollow=True)
    figure.points(expected, found.shrunk, "shrunken")
    figure.save(HERE / "shrink.svg")


def harm() -> None:
    years = np.arange(2016, 2026)
    counts = np.random.default_rng(15).poisson([20, 6, 0.4], (10, 3))
    found = rates.harm_weighted_sum(counts, [5, 30, 700])
    figure = Figure(
        "One grave crime moves the harm of a year more than all the others",
        "Harm of ten invented years: the interval is wide because one crime of the gravest kind "
        "more or less is 700 days.",
        Axis("year", ticks=[(float(year), str(year)) for year in years[::3]]),
        Axis("harm (days)"),
    )
    figure.band(years, found.interval.lower, found.interval.upper, "95 %")
    figure.points(years, found.harm, colour=1)
    figure.save(HERE / "harm_weighted_sum.svg")


def main() -> None:
    for draw in (
        *(interval, rate_test, negative_binomial, comparison, prediction, band, level, power),
        *(dispersion, season, adjusted, calendar, u_chart, g_and_t_charts, individuals),
        *(funnel, shrinkage, harm),
    ):
        draw()


if __name__ == "__main__":
    main()

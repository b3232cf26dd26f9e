"""Makes the pictures of these pages: python docs/methods/surveillance/make_pictures.py"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[2] / "src")]

from plot import Axis, Figure  # noqa: E402

from samverkan.methods import surveillance  # noqa: E402

MONTHS, WEEKS = 12, 52


def small_counts() -> np.ndarray:
    """Eight years of about two a month, with nine in the last one."""
    counts = np.random.default_rng(3).poisson(2.0, 96).astype(float)
    counts[-1] = 9
    return counts


def weekly_counts() -> np.ndarray:
    """Eight years of weeks with a season, an old outbreak and a new one."""
    weeks = np.arange(8 * WEEKS)
    expected = 9 * np.exp(0.4 * np.sin(2 * np.pi * weeks / WEEKS))
    counts = np.random.default_rng(4).negative_binomial(9, 9 / (9 + expected)).astype(float)
    counts[330:334] += 18
    counts[-6:-2] += [6, 14, 20, 12]
    return counts


def daily_counts() -> np.ndarray:
    counts = np.random.default_rng(5).poisson(6.0, 60).astype(float)
    counts[45:50] += [2, 5, 8, 9, 6]
    return counts


def judged(
    name: str,
    title: str,
    told: str,
    counts: np.ndarray,
    found: surveillance.SurveillanceResult,
    unit: str,
) -> None:
    """Counts as bars, the expected level and the bound as lines, alarms as points."""
    columns = found.evaluated
    figure = Figure(title, told, Axis(unit), Axis("cases", limits=None), height=340, right=120)
    figure.bars(columns, counts[columns], "cases")
    figure.line(columns, found.expected[0], "expected", colour=0)
    figure.line(columns, found.upper_bound[0], "bound", colour=1, dashed=True)
    alarms = columns[found.is_alarm[0]]
    figure.points(alarms, counts[alarms], colour=3, size=5)
    figure.save(HERE / f"{name}.svg")


def scored(name: str, title: str, told: str, score: np.ndarray, limit: float, unit: str) -> None:
    figure = Figure(title, told, Axis(unit), Axis("statistic"), height=320, right=140)
    figure.line(np.arange(len(score)), score, "statistic")
    figure.rule(y=limit, label="limit")
    reached = np.flatnonzero(score >= limit)
    figure.points(reached, score[reached], colour=3, size=4)
    figure.save(HERE / f"{name}.svg")


def months_and_weeks() -> None:
    counts = small_counts()
    last = np.arange(60, 96)
    found = surveillance.predictive(counts, frequency=MONTHS, evaluate=last)
    judged(
        "predictive",
        "Nine in a month of two is unusual, five is not",
        "Monthly counts about two; the bound lies at five to eight; only the last month, nine, "
        "is above it.",
        counts,
        found,
        "month",
    )
    found = surveillance.bayes(counts, frequency=MONTHS, alpha=0.01, evaluate=last)
    judged(
        "bayes",
        "The exact prediction of a Poisson count",
        "The bound of the Bayesian prediction lies at six to eight for two a month.",
        counts,
        found,
        "month",
    )
    found = surveillance.rki(counts, frequency=MONTHS, evaluate=last)
    judged(
        "rki",
        "A tabulated limit steps with the mean of the baseline",
        "The bound stays at 5.3 or 6.7 and jumps when the mean passes a whole number.",
        counts,
        found,
        "month",
    )
    weekly = weekly_counts()
    last = np.arange(312, 416)
    found = surveillance.farrington_flexible(
        weekly,
        frequency=WEEKS,
        evaluate=last,
        n_seasonal_periods=10,
        recent_excluded=26,
        alpha=0.01,
        threshold_method="nbPlugin",
    )
    judged(
        "farrington_flexible",
        "The bound follows the season and forgets an old outbreak",
        "Two years of weeks; the bound rises and falls with the season and both outbreaks "
        "stand above it.",
        weekly,
        found,
        "week",
    )
    found = surveillance.farrington(weekly, frequency=WEEKS, evaluate=last, alpha=0.02)
    judged(
        "farrington",
        "Seven weeks of each of five years make a rougher bound",
        "The same series with the original method: the bound is less smooth from week to week.",
        weekly,
        found,
        "week",
    )


def days_and_shifts() -> None:
    daily = daily_counts()
    found = surveillance.ears(daily, variant="C2", alpha=0.001)
    judged(
        "ears",
        "Two days of gap keep the outbreak out of its own baseline",
        "Daily counts of about six; the C2 bound lies between ten and seventeen and the outbreak "
        "crosses it.",
        daily,
        found,
        "day",
    )
    shifted = np.random.default_rng(8).poisson(np.r_[np.full(40, 2.0), np.full(24, 3.6)])
    limits = surveillance.poisson_cusum_limits(2.0, shifted_mean=4.0, in_control_run_length=120)
    found = surveillance.cusum(
        shifted,
        expected=2.0,
        standardisation="none",
        reference_value=limits.reference_value,
        decision_limit=limits.decision_limit,
    )
    scored(
        "cusum",
        "A small lasting shift after month 40 adds up",
        "The sum stays low for forty months at two a month and climbs past its limit at 3.6.",
        found.score[0],
        limits.decision_limit,
        "month",
    )
    ratio = surveillance.glr_poisson(shifted, expected=2.0, longest_window=24)
    scored(
        "glr_poisson",
        "The likelihood ratio starts anew after each alarm",
        "The statistic rises after month 40, reaches five and falls back to zero.",
        ratio.score[0],
        5.0,
        "month",
    )
    ratio = surveillance.glr_negative_binomial(
        shifted, expected=2.0, overdispersion=0.3, longest_window=24
    )
    scored(
        "glr_negative_binomial",
        "With over-dispersion the same shift weighs less",
        "The statistic rises after month 40 more slowly than without over-dispersion.",
        ratio.score[0],
        5.0,
        "month",
    )


def run_lengths() -> None:
    limits = np.arange(1, 9)
    figure = Figure(
        "Each step of the limit makes false alarms rarer, and detection a little slower",
        "On a logarithmic scale the run length without a shift grows tenfold from limit 2 to 5; "
        "with a doubled mean it grows by a period a step.",
        Axis("decision limit"),
        Axis("periods until an alarm", logarithmic=True),
        right=160,
    )
    for mean, label in ((2.0, "no shift"), (4.0, "doubled")):
        lengths = [
            surveillance.poisson_cusum_run_length(mean, reference_value=3, decision_limit=limit)
            for limit in limits
        ]
        figure.line(limits, lengths, label, colour=0 if mean == 2.0 else 1)
    figure.save(HERE / "poisson_cusum_run_length.svg")

    wanted = np.array([24, 60, 120, 240, 480])
    figure = Figure(
        "The price of quiet: how long a doubled level goes unseen",
        "The longer the run without false alarm that is asked for, the more periods pass until "
        "a doubling of two a month is seen: from three to six and a half.",
        Axis("asked for: periods between false alarms", logarithmic=True),
        Axis("periods until a doubling is seen", limits=(0, 9)),
        right=140,
    )
    found = [
        surveillance.poisson_cusum_limits(2.0, shifted_mean=4.0, in_control_run_length=length)
        for length in wanted
    ]
    figure.line(wanted, [one.out_of_control_run_length for one in found], "from two")
    figure.points(wanted, [one.out_of_control_run_length for one in found])
    figure.save(HERE / "poisson_cusum_limits.svg")

    seen = np.arange(4, 13)
    figure = Figure(
        "A slower detection allows a smaller reference value",
        "The reference value falls from about 0.8 to 0.4 as the allowed delay grows from four "
        "to twelve periods.",
        Axis("periods until the shift is seen"),
        Axis("reference value k"),
        right=190,
    )
    for colour, length in enumerate((200, 500)):
        values = [
            surveillance.normal_cusum_limits(
                in_control_run_length=length, out_of_control_run_length=float(delay)
            ).reference_value
            for delay in seen
        ]
        figure.line(seen, values, f"{length} without a shift", colour=colour)
    figure.save(HERE / "normal_cusum_limits.svg")


def screens() -> None:
    generator = np.random.default_rng(9)
    p_values = np.sort(np.r_[generator.random(295), 10.0 ** generator.uniform(-6, -3, 5)])
    rank = np.arange(1, 41)
    figure = Figure(
        "Five true signals among three hundred series; the strictest rule misses one",
        "The smallest forty p-values in order; four lie below all three lines, the fifth "
        "below two of them, the rest follow chance.",
        Axis("rank of the series"),
        Axis("p-value", logarithmic=True),
        right=190,
    )
    figure.points(rank, p_values[:40])
    figure.line(rank, np.full(40, 1 / 300), "one false expected", colour=1)
    figure.line(rank, 0.1 * rank / 300, "false share 10 %", colour=2, dashed=True)
    figure.line(rank, np.full(40, 0.05 / 300), "any false 5 %", colour=3)
    figure.save(HERE / "screen.svg")


def main() -> None:
    months_and_weeks()
    days_and_shifts()
    run_lengths()
    screens()


if __name__ == "__main__":
    main()

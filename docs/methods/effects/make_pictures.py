"""Draws the pictures of this folder: `python docs/methods/effects/make_pictures.py`."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from plot import Axis, Figure  # noqa: E402

from samverkan.methods import effects  # noqa: E402


def before_after() -> None:
    figure = Figure(
        "With few events only very large changes can be told",
        "The smallest decrease seen with 80 percent probability against the number of events "
        "before, with a comparison area five times as large: 10 events need a fall of more than "
        "four fifths, 100 events one of about a third.",
        Axis("events before", logarithmic=True),
        Axis("detectable decrease, percent", (0, 100)),
    )
    before = np.unique(np.geomspace(8, 2000, 40).astype(int))
    falls = [
        100 * (1 - effects.compare_before_after(n, n, 5 * n, 5 * n).power.detectable_decrease)
        for n in before.tolist()
    ]
    figure.line(before, falls, "80 % power")
    figure.rule(y=50, label="a halving")
    figure.save(HERE / "compare_before_after.svg")


def panel() -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(12)
    level = generator.uniform(3, 12, 20)[:, None]
    season = np.exp(0.35 * np.sin(2 * np.pi * np.arange(48) / 12))
    mean = level * season
    mean[:8, 30:] *= 0.65
    return generator.poisson(mean), np.arange(20) < 8


def difference() -> None:
    counts, treated = panel()
    made = effects.difference_in_differences(counts, treated, intervention_at=30)
    figure = Figure(
        f"The treated areas fell to {made.ratio:.2f} of what the others' course foretells",
        "Events a month and area for eight treated and twelve other areas over four years. Both "
        "follow the same season; after month 30 the treated lie lower.",
        Axis("month"),
        Axis("events a month and area"),
    )
    figure.line(range(48), counts[treated].mean(axis=0), "treated", colour=1)
    figure.line(range(48), counts[~treated].mean(axis=0), "others")
    figure.rule(x=30, label="start")
    figure.save(HERE / "difference_in_differences.svg")
    study = effects.event_study(counts, treated, intervention_at=30, stretch=6)
    figure = Figure(
        "Level before the start, lower after it: the comparison can be believed",
        "Log ratio of treated to other areas for each half-year, relative to the half-year before "
        "the start, with 95 percent intervals. Those before lie around 0.",
        Axis("half-years from the start"),
        Axis("log ratio"),
        height=340,
    )
    reach = 1.96 * study.standard_errors
    figure.band(study.stretches, study.log_ratios - reach, study.log_ratios + reach)
    figure.points(study.stretches, study.log_ratios)
    figure.rule(y=0.0)
    figure.save(HERE / "event_study.svg")
    totals = counts[:, :30].sum(axis=1), counts[:, 30:].sum(axis=1)
    space = effects.placebo_in_space(*totals, treated, seed=1)
    bins = np.linspace(0.6, 1.6, 41)
    heights, _ = np.histogram(space.ratios, bins)
    figure = Figure(
        "Hardly any other choice of eight areas would have shown so much",
        "Ratios for 999 made-up choices of eight areas as bars around 1, and the real ratio far "
        f"to the left. p = {space.p_value:.3f}.",
        Axis("ratio after / before against the rest"),
        Axis("made-up choices"),
        height=340,
    )
    figure.bars((bins[1:] + bins[:-1]) / 2, heights, width=0.022)
    figure.rule(x=space.ratio, label="the real choice")
    figure.save(HERE / "placebo_in_space.svg")


def series() -> np.ndarray:
    time = np.arange(72)
    mean = 22 * np.exp(0.35 * np.cos(2 * np.pi * time / 12) - 0.003 * time)
    mean = mean * np.where(time >= 48, 0.65, 1)
    return np.random.default_rng(3).poisson(mean)


def interrupted() -> None:
    counts = series()
    made = effects.interrupted_series(counts, intervention_at=48, frequency=12)
    figure = Figure(
        f"The level fell to {made.ratio:.2f} beyond season and trend",
        "Monthly counts as points, the fitted series as a line, and as a dashed line what season "
        "and trend would have given after the start in month 48.",
        Axis("month"),
        Axis("events"),
    )
    figure.points(range(72), counts, colour=5, size=2.5)
    figure.line(range(72), made.fitted, "fitted")
    figure.line(range(48, 72), made.expected[48:], "nothing done", colour=1, dashed=True)
    figure.rule(x=48, label="start")
    figure.save(HERE / "interrupted_series.svg")


def displaced() -> None:
    names = ("target", "nearby", "in all")
    made = effects.displacement(207, 110, 308, 318, 178, 157, 150, 140)
    parts = (made.local, made.nearby, made.total)
    ends = [part.interval(0.05) for part in parts]
    figure = Figure(
        "Fewer events at the target, and none moved next door",
        "Change in events beyond the comparison areas', with 95 percent intervals, for the "
        "target, the area nearby and both together, from the example of Wheeler and Ratcliffe.",
        Axis("", (0.5, 3.5), [(i + 1, name) for i, name in enumerate(names)]),
        Axis("events after - before"),
        height=340,
    )
    for place, (part, (low, high)) in enumerate(zip(parts, ends, strict=True), 1):
        figure.line([place, place], [low, high])
        figure.points([place], [part.value], size=5)
    figure.rule(y=0.0)
    figure.save(HERE / "displacement.svg")
    kinds = {
        "robbery": effects.displacement(20, 10, 20, 20),
        "burglary": effects.displacement(25, 20, 30, 30),
        "theft": effects.displacement(70, 20, 80, 60),
    }
    total = effects.harm_weighted_displacement(list(kinds.values()), [10, 5, 1])
    low, high = total.interval(0.1)
    figure = Figure(
        "Weighed by harm the gain is large and unsure",
        "Change in harm for robbery (10 a crime), burglary (5) and theft (1), and their sum with "
        "its 90 percent interval, which reaches a little above 0.",
        Axis("", (0.5, 4.5), [(1, "robbery"), (2, "burglary"), (3, "theft"), (4, "harm in all")]),
        Axis("change in harm"),
        height=340,
    )
    weighted = [10 * kinds["robbery"].total.value, 5 * kinds["burglary"].total.value]
    figure.bars([1, 2, 3, 4], [*weighted, kinds["theft"].total.value, total.value], width=0.5)
    figure.line([4, 4], [low, high], colour=1)
    figure.rule(y=0.0)
    figure.save(HERE / "harm_weighted_displacement.svg")


def mean_regression() -> None:
    generator = np.random.default_rng(3)
    usual = generator.gamma(4, 2, 400)
    before, after = generator.poisson(usual), generator.poisson(usual)
    worst = np.argsort(before, kind="stable")[-40:]
    foretold = [
        effects.regression_to_mean(int(before[place]), before).expected_before for place in worst
    ]
    figure = Figure(
        "The forty worst places fall back by themselves, about as far as foretold",
        "Count next year against count this year for the forty worst of 400 places where nothing "
        "was done. Most points lie under the line of no change and around the foretold line.",
        Axis("events this year"),
        Axis("events next year"),
    )
    ends = np.array([before[worst].min(), before[worst].max()])
    figure.line(ends, ends, "no change", colour=5)
    figure.points(before[worst], after[worst], size=3)
    order = np.argsort(before[worst])
    figure.line(before[worst][order], np.array(foretold)[order], "foretold", colour=1)
    figure.save(HERE / "regression_to_mean.svg")


def synthetic() -> None:
    generator = np.random.default_rng(4)
    waves = 1 + 0.3 * np.sin(np.arange(48)[None] / generator.uniform(2, 9, (3, 1)))
    pool = generator.poisson(60 * generator.dirichlet(np.ones(3), 24) @ waves)
    mean = 60 * np.array([0.5, 0.3, 0.2]) @ waves
    mean[36:] *= 0.6
    target = np.random.default_rng(9).poisson(mean)
    made = effects.synthetic_comparison(target, pool, intervention_at=36)
    figure = Figure(
        f"The mix follows the target until the start, then lies above: ratio {made.ratio:.2f}",
        "The target's events a period and those of a weighted mix of 24 areas, alike for 36 "
        "periods and apart afterwards.",
        Axis("period"),
        Axis("events"),
    )
    figure.line(range(48), target, "target", colour=1)
    figure.line(range(48), made.expected, "mix")
    figure.rule(x=36, label="start")
    figure.save(HERE / "synthetic_comparison.svg")


def structural() -> None:
    generator = np.random.default_rng(6)
    other = generator.poisson(50 * np.exp(0.3 * np.sin(2 * np.pi * np.arange(84) / 12)))
    level = 18 + np.cumsum(generator.normal(0, 0.6, 84))
    mean = np.maximum(level + 0.4 * other, 1) * np.where(np.arange(84) >= 66, 0.7, 1)
    target = generator.poisson(mean)
    made = effects.structural_comparison(target, other, intervention_at=66)
    figure = Figure(
        f"{-made.difference:.0f} events fewer than foretold, and the band says how sure",
        "Monthly events of a target as points, what its own wandering level and a comparison "
        "foretell as a line with a 95 percent band that widens after the start in month 66.",
        Axis("month"),
        Axis("events"),
    )
    time = np.arange(84)
    figure.band(time[66:], *(side[66:] for side in made.expected_interval))
    figure.line(time, made.expected, "foretold")
    figure.points(time, target, colour=1, size=2.5)
    figure.rule(x=66, label="start")
    figure.save(HERE / "structural_comparison.svg")


def placebo() -> None:
    generator = np.random.default_rng(2)
    other = generator.poisson(np.full(60, 30.0))
    target = generator.poisson(15 * np.where(np.arange(60) >= 48, 0.5, 1))
    made = effects.placebo_in_time(target, other, intervention_at=48)
    figure = Figure(
        "Made-up starts find little; the real one stands out",
        "Ratio after over before for each made-up start in the time before, around 1, and for the "
        "real start in month 48, far below.",
        Axis("month of the start"),
        Axis("ratio", (0, 1.6)),
        height=340,
    )
    figure.points(made.starts, made.ratios, "made up")
    figure.points([48], [made.actual.ratio], "real", colour=1, size=5)
    figure.rule(y=1.0)
    figure.save(HERE / "placebo_in_time.svg")


def changes() -> None:
    generator = np.random.default_rng(8)
    values = np.r_[generator.poisson(4, 40), generator.poisson(9, 30)]
    made = effects.change_points(values, model="poisson").best
    figure = Figure(
        f"The level rose in period {made.starts[0]}, found without being told",
        "Seventy counts as points, the found levels as lines: about 4 a period, then about 9.",
        Axis("period"),
        Axis("events"),
        height=340,
    )
    figure.points(range(70), values, colour=5, size=2.5)
    borders = [0, *made.starts, 70]
    for first, stop, level in zip(borders[:-1], borders[1:], made.levels, strict=True):
        figure.line([first, stop - 1], [level, level], colour=1)
    figure.save(HERE / "change_points.svg")


if __name__ == "__main__":
    before_after()
    difference()
    interrupted()
    displaced()
    mean_regression()
    synthetic()
    structural()
    placebo()
    changes()

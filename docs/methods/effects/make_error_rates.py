"""Prints the table of error rates on the page of `compare_before_after`.

`python docs/methods/effects/make_error_rates.py`: two years before, one year after, a comparison
area five times as large, nothing done. Seeded; the same numbers each time.
"""

from __future__ import annotations

import numpy as np

from samverkan.methods.effects.design import (
    DesignTest,
    EffectMethod,
    as_design,
    design_dispersion,
)

MEANS = (0.2, 0.5, 1, 2, 5, 20)
N_RUNS = 2000
ALPHA = 0.05
METHODS = (
    EffectMethod.EXACT,
    EffectMethod.MID_P,
    EffectMethod.POISSON,
    EffectMethod.NEGATIVE_BINOMIAL,
)


def draw(
    generator: np.random.Generator, mean: float, size: float | None, ratio: float
) -> list[np.ndarray]:
    """Before, after, and the comparison's before and after, with a common season."""
    months = np.arange(36)
    season = np.exp(0.3 * np.sin(2 * np.pi * months / 12))
    answer = []
    for level in (mean, 5 * mean):
        expected = level * season
        if level == mean:
            expected = expected * np.where(months >= 24, ratio, 1)
        if size is None:
            counts = generator.poisson(expected)
        else:
            counts = generator.negative_binomial(size, size / (size + expected))
        answer += [counts[:24], counts[24:]]
    return answer


def rates(mean: float, size: float | None, ratio: float) -> list[float]:
    generator = np.random.default_rng([int(mean * 10), 0 if size is None else int(size)])
    alarms = np.zeros(len(METHODS))
    for _ in range(N_RUNS):
        # the p-value alone: finding the power as well would take ten times as long
        design = as_design(*draw(generator, mean, size, ratio), None, None)
        for place, method in enumerate(METHODS):
            test = DesignTest(design, method, design_dispersion(method, design, None))
            alarms[place] += test.p_value(design.target[1].total) < ALPHA
    return list(alarms / N_RUNS)


if __name__ == "__main__":
    for title, size, ratio in (
        ("nothing done, Poisson", None, 1.0),
        ("nothing done, over-dispersed (size 5)", 5.0, 1.0),
        ("halved, Poisson", None, 0.5),
    ):
        print(f"\n| {title} | " + " | ".join(METHODS) + " |\n|---|" + "---|" * len(METHODS))
        for mean in MEANS:
            cells = " | ".join(f"{100 * rate:.1f} %" for rate in rates(mean, size, ratio))
            print(f"| {mean} a month | {cells} |")

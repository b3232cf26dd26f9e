"""Exact comparison of two rates, many pairs in one call, beside one-at-a-time programs."""

from __future__ import annotations

import numpy as np

from benchmarks.methods.case import Case
from samverkan.methods import rates

N_PAIRS = 1_000_000
N_DISTINCT = 100_000
N_PEER = 500
R_SECONDS_A_PAIR = 76e-6


def cases() -> list[Case]:
    """p-value and interval of a rate ratio: small counts that repeat, and pairs that never do."""
    random = np.random.default_rng(20261123)
    month, years = random.poisson(4, N_PAIRS), random.poisson(48, N_PAIRS)
    exposure = random.uniform(0.5, 2.0, N_DISTINCT)
    few, many = month[:N_DISTINCT], years[:N_DISTINCT]
    return [
        Case(
            name="rate ratio, exact p and interval, one exposure",
            work=f"{N_PAIRS:,} pairs of small counts",
            ours=lambda: rates.compare_rates(month, 1, years, 12),
            peer=lambda: _statsmodels(month[:N_PEER], years[:N_PEER], np.ones(N_PEER)),
            peer_name="statsmodels test_poisson_2indep, one pair at a time",
            peer_scale=N_PAIRS / N_PEER,
            aim=500.0,
            peer_repeats=3,
            check=_same_p_values,
        ),
        Case(
            name="rate ratio, exact p and interval, one exposure",
            work=f"{N_PAIRS:,} pairs of small counts",
            ours=lambda: rates.compare_rates(month, 1, years, 12),
            peer_name="R poisson.test",
            quoted_seconds=R_SECONDS_A_PAIR * N_PAIRS,
            aim=500.0,
        ),
        Case(
            name="rate ratio, mid-p and interval, one exposure",
            work=f"{N_PAIRS:,} pairs of small counts",
            ours=lambda: rates.compare_rates(month, 1, years, 12, method="midp"),
            peer_name="R poisson.test",
            quoted_seconds=R_SECONDS_A_PAIR * N_PAIRS,
            aim=500.0,
        ),
        Case(
            name="rate ratio, exact p and interval, every exposure its own",
            work=f"{N_DISTINCT:,} pairs, none alike: nothing to look up",
            ours=lambda: rates.compare_rates(few, exposure, many, 12),
            peer_name="R poisson.test",
            quoted_seconds=R_SECONDS_A_PAIR * N_DISTINCT,
            aim=20.0,
        ),
        Case(
            name="level of the last year judged",
            work="1,000 series of 72 months",
            ours=lambda: rates.assess_level(_panel(), frequency=12),
            note="no peer does the same; stated for the record",
        ),
    ]


def _panel() -> np.ndarray:
    return np.random.default_rng(1).poisson(2.0, (1000, 72))


def _statsmodels(first: np.ndarray, second: np.ndarray, exposure: np.ndarray) -> np.ndarray:
    from statsmodels.stats.rates import test_poisson_2indep

    return np.array(
        [
            test_poisson_2indep(a, e, b, 12.0, method="exact-cond", compare="ratio").pvalue
            for a, b, e in zip(first, second, exposure, strict=True)
        ]
    )


def _same_p_values(_ours: object, theirs: object) -> str:
    random = np.random.default_rng(20261123)
    month, years = random.poisson(4, N_PAIRS)[:N_PEER], random.poisson(48, N_PAIRS)[:N_PEER]
    found = rates.compare_rates(month, 1, years, 12, method="minlike").p_value
    largest = float(np.max(np.abs(found / np.asarray(theirs) - 1)))
    if largest > 1e-6:
        raise AssertionError(f"p-values differ by {largest:.1e}")
    return f"minlike p-values agree within {largest:.0e}"

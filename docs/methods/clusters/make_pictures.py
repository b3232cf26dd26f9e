"""Draws the pictures of this folder: `python docs/methods/clusters/make_pictures.py`."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from plot import Axis, Figure  # noqa: E402

from samverkan.methods import clusters  # noqa: E402

SIDE = 4000.0


def burglaries(n_events: int = 400, seed: int = 11) -> tuple[np.ndarray, ...]:
    """An invented town: a quarter of its burglaries are followed by one nearby within days."""
    generator = np.random.default_rng(seed)
    east, north = generator.uniform(0, SIDE, (2, n_events))
    days = generator.integers(0, 365, n_events)
    is_followed = generator.random(n_events) < 0.25
    n_more = int(is_followed.sum())
    near = generator.normal(0, 60, (2, n_more))
    later = np.minimum(days[is_followed] + generator.integers(0, 8, n_more), 364)
    return (
        np.append(east, east[is_followed] + near[0]),
        np.append(north, north[is_followed] + near[1]),
        np.append(days, later),
    )


def outbreak() -> tuple[np.ndarray, ...]:
    """A year of scattered fires, and fourteen close together during its last ten days."""
    generator = np.random.default_rng(21)
    east, north = generator.uniform(0, SIDE, (2, 220))
    near = generator.normal(0, 130, (2, 14))
    days = np.append(generator.integers(0, 365, 220), generator.integers(355, 365, 14))
    return np.append(east, 2700 + near[0]), np.append(north, 1500 + near[1]), days


def town_map(title: str, description: str) -> Figure:
    axes = Axis("metres east", (0, SIDE)), Axis("metres north", (0, SIDE))
    return Figure(title, description, *axes, height=560, right=190)


def circle(centre: tuple[float, float], radius: float) -> tuple[np.ndarray, np.ndarray]:
    angle = np.linspace(0, 2 * np.pi, 90)
    return centre[0] + radius * np.cos(angle), centre[1] + radius * np.sin(angle)


def knox() -> None:
    answer = clusters.knox(*burglaries(), space_threshold=150, time_threshold=10, seed=1)
    values, counts = np.unique(answer.simulated_pairs, return_counts=True)
    figure = Figure(
        "Chance gives 20 to 50 near pairs here; there were many more",
        f"Number of near pairs in 999 shuffles of the dates, around {answer.expected_pairs:.0f}, "
        f"and the observed {answer.observed_pairs:.0f} far to the right.",
        Axis("pairs within 150 metres and 10 days"),
        Axis("shuffles"),
    )
    figure.bars(values, counts)
    figure.rule(x=answer.observed_pairs, label=f"observed: {answer.observed_pairs:.0f}")
    figure.rule(x=answer.expected_pairs, label=f"expected: {answer.expected_pairs:.1f}")
    figure.save(HERE / "knox.svg")


def near_repeat() -> None:
    table = clusters.near_repeat(
        *burglaries(),
        space_bands=[100, 200, 400, 800],
        time_bands=[7, 14, 21, 28],
        seed=1,
    )
    figure = Figure(
        "The risk is raised for a week and for a hundred metres, not beyond",
        "Observed over expected pairs by band of distance and of time. The first band, up to 100 "
        f"metres and 7 days, stands at {table.ratio[1, 0]:.1f}; the others near one.",
        Axis(
            "days between",
            ticks=[
                (k + 0.5, t) for k, t in enumerate(("0 to 7", "8 to 14", "15 to 21", "22 to 28"))
            ],
        ),
        Axis(
            "metres between, at most",
            ticks=[(k + 0.5, t) for k, t in enumerate(("100", "200", "400", "800"))],
        ),
    )
    figure.heat(
        table.ratio[1:].tolist(), range(5), range(5), centre=1.0, numbers=".2f", label="ratio"
    )
    figure.save(HERE / "near_repeat.svg")


def near_repeat_chains() -> None:
    east, north, days = burglaries()
    chain = clusters.near_repeat_chains(east, north, days, space_threshold=150, time_threshold=10)
    sizes = np.bincount(chain)[chain]
    figure = town_map(
        "Most events stand alone; some hang together in chains",
        f"A map of {len(east)} events. {int((sizes > 1).sum())} belong to a chain of two or more, "
        f"the longest of {sizes.max()}.",
    )
    alone = sizes == 1
    figure.points(east[alone], north[alone], colour=5, size=2.0)
    order = np.flatnonzero(~alone)
    figure.points(east[order], north[order], colour=1, size=3.5)
    figure.note(SIDE, SIDE - 160, "orange: in a chain")
    figure.save(HERE / "near_repeat_chains.svg")


def space_time_permutation_scan() -> None:
    east, north, days = outbreak()
    result = clusters.space_time_permutation_scan(
        east, north, days, max_radius=500, max_days=14, prospective=True, seed=1
    )
    best = result.clusters[0]
    figure = town_map(
        "Fires of the last days gather in one place",
        f"A map of {len(east)} fires of a year. A circle of {best.radius:.0f} metres holds "
        f"{best.observed} fires since day {best.first_day}; {best.expected:.1f} were expected.",
    )
    recent = days >= best.first_day
    figure.points(east[~recent], north[~recent], colour=5, size=2.0)
    figure.points(east[recent], north[recent], colour=1, size=3.5)
    figure.line(*circle(best.centre, best.radius), f"p = {best.p_value:.3f}", colour=0)
    figure.note(SIDE, SIDE - 160, f"orange: since day {best.first_day}")
    figure.save(HERE / "space_time_permutation_scan.svg")


def districts() -> tuple[np.ndarray, ...]:
    """Districts on a grid with people and cases; the rate is doubled in four of them."""
    generator = np.random.default_rng(5)
    east, north = (axis.ravel() * 500.0 + 250 for axis in np.indices((8, 8)))
    people = generator.integers(300, 3000, 64)
    rate = np.where(np.hypot(east - 2750, north - 1250) < 720, 0.022, 0.008)
    return east, north, generator.poisson(rate * people), people


def poisson_scan() -> None:
    east, north, cases, people = districts()
    best = clusters.poisson_scan(east, north, cases, people, seed=1).clusters[0]
    figure = town_map(
        "Seen against its people, one corner stands out",
        f"Cases for each 1,000 inhabitants of 64 districts. The circle has {best.observed} cases "
        f"where {best.expected:.0f} were expected.",
    )
    edges = np.arange(0, SIDE + 1, 500)
    figure.heat((1000 * cases / people).reshape(8, 8).T.tolist(), edges, edges, label="per 1,000")
    figure.line(*circle(best.centre, max(best.radius, 200)), f"p = {best.p_value:.3f}", colour=1)
    figure.save(HERE / "poisson_scan.svg")


def bernoulli_scan() -> None:
    generator = np.random.default_rng(8)
    east, north = generator.uniform(0, SIDE, (2, 300))
    is_near = np.hypot(east - 1200, north - 2600) < 450
    is_case = generator.random(300) < np.where(is_near, 0.7, 0.15)
    best = clusters.bernoulli_scan(east, north, is_case, ~is_case, seed=1).clusters[0]
    figure = town_map(
        "Of the dwellings inside the circle, far more were burgled",
        f"300 dwellings, {int(is_case.sum())} of them burgled. Inside the circle {best.observed} "
        f"were, where {best.expected:.1f} were expected.",
    )
    figure.points(east[~is_case], north[~is_case], colour=5, size=2.5, hollow=True)
    figure.points(east[is_case], north[is_case], colour=1, size=3.5)
    figure.line(*circle(best.centre, best.radius), f"p = {best.p_value:.3f}", colour=0)
    figure.note(SIDE, SIDE - 160, "orange: burgled")
    figure.save(HERE / "bernoulli_scan.svg")


def expected_cases() -> None:
    population = np.array([[400, 3600], [1500, 2500], [3000, 1000]])
    cases = np.array([[12, 25], [40, 22], [95, 6]])
    expected = clusters.expected_cases(cases, population)
    figure = Figure(
        "Most of the difference between the three places was the age of their people",
        f"Observed cases {cases.sum(axis=1).tolist()} and cases expected from age alone "
        f"{np.round(expected).astype(int).tolist()} at three places of equal size.",
        Axis("place", ticks=[(0, "old town"), (1, "mixed"), (2, "students")]),
        Axis("cases"),
        height=340,
    )
    places = np.arange(3)
    figure.bars(places - 0.18, cases.sum(axis=1), "observed", colour=1, width=0.34)
    figure.bars(places + 0.18, expected, "expected", colour=5, width=0.34)
    figure.save(HERE / "expected_cases.svg")


if __name__ == "__main__":
    knox()
    near_repeat()
    near_repeat_chains()
    space_time_permutation_scan()
    poisson_scan()
    bernoulli_scan()
    expected_cases()

"""Draws the pictures of this folder: `python docs/methods/density/make_pictures.py`."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from plot import Axis, Figure  # noqa: E402

from samverkan.methods import aoristic, density  # noqa: E402

CORNERS_EAST = (0, 3000, 4000, 4000, 2600, 2000, 900, 0)
CORNERS_NORTH = (0, 0, 900, 3000, 3000, 2100, 3000, 2400)
TOWN = np.column_stack((CORNERS_EAST, CORNERS_NORTH)).astype(float)
SHAPE = (60, 80)
EAST, NORTH = Axis("east, metres", (0, 4000)), Axis("north, metres", (0, 3000))


def town_events(seed: int = 4, count: int = 260) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    heaps = np.vstack(
        (
            generator.normal((700, 700), 220, (count // 3, 2)),
            generator.normal((3600, 2400), 300, (count // 3, 2)),
            generator.uniform((0, 0), (4000, 3000), (count, 2)),
        )
    )
    inside = density.as_window(TOWN).contains(*heaps.T)
    east, north = heaps[inside].T
    return east, north


def outline(figure: Figure, label: str = "") -> None:
    ring = np.vstack((TOWN, TOWN[:1]))
    figure.line(ring[:, 0], ring[:, 1], label, colour=5)


def edges(surface: density.DensitySurface) -> tuple[np.ndarray, np.ndarray]:
    rows, columns = surface.values.shape
    window = surface.window
    return (
        window.west + np.linspace(0, window.width, columns + 1),
        window.south + np.linspace(0, window.height, rows + 1),
    )


def kernel_density() -> None:
    east, north = town_events()
    for correction in ("none", "diggle"):
        made = density.kernel_density(
            east, north, window=TOWN, bandwidth=250, grid_shape=SHAPE, edge_correction=correction
        )
        words = {
            "none": f"Without correction {made.n_events - made.integral:.0f} of {made.n_events} "
            "events leak over the border",
            "diggle": f"With Diggle's correction the surface adds up to all {made.n_events} events",
        }[correction]
        figure = Figure(
            words,
            "Events per square kilometre in a made-up town of eight corners, with one heap in the "
            "south-west and one at the eastern border. " + words + ".",
            EAST,
            NORTH,
        )
        figure.heat(made.values * 1e6, *edges(made), label="events per km²")
        figure.points(east, north, colour=1, size=1.5)
        outline(figure)
        figure.save(HERE / f"kernel_density_{correction}.svg")


def at_events() -> None:
    east, north = town_events()
    at = density.density_at_events(east, north, window=TOWN, bandwidth=250)
    order = np.sort(at)[::-1] * 1e6
    figure = Figure(
        "A third of the events stand where it is more than twice as dense as for the rest",
        "The density around each event, itself left out, from the densest place to the thinnest, "
        "in events per square kilometre.",
        Axis("events, densest first"),
        Axis("other events per km² there", (0, order[0] * 1.05)),
        height=320,
    )
    figure.line(np.arange(1, len(order) + 1), order, "density")
    figure.save(HERE / "density_at_events.svg")


def bandwidth() -> None:
    east, north = town_events()
    choice = density.choose_bandwidth(east, north, window=TOWN)
    sane = np.isfinite(choice.scores) & (choice.candidates > 60)
    figure = Figure(
        f"The others foretell each event best with a bandwidth of {choice.bandwidth:.0f} metres",
        "Log likelihood of each event given the others against the bandwidth: low for narrow "
        "kernels, highest in the middle, low again for wide ones.",
        Axis("bandwidth, metres", logarithmic=True),
        Axis("log likelihood"),
        height=340,
    )
    figure.line(choice.candidates[sane], choice.scores[sane], "likelihood")
    figure.points(choice.candidates[sane], choice.scores[sane])
    figure.rule(x=choice.bandwidth, label="chosen")
    for rule, name in (("normal_scale", "normal scale"), ("oversmoothed", "oversmoothed")):
        value = density.choose_bandwidth(east, north, window=TOWN, rule=rule).bandwidth
        figure.rule(x=value, label="" if rule == "normal_scale" else name)
    figure.save(HERE / "choose_bandwidth.svg")


def adaptive() -> None:
    east, north = town_events()
    made = density.adaptive_density(east, north, window=TOWN, bandwidth=250, grid_shape=SHAPE)
    figure = Figure(
        "Narrow kernels in the heaps, wide ones outside",
        "The adaptive density of the same town: the heaps are sharper and the rest is smoother "
        "than with one bandwidth. Bandwidths run from "
        f"{made.bandwidths.min():.0f} to {made.bandwidths.max():.0f} metres.",
        EAST,
        NORTH,
    )
    figure.heat(made.surface.values * 1e6, *edges(made.surface), label="events per km²")
    outline(figure)
    figure.save(HERE / "adaptive_density.svg")


def risk() -> None:
    generator = np.random.default_rng(11)
    control = town_events(seed=5, count=900)
    case = town_events(seed=6, count=70)
    extra = generator.normal((2900, 900), 180, (30, 2)).T
    case_east, case_north = np.concatenate((case[0], extra[0])), np.concatenate((case[1], extra[1]))
    made = density.relative_risk(
        case_east, case_north, *control, window=TOWN, bandwidth=300, grid_shape=SHAPE
    )
    figure = Figure(
        "The heaps of people explain most crime; one place in the south-east stands out",
        "Log of the cases' density over the controls' in the town. The line surrounds the places "
        "where the risk is higher than chance at 1 percent: around 2,900 east, 900 north.",
        EAST,
        NORTH,
    )
    figure.heat(made.log_ratio, *edges(made.cases), centre=0.0, label="log relative risk")
    for line in made.tolerance_contours(0.01):
        figure.line(line.east, line.north, colour=3)
    outline(figure)
    figure.save(HERE / "relative_risk.svg")


def cells(seed: int = 3) -> np.ndarray:
    generator = np.random.default_rng(seed)
    across, along = np.meshgrid(np.arange(20), np.arange(14))
    level = 2 + 7 * np.exp(-((across - 5) ** 2 + (along - 9) ** 2) / 6)
    level[2:5, 14:18] = 0.2
    return generator.poisson(level)


def local_maps() -> None:
    values = cells()
    rows, columns = values.shape
    linked = density.grid_neighbours(values.shape)
    x_edges, y_edges = np.arange(columns + 1.0), np.arange(rows + 1.0)
    hot = density.local_g(values.ravel(), linked, n_simulations=9999, seed=1)
    figure = Figure(
        "Cells that are hot, or cold, together with their neighbours",
        "Gi* of counts in 14 by 20 cells: a hot heap around column 5, row 9 and a cold one around "
        "column 15, row 3. Points mark what holds with a false discovery rate of 5 percent.",
        Axis("column"),
        Axis("row"),
    )
    figure.heat(hot.z_score.reshape(rows, columns), x_edges, y_edges, centre=0.0, label="Gi* score")
    along, across = np.nonzero(hot.is_significant.reshape(rows, columns))
    figure.points(across + 0.5, along + 0.5, colour=3, size=2.5)
    figure.save(HERE / "local_g.svg")
    moran = density.local_moran(values.ravel(), linked, n_simulations=9999, seed=1)
    figure = Figure(
        "Clusters of like cells, and cells unlike their surroundings",
        "Counts in the cells; filled points are cells of the high-high kind, hollow ones of the "
        "low-low kind, with a false discovery rate of 10 percent.",
        Axis("column"),
        Axis("row"),
    )
    figure.heat(values, x_edges, y_edges, label="events")
    for quadrant, hollow in ((density.Quadrant.HIGH_HIGH, False), (density.Quadrant.LOW_LOW, True)):
        kind = moran.quadrant == density.QUADRANTS.index(quadrant)
        chosen = kind & (moran.q_value <= 0.1)
        along, across = np.nonzero(chosen.reshape(rows, columns))
        figure.points(across + 0.5, along + 0.5, colour=3, size=3, hollow=hollow)
    figure.save(HERE / "local_moran.svg")
    p_values = np.sort(hot.simulated_p_value)
    rank = np.arange(1, len(p_values) + 1)
    passed = int((density.false_discovery_q_values(p_values) <= 0.05).sum())
    figure = Figure(
        f"{passed} of {len(p_values)} cells lie under the slanted line and may be named",
        "Sorted p-values of the cells against their rank, with the line 0.05 times rank over "
        "number of cells. Benjamini and Hochberg's rule names all up to the last one under it.",
        Axis("rank of the p-value", (0, 80)),
        Axis("p-value", (0, 0.06)),
        height=320,
    )
    figure.points(rank[:80], p_values[:80], "p-values", size=2.5)
    figure.line(rank[:80], 0.05 * rank[:80] / len(p_values), "limit", colour=1)
    figure.save(HERE / "false_discovery_q_values.svg")
    globe(values, linked)


def globe(values: np.ndarray, linked: density.Neighbours) -> None:
    centred = values.ravel() - values.mean()
    around = linked.row_standardised().lag(centred[None])[0]
    made = density.global_moran(values.ravel(), linked.row_standardised())
    figure = Figure(
        f"Neighbours are alike: Moran's I is {made.statistic:.2f} where chance gives about 0",
        "Each cell's count above the mean against the mean of its neighbours'. The cloud rises to "
        "the right; its slope is Moran's I.",
        Axis("count above the mean"),
        Axis("neighbours' mean above the mean"),
        height=340,
    )
    figure.points(centred, around, size=2.5)
    ends = np.array([centred.min(), centred.max()])
    figure.line(ends, made.statistic * ends, "slope I", colour=1)
    figure.save(HERE / "global_moran.svg")


def neighbours() -> None:
    generator = np.random.default_rng(2)
    east, north = generator.uniform(0, 1000, (2, 25))
    figure = Figure(
        "The same places linked to all within 250 metres",
        "Twenty-five places and lines between those at most 250 metres apart; some have many "
        "neighbours and some have none.",
        Axis("east, metres", (0, 1000)),
        Axis("north, metres", (0, 1000)),
    )
    linked = density.neighbours_within(east, north, 250)
    for one, two in zip(linked.owners, linked.areas, strict=True):
        if one < two:
            figure.line(east[[one, two]], north[[one, two]], colour=5)
    figure.points(east, north, colour=0, size=4)
    figure.save(HERE / "neighbours.svg")


def accuracy() -> None:
    generator = np.random.default_rng(8)
    mean = generator.gamma(0.4, 3, 900)
    last, coming = generator.poisson(mean), generator.poisson(mean)
    several = generator.poisson(mean * 5) / 5
    counts = np.arange(1, 901, 5)
    figure = Figure(
        "Five years of history point better than last year alone, most of all at few cells",
        "Share of next year's events caught against the share of cells pointed at, for the mean "
        "of five years, for last year, and for the best possible choice.",
        Axis("share of cells pointed at", (0, 0.5)),
        Axis("share of events caught", (0, 1)),
    )
    for label, score, colour in (
        ("best possible", coming, 5),
        ("five years", several, 0),
        ("last year", last, 1),
    ):
        made = density.place_accuracy(score, coming, n_cells=counts)
        keep = made.area_share <= 0.5
        figure.line(made.area_share[keep], made.hit_rate[keep], label, colour=colour)
    figure.save(HERE / "place_accuracy.svg")
    compared = density.compare_forecast(several, last, coming, n_cells=counts[1::6], seed=1)
    figure = Figure(
        "The gain over last year's map, with its interval",
        "Difference in hit rate between the mean of five years and last year against the number "
        "of cells pointed at, with a 95 percent band from drawing the events anew.",
        Axis("cells pointed at"),
        Axis("difference in hit rate"),
        height=340,
    )
    figure.band(compared.forecast.n_cells, *compared.interval)
    figure.line(compared.forecast.n_cells, compared.hit_rate_difference, "gain")
    figure.rule(y=0.0)
    figure.save(HERE / "compare_forecast.svg")


def windows() -> None:
    window = density.as_window(TOWN)
    generator = np.random.default_rng(1)
    east, north = generator.uniform(-300, 4300, 220), generator.uniform(-300, 3300, 220)
    inside = window.contains(east, north)
    figure = Figure(
        f"{inside.sum()} of {len(inside)} places lie inside; the border belongs to the window",
        "A town of eight corners with places inside as filled points and outside as hollow ones.",
        Axis("east, metres", (-400, 4400)),
        Axis("north, metres", (-400, 3400)),
    )
    outline(figure)
    figure.points(east[inside], north[inside])
    figure.points(east[~inside], north[~inside], hollow=True, colour=1)
    figure.save(HERE / "as_window.svg")


def contours() -> None:
    east, north = town_events()
    made = density.kernel_density(east, north, window=TOWN, bandwidth=250, grid_shape=SHAPE)
    figure = Figure(
        "Lines of equal density stop at the border of the window",
        "Contours of the town's density at 20, 40, 60 and 80 events per square kilometre.",
        EAST,
        NORTH,
    )
    outline(figure)
    for number, level in enumerate((20, 40, 60, 80)):
        for line in density.contour_lines(made.values * 1e6, made.east, made.north, level):
            figure.line(line.east, line.north, colour=number)
    figure.save(HERE / "contour_lines.svg")


def hours() -> None:
    generator = np.random.default_rng(5)
    monday = np.datetime64("2026-01-05T00:00", "m")
    true = generator.integers(0, 52 * 7, 400) * 1440 + generator.normal(23 * 60, 90, 400).astype(
        int
    )
    start = true - generator.exponential(240, 400).astype(int)
    end = true + generator.exponential(420, 400).astype(int)
    weights = aoristic.aoristic_profile(
        monday + start.astype("m8[m]"), monday + end.astype("m8[m]"), cycle="hour_of_day"
    ).weights
    hour = np.arange(24)
    figure = Figure(
        "Counting when thefts were found puts them in the morning; shares put them at night",
        "Four hundred made-up thefts around 23 o'clock, known only to lie between two times: the "
        "hour they were found, the aoristic shares, and the true hour.",
        Axis("hour of the day"),
        Axis("events"),
    )
    figure.bars(hour, weights, "aoristic")
    found = np.bincount((end // 60) % 24, minlength=24)
    figure.line(hour, found, "found", colour=1)
    figure.line(hour, np.bincount((true // 60) % 24, minlength=24), "true", colour=2, dashed=True)
    figure.save(HERE / "aoristic.svg")


if __name__ == "__main__":
    kernel_density()
    at_events()
    bandwidth()
    adaptive()
    risk()
    local_maps()
    neighbours()
    accuracy()
    windows()
    contours()
    hours()

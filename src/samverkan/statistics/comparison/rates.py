"""Rates of like municipalities: what chance gives each, and what is left when chance is evened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

CONFIDENCES = (0.95, 0.998)
CURVE_POINTS = 40
FEWEST_PLACES = 5
# Comparisons in a process's memory: some ten municipalities' pages.
KEPT = 256
# Below so many events a year and 1,000 inhabitants the rate is written per 100,000.
LEAST_PER_THOUSAND = 1.0


class Standing(StrEnum):
    """Where a municipality lies in the funnel; only what lies outside the outer limits is told."""

    WITHIN = "within"
    EDGE = "edge"
    """Between the limits that hold 95 of 100 and those that hold 998 of 1,000."""
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True)
class PlaceCount:
    """Events of a municipality over some years."""

    code: str
    name: str
    inhabitants: int
    count: int
    years: int

    @property
    def exposure(self) -> float:
        """Inhabitant-years."""
        return float(self.inhabitants * self.years)


@dataclass(frozen=True)
class PlaceRate:
    """Rates per `per` inhabitants and year."""

    place: PlaceCount
    rate: float
    interval: tuple[float, float]
    """Exact limits of the rate behind the count."""
    expected: tuple[float, float]
    """What chance, and what usually differs between municipalities, gives one of its size."""
    shrunk: float
    shrunk_interval: tuple[float, float]
    standing: Standing


@dataclass(frozen=True)
class CurvePoint:
    inhabitants: float
    lower: float
    upper: float
    outer_lower: float
    outer_upper: float


@dataclass(frozen=True)
class Compared:
    """All municipalities of one crime group; `average` is their common rate."""

    per: int
    average: float
    places: tuple[PlaceRate, ...]
    curve: tuple[CurvePoint, ...]
    between_variance: float
    expected_outside_inner: float
    """How many of the places chance alone puts outside the inner limits."""

    def of(self, code: str) -> PlaceRate | None:
        return next((each for each in self.places if each.place.code == code), None)


def compare(places: Sequence[PlaceCount]) -> Compared | None:
    """None where fewer than five municipalities have figures: chance could not be told apart.

    What was said of the same counts is kept: it depends on nothing else.
    """
    return _compare(tuple(places))


@lru_cache(maxsize=KEPT)
def _compare(places: tuple[PlaceCount, ...]) -> Compared | None:
    # Loaded here: SciPy is not part of the web process's start.
    import numpy as np

    from samverkan.methods.rates import funnel_limits, poisson_rate_interval, shrink

    if len(places) < FEWEST_PLACES or sum(place.count for place in places) == 0:
        return None
    count = np.array([place.count for place in places], dtype=float)
    exposure = np.array([place.exposure for place in places])
    common = count.sum() / exposure.sum()
    per = 1000 if common * 1000 >= LEAST_PER_THOUSAND else 100_000
    years = float(np.median([place.years for place in places]))
    sizes = np.geomspace(
        min(place.inhabitants for place in places) / 1.3,
        max(place.inhabitants for place in places) * 1.3,
        CURVE_POINTS,
    )
    limits = funnel_limits(
        np.concatenate([count, np.full(CURVE_POINTS, np.nan)]),
        np.concatenate([common * exposure, common * sizes * years]),
        confidence=CONFIDENCES,
        dispersion="additive",
    )
    lower, upper = limits.lower * common * per, limits.upper * common * per
    own = poisson_rate_interval(count, exposure)
    evened = shrink(count, exposure)
    n_places = len(places)
    rates = tuple(
        PlaceRate(
            place=place,
            rate=float(count[at] / exposure[at] * per),
            interval=(float(own.lower[at] * per), float(own.upper[at] * per)),
            expected=(float(lower[0, at]), float(upper[0, at])),
            shrunk=float(evened.shrunk[at] * per),
            shrunk_interval=(
                float(evened.interval.lower[at] * per),
                float(evened.interval.upper[at] * per),
            ),
            standing=_standing(
                float(limits.ratio[at]), limits.lower[:, at].tolist(), limits.upper[:, at].tolist()
            ),
        )
        for at, place in enumerate(places)
    )
    curve = tuple(
        CurvePoint(float(size), *(float(each) for each in (low, high, outer_low, outer_high)))
        for size, low, high, outer_low, outer_high in zip(
            sizes,
            lower[0, n_places:],
            upper[0, n_places:],
            lower[1, n_places:],
            upper[1, n_places:],
            strict=True,
        )
    )
    return Compared(
        per=per,
        average=float(common * per),
        places=rates,
        curve=curve,
        between_variance=float(limits.between_variance),
        expected_outside_inner=n_places * (1 - CONFIDENCES[0]),
    )


def _standing(ratio: float, lower: list[float], upper: list[float]) -> Standing:
    if ratio > upper[1]:
        return Standing.ABOVE
    if ratio < lower[1]:
        return Standing.BELOW
    return Standing.WITHIN if lower[0] <= ratio <= upper[0] else Standing.EDGE

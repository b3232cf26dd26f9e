"""Which municipalities are like one: a stated distance over stated variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log, sqrt
from statistics import pstdev

from .places import PlaceFacts

MOST_PEERS = 40
USUAL_PEERS = 15


class Variable(StrEnum):
    """What likeness is measured by. Sizes are compared as ratios: by their logarithms."""

    INHABITANTS = "inhabitants"
    DENSITY = "density"
    COUNTY = "county"
    """The same county counts as near; another as one standard deviation away."""


USUAL_VARIABLES = (Variable.INHABITANTS, Variable.DENSITY)


@dataclass(frozen=True)
class Peer:
    """A municipality in the comparison. `distance` 0 is the municipality itself; None where it
    was chosen by hand or as a neighbour only."""

    facts: PlaceFacts
    distance: float | None
    is_like: bool
    is_neighbour: bool
    is_added: bool


@dataclass(frozen=True)
class Choice:
    """How the list is made; all of it can be changed by the reader."""

    variables: tuple[Variable, ...] = USUAL_VARIABLES
    count: int = USUAL_PEERS
    with_neighbours: bool = True
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def distances(
    own: str, places: Mapping[str, PlaceFacts], variables: Sequence[Variable]
) -> dict[str, float]:
    """Euclidean over the variables, each in standard deviations of all municipalities."""
    here = places[own]
    spreads = {variable: _spread(places, variable) for variable in variables}
    return {
        code: sqrt(
            sum(
                _difference(here, there, variable, spreads[variable]) ** 2 for variable in variables
            )
        )
        for code, there in places.items()
        if code != own
    }


def _spread(places: Mapping[str, PlaceFacts], variable: Variable) -> float:
    if variable is Variable.COUNTY:
        return 1.0
    return pstdev(_value(place, variable) for place in places.values()) or 1.0


def _value(place: PlaceFacts, variable: Variable) -> float:
    return log(place.density if variable is Variable.DENSITY else place.inhabitants)


def _difference(here: PlaceFacts, there: PlaceFacts, variable: Variable, spread: float) -> float:
    if variable is Variable.COUNTY:
        return 0.0 if here.county_code == there.county_code else 1.0
    return (_value(here, variable) - _value(there, variable)) / spread


def choose_peers(own: str, places: Mapping[str, PlaceFacts], choice: Choice) -> list[Peer]:
    """The like ones, the neighbours, and those added by hand, in the order of names."""
    far = distances(own, places, choice.variables or USUAL_VARIABLES)
    nearest = sorted(far, key=lambda code: (far[code], code))
    like = set([code for code in nearest if code not in choice.removed][: choice.count])
    neighbours = set(places[own].neighbours) if choice.with_neighbours else set()
    chosen = (like | neighbours | set(choice.added)) - set(choice.removed) - {own}
    return [
        Peer(
            facts=facts,
            distance=far[code],
            is_like=code in like,
            is_neighbour=code in places[own].neighbours,
            is_added=code in choice.added,
        )
        for code, facts in places.items()
        if code in chosen
    ]

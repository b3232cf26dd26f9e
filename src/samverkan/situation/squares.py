"""Many places gathered in squares, so that the map stays readable and quick. Pure.

A square's side is the smallest of `SIDES` that leaves few enough squares. What is shown is the
places' own counts: the squares together hold every incident that has a point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

SIDES = (250, 500, 1_000, 2_000, 5_000, 10_000, 25_000)


@dataclass(frozen=True)
class Point:
    """A place's middle in SWEREF 99 TM metres and its own count."""

    name: str
    east: int
    north: int
    incidents: int
    is_partly_hidden: bool = False


@dataclass(frozen=True)
class Square:
    """Places within a square; `west` and `south` are its corner, `busiest` is one place's name."""

    west: int
    south: int
    side: int
    busiest: str
    places: int
    incidents: int
    is_partly_hidden: bool

    @property
    def key(self) -> str:
        """The square as it stands in an address."""
        return f"{self.west}-{self.south}-{self.side}"

    def holds(self, east: int, north: int) -> bool:
        is_east = self.west <= east < self.west + self.side
        return is_east and self.south <= north < self.south + self.side


def squares(points: Iterable[Point], most: int) -> tuple[Square, ...]:
    """The points in squares of the smallest side that gives at most so many, the fullest first."""
    kept = list(points)
    for side in SIDES:
        groups: dict[tuple[int, int], list[Point]] = defaultdict(list)
        for point in kept:
            groups[point.east // side, point.north // side].append(point)
        if len(groups) <= most or side == SIDES[-1]:
            made = (_square(*corner, side, group) for corner, group in groups.items())
            return tuple(sorted(made, key=lambda each: (-each.incidents, each.key)))
    return ()


def read_square(text: str) -> Square | None:
    """The square that an address names; None for anything else."""
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if any(len(part) > 8 for part in parts) or int(parts[2]) not in SIDES:
        return None
    west, south, side = (int(part) for part in parts)
    return Square(west, south, side, "", 0, 0, is_partly_hidden=False)


def _square(column: int, row: int, side: int, group: list[Point]) -> Square:
    busiest = max(group, key=lambda point: (point.incidents, point.name))
    return Square(
        west=column * side,
        south=row * side,
        side=side,
        busiest=busiest.name,
        places=len(group),
        incidents=sum(point.incidents for point in group),
        is_partly_hidden=any(point.is_partly_hidden for point in group),
    )

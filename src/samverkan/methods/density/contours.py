"""Lines of equal value on a grid (marching squares), with NumPy alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverkan.methods.density.polygon import FloatArray

# Corners of a square: 0 south-west, 1 south-east, 2 north-east, 3 north-west.
# Sides: 0 south, 1 east, 2 north, 3 west. For each pattern of corners below the level (bit k for
# corner k) the pairs of sides that a line joins; 5 and 10 are decided by the middle.
SIDES_OF_PATTERN: dict[int, list[tuple[int, int]]] = {
    1: [(3, 0)],
    2: [(0, 1)],
    3: [(3, 1)],
    4: [(1, 2)],
    6: [(0, 2)],
    7: [(3, 2)],
    8: [(2, 3)],
    9: [(2, 0)],
    11: [(2, 1)],
    12: [(1, 3)],
    13: [(1, 0)],
    14: [(0, 3)],
}
SADDLES: dict[tuple[int, bool], list[tuple[int, int]]] = {
    (5, True): [(3, 2), (1, 0)],
    (5, False): [(3, 0), (1, 2)],
    (10, True): [(0, 3), (2, 1)],
    (10, False): [(0, 1), (2, 3)],
}


@dataclass(frozen=True)
class Contour:
    """A line through places of equal value; closed when it ends where it starts."""

    east: FloatArray
    north: FloatArray

    @property
    def is_closed(self) -> bool:
        return bool(self.east[0] == self.east[-1] and self.north[0] == self.north[-1])


def contour_lines(
    values: npt.ArrayLike, east: npt.ArrayLike, north: npt.ArrayLike, level: float
) -> list[Contour]:
    """The lines where `values` (rows north, columns east) pass `level`.

    Between cells the value is taken to change evenly; lines stop where a cell is NaN.
    """
    table = np.asarray(values, dtype=np.float64)
    columns, rows = (np.asarray(side, dtype=np.float64) for side in (east, north))
    pieces = _pieces(table, level)
    return [Contour(*_positions(table, columns, rows, level, chain)) for chain in _chained(pieces)]


Side = tuple[int, int, bool]
"""A side of a square: (row, column) of its south or west end, and whether it runs north."""


def _pieces(table: FloatArray, level: float) -> list[tuple[Side, Side]]:
    below = table < level
    corners = [below[:-1, :-1], below[:-1, 1:], below[1:, 1:], below[1:, :-1]]
    pattern = sum(corner.astype(np.int64) << bit for bit, corner in enumerate(corners))
    middle = (table[:-1, :-1] + table[:-1, 1:] + table[1:, 1:] + table[1:, :-1]) / 4
    pattern = np.where(np.isnan(middle), 0, pattern)
    pieces: list[tuple[Side, Side]] = []
    for row, column in np.argwhere((pattern > 0) & (pattern < 15)).tolist():
        number = int(pattern[row, column])
        joined = SIDES_OF_PATTERN.get(number) or SADDLES[number, bool(middle[row, column] < level)]
        pieces += [(_side(row, column, one), _side(row, column, two)) for one, two in joined]
    return pieces


def _side(row: int, column: int, number: int) -> Side:
    if number == 0:
        return row, column, False
    if number == 1:
        return row, column + 1, True
    if number == 2:
        return row + 1, column, False
    return row, column, True


def _chained(pieces: list[tuple[Side, Side]]) -> list[list[Side]]:
    """Pieces put end to end; every side belongs to at most two pieces."""
    links: dict[Side, list[Side]] = {}
    for one, two in pieces:
        links.setdefault(one, []).append(two)
        links.setdefault(two, []).append(one)
    chains = []
    ends = [side for side, others in links.items() if len(others) == 1]
    for start in [*ends, *links]:
        if not links[start]:
            continue
        chain = [start]
        while links[chain[-1]]:
            following = links[chain[-1]].pop()
            links[following].remove(chain[-1])
            chain.append(following)
        chains.append(chain)
    return chains


def _positions(
    table: FloatArray, east: FloatArray, north: FloatArray, level: float, chain: list[Side]
) -> tuple[FloatArray, FloatArray]:
    across, along = np.empty(len(chain)), np.empty(len(chain))
    for place, (row, column, runs_north) in enumerate(chain):
        far_row, far_column = (row + 1, column) if runs_north else (row, column + 1)
        near, far = table[row, column], table[far_row, far_column]
        share = (level - near) / (far - near)
        across[place] = east[column] + share * (east[far_column] - east[column])
        along[place] = north[row] + share * (north[far_row] - north[row])
    return across, along

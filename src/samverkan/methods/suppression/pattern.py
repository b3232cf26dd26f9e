"""Which further cells must be hidden so that those that must be hidden stay so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from samverkan.methods.errors import MethodError
from samverkan.methods.suppression.attack import LEAST_MOVE, cheapest_alternative, reach
from samverkan.methods.suppression.lattice import BoolArray, FloatArray, Lattice

TOTAL_PRICE = 25.0
"""A total is hidden only when this many inner cells would be needed instead, for each axis."""


@dataclass(frozen=True, slots=True)
class Duties:
    """What is decided before the pattern is sought; each (n_cells,)."""

    must_hide: BoolArray
    """To be hidden, and to keep a wide range."""
    is_unpublished: BoolArray
    """Never published, so hidden for free: differences that an attacker would like to know."""
    is_known: BoolArray
    """Published before: hiding it now would hide nothing."""
    is_sensitive: BoolArray
    """Unpublished cells among these must keep a wide range too."""

    def to_protect(self, is_hidden: BoolArray) -> BoolArray:
        """Hidden cells whose range must be wide."""
        return np.asarray(is_hidden & (~self.is_unpublished | self.is_sensitive))


def complementary_pattern(cells: Lattice, duties: Duties, width: float) -> BoolArray:
    """All cells to hide, so that each that needs it has a range of at least ``width``.

    For one cell at a time the cheapest other table is sought in which it is larger by the width
    (Kelly, Golden and Assad 1992, Networks 22:397-417), or two in which it is larger and smaller by
    the width together; what those tables change is hidden. Cells
    that earlier alternatives move far enough need none of their own. It ends because the hidden
    cells only grow, and it is no optimum: a few more cells may be hidden than the fewest possible.
    """
    is_hidden = duties.must_hide | duties.is_unpublished
    up, down = np.zeros(len(cells.values)), np.zeros(len(cells.values))
    while True:
        is_narrow = duties.to_protect(is_hidden) & (up + down < width - LEAST_MOVE)
        waiting = np.flatnonzero(is_narrow)
        if waiting.size == 0:
            return is_hidden
        cell = int(waiting[np.argmin(cells.values[waiting])])
        for moves in _alternatives(cells, cell, width, is_hidden, ~duties.is_known):
            is_hidden = is_hidden | (moves != 0)
            up, down = np.maximum(up, moves), np.maximum(down, -moves)


def _alternatives(
    cells: Lattice, cell: int, width: float, is_hidden: BoolArray, may_move: BoolArray
) -> Iterator[FloatArray]:
    """Tables that together move the cell by the width: one where it is larger by all of it, or,
    where what was published before leaves no room for that, one larger and one smaller."""
    costs = _costs(cells, is_hidden)
    moves = cheapest_alternative(cells, cell, width, costs, may_move)
    if moves is not None:
        yield moves
        return
    most_down, most_up = reach(cells, cell, may_move)
    if most_down + most_up < width - LEAST_MOVE:
        raise MethodError("a cell cannot be protected: too much of its line was published before")
    for distance in (most_up, -min(most_down, width - most_up)):
        moves = cheapest_alternative(cells, cell, distance, costs, may_move)
        if moves is None:
            raise MethodError("the ranges of the hidden cells could not be computed")
        yield moves


def _costs(cells: Lattice, is_hidden: BoolArray) -> FloatArray:
    """Hidden cells are nearly free, small cells cheap, totals dear, totals of totals dearest."""
    price = (1.0 + np.log1p(cells.values)) * TOTAL_PRICE**cells.n_totals
    return np.asarray(np.where(is_hidden, 1e-3, price))

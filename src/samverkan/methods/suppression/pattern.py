"""Which further cells must be hidden so that those that must be hidden stay so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samverkan.methods.errors import MethodError
from samverkan.methods.suppression.attack import LEAST_MOVE, cheapest_alternative
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
    (Kelly, Golden and Assad 1992, Networks 22:397-417); what that table changes is hidden. Cells
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
        moves = cheapest_alternative(cells, cell, width, _costs(cells, is_hidden), ~duties.is_known)
        if moves is None:
            raise MethodError(
                "a cell cannot be protected: too much of its line was published before"
            )
        is_hidden = is_hidden | (moves != 0)
        up, down = np.maximum(up, moves), np.maximum(down, -moves)


def _costs(cells: Lattice, is_hidden: BoolArray) -> FloatArray:
    """Hidden cells are nearly free, small cells cheap, totals dear, totals of totals dearest."""
    price = (1.0 + np.log1p(cells.values)) * TOTAL_PRICE**cells.n_totals
    return np.asarray(np.where(is_hidden, 1e-3, price))

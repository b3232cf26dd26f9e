"""What an attacker can work out: the narrowest range of each hidden cell, by linear programming.

The attacker knows every published cell, that parts add up to totals, and that counts are not
negative. In one and two dimensions the ends of the ranges are whole numbers that some table has;
in three the true range of whole tables may be a little narrower.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from samverkan.methods.errors import MethodError
from samverkan.methods.suppression.lattice import BoolArray, FloatArray, Lattice

LEAST_MOVE = 1e-6


def feasible_ranges(cells: Lattice, is_hidden: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Lower and upper end of every cell, equal to its value where it is not hidden."""
    lower, upper = cells.values.copy(), cells.values.copy()
    hidden = np.flatnonzero(is_hidden)
    if hidden.size == 0:
        return lower, upper
    equations = _independent(cells.equations[:, hidden])
    values = cells.values[hidden]
    for place, cell in enumerate(hidden):
        lower[cell] = values[place] - _farthest(equations, values, place, -1.0)
        upper[cell] = values[place] + _farthest(equations, values, place, 1.0)
    return np.maximum(lower, 0.0), upper


def _independent(equations: sparse.csr_array) -> sparse.csr_array:
    """The equations that touch a hidden cell."""
    return equations[np.diff(equations.indptr) > 0]


def _farthest(
    equations: sparse.csr_array, values: FloatArray, place: int, direction: float
) -> float:
    """How far one hidden cell can move while every line still adds up; infinite if unbounded."""
    goal = np.zeros(len(values))
    goal[place] = -direction
    bounds = np.column_stack([-values, np.full(len(values), np.inf)])
    found = linprog(
        goal, A_eq=equations, b_eq=np.zeros(equations.shape[0]), bounds=bounds, method="highs"
    )
    if found.status == 3:
        return float("inf")
    if found.status != 0:
        raise MethodError("the ranges of the hidden cells could not be computed")
    return float(max(0.0, -found.fun))


def reach(cells: Lattice, cell: int, may_move: BoolArray) -> tuple[float, float]:
    """How far down and up a cell can move when every cell that may move is hidden."""
    movable = np.flatnonzero(may_move)
    equations = _independent(cells.equations[:, movable])
    values = cells.values[movable]
    place = int(np.searchsorted(movable, cell))
    down = min(_farthest(equations, values, place, -1.0), float(cells.values[cell]))
    return down, _farthest(equations, values, place, 1.0)


def cheapest_alternative(
    cells: Lattice, cell: int, distance: float, cost: FloatArray, may_move: BoolArray
) -> FloatArray | None:
    """Another table where one cell is larger by ``distance``, with the cheapest cells changed.

    A negative distance makes it smaller. The move of every cell, or None when no such table exists.
    No cell becomes negative.
    """
    movable = np.flatnonzero(may_move)
    equations = _independent(cells.equations[:, movable])
    n_movable = len(movable)
    bounds = np.zeros((2 * n_movable, 2))
    bounds[:n_movable, 1] = np.inf
    bounds[n_movable:, 1] = cells.values[movable]
    place = int(np.searchsorted(movable, cell))
    bounds[place] = max(distance, 0.0)
    bounds[n_movable + place] = max(-distance, 0.0)
    found = linprog(
        np.concatenate([cost[movable], cost[movable]]),
        A_eq=sparse.hstack([equations, -equations], format="csr"),
        b_eq=np.zeros(equations.shape[0]),
        bounds=bounds,
        method="highs",
    )
    if found.status != 0:
        return None
    moves = np.zeros(len(cells.values))
    moves[movable] = found.x[:n_movable] - found.x[n_movable:]
    moves[np.abs(moves) < LEAST_MOVE] = 0.0
    return moves

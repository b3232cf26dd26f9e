"""An attacker of our own for the tests: it sees only what is published, never our lattice."""

from __future__ import annotations

import itertools

import numpy as np
from scipy.optimize import linprog


def equations(shape: tuple[int, ...]) -> np.ndarray:
    """One row for each line of a table with totals last: its parts minus its total are zero."""
    rows = []
    for axis, length in enumerate(shape):
        others = [range(size) for number, size in enumerate(shape) if number != axis]
        for place in itertools.product(*others):
            row = np.zeros(shape)
            for step in range(length):
                where = [*place[:axis], step, *place[axis:]]
                row[tuple(where)] = 1.0 if step < length - 1 else -1.0
            rows.append(row.ravel())
    return np.array(rows)


def ranges(
    published: list[np.ndarray], coefficients: np.ndarray, goals: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Smallest and largest value of each goal (a row over all cells of all publications)."""
    known = np.concatenate([each.ravel() for each in published])
    bounds = [(0, None) if np.isnan(value) else (value, value) for value in known]
    zeros = np.zeros(len(coefficients))
    ends = []
    for goal in goals:
        pair = []
        for sign in (1.0, -1.0):
            found = linprog(sign * goal, A_eq=coefficients, b_eq=zeros, bounds=bounds)
            assert found.status in (0, 3), found.message
            pair.append(np.inf * -sign if found.status == 3 else sign * found.fun)
        ends.append(pair)
    both = np.array(ends).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def ranges_of_hidden(published: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What one publication tells of each of its hidden cells."""
    hidden = np.isnan(published).ravel()
    return ranges([published], equations(published.shape), np.eye(published.size)[hidden])

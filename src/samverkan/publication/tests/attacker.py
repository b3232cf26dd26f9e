"""A program that tries to work out small counts from everything that has been published.

It knows what any reader knows: every published cell of every version, also withdrawn ones, which
series make up which, and that counts are whole and not negative. It knows more than most: which
figures were the same in two versions though they were hidden. It never looks at a hidden value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from samverkan.publication.protection import Cell, Ground, Shown


@dataclass(frozen=True)
class Recovered:
    cell: Cell
    lower: float
    upper: float

    @property
    def is_known(self) -> bool:
        return self.upper - self.lower < 0.5


class Attacker:
    def __init__(self, versions: Sequence[Ground]) -> None:
        every: dict[Cell, None] = {}
        for version in versions:
            every.update(dict.fromkeys(version.shown))
            for addition in version.additions:
                every.update(dict.fromkeys((addition.total, *addition.parts)))
        self.cells = list(every)
        place = {cell: at for at, cell in enumerate(self.cells)}
        rows, right = [], []
        for version in versions:
            for addition in version.additions:
                row = np.zeros(len(self.cells))
                row[place[addition.total]] = -1
                for part in addition.parts:
                    row[place[part]] = 1
                rows.append(row)
                right.append(0.0)
            for cell, shown in version.shown.items():
                if shown is Shown.OPENLY:
                    row = np.zeros(len(self.cells))
                    row[place[cell]] = 1
                    rows.append(row)
                    right.append(float(cell.value))
        self.rows = np.array(rows) if rows else np.zeros((0, len(self.cells)))
        self.right = np.array(right)
        self.place = place

    def range_of(self, cell: Cell, *, is_whole: bool = False) -> Recovered:
        """The smallest and largest count that everything published allows."""
        ends = []
        for sign in (1.0, -1.0):
            goal = np.zeros(len(self.cells))
            goal[self.place[cell]] = sign
            ends.append(sign * self._solved(goal, is_whole))
        return Recovered(cell, ends[0], ends[1])

    def _solved(self, goal: np.ndarray, is_whole: bool) -> float:
        if is_whole:
            constraint = LinearConstraint(self.rows, self.right, self.right)
            found = milp(
                goal,
                integrality=np.ones(len(goal)),
                bounds=Bounds(0, np.inf),
                constraints=[constraint] if len(self.rows) else [],
            )
        else:
            found = linprog(
                goal,
                A_eq=self.rows if len(self.rows) else None,
                b_eq=self.right if len(self.rows) else None,
                bounds=(0, None),
                method="highs",
            )
        return float(found.fun) if found.status == 0 else -np.inf

    def recovered(self, limit: int = 5) -> list[Recovered]:
        """Small counts that were not published, and that it knows to within less than one."""
        openly = {
            self.cells[int(np.flatnonzero(row)[0])]
            for row in self.rows
            if np.count_nonzero(row) == 1 and row.sum() == 1
        }
        small = [c for c in self.cells if 1 <= c.value < limit and c not in openly]
        return [found for cell in small if (found := self.range_of(cell)).is_known]

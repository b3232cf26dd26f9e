"""Pure decisions on surveys: when one is open, what is shown, and what a share is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverkan.methods.errors import MethodError
from samverkan.methods.proportions import share_interval
from samverkan.methods.suppression import Sum, suppress_linked

FEWEST_ANSWERS = 5
"""With fewer answers nothing is shown but that they are few."""
SMALLEST_BASE = 30
"""A percentage on fewer answers says nothing."""
LONGEST_DAYS = 92
MOST_SHEETS = 200
SKIP = "skip"


class Phase(StrEnum):
    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


def phase(opens_on: date, closes_on: date, *, is_closed: bool, today: date) -> Phase:
    """The closing day itself is still open."""
    if is_closed or today > closes_on:
        return Phase.CLOSED
    return Phase.COMING if today < opens_on else Phase.OPEN


@dataclass(frozen=True)
class Worth:
    """A share of a survey in per cent; the interval None where none may be claimed."""

    percent: float
    base: int
    lower: float | None = None
    upper: float | None = None


def worth(
    percent: float,
    base: int,
    *,
    is_drawn: bool,
    effect: float = 1.0,
    population: int | None = None,
) -> Worth | None:
    """What a percentage may be said to be; None when too few answered to say one at all.

    Those who chose themselves to answer are no sample: then there is no margin of error.
    """
    if base < SMALLEST_BASE:
        return None
    if not is_drawn:
        return Worth(percent, base)
    whole = population if population is not None and population >= base else None
    found = share_interval(percent / 100, base, effect=effect, population=whole)
    return Worth(percent, base, 100 * found.lower, 100 * found.upper)


@dataclass(frozen=True)
class Crossing:
    """Answers by group; None where a count is not shown. Rows are options, columns groups."""

    groups: tuple[str, ...]
    totals: tuple[int | None, ...]
    counts: dict[str, dict[str, tuple[int | None, ...]]]
    """By question, then by option."""


def crossing(
    answers: list[tuple[str, dict[str, str]]], options: dict[str, tuple[str, ...]]
) -> Crossing | None:
    """Every question by group, so that no small group or cell can be worked out.

    `answers` are (group, {question: option}). All questions are protected together: a group's
    size stands under each of them. None when there is no way to show anything safely.
    """
    groups = tuple(dict.fromkeys(group for group, _choices in answers))
    if len(groups) < 2:
        return None
    groups = tuple(sorted(groups))
    table = _Table(answers, options, groups)
    try:
        found = suppress_linked(
            table.values, tuple(table.sums), threshold=FEWEST_ANSWERS, is_known=table.is_known
        )
    except MethodError:
        return None
    shown = [
        None if is_hidden else value
        for value, is_hidden in zip(table.values, found.is_hidden, strict=True)
    ]
    return Crossing(
        groups,
        tuple(shown[table.place["group", group]] for group in groups),
        {
            question: {
                option: tuple(shown[table.place[question, option, group]] for group in groups)
                for option in (*chosen, SKIP)
            }
            for question, chosen in options.items()
        },
    )


class _Table:
    """The cells of all questions by group, with their sums; the margins are shown anyhow."""

    def __init__(
        self,
        answers: list[tuple[str, dict[str, str]]],
        options: dict[str, tuple[str, ...]],
        groups: tuple[str, ...],
    ) -> None:
        self.values: list[int] = []
        self.is_known: list[bool] = []
        self.place: dict[tuple[str, ...], int] = {}
        self.sums: list[Sum] = []
        everybody = self._add(("all",), len(answers), is_known=True)
        of_group = [
            self._add(("group", group), sum(own == group for own, _choices in answers))
            for group in groups
        ]
        self.sums.append(Sum(everybody, tuple(of_group)))
        for question, chosen in options.items():
            rows = []
            for option in (*chosen, SKIP):
                cells = [
                    self._add(
                        (question, option, group),
                        sum(
                            own == group and choices.get(question, SKIP) == option
                            for own, choices in answers
                        ),
                    )
                    for group in groups
                ]
                total = sum(self.values[cell] for cell in cells)
                rows.append((self._add((question, option), total, is_known=True), cells))
            self.sums += [Sum(total, tuple(cells)) for total, cells in rows]
            self.sums += [
                Sum(size, tuple(cells[at] for _total, cells in rows))
                for at, size in enumerate(of_group)
            ]

    def _add(self, key: tuple[str, ...], value: int, *, is_known: bool = False) -> int:
        self.place[key] = len(self.values)
        self.values.append(value)
        self.is_known.append(is_known)
        return len(self.values) - 1

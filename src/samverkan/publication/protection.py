"""What a publication may show, beside everything that was published before it. Pure decisions.

A cell is a series in a year with a value. When a figure is revised the new value is another cell;
an unchanged one is the same cell in every version, which is the most that an attacker can know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from samverkan.methods.errors import MethodError
from samverkan.methods.suppression import Sum, suppress_linked

from .families import Family

LIMIT = 5
"""Counts from 1 to LIMIT - 1 are never shown."""


class Shown(StrEnum):
    """What became of a cell in one publication."""

    OPENLY = "openly"
    HIDDEN = "hidden"
    NEVER = "never"
    """Not chosen for publication, or the rest of a total: it counts all the same."""


class Reason(StrEnum):
    """Why a cell is hidden; told to whoever publishes, never to the public."""

    FEW = "few"
    WOULD_TELL = "would_tell"
    HIDDEN_BEFORE = "hidden_before"


class CannotProtectError(ValueError):
    """Earlier publications leave no way to hide a small count."""


@dataclass(frozen=True)
class Cell:
    series: str
    year: int
    value: int

    @property
    def at(self) -> tuple[str, int]:
        return self.series, self.year


@dataclass(frozen=True)
class Addition:
    """In one year, the parts make up the total."""

    total: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True)
class Ground:
    """One publication as it truly was: every cell with what became of it, and what adds up.

    Holds what was hidden: it never leaves the house.
    """

    shown: Mapping[Cell, Shown]
    additions: tuple[Addition, ...] = ()


@dataclass(frozen=True)
class Protected:
    """The new publication: its ground, and why each hidden cell is hidden."""

    ground: Ground
    reasons: Mapping[tuple[str, int], Reason]
    given_away: tuple[Cell, ...] = ()


def additions_of(
    values: Mapping[tuple[str, int], int], known_families: Sequence[Family]
) -> tuple[Addition, ...]:
    """Every addition that holds in the figures, each with the rest of its total as a part.

    Parts that exceed their total come from sources that do not fit together: nothing can be
    subtracted there, by anybody.
    """
    found = []
    for year in sorted({year for _series, year in values}):
        for family in known_families:
            total = values.get((family.total, year))
            present = [code for code in family.parts if (code, year) in values]
            if total is None or not present:
                continue
            parts = [Cell(code, year, values[code, year]) for code in present]
            rest = total - sum(part.value for part in parts)
            if rest < 0:
                continue
            if not (family.is_whole and rest == 0 and len(present) == len(family.parts)):
                parts.append(Cell(f"{family.total} - {' - '.join(present)}", year, rest))
            found.append(Addition(Cell(family.total, year, total), tuple(parts)))
    return tuple(found)


def protect(
    wanted: Mapping[tuple[str, int], int],
    besides: Mapping[tuple[str, int], int],
    known_families: Sequence[Family],
    earlier: Sequence[Ground] = (),
    *,
    limit: int = LIMIT,
) -> Protected:
    """What of the wanted figures may be shown, safe together with all earlier publications.

    `besides` are figures of the same municipality that are not published but add up with those
    that are. Raises CannotProtectError when what is already out leaves no way.
    """
    if not wanted:
        return Protected(Ground({}), {})
    values = {**besides, **wanted}
    new_additions = additions_of(values, known_families)
    cells = [Cell(*at, value) for at, value in sorted(values.items())]
    ground = Ground({}, new_additions)
    lattice = _Lattice([*cells, *_members(new_additions)], [ground, *earlier])
    chosen = {Cell(*at, value) for at, value in wanted.items()}
    before = lattice.hidden_before(chosen)
    try:
        found = suppress_linked(
            [cell.value for cell in lattice.cells],
            lattice.sums,
            threshold=limit,
            is_known=[cell in lattice.known for cell in lattice.cells],
            is_unpublished=[
                cell not in chosen and cell not in lattice.hidden for cell in lattice.cells
            ],
            must_hide=[cell in before or cell in lattice.hidden for cell in lattice.cells],
        )
    except MethodError as error:
        raise CannotProtectError(str(error)) from error
    hidden = {
        cell for cell, is_hidden in zip(lattice.cells, found.is_hidden, strict=True) if is_hidden
    }
    shown = {cell: _shown(cell, chosen, hidden) for cell in [*cells, *_members(new_additions)]}
    reasons = {
        cell.at: _reason(cell, before, limit) for cell in chosen if shown[cell] is Shown.HIDDEN
    }
    lost = [
        cell
        for cell, is_lost in zip(lattice.cells, found.is_given_away, strict=True)
        if is_lost and cell in chosen
    ]
    return Protected(Ground(shown, new_additions), reasons, tuple(lost))


class _Lattice:
    """All cells of all publications, once each, and what is known of them already."""

    def __init__(self, cells: Iterable[Cell], grounds: Sequence[Ground]) -> None:
        every = dict.fromkeys(cells)
        for ground in grounds:
            every.update(dict.fromkeys(ground.shown))
            every.update(dict.fromkeys(_members(ground.additions)))
        self.cells = list(every)
        place = {cell: at for at, cell in enumerate(self.cells)}
        additions = dict.fromkeys(each for ground in grounds for each in ground.additions)
        self.sums = tuple(
            Sum(place[each.total], tuple(place[part] for part in each.parts)) for each in additions
        )
        self.known = {
            cell
            for ground in grounds
            for cell, shown in ground.shown.items()
            if shown is Shown.OPENLY
        }
        self.hidden = {
            cell
            for ground in grounds
            for cell, shown in ground.shown.items()
            if shown is Shown.HIDDEN
        } - self.known

    def hidden_before(self, chosen: set[Cell]) -> set[Cell]:
        """What was hidden stays hidden, also when the figure has been revised since."""
        places = {cell.at for cell in self.hidden}
        return {cell for cell in chosen if cell.at in places} - self.known


def _members(additions: Iterable[Addition]) -> list[Cell]:
    return [cell for each in additions for cell in (each.total, *each.parts)]


def _shown(cell: Cell, chosen: set[Cell], hidden: set[Cell]) -> Shown:
    if cell not in chosen:
        return Shown.NEVER
    return Shown.HIDDEN if cell in hidden else Shown.OPENLY


def _reason(cell: Cell, before: set[Cell], limit: int) -> Reason:
    if 1 <= cell.value < limit:
        return Reason.FEW
    return Reason.HIDDEN_BEFORE if cell in before else Reason.WOULD_TELL

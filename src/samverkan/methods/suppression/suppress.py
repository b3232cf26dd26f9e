"""Tables with totals, safe to publish: small counts hidden, and nothing else tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from samverkan.methods.errors import MethodError
from samverkan.methods.suppression.attack import feasible_ranges
from samverkan.methods.suppression.lattice import (
    MOST_DIMENSIONS,
    BoolArray,
    FloatArray,
    Lattice,
    as_table,
    lattice,
    with_totals,
)
from samverkan.methods.suppression.pattern import Duties, complementary_pattern

ROUNDING = 1e-5
"""What the linear programs may be off by."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """A table with its totals last along every axis, ready to publish.

    Publish only `published`. Show primary and complementary cells alike: which is which would
    tell an attacker that a cell is small.
    """

    published: FloatArray
    """Counts and totals, NaN where hidden."""
    is_hidden: BoolArray
    is_primary: BoolArray
    """Hidden because the count itself is small. Not to be shown."""
    lower: FloatArray
    """The smallest count that an attacker must still reckon with."""
    upper: FloatArray
    """The largest, infinite where nothing bounds it."""
    minimum_width: float
    """The width that was asked for."""
    true_values: FloatArray = field(repr=False)
    """What was hidden is here: never show it; it is kept for the next publication."""

    @property
    def narrowest(self) -> float:
        """The smallest width of any hidden cell's range; infinite when nothing is hidden."""
        widths = (self.upper - self.lower)[self.is_hidden]
        return float(widths.min()) if widths.size else float("inf")


def suppress(
    table: npt.ArrayLike,
    *,
    threshold: int,
    minimum_width: float | None = None,
    smallest_sensitive: int = 1,
    previous: Sequence[Suppression] = (),
    part: Suppression | None = None,
) -> Suppression:
    """Which cells of a table with totals must be hidden so that no small count can be known?

    `table` is counts without totals in one, two or three dimensions; all totals are published
    with it, and hidden where they must be. Counts from `smallest_sensitive` to `threshold` - 1
    are sensitive (0 as the smallest hides zeros too). Each hidden cell, whatever its reason, keeps
    a range of at least `minimum_width` (default: the threshold) for an attacker who knows all
    that is published and that counts are not negative.
    `previous` are earlier publications of this same table (before a revision): what was hidden
    stays hidden, and what was published unchanged counts as known. `part` is an earlier
    publication of a table that this one contains (the first quarter, and now the half-year; one
    district, and now the municipality): the difference of the two is protected as well.
    Guarantees: the ranges in `lower` and `upper` are the attacker's own, by linear programming;
    none of a hidden cell is narrower than asked, else an error. Same input, same pattern.
    Not for: knowledge of single persons ("I am one of the two"), rates beside a known population,
    tables linked in other ways than by `previous` and `part`, or several `part`s at once.
    Errors: `MethodError` for broken tables or settings, shapes that do not fit, a `part` larger
    than the whole, and for a cell that earlier publications leave no room to protect.
    Sources: Cox (1980), JASA 75:377-385; Kelly, Golden and Assad (1992); Fischetti and Salazar
    (2000) for the attacker.
    """
    values = as_table(table)
    width = float(threshold if minimum_width is None else minimum_width)
    if threshold < 1 or smallest_sensitive not in (0, 1) or not 0 < width < np.inf:
        raise MethodError("threshold at least 1, smallest_sensitive 0 or 1, minimum_width positive")
    if part is not None:
        return _beside_part(values, part, threshold, width, smallest_sensitive, previous)
    cells = lattice(values)
    is_primary = _is_sensitive(cells.values, threshold, smallest_sensitive)
    must_hide, is_known = _from_previous(cells, previous)
    nothing = np.zeros(len(cells.values), dtype=bool)
    duties = Duties(must_hide | is_primary, nothing, is_known, is_primary)
    is_hidden, lower, upper = _protected(cells, duties, width)
    return _finished(cells, is_hidden, is_primary, lower, upper, width)


def _protected(
    cells: Lattice, duties: Duties, width: float
) -> tuple[BoolArray, FloatArray, FloatArray]:
    """The pattern, and the attacker's ranges under it, checked."""
    if np.any(duties.is_known & duties.must_hide):
        raise MethodError("a cell that must be hidden was published before with the same count")
    is_hidden = complementary_pattern(cells, duties, width)
    lower, upper = feasible_ranges(cells, is_hidden)
    if np.any((upper - lower)[duties.to_protect(is_hidden)] < width - ROUNDING):
        raise MethodError("a hidden cell would have too narrow a range")
    return is_hidden, lower, upper


def _is_sensitive(values: FloatArray, threshold: int, smallest_sensitive: int) -> BoolArray:
    return np.asarray((values >= smallest_sensitive) & (values < threshold))


def _from_previous(cells: Lattice, previous: Sequence[Suppression]) -> tuple[BoolArray, BoolArray]:
    """Cells hidden in any earlier publication, and cells published in one with today's value."""
    must_hide = np.zeros(len(cells.values), dtype=bool)
    is_known = np.zeros(len(cells.values), dtype=bool)
    for earlier in previous:
        if earlier.published.shape != cells.shape:
            raise MethodError("previous publications must be of the same table")
        must_hide |= earlier.is_hidden.ravel()
        is_known |= earlier.published.ravel() == cells.values
    return must_hide & ~is_known, is_known


def _beside_part(
    values: FloatArray,
    part: Suppression,
    threshold: int,
    width: float,
    smallest_sensitive: int,
    previous: Sequence[Suppression],
) -> Suppression:
    """The whole as the total, along one more axis, of the part and what came besides."""
    whole = with_totals(values)
    if part.published.shape != whole.shape or values.ndim >= MOST_DIMENSIONS:
        raise MethodError("part must be a publication of the same rows and columns, at most two")
    inner = part.true_values[tuple(slice(0, length) for length in values.shape)]
    rest = values - inner
    if np.any(rest < 0):
        raise MethodError("part must be contained in the table: no cell may be larger")
    cells = lattice(np.stack([inner, rest]))
    layer = np.indices(cells.shape)[0].ravel()
    is_part, is_rest, is_whole = layer == 0, layer == 1, layer == 2
    hidden_before = np.zeros(len(layer), dtype=bool)
    hidden_before[is_part] = part.is_hidden.ravel()
    is_primary = _is_sensitive(cells.values, threshold, smallest_sensitive)
    must_hide, is_known = np.zeros(len(layer), dtype=bool), np.zeros(len(layer), dtype=bool)
    must_hide[is_whole], is_known[is_whole] = _from_previous(lattice(values), previous)
    duties = Duties(
        must_hide=hidden_before | must_hide | (is_primary & is_whole),
        is_unpublished=is_rest,
        is_known=(is_part & ~hidden_before) | is_known,
        is_sensitive=is_primary,
    )
    is_hidden, lower, upper = _protected(cells, duties, width)
    at = np.flatnonzero(is_whole)
    return _finished(lattice(values), is_hidden[at], is_primary[at], lower[at], upper[at], width)


def _finished(
    cells: Lattice,
    is_hidden: BoolArray,
    is_primary: BoolArray,
    lower: FloatArray,
    upper: FloatArray,
    width: float,
) -> Suppression:
    shape = cells.shape
    return Suppression(
        published=np.where(is_hidden, np.nan, cells.values).reshape(shape),
        is_hidden=is_hidden.reshape(shape),
        is_primary=is_primary.reshape(shape),
        lower=lower.reshape(shape),
        upper=upper.reshape(shape),
        minimum_width=width,
        true_values=cells.values.reshape(shape),
    )

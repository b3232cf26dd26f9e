"""What of a block's counts may be shown: places by categories and the weeks, with their totals.

Small counts are hidden, and whatever else would give them away (methods.suppression). The places
by categories and the weeks have only their grand total in common: the weeks are shared only where
that total is. A later edition of the same block is made with the earlier one as its part, so that
the difference of the two is protected as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

THRESHOLD = 5
MOST_EDITIONS = 2

Cells = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class BlockCounts:
    """The true counts of a block: by (place ref, category) and by week. "" is no place."""

    cells: Cells
    weeks: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.cells.values())


@dataclass(frozen=True)
class Edition:
    """`content` may be shown, `basis` never: both are plain JSON."""

    content: dict[str, Any]
    basis: dict[str, Any] = field(repr=False)


def first_edition(counts: BlockCounts) -> Edition:
    return _edition(counts, None)


def next_edition(counts: BlockCounts, earlier: Mapping[str, Any], number: int) -> Edition | None:
    """The edition with the number, after `earlier` (a basis); None when that one is to stand.

    Only one earlier edition can be protected against subtraction, so late reports make a second
    edition and no third. What became less (an import undone) is withdrawn for good.
    """
    from samverkan.methods.errors import MethodError

    if earlier.get("withdrawn"):
        return None
    if _has_less(counts, earlier):
        return _withdrawn(counts)
    if number > MOST_EDITIONS:
        return None
    try:
        return _edition(counts, earlier)
    except MethodError:
        return _withdrawn(counts)


def _has_less(counts: BlockCounts, earlier: Mapping[str, Any]) -> bool:
    cells = {(place, code): number for place, code, number in earlier["cells"]}
    weeks = dict(earlier["weeks"])
    return any(counts.cells.get(cell, 0) < number for cell, number in cells.items()) or any(
        counts.weeks[week] < number for week, number in weeks.items()
    )


def is_same(counts: BlockCounts, basis: Mapping[str, Any]) -> bool:
    cells, weeks = _plain_cells(counts), _plain_weeks(counts)
    return bool(cells == basis["cells"] and weeks == basis["weeks"])


def _edition(counts: BlockCounts, earlier: Mapping[str, Any] | None) -> Edition:
    from samverkan.methods.suppression import suppress

    known = earlier["cells"] if earlier else []
    places = sorted({place for place, _code in counts.cells} | {place for place, _c, _n in known})
    codes = sorted({code for _place, code in counts.cells} | {code for _p, code, _n in known})
    weeks = sorted(counts.weeks)
    if not places:
        return _of_nothing(counts)
    inner = np.array([[counts.cells.get((place, code), 0) for code in codes] for place in places])
    margin = np.array([counts.weeks[week] for week in weeks])
    cells_before = _cells_before(earlier, places, codes) if earlier else None
    weeks_before = _weeks_before(earlier, weeks) if earlier and earlier["has_weeks"] else None
    table = suppress(inner, threshold=THRESHOLD, part=cells_before)
    line = suppress(margin, threshold=THRESHOLD, part=weeks_before)
    has_weeks = not (table.is_hidden[-1, -1] or line.is_hidden[-1])
    if earlier and not earlier["has_weeks"]:
        has_weeks = False
    hidden = [
        [place, code]
        for row, place in enumerate([*places, "*"])
        for column, code in enumerate([*codes, "*"])
        if table.is_hidden[row, column]
    ]
    basis = {
        "cells": _plain_cells(counts),
        "weeks": _plain_weeks(counts),
        "hidden": hidden,
        "hidden_weeks": [bool(each) for each in line.is_hidden],
        "has_weeks": has_weeks,
    }
    content = {
        "cells": [
            [place, code, _shown(table.published[row, column])]
            for row, place in enumerate(places)
            for column, code in enumerate(codes)
            if table.is_hidden[row, column] or inner[row, column]
        ],
        "places": {place: _shown(table.published[row, -1]) for row, place in enumerate(places)},
        "categories": {code: _shown(table.published[-1, at]) for at, code in enumerate(codes)},
        "weeks": [
            [week, _shown(line.published[at]) if has_weeks else None]
            for at, week in enumerate(weeks)
        ],
        "total": _shown(table.published[-1, -1]),
    }
    return Edition(content, basis)


def _of_nothing(counts: BlockCounts) -> Edition:
    weeks = [[week, 0] for week in sorted(counts.weeks)]
    content = {"cells": [], "places": {}, "categories": {}, "weeks": weeks, "total": 0}
    basis = {
        "cells": [],
        "weeks": weeks,
        "hidden": [],
        "hidden_weeks": [False] * (len(weeks) + 1),
        "has_weeks": True,
    }
    return Edition(content, basis)


def _withdrawn(counts: BlockCounts) -> Edition:
    content = {
        "cells": [[place, code, None] for place, code in sorted(counts.cells)],
        "places": {place: None for place, _code in sorted(counts.cells)},
        "categories": {code: None for _place, code in sorted(counts.cells)},
        "weeks": [[week, None] for week in sorted(counts.weeks)],
        "total": None,
    }
    basis = {
        "cells": _plain_cells(counts),
        "weeks": _plain_weeks(counts),
        "withdrawn": True,
    }
    return Edition(content, basis)


def _plain_cells(counts: BlockCounts) -> list[list[Any]]:
    return [[place, code, number] for (place, code), number in sorted(counts.cells.items())]


def _plain_weeks(counts: BlockCounts) -> list[list[int]]:
    return [[week, counts.weeks[week]] for week in sorted(counts.weeks)]


def _shown(value: float) -> int | None:
    return None if np.isnan(value) else int(value)


def _cells_before(earlier: Mapping[str, Any], places: Sequence[str], codes: Sequence[str]) -> Any:
    """The earlier edition in the rows and columns of the new one; what was not there was 0."""
    numbers = {(place, code): number for place, code, number in earlier["cells"]}
    inner = np.array([[numbers.get((place, code), 0) for code in codes] for place in places])
    hidden = {(place, code) for place, code in earlier["hidden"]}
    is_hidden = np.array(
        [[(place, code) in hidden for code in [*codes, "*"]] for place in [*places, "*"]]
    )
    return _publication(inner, is_hidden)


def _weeks_before(earlier: Mapping[str, Any], weeks: Sequence[int]) -> Any:
    numbers = dict(earlier["weeks"])
    return _publication(
        np.array([numbers[week] for week in weeks]), np.array(earlier["hidden_weeks"])
    )


def _publication(inner: np.ndarray, is_hidden: np.ndarray) -> Any:
    from samverkan.methods.suppression import Suppression

    whole = inner.astype(np.float64)
    for axis in range(inner.ndim):
        whole = np.concatenate([whole, whole.sum(axis=axis, keepdims=True)], axis=axis)
    nothing = np.zeros(whole.shape)
    return Suppression(
        published=np.where(is_hidden, np.nan, whole),
        is_hidden=is_hidden,
        is_primary=is_hidden,
        lower=nothing,
        upper=nothing,
        minimum_width=float(THRESHOLD),
        true_values=whole,
    )

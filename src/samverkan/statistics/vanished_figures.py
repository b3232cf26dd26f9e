"""Figures that a publisher no longer gives, although it was asked for them and answered whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samverkan.platform.imports.problems import UnreadableFileError

from .figure_rows import WITHDRAWN, FigureRow
from .models import Figure
from .table_figures import FigureReader

Key = tuple[str, int, str, date]


@dataclass
class VanishedFigures:
    """What was asked for and answered whole, and what came; the difference is taken back.

    A series of which nothing at all came for a municipality stands as it is: then the publisher
    has closed the series or failed, and has not taken single values back.
    """

    _came: set[Key] = field(default_factory=set)
    _asked: list[tuple[list[str], list[str], set[int]]] = field(default_factory=list)

    def came(self, row: FigureRow) -> None:
        self._came.add((row.series_code, row.municipality_id, row.subgroup, row.period_start))

    def asked_for(self, scope: Any) -> None:
        """One question that was answered whole; None: the page says nothing of that."""
        if scope is None:
            return
        try:
            kpis, places = list(map(str, scope["kpis"])), list(map(str, scope["municipalities"]))
            years = set(map(int, scope["years"]))
        except (KeyError, TypeError, ValueError):
            raise UnreadableFileError(
                _("The file does not say rightly what was asked for."), _("Fetch it again.")
            ) from None
        self._asked.append((kpis, places, years))

    def rows(self, reader: FigureReader) -> Iterator[FigureRow]:
        """A withdrawal of each figure that stands, was asked for and did not come."""
        known = {(series, municipality) for series, municipality, _group, _start in self._came}
        codes = reader.municipalities.by_code
        for kpis, places, years in self._asked:
            wanted = [codes[code] for code in places if code in codes]
            for figure in _standing(reader, kpis, wanted):
                series, municipality, group, start = key = _key(figure)
                if start.year not in years or key in self._came:
                    continue
                if (series, municipality) not in known:
                    continue
                self._came.add(key)
                reader.run.problems.note(
                    0,
                    "value",
                    _("%(series)s %(year)d is no longer at Kolada; the figure is taken back.")
                    % {"series": series, "year": start.year},
                )
                yield _withdrawal(figure, municipality, group)


def _standing(
    reader: FigureReader, series: list[str], places: list[int]
) -> list[Mapping[str, Any]]:
    """The party's own figures of the source that have a value now; all read before any is written
    over."""
    found = Figure.objects.visible_to(reader.run.actor).current()
    return list(
        found.filter(
            owner_id=reader.run.actor.party_id,
            source_code=reader.run.batch.source_code,
            series_code__in=series,
            municipality_id__in=places,
            period_kind=Figure.PeriodKind.YEAR,
            value__isnull=False,
        )
        .order_by("series_code", "municipality_id", "period_start", "subgroup")
        .values("series_code", "municipality_id", "subgroup", "period_start", "unit")
    )


def _key(figure: Mapping[str, Any]) -> Key:
    return (
        figure["series_code"],
        figure["municipality_id"],
        figure["subgroup"],
        figure["period_start"],
    )


def _withdrawal(figure: Mapping[str, Any], municipality: int, group: str) -> FigureRow:
    return FigureRow(
        line=0,
        municipality_id=municipality,
        series_code=figure["series_code"],
        subgroup=group,
        unit=figure["unit"],
        period_kind=Figure.PeriodKind.YEAR,
        period_start=figure["period_start"],
        value=None,
        missing_reason=WITHDRAWN,
        is_preliminary=False,
    )

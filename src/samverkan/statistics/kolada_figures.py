"""Figures out of Kolada's JSON, version 2 and 3 of its interface."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samverkan.platform.imports.problems import UnreadableFileError

from .definitions import series_definitions
from .figure_cells import is_larger_area
from .figure_rows import WITHDRAWN, FigureRow
from .models import Figure
from .table_figures import FigureReader
from .vanished_figures import VanishedFigures

# The old documentation writes F for women, the service itself K.
SUBGROUPS = {"T": "", "K": "women", "F": "women", "M": "men"}


@dataclass
class KoladaReader:
    """Walks through the answer; a null is a gap with Kolada's own reason, never a zero."""

    reader: FigureReader
    vanished: VanishedFigures = field(default_factory=VanishedFigures)

    def rows(self) -> Iterator[FigureRow]:
        number = 0
        for page in self._pages():
            for entry in page["values"]:
                number += 1
                self.reader.read += 1
                yield from self._entry(number, entry)
            self.vanished.asked_for(page.get("asked"))
        yield from self.vanished.rows(self.reader)

    def _pages(self) -> Iterator[Mapping[str, Any]]:
        document = self.reader.run.file.document()
        pages = document if isinstance(document, list) else [document]
        for page in pages:
            if not isinstance(page, dict) or not isinstance(page.get("values"), list):
                raise UnreadableFileError(
                    _("The file is not an answer from Kolada."), _("Fetch the key figure again.")
                )
            yield page
        last = pages[-1] if pages else {}
        if last.get("next_url") or last.get("next_page"):
            self.reader.run.problems.note(
                0,
                "",
                _("The answer goes on at another address that this file does not hold."),
                _("Fetch the following pages and put them in as well."),
            )

    def _entry(self, number: int, entry: Any) -> Iterator[FigureRow]:
        problems = self.reader.run.problems
        if not isinstance(entry, dict) or "kpi" not in entry:
            raise UnreadableFileError(
                _("The file is one of Kolada's lists, without any values."),
                _("Fetch the values of a key figure (data), not the list of key figures."),
            )
        code = str(entry["kpi"])
        definition = series_definitions().get(code)
        if definition is None:
            problems.error(
                number,
                "kpi",
                _("Key figure %(code)s has no definition here.") % {"code": code[:20]},
                _("The guide to import formats lists the key figures."),
            )
            return
        municipality = self._municipality(number, str(entry.get("municipality", "")))
        start = self._year(number, entry.get("period"))
        if municipality is None or start is None:
            return
        for value in entry.get("values") or ():
            figure = self._figure(number, code, definition.unit, municipality, start, value)
            if figure is None:
                continue
            self.vanished.came(figure)
            if self.reader.accept(figure):
                yield figure

    def _municipality(self, number: int, text: str) -> int | None:
        found = self.reader.municipalities.by_code.get(text)
        if found is None:
            problems = self.reader.run.problems
            if is_larger_area(text, self.reader.municipalities):
                message = _("“%(place)s” is not a municipality; the row is left out.")
                problems.note(number, "municipality", message % {"place": text[:20]})
            else:
                message = _("“%(text)s” is not a Swedish municipality.")
                problems.error(number, "municipality", message % {"text": text[:20]})
        return found

    def _year(self, number: int, period: Any) -> date | None:
        text = str(period)
        year = int(text) if text.isdigit() and len(text) == 4 else 0
        if not 1950 <= year <= self.reader.run.actor.at.year:
            message = _("“%(text)s” is not a year, a quarter or a month.")
            self.reader.run.problems.error(number, "period", message % {"text": text[:20]})
            return None
        return date(year, 1, 1)

    def _figure(
        self, number: int, code: str, unit: str, municipality: int, start: date, value: Any
    ) -> FigureRow | None:
        problems = self.reader.run.problems
        gender = SUBGROUPS.get(str(value.get("gender"))) if isinstance(value, dict) else None
        if gender is None:
            problems.error(number, "gender", _("The value says neither T, K nor M."))
            return None
        is_gone = any(value.get(word) for word in ("isdeleted", "is_deleted"))
        amount = None if is_gone else value.get("value")
        if amount is not None and (isinstance(amount, bool) or not isinstance(amount, int | float)):
            problems.error(
                number, "value", _("“%(text)s” is not a number.") % {"text": str(amount)[:40]}
            )
            return None
        reason = "" if amount is not None else str(value.get("status") or "missing").lower()[:20]
        if is_gone:
            reason = WITHDRAWN
            problems.note(
                number, "value", _("Kolada has withdrawn the value; a figure here is taken back.")
            )
        return FigureRow(
            line=number,
            municipality_id=municipality,
            series_code=code,
            subgroup=gender,
            unit=Figure.Unit(unit),
            period_kind=Figure.PeriodKind.YEAR,
            period_start=start,
            value=None if amount is None else float(amount),
            missing_reason=reason,
            is_preliminary=self.reader.run.batch.is_preliminary,
        )

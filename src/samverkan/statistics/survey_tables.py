"""Tables of surveys of perceived safety: a share, its margin and how many answered, per area."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samverkan.platform.imports.fields import plain
from samverkan.platform.imports.kinds import ImportRun
from samverkan.platform.imports.problems import UnreadableFileError
from samverkan.platform.imports.values import parse_number

from .definitions import series_definitions
from .figure_cells import FaultyCellError, check_reach
from .figure_rows import FigureRow
from .import_fields import MISSING_MARKS
from .models import Figure
from .periods import PeriodKind, month_period, parse_period
from .table_figures import FigureReader

PAIR = re.compile(r"((?:19|20)\d{2})\s*[/–-]\s*((?:19|20)?\d{2})\Z")
INTERVAL = re.compile(r"(\d+(?:[.,]\d+)?)\s*[–-]\s*(\d+(?:[.,]\d+)?)\Z")
SIGNS = str.maketrans("", "", "±%() ")


@dataclass(frozen=True)
class Share:
    value: float | None
    reason: str
    margin: float | None
    sample_size: int | None


class SurveyReader:
    """One share on each row. A share of a sample without margin and number says nothing."""

    def __init__(self, run: ImportRun, reader: FigureReader) -> None:
        self.run, self.reader = run, reader
        self._header: tuple[str, ...] = ()
        self._words = _words(run.batch.source_code)

    def rows(self) -> Iterator[FigureRow]:
        with self.run.file.table() as table:
            self._header = table.header
            self._check()
            for line, cells in table.rows:
                if not any(cell.strip() for cell in cells):
                    continue
                self.reader.read += 1
                try:
                    figure = self._figure(line, cells)
                except FaultyCellError as fault:
                    self.run.problems.error(line, fault.column, fault.message, fault.remedy)
                    continue
                if self.reader.accept(figure):
                    yield figure

    def _check(self) -> None:
        wanted = {"period": _("Year"), "series": _("Question"), "percent": _("Per cent")}
        has = {*self.run.options.mapping, *(k for k, v in self.run.options.given.items() if v)}
        missing = [label for key, label in wanted.items() if key not in has]
        if not has & {"margin", "interval", "answers"}:
            missing.append(_("Margin of error or number of answers"))
        if missing:
            raise UnreadableFileError(
                _("No column was found for: %(fields)s.") % {"fields": ", ".join(missing)},
                _("Say which column it is, or give it for the whole file."),
            )

    def _figure(self, line: int, cells: list[str]) -> FigureRow:
        municipality, area = self._area(cells)
        share = self._share(cells)
        return FigureRow(
            line=line,
            municipality_id=municipality,
            series_code=self._series(cells),
            subgroup="",
            unit=Figure.Unit.PERCENT,
            period_kind=Figure.PeriodKind.YEAR,
            period_start=month_period(self._year(cells), 1).start,
            value=share.value,
            missing_reason=share.reason,
            is_preliminary=self.run.batch.is_preliminary,
            margin=share.margin,
            sample_size=share.sample_size,
            area_name=area,
        )

    def _area(self, cells: list[str]) -> tuple[int, str]:
        """The municipality, and the larger area that the share tells of where it is one."""
        text = self._text(cells, "area")
        index = self.reader.municipalities
        found = index.find(text) if text else None
        area = "" if found else text[:120]
        if found is None:
            given = self.run.options.given.get("municipality", "")
            found = index.find(given) if given else None
        if found is None:
            raise FaultyCellError(
                self._name("area"),
                _("“%(text)s” is not a Swedish municipality.") % {"text": text[:40]},
                _("Say which municipality the area's figures are to be shown for."),
            )
        check_reach(self.run, index, found, self._name("area"))
        return found, area

    def _series(self, cells: list[str]) -> str:
        text = self._text(cells, "series")
        code = self._words.get(plain(text), "")
        if not code:
            raise FaultyCellError(
                self._name("series"),
                _("“%(text)s” is not a question that is known here.") % {"text": text[:60]},
                _("The guide to sources lists the questions and their words."),
            )
        return code

    def _year(self, cells: list[str]) -> int:
        """2025, or the later year of a pair that was asked together (2024/2025, 2024/25)."""
        text = self._text(cells, "period")
        if pair := PAIR.match(text):
            later = pair[2] if len(pair[2]) == 4 else pair[1][:2] + pair[2]
            text = later
        try:
            period = parse_period(text)
        except ValueError:
            period = None
        if period is None or period.kind is not PeriodKind.YEAR:
            raise FaultyCellError(
                self._name("period"),
                _("“%(text)s” is not a year, a quarter or a month.") % {"text": text[:40]},
                _("Write 2025, or 2024/2025 for two years together."),
            )
        if period.start > self.run.actor.at.date():
            raise FaultyCellError(
                self._name("period"), _("%(text)s has not begun yet.") % {"text": text[:40]}
            )
        return period.start.year

    def _share(self, cells: list[str]) -> Share:
        text = self._text(cells, "percent")
        reason = MISSING_MARKS.get(text.lower(), "" if text else "not_available")
        value = None if reason else self._number(text, "percent")
        if value is not None and not 0 <= value <= 100:
            raise FaultyCellError(
                self._name("percent"),
                _("%(text)s is no share in per cent.") % {"text": text[:40]},
                _("A share lies between 0 and 100."),
            )
        margin, answers = self._margin(cells), self._answers(cells)
        if value is not None and margin is None and answers is None:
            raise FaultyCellError(
                self._name("percent"),
                _("A share without margin of error and number of answers cannot be judged."),
                _("Put in at least one of the two."),
            )
        return Share(value, reason, margin, answers)

    def _margin(self, cells: list[str]) -> float | None:
        text = self._text(cells, "margin")
        if text and not MISSING_MARKS.get(text.lower()):
            return self._number(text, "margin")
        interval = INTERVAL.match(self._text(cells, "interval").translate(SIGNS))
        if interval:
            lower, upper = (float(each.replace(",", ".")) for each in interval.groups())
            return abs(upper - lower) / 2
        return None

    def _answers(self, cells: list[str]) -> int | None:
        text = self._text(cells, "answers")
        if not text or MISSING_MARKS.get(text.lower()):
            return None
        number = self._number(text, "answers")
        if not number.is_integer() or not 0 < number < 10_000_000:
            raise FaultyCellError(
                self._name("answers"),
                _("“%(text)s” is not a number of answers.") % {"text": text[:40]},
            )
        return int(number)

    def _number(self, text: str, key: str) -> float:
        try:
            return parse_number(text.translate(SIGNS))
        except ValueError:
            raise FaultyCellError(
                self._name(key), _("“%(text)s” is not a number.") % {"text": text[:40]}
            ) from None

    def _text(self, cells: list[str], key: str) -> str:
        column = self.run.options.mapping.get(key)
        text = cells[column].strip() if column is not None and column < len(cells) else ""
        return text or self.run.options.given.get(key, "")

    def _name(self, key: str) -> str:
        column = self.run.options.mapping.get(key)
        return self._header[column] if column is not None and column < len(self._header) else ""


def _words(source_code: str) -> dict[str, str]:
    """The questions of the source by their words: the same words mean others elsewhere."""
    return {
        plain(word): each.code
        for each in series_definitions().values()
        if source_code in each.source_codes
        for word in (each.code, each.name_sv, each.name_en, *each.aliases)
    }

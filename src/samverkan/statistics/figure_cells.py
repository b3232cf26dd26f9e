"""Single cells of statistics: numbers, gaps, marks, and places that are no municipality."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samverkan.organisations.lookup import MunicipalityIndex
from samverkan.platform.imports.kinds import ImportRun
from samverkan.platform.imports.values import parse_number

from .definitions import sources
from .import_fields import MISSING_MARKS, NO, YES
from .models import Figure
from .periods import StatisticsPeriod, parse_period

Unit = Figure.Unit
RATE_HEADING = re.compile(r"(?:antal )?(?:per |/ ?)100 ?000.*\Z", re.IGNORECASE)
COUNT_HEADING = re.compile(r"(?:antal|number).*\Z", re.IGNORECASE)
FOOTER = re.compile(r"(?:källa|source|anm|not|uttagen|datum|\*|©)", re.IGNORECASE)


class FaultyCellError(Exception):
    """A cell cannot be read; the row is left out and the next one is read."""

    def __init__(self, column: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.column, self.message, self.remedy = column, message, remedy


class NotAMunicipalityError(Exception):
    """The row is about the country, a county or a region: left out, but no fault."""


@dataclass(frozen=True)
class ValueColumn:
    """A column with numbers: its unit, and the series or period that its heading names."""

    column: int
    unit: Unit
    series_code: str = ""
    period: StatisticsPeriod | None = None


def read_value(text: str, heading: str, column: ValueColumn) -> tuple[float | None, str]:
    """The number of a cell, or None and why there is none."""
    reason = MISSING_MARKS.get(text.lower())
    if reason:
        return None, reason
    try:
        number = parse_number(text)
    except ValueError:
        raise FaultyCellError(
            heading,
            _("“%(text)s” is not a number.") % {"text": text[:40]},
            _("Write digits only, or leave the cell empty when the number is unknown."),
        ) from None
    if number < 0:
        raise FaultyCellError(heading, _("A number of offences cannot be negative."))
    if column.unit is Unit.COUNT and not column.series_code and not number.is_integer():
        raise FaultyCellError(
            heading,
            _("“%(text)s” is not a whole number.") % {"text": text[:40]},
            _("If it is a rate, map the column to “per 100,000 inhabitants”."),
        )
    return number, ""


def period_column(name: str) -> tuple[StatisticsPeriod, Unit] | None:
    """The period and the measure of a heading: "2024", "2024 Antal", "2024 per 100 000 inv"."""
    words = " ".join(name.replace("\u00a0", " ").split())
    unit = Unit.COUNT
    if found := RATE_HEADING.search(words):
        words, unit = words[: found.start()], Unit.PER_100000
    elif found := COUNT_HEADING.search(words):
        words = words[: found.start()]
    try:
        return parse_period(words.strip(" ,;:-")), unit
    except ValueError:
        return None


def is_footer(cells: list[str]) -> bool:
    """A line of text under a table: its source, or a note."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) == 1 and bool(FOOTER.match(filled[0]))


def read_mark(text: str, heading: str) -> bool:
    """Whether a cell marks its row as preliminary."""
    word = text.lower()
    if word in YES or word in NO:
        return word in YES
    raise FaultyCellError(
        heading,
        _("“%(text)s” says neither preliminary nor final.") % {"text": text[:40]},
        _("Write 1 for preliminary and leave the cell empty for final."),
    )


def is_larger_area(text: str, municipalities: MunicipalityIndex) -> bool:
    """The country, a county or a region, by code (00, 17, 0000, 0017) or by name."""
    first = text.split(" ", 1)[0]
    if first.isdigit():
        return len(first) == 2 or (len(first) == 4 and first.startswith("00"))
    return text.strip().lower() in {"riket", "hela riket", "sverige"} or bool(
        municipalities.county_code(text)
    )


def check_reach(
    run: ImportRun, municipalities: MunicipalityIndex, municipality_id: int, column: str
) -> None:
    """Figures that are not public may only be put in for the function's own municipalities."""
    if sources()[run.batch.source_code].is_published or run.actor.is_system:
        return
    code = municipalities.code_of[municipality_id]
    if code not in run.actor.municipality_codes:
        raise FaultyCellError(
            column,
            _("Municipality %(code)s lies outside your function.") % {"code": code},
            _("Only published statistics may be put in for others."),
        )


def period_end(period: StatisticsPeriod) -> date:
    """The day after the period."""
    months = {"year": 12, "quarter": 3, "month": 1}[period.kind]
    year, month = divmod(period.start.month - 1 + months, 12)
    return date(period.start.year + year, month + 1, 1)

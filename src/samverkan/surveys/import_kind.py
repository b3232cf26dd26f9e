"""The kind of import that puts in surveys of perceived safety: one row a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverkan.organisations.lookup import MunicipalityIndex, municipality_index
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.imports.fields import ImportField, missing_fields, plain
from samverkan.platform.imports.files import FileFormat, Sample
from samverkan.platform.imports.kinds import ImportRun, Outcome, table_confidence
from samverkan.platform.imports.models import ImportBatch
from samverkan.platform.imports.problems import UnreadableFileError
from samverkan.platform.imports.sources import source_label
from samverkan.platform.imports.values import (
    looks_like_formula,
    parse_moment,
    parse_number,
    parse_whole,
)

from .models import Measurement
from .questions import questions
from .services import (
    AlreadyThereError,
    NewMeasurement,
    UnknownMunicipalityError,
    put_in_measurement,
)

FIELDS = (
    ImportField(
        "municipality",
        gettext_lazy("Municipality"),
        ("kommun", "kommunkod", "kommunnamn"),
        is_required=True,
        may_be_given=True,
    ),
    ImportField(
        "title",
        gettext_lazy("Name of the survey"),
        ("mätning", "undersökning", "enkät", "survey"),
        is_required=True,
        may_be_given=True,
    ),
    ImportField(
        "asked_from",
        gettext_lazy("Asked from"),
        ("från", "start", "frågades från", "år", "year"),
        is_required=True,
        may_be_given=True,
        help=gettext_lazy("A day, or the year alone"),
    ),
    ImportField("asked_to", gettext_lazy("Asked to"), ("till", "slut", "frågades till")),
    ImportField("area", gettext_lazy("Area"), ("område", "delområde")),
    ImportField(
        "question", gettext_lazy("Question"), ("fråga", "indikator", "mått"), is_required=True
    ),
    ImportField(
        "percent",
        gettext_lazy("Per cent"),
        ("procent", "andel", "andel procent", "värde"),
        is_required=True,
    ),
    ImportField(
        "base",
        gettext_lazy("How many answered that question"),
        ("bas", "antal svar", "svarande", "n"),
        is_required=True,
        may_be_given=True,
    ),
    ImportField("answers", gettext_lazy("How many answered"), ("svar", "antal svarande")),
    ImportField("sample_size", gettext_lazy("How many were asked"), ("urval", "urvalsstorlek")),
    ImportField(
        "population",
        gettext_lazy("How many live there of the ages asked"),
        ("befolkning", "population", "folkmängd"),
    ),
    ImportField("design_effect", gettext_lazy("Design effect of the weights"), ("designeffekt",)),
)
Key = tuple[str, str, str, date]


class FaultyCellError(Exception):
    """One cell cannot be read; `key` is its field."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key, self.message = key, message


@dataclass
class _Row:
    """Cells of one line by field; what is given for the whole file stands in for a column."""

    run: ImportRun
    cells: list[str]

    def text(self, key: str) -> str:
        column = self.run.options.mapping.get(key)
        if column is not None and column < len(self.cells):
            return self.cells[column].strip()
        return self.run.options.given.get(key, "").strip()

    def whole(self, key: str) -> int | None:
        text = self.text(key)
        if not text:
            return None
        try:
            found = parse_whole(text)
        except ValueError:
            raise FaultyCellError(key, _("Write a whole number.")) from None
        if not 1 <= found <= 20_000_000:
            raise FaultyCellError(key, _("The number is outside what is possible."))
        return found

    def share(self) -> float:
        try:
            found = parse_number(self.text("percent").removesuffix("%").strip())
        except ValueError:
            raise FaultyCellError("percent", _("Write a number from 0 to 100.")) from None
        if not 0 <= found <= 100:
            raise FaultyCellError("percent", _("Write a number from 0 to 100."))
        return found

    def day(self, key: str, *, is_last: bool) -> date | None:
        text = self.text(key)
        if not text:
            return None
        if text.isdigit() and len(text) == 4:
            return date(int(text), 12, 31) if is_last else date(int(text), 1, 1)
        try:
            return parse_moment(text)[0].date()
        except ValueError:
            raise FaultyCellError(key, _("Write a day as 2026-09-07, or the year alone.")) from None


class SurveyKind:
    """Tables with one row a question: what per cent, of how many."""

    code = "safety_survey"
    title = gettext_lazy("Surveys of perceived safety")
    description = gettext_lazy("Shares in per cent by question, with how many answered.")
    formats = frozenset({FileFormat.CSV, FileFormat.WORKBOOK})
    fields = FIELDS
    source_codes = ("police", "bra", "manual")

    def confidence(self, sample: Sample) -> float:
        if not {"fraga", "fråga", "question"} & set(map(plain, sample.header)):
            return 0.0
        return table_confidence(sample, FIELDS)

    def guess_source(self, sample: Sample) -> str:
        return "police"

    def run(self, run: ImportRun) -> Outcome:
        require(run.actor, Capability.IMPORTS_WRITE)
        if not run.actor.may(Capability.SURVEYS_WRITE):
            raise UnreadableFileError(_("Your function may not put in surveys."))
        missing = missing_fields(FIELDS, run.options.mapping, run.options.given)
        if missing:
            raise UnreadableFileError(
                _("No column was found for: %(fields)s.")
                % {"fields": ", ".join(str(field.label) for field in missing)},
                _("Say which column it is, or give it for the whole file."),
            )
        found: dict[Key, NewMeasurement] = {}
        read = 0
        index = municipality_index(run.actor)
        for line, row in _rows(run):
            read += 1
            try:
                _take(row, index, found)
            except FaultyCellError as error:
                labels = {field.key: str(field.label) for field in FIELDS}
                run.problems.error(line, labels[error.key], error.message)
        added = unchanged = 0
        for new in found.values():
            try:
                put_in_measurement(run.actor, new, batch=run.batch)
                added += 1
            except AlreadyThereError:
                unchanged += 1
            except UnknownMunicipalityError:
                run.problems.error(0, "", _("Your function does not act in the municipality."))
        return Outcome(read=read, added=added, unchanged=unchanged)

    def undo(self, actor: Actor, batch: ImportBatch) -> int:
        require(actor, Capability.IMPORTS_WRITE)
        mine = Measurement.objects.for_system("undo an import").filter(batch=batch)
        count: int = mine.count()
        mine.delete()
        return count


def _rows(run: ImportRun) -> Iterator[tuple[int, _Row]]:
    with run.file.table() as table:
        for line, cells in table.rows:
            if any(cell and not cell.isspace() for cell in cells):
                yield line, _Row(run, cells)


def _take(row: _Row, index: MunicipalityIndex, found: dict[Key, NewMeasurement]) -> None:
    """Add the row's figure to its survey; the first row of a survey makes it."""
    place = index.find(row.text("municipality"))
    if place is None:
        raise FaultyCellError("municipality", _("No such municipality."))
    title, area = _name(row, "title"), _name(row, "area")
    first = row.day("asked_from", is_last=False)
    if first is None or not title:
        raise FaultyCellError("title", _("The name of the survey and its time are needed."))
    last = row.day("asked_to", is_last=True) or row.day("asked_from", is_last=True) or first
    if last < first:
        raise FaultyCellError("asked_to", _("The last day of asking lies before the first."))
    code = question_by_words().get(plain(row.text("question")))
    if code is None:
        raise FaultyCellError("question", _("No such question. Use its code, such as this_place."))
    percent, base = row.share(), row.whole("base")
    if base is None:
        raise FaultyCellError("base", _("A percentage needs to say of how many."))
    key = (index.code_of[place], title, area, first)
    standing = found.get(key) or _new(row, key, last, base)
    if code in standing.shares and standing.shares[code] != (percent, base):
        raise FaultyCellError("question", _("The question stands twice with different figures."))
    shares = {**standing.shares, code: (percent, base)}
    found[key] = replace(standing, shares=shares, answers=max(standing.answers, base))


def _name(row: _Row, key: str) -> str:
    text = row.text(key)
    if looks_like_formula(text) or len(text) > 80:
        raise FaultyCellError(key, _("That is no name."))
    return text


def _new(row: _Row, key: Key, last: date, base: int) -> NewMeasurement:
    municipality_code, title, area, first = key
    effect = row.text("design_effect")
    try:
        design_effect = parse_number(effect) if effect else 1.0
    except ValueError:
        raise FaultyCellError("design_effect", _("Write a number from 1 to 20.")) from None
    if not 1 <= design_effect <= 20:
        raise FaultyCellError("design_effect", _("Write a number from 1 to 20."))
    answers, population = row.whole("answers") or base, row.whole("population")
    if population is not None and population < answers:
        raise FaultyCellError("population", _("More have answered than live there."))
    return NewMeasurement(
        municipality_code=municipality_code,
        title=title,
        source=source_label(row.run.batch.source_code),
        reach=Measurement.Reach.AREA if area else Measurement.Reach.MUNICIPALITY,
        area=area,
        sampling=Measurement.Sampling.DRAWN,
        asked_from=first,
        asked_to=last,
        answers=answers,
        sample_size=row.whole("sample_size"),
        population=population,
        design_effect=design_effect,
        shares={},
    )


@cache
def question_by_words() -> dict[str, str]:
    """Questions by their code, wording and what they measure, in either language."""
    return {
        plain(words): code
        for code, each in questions().items()
        for words in (code, each.text_sv, each.text_en, each.measured_sv, each.measured_en)
    }

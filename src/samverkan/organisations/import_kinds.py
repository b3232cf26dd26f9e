"""The kind of import that puts in inhabitants per municipality and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.imports.cubes import Cube
from samverkan.platform.imports.fields import ImportField, missing_fields
from samverkan.platform.imports.files import FileFormat, Sample
from samverkan.platform.imports.jsonstat import read_json_cube
from samverkan.platform.imports.kinds import (
    ImportRun,
    Outcome,
    UndoRefusedError,
    table_confidence,
)
from samverkan.platform.imports.models import ImportBatch
from samverkan.platform.imports.problems import UnreadableFileError
from samverkan.platform.imports.px import read_px_cube
from samverkan.platform.imports.values import parse_whole

from .lookup import MunicipalityIndex, municipality_index
from .models import Population
from .population_cubes import population_cells

FIELDS = (
    ImportField(
        "municipality",
        gettext_lazy("Municipality"),
        ("kommun", "kommunkod", "kommun kod", "region", "regionkod", "kommunnamn"),
        is_required=True,
        help=gettext_lazy("SCB code or name"),
    ),
    ImportField(
        "year",
        gettext_lazy("Year"),
        ("år", "tid", "period"),
        is_required=True,
        may_be_given=True,
        help=gettext_lazy("The inhabitants are those of 31 December"),
    ),
    ImportField(
        "inhabitants",
        gettext_lazy("Inhabitants"),
        ("population", "folkmängd", "antal invånare", "invånare", "befolkning"),
        is_required=True,
    ),
)
YEAR_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
SOURCE = "SCB, folkmängd {year}-12-31"


@dataclass(frozen=True)
class PopulationRow:
    line: int
    municipality_id: int
    year: int
    inhabitants: int


class PopulationKind:
    """Inhabitants on 31 December: SCB's tables, PX files and JSON-stat."""

    code = "population"
    title = gettext_lazy("Inhabitants")
    description = gettext_lazy("Inhabitants per municipality and year, from SCB.")
    formats = frozenset(FileFormat) - {FileFormat.JSON_LINES}
    fields = FIELDS
    source_codes = ("scb", "manual")

    def confidence(self, sample: Sample) -> float:
        if sample.format is FileFormat.PX:
            return 0.9
        if sample.format is FileFormat.JSON:
            marks = ('"dataset"', '"dimension"', '"columns"', '"version": "2.0"', '"query"')
            return 0.8 if any(mark in sample.text for mark in marks) else 0.0
        return table_confidence(sample, FIELDS)

    def guess_source(self, sample: Sample) -> str:
        return "scb"

    def run(self, run: ImportRun) -> Outcome:
        require(run.actor, Capability.IMPORTS_WRITE)
        rows: dict[tuple[int, int], PopulationRow] = {}
        read = 0
        for row in _rows(run, municipality_index(run.actor)):
            read += 1
            earlier = rows.setdefault((row.municipality_id, row.year), row)
            if earlier.inhabitants != row.inhabitants:
                message = _("The row contradicts line %(line)d: the same municipality and year.")
                run.problems.error(row.line, "", message % {"line": earlier.line})
        return _put_in(list(rows.values()), read)

    def undo(self, actor: Actor, batch: ImportBatch) -> int:
        written: list[list[int | None]] = batch.undo_data.get("populations", [])
        found = _standing({key for key, *_rest in written if key is not None})
        changes: list[tuple[Population, int | None]] = []
        for municipality_id, year, before, after in written:
            standing = found.get((municipality_id, year))
            if standing is None or standing.inhabitants != after:
                raise UndoRefusedError(
                    _("A later import changed the inhabitants of %(year)d: undo that one first.")
                    % {"year": year}
                )
            changes.append((standing, before))
        for standing, before in changes:
            if before is None:
                standing.delete()
            else:
                standing.inhabitants = before
                standing.save(update_fields=["inhabitants"])
        return len(changes)


def _put_in(rows: list[PopulationRow], read: int) -> Outcome:
    standing = _standing({row.municipality_id for row in rows})
    fresh: list[Population] = []
    undo: list[list[int | None]] = []
    unchanged = 0
    for row in rows:
        old = standing.get((row.municipality_id, row.year))
        if old is not None and old.inhabitants == row.inhabitants:
            unchanged += 1
            continue
        before = old.inhabitants if old else None
        undo.append([row.municipality_id, row.year, before, row.inhabitants])
        if old is None:
            fresh.append(_population(row))
        else:
            old.inhabitants, old.source = row.inhabitants, SOURCE.format(year=row.year)
            old.save(update_fields=["inhabitants", "source"])
    Population.objects.bulk_create(fresh, batch_size=1000)
    return Outcome(
        read=read,
        added=len(fresh),
        revised=len(undo) - len(fresh),
        unchanged=unchanged,
        undo_data={"populations": undo},
    )


def _population(row: PopulationRow) -> Population:
    return Population(
        municipality_id=row.municipality_id,
        year=row.year,
        inhabitants=row.inhabitants,
        source=SOURCE.format(year=row.year),
    )


def _standing(municipality_ids: set[int]) -> dict[tuple[int | None, int | None], Population]:
    found = Population.objects.for_system("what a file's inhabitants may replace").filter(
        municipality_id__in=municipality_ids
    )
    return {(entry.municipality_id, entry.year): entry for entry in found}


def _rows(run: ImportRun, index: MunicipalityIndex) -> Iterator[PopulationRow]:
    if run.file.format in (FileFormat.CSV, FileFormat.WORKBOOK):
        yield from _table_rows(run, index)
        return
    yield from _cube_rows(run, index, _cube(run))


def _cube(run: ImportRun) -> Cube:
    if run.file.format is FileFormat.PX:
        return read_px_cube(run.file.whole_text())
    return read_json_cube(run.file.document())


def _cube_rows(run: ImportRun, index: MunicipalityIndex, cube: Cube) -> Iterator[PopulationRow]:
    for number, cell in enumerate(population_cells(cube), start=1):
        municipality = index.by_code.get(cell.region)
        if municipality is None:
            run.problems.note(
                number,
                _("region"),
                _("“%(place)s” is not a municipality of today; it is left out.")
                % {"place": cell.region_label[:40]},
            )
        elif cell.inhabitants is None:
            run.problems.note(
                number,
                str(cell.year),
                _("%(place)s: the number is missing in the source.")
                % {"place": cell.region_label[:40]},
            )
        else:
            yield PopulationRow(number, municipality, cell.year, cell.inhabitants)


def _table_rows(run: ImportRun, index: MunicipalityIndex) -> Iterator[PopulationRow]:
    mapping = run.options.mapping
    given = _given_year(run)
    missing = missing_fields(FIELDS, mapping, given)
    if missing:
        raise UnreadableFileError(
            _("No column was found for: %(fields)s.")
            % {"fields": ", ".join(str(field.label) for field in missing)},
            _("Say which column it is, or give it for the whole file."),
        )
    with run.file.table() as table:
        for line, cells in table.rows:
            values = {
                key: cells[column].strip() if column < len(cells) else ""
                for key, column in mapping.items()
            }
            if not any(values.values()):
                continue
            row = _table_row(run, index, line, {**given, **values})
            if row is not None:
                yield row


def _given_year(run: ImportRun) -> Mapping[str, str]:
    """The year that was said for the whole file, or else the one in its name."""
    if run.options.given.get("year") or "year" in run.options.mapping:
        return run.options.given
    in_name = YEAR_IN_NAME.findall(run.file.name)
    return {**run.options.given, "year": in_name[-1]} if in_name else run.options.given


def _table_row(
    run: ImportRun, index: MunicipalityIndex, line: int, values: Mapping[str, str]
) -> PopulationRow | None:
    municipality = index.find(values["municipality"])
    year = values["year"]
    if municipality is None:
        message = _("“%(text)s” is not a Swedish municipality.")
        run.problems.error(line, "municipality", message % {"text": values["municipality"][:40]})
        return None
    if not year.isdigit() or not 1900 <= int(year) <= run.actor.at.year:
        message = _("“%(text)s” is not a year with known inhabitants.")
        run.problems.error(line, "year", message % {"text": year[:20]})
        return None
    try:
        inhabitants = parse_whole(values["inhabitants"])
    except ValueError:
        inhabitants = -1
    if not 0 < inhabitants < 20_000_000:
        message = _("“%(text)s” is not a number of inhabitants.")
        run.problems.error(line, "inhabitants", message % {"text": values["inhabitants"][:40]})
        return None
    return PopulationRow(line, municipality, int(year), inhabitants)

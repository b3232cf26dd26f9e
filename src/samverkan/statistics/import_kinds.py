"""The kind of import that puts in crime statistics."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverkan.organisations.lookup import municipality_index
from samverkan.platform.access.actor import Actor
from samverkan.platform.imports.fields import guess_mapping, plain
from samverkan.platform.imports.files import FileFormat, Sample
from samverkan.platform.imports.kinds import (
    ImportRun,
    Outcome,
    UndoRefusedError,
    table_confidence,
)
from samverkan.platform.imports.models import ImportBatch

from .figure_cells import period_column
from .import_fields import FIELDS, series_by_word
from .kolada_figures import KoladaReader
from .services import LaterImportError, put_in_figures, take_back_figures
from .table_figures import FigureReader

# Brå's figures as they are spread: kommun;period;key;count;per100k;preliminary.
BRA_HEADER = frozenset({"kommun", "period", "key", "count"})


class StatisticsKind:
    """Crime statistics: tables of any of the known layouts, and Kolada's JSON."""

    code = "statistics"
    title = gettext_lazy("Crime statistics")
    description = gettext_lazy(
        "Reported offences per year, quarter or month: from Brå, Kolada or the police."
    )
    formats = frozenset({FileFormat.CSV, FileFormat.WORKBOOK, FileFormat.JSON})
    fields = FIELDS
    source_codes = ("police", "bra", "kolada", "manual")

    def confidence(self, sample: Sample) -> float:
        if sample.format is FileFormat.JSON:
            return _kolada_confidence(sample.text)
        if set(map(plain, sample.header)) >= BRA_HEADER:
            return 0.99
        mapping = guess_mapping(sample.header, FIELDS)
        if "count" in mapping or "rate" in mapping:
            return table_confidence(sample, FIELDS)
        return 0.6 if _wide_columns(sample.header) >= 2 else 0.0

    def guess_source(self, sample: Sample) -> str:
        if sample.format is FileFormat.JSON:
            return "kolada"
        return "bra" if set(map(plain, sample.header)) >= BRA_HEADER else "police"

    def run(self, run: ImportRun) -> Outcome:
        reader = FigureReader(run, municipality_index(run.actor))
        is_kolada = run.file.format is FileFormat.JSON
        rows = KoladaReader(reader).rows() if is_kolada else reader.rows()
        counts = put_in_figures(run.actor, run.batch, rows)
        if counts.outdated:
            run.problems.note(
                0,
                "",
                _("%(figures)d preliminary figures were left out: final ones are already here.")
                % {"figures": counts.outdated},
            )
        return Outcome(
            read=reader.read,
            added=counts.added,
            revised=counts.revised + counts.withdrawn,
            unchanged=counts.unchanged + counts.outdated,
        )

    def undo(self, actor: Actor, batch: ImportBatch) -> int:
        return take_back(actor, batch)


def take_back(actor: Actor, batch: ImportBatch) -> int:
    """Undo an import of figures, or say for the person why it cannot be."""
    try:
        return take_back_figures(actor, batch)
    except LaterImportError as error:
        raise UndoRefusedError(
            _("A later import (%(refs)s) has revised figures of this one: undo that one first.")
            % {"refs": ", ".join(error.batch_refs)}
        ) from None


def _kolada_confidence(text: str) -> float:
    if '"kpi"' in text and '"municipality"' in text:
        return 0.99
    # Kolada's lists of key figures: recognised, so that they can be refused with a reason.
    return 0.5 if '"operating_area"' in text or '"municipality_type"' in text else 0.0


def _wide_columns(header: tuple[str, ...]) -> int:
    """How many headings are series or periods."""
    return sum(1 for name in header if plain(name) in series_by_word() or period_column(name))

"""The kinds of import for SKR's open comparisons and for tables of perceived safety."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samverkan.organisations.lookup import municipality_index
from samverkan.platform.access.actor import Actor
from samverkan.platform.imports.fields import ImportField, plain
from samverkan.platform.imports.files import FileFormat, Sample
from samverkan.platform.imports.kinds import ImportRun, Outcome, table_confidence
from samverkan.platform.imports.models import ImportBatch

from .import_kinds import take_back
from .open_comparisons import OpenComparisonsReader
from .services import put_in_figures
from .survey_tables import SurveyReader
from .table_figures import FigureReader

NAMES = ("öppna jämförelser", "oppna jamforelser")


class OpenComparisonsKind:
    """SKR's workbook: three indicators of crime for every municipality."""

    code = "open_comparisons"
    title = _("SKR, Open comparisons")
    description = _("The workbook on safety and security: reported offences per 1,000 inhabitants.")
    formats = frozenset({FileFormat.WORKBOOK})
    fields = (
        ImportField(
            "period",
            _("Year"),
            ("år",),
            may_be_given=True,
            help=_("For example 2025"),
        ),
    )
    source_codes = ("skr",)

    def confidence(self, sample: Sample) -> float:
        cells = {plain(cell) for _line, row in sample.rows for cell in row} | {
            plain(name) for name in sample.header
        }
        is_named = any(word in plain(sample.file_name) for word in NAMES) or NAMES[0] in cells
        if sample.format not in self.formats:
            return 0.0
        return 0.97 if "k kod" in cells or is_named else 0.0

    def guess_source(self, sample: Sample) -> str:
        return "skr"

    def run(self, run: ImportRun) -> Outcome:
        reader = FigureReader(run, municipality_index(run.actor))
        counts = put_in_figures(run.actor, run.batch, OpenComparisonsReader(run, reader).rows())
        return Outcome(reader.read, counts.added, counts.revised, counts.unchanged)

    def undo(self, actor: Actor, batch: ImportBatch) -> int:
        return take_back(actor, batch)


class SurveyTablesKind:
    """NTU and the police's safety survey: shares with their uncertainty."""

    code = "safety_surveys"
    title = _("Surveys of perceived safety")
    description = _(
        "NTU or the police's safety survey: share, margin of error and number of answers."
    )
    formats = frozenset({FileFormat.CSV, FileFormat.WORKBOOK})
    fields = (
        ImportField(
            "area",
            _("Area"),
            ("område", "lokalpolisområde", "lpo", "polisområde", "kommun", "region"),
            may_be_given=True,
        ),
        ImportField(
            "municipality", _("Municipality"), (), may_be_given=True, help=_("SCB code or name")
        ),
        ImportField(
            "period",
            _("Year"),
            ("år", "period", "undersökningsår", "mätår"),
            is_required=True,
            may_be_given=True,
        ),
        ImportField(
            "series",
            _("Question"),
            ("fråga", "indikator", "mått"),
            is_required=True,
            may_be_given=True,
        ),
        ImportField(
            "percent",
            _("Per cent"),
            ("andel", "procent", "andel procent", "värde"),
            is_required=True,
        ),
        ImportField("margin", _("Margin of error"), ("felmarginal", "osäkerhetstal", "plus minus")),
        ImportField(
            "interval",
            _("Interval"),
            ("konfidensintervall", "95 konfidensintervall", "intervall"),
        ),
        ImportField(
            "answers", _("Number of answers"), ("antal svar", "antal svarande", "n", "bas")
        ),
    )
    source_codes = ("ntu", "safety_survey")

    def confidence(self, sample: Sample) -> float:
        if sample.format not in self.formats:
            return 0.0
        words = {plain(name) for name in sample.header}
        telling = {"fråga", "felmarginal", "osäkerhetstal", "konfidensintervall", "antal svar"}
        certain = table_confidence(sample, self.fields)
        return max(certain, 0.92) if certain and words & telling else 0.0

    def guess_source(self, sample: Sample) -> str:
        return "ntu" if "ntu" in plain(sample.file_name) else "safety_survey"

    def run(self, run: ImportRun) -> Outcome:
        reader = FigureReader(run, municipality_index(run.actor))
        counts = put_in_figures(run.actor, run.batch, SurveyReader(run, reader).rows())
        return Outcome(reader.read, counts.added, counts.revised, counts.unchanged)

    def undo(self, actor: Actor, batch: ImportBatch) -> int:
        return take_back(actor, batch)

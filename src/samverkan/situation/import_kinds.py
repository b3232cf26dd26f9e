"""The kinds of import of this room: EST lists, and the police's news."""

from __future__ import annotations

from contextlib import suppress

from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.imports.files import FileFormat, Sample
from samverkan.platform.imports.kinds import ImportRun, Outcome, table_confidence
from samverkan.platform.imports.models import ImportBatch

from .bulk import add_batch_to_counts, insert_incidents, remove_batch, roomy_cache
from .import_fields import FIELDS
from .import_incidents import IncidentReader
from .models import Place
from .news import put_in_news, take_back_news


class IncidentKind:
    """EST incidents, one on each row."""

    code = "incidents"
    title = gettext_lazy("EST incidents")
    description = gettext_lazy("A list of incidents: when, what and where, one on each row.")
    formats = frozenset({FileFormat.CSV, FileFormat.WORKBOOK})
    fields = FIELDS
    source_codes = ("est", "police", "manual")

    def confidence(self, sample: Sample) -> float:
        return table_confidence(sample, FIELDS)

    def guess_source(self, sample: Sample) -> str:
        return "est"

    def run(self, run: ImportRun) -> Outcome:
        require(run.actor, Capability.IMPORTS_WRITE)
        reader = IncidentReader(run)
        added = rows = 0
        with roomy_cache():
            for chunk in reader.chunks():
                rows += len(chunk)
                added += insert_incidents(chunk)
            add_batch_to_counts(run.batch)
        if reader.words.new_places:
            run.problems.note(
                0,
                "",
                _("%(places)d new places were put in the register.")
                % {"places": len(reader.words.new_places)},
            )
        if reader.doubtful_texts:
            run.problems.note(
                0,
                "",
                ngettext(
                    "%(texts)d text may point out a person. Read it in the review, and take out "
                    "what does.",
                    "%(texts)d texts may point out a person. Read them in the review, and take out "
                    "what does.",
                    reader.doubtful_texts,
                )
                % {"texts": reader.doubtful_texts},
            )
        if rows > added:
            run.problems.note(
                0,
                "",
                _("%(rows)d rows were left out: they stand twice in the file, or are here already.")
                % {"rows": rows - added},
            )
        return Outcome(
            read=reader.read,
            added=added,
            unchanged=rows - added,
            undo_data={"places": reader.words.new_places},
        )

    def undo(self, actor: Actor, batch: ImportBatch) -> int:
        removed = remove_batch(batch)
        _remove_unused_places(batch)
        return removed


class NewsKind:
    """Events of polisen.se: for reading, never counted, never on a map."""

    code = "news"
    title = gettext_lazy("The police's events (polisen.se)")
    description = gettext_lazy(
        "News from polisen.se and archives of it. Shown as news: never counted, never on a map."
    )
    formats = frozenset({FileFormat.JSON, FileFormat.JSON_LINES})
    fields = ()
    source_codes = ("police_news",)

    def confidence(self, sample: Sample) -> float:
        marks = ('"datetime"', '"summary"', '"location"')
        return 0.99 if all(mark in sample.text for mark in marks) else 0.0

    def guess_source(self, sample: Sample) -> str:
        return "police_news"

    def run(self, run: ImportRun) -> Outcome:
        require(run.actor, Capability.IMPORTS_WRITE)
        return put_in_news(run)

    def undo(self, actor: Actor, batch: ImportBatch) -> int:
        return take_back_news(batch)


def _remove_unused_places(batch: ImportBatch) -> None:
    """Places that the import put in and that nothing else has come to use."""
    refs = batch.undo_data.get("places", [])
    made = Place.objects.for_system("undo an import").filter(ref__in=refs)
    for place in made:
        with suppress(ProtectedError):
            place.delete()

"""What the page of one import shows."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.platform.access.actor import Actor
from samverkan.platform.jobs.selectors import JobProgress, latest_job

from .files import Sample, inspect_file
from .kinds import ImportKind, import_kinds
from .models import ImportBatch
from .problems import Problem, Severity, UnreadableFileError, from_json
from .selectors import options_of
from .sources import source_label
from .storage import stored_path
from .tasks import JOB_KIND

State = ImportBatch.State


@dataclass(frozen=True)
class ImportPage:
    """One import with its beginning, its problems and, while it runs, its progress."""

    batch: ImportBatch
    kind: ImportKind | None
    sample: Sample | None
    errors: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    job: JobProgress | None

    @property
    def is_running(self) -> bool:
        return self.job is not None and not self.job.is_over

    @property
    def may_be_confirmed(self) -> bool:
        """Checked, and either without errors or told to leave faulty rows out."""
        return (
            self.batch.state == State.CHECKED
            and not self.is_running
            and self.has_rows
            and (not self.batch.error_count or options_of(self.batch).leaves_out_faulty_rows)
        )

    @property
    def source_label(self) -> str:
        return source_label(self.batch.source_code)

    @property
    def has_rows(self) -> bool:
        return bool(self.batch.rows_added or self.batch.rows_revised)

    @property
    def is_unreadable(self) -> bool:
        """The file as a whole was refused; no row of it was judged."""
        return bool(self.errors) and not self.batch.rows_read

    @property
    def may_be_undone(self) -> bool:
        return self.batch.state == State.DONE


def import_page(actor: Actor, batch: ImportBatch) -> ImportPage:
    problems = from_json(batch.problems)
    job = latest_job(actor, JOB_KIND, batch.ref)
    is_running = job is not None and not job.is_over
    return ImportPage(
        batch=batch,
        kind=import_kinds().get(batch.kind),
        sample=_sample(batch) if batch.is_open and not is_running else None,
        errors=tuple(each for each in problems if each.severity is Severity.ERROR),
        notes=tuple(each for each in problems if each.severity is Severity.NOTE),
        job=job,
    )


def _sample(batch: ImportBatch) -> Sample | None:
    if not batch.stored_as:
        # The kept file has been taken away by a redaction.
        return None
    try:
        return inspect_file(stored_path(batch.stored_as), batch.file_name).sample()
    except (UnreadableFileError, FileNotFoundError):
        return None

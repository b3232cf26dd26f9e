"""Carry an import out, for trial or in earnest: one pass over the file in one transaction."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.audit.services import record
from samverkan.platform.jobs.progress import ProgressCallback, no_progress

from .fields import guess_mapping
from .files import inspect_file
from .guards import kind_of, open_batch, refuse_repeat, trace
from .kinds import ImportRun, Outcome
from .models import ImportBatch
from .problems import FaultyRowsError, ProblemLog, UnreadableFileError, as_json
from .results import ImportResult
from .selectors import options_of
from .storage import stored_path


def check_import(
    actor: Actor, ref: str, *, progress: ProgressCallback = no_progress
) -> ImportResult:
    """Do everything that the import would do, then take it all back: what would happen?"""
    batch = open_batch(actor, ref)
    problems = ProblemLog()
    outcome = Outcome()
    try:
        with transaction.atomic():
            outcome = _run(actor, batch, problems, progress)
            transaction.set_rollback(True)
    except UnreadableFileError as error:
        problems.error(0, "", error.message, error.remedy)
    _put_down(batch, ImportBatch.State.CHECKED, outcome, problems)
    return _result(batch, outcome, problems, is_done=_is_acceptable(batch, problems))


def commit_import(
    actor: Actor, ref: str, *, progress: ProgressCallback = no_progress
) -> ImportResult:
    """Import the file in one transaction: whatever ends it early leaves nothing behind."""
    batch = open_batch(actor, ref)
    refuse_repeat(actor, batch.kind, batch.sha256)
    problems = ProblemLog()
    outcome = Outcome()
    try:
        with transaction.atomic():
            outcome = _run(actor, batch, problems, progress)
            if not _is_acceptable(batch, problems):
                raise FaultyRowsError
            batch.finished_at = actor.at
            batch.undo_data = dict(outcome.undo_data)
            _put_down(batch, ImportBatch.State.DONE, outcome, problems)
            record(actor, "import.done", "import", batch.ref, details=trace(batch))
    except UnreadableFileError as error:
        problems.error(0, "", error.message, error.remedy)
        return _failed(batch, outcome, problems)
    except FaultyRowsError:
        return _failed(batch, outcome, problems)
    return _result(batch, outcome, problems, is_done=True)


def _run(
    actor: Actor, batch: ImportBatch, problems: ProblemLog, progress: ProgressCallback
) -> Outcome:
    kind, options = kind_of(batch.kind), options_of(batch)
    file = inspect_file(stored_path(batch.stored_as), batch.file_name)
    if file.format not in kind.formats:
        raise UnreadableFileError(
            _("A file of this format cannot hold this kind of data."),
            _("Choose another kind of data, or send another file."),
        )
    if not options.mapping:
        mapping = guess_mapping(file.sample().header, kind.fields)
        options = replace(options, mapping=mapping)
    try:
        return kind.run(ImportRun(actor, batch, file, options, problems, progress))
    except UnicodeDecodeError:
        raise UnreadableFileError(
            _("The file is neither UTF-8 nor Windows-1252: its letters cannot be read."),
            _("Export it again as “CSV UTF-8”."),
        ) from None


def _is_acceptable(batch: ImportBatch, problems: ProblemLog) -> bool:
    return not problems.errors or options_of(batch).leaves_out_faulty_rows


def _failed(batch: ImportBatch, outcome: Outcome, problems: ProblemLog) -> ImportResult:
    batch.finished_at = None
    batch.undo_data = {}
    _put_down(batch, ImportBatch.State.FAILED, outcome, problems)
    return _result(batch, outcome, problems, is_done=False)


def _put_down(
    batch: ImportBatch, state: ImportBatch.State, outcome: Outcome, problems: ProblemLog
) -> None:
    batch.state = state
    batch.rows_read = outcome.read
    batch.rows_added = outcome.added
    batch.rows_revised = outcome.revised
    batch.rows_unchanged = outcome.unchanged
    batch.problems = as_json(problems.kept())
    batch.error_count = problems.errors
    batch.note_count = problems.notes
    batch.faulty_line_count = problems.faulty_lines
    batch.save()


def _result(
    batch: ImportBatch, outcome: Outcome, problems: ProblemLog, *, is_done: bool
) -> ImportResult:
    kept = tuple(problems.kept())
    return ImportResult(batch, is_done, outcome, kept, problems.errors, problems.notes)

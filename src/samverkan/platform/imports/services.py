"""Put a file in, check it, import it, take it back: all of it or nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from django.db import transaction
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record
from samverkan.platform.jobs.progress import ProgressCallback, no_progress

from .fields import MUNICIPALITY, guess_mapping
from .files import inspect_file
from .kinds import (
    ImportKind,
    ImportOptions,
    ImportRun,
    Outcome,
    UndoRefusedError,
    guess_kind,
    import_kinds,
)
from .models import ImportBatch
from .problems import FaultyRowsError, ProblemLog, UnreadableFileError, as_json
from .results import AlreadyImportedError, ImportResult, Origin, Preparation
from .selectors import earlier_import, import_batch, options_of
from .storage import StoredFile, stored_path


class NothingToConfirmError(Exception):
    """The import is not waiting to be confirmed: it is done, undone or not this actor's."""


def prepare(
    actor: Actor, stored: StoredFile, file_name: str, *, kind_code: str = ""
) -> Preparation:
    """Look at a kept file: what it is, which kind takes it, which column is what."""
    require(actor, Capability.IMPORTS_WRITE)
    file = inspect_file(stored.path, file_name)
    sample = file.sample()
    kind = import_kinds().get(kind_code) or guess_kind(sample)
    if kind is None:
        return Preparation(file, sample, "", "", {})
    mapping = guess_mapping(sample.header, kind.fields)
    return Preparation(
        file,
        sample,
        kind.code,
        kind.guess_source(sample),
        mapping,
        _own_municipality(actor, kind, mapping),
    )


@transaction.atomic
def register_file(
    actor: Actor, stored: StoredFile, kind_code: str, origin: Origin, options: ImportOptions
) -> ImportBatch:
    """Put down that the file is here and what it is said to be. Nothing is imported yet."""
    require(actor, Capability.IMPORTS_WRITE)
    _check_source(_kind(kind_code), origin)
    _refuse_repeat(actor, kind_code, stored.sha256)
    batch: ImportBatch = ImportBatch.objects.create(
        kind=kind_code,
        party_ref=actor.party_ref,
        file_name=origin.file_name[:255],
        sha256=stored.sha256,
        size_bytes=stored.size_bytes,
        stored_as=stored.stored_as,
        source_code=origin.source_code,
        definition=origin.definition,
        is_preliminary=origin.is_preliminary,
        fetched_at=origin.fetched_at,
        options=asdict(options),
        imported_by_user_id=actor.user_id,
        imported_by=f"{actor.user_label}, {actor.function_title}"[:160],
        created_at=actor.at,
    )
    record(actor, "import.received", "import", batch.ref, details=_trace(batch))
    return batch


@transaction.atomic
def change_import(
    actor: Actor, ref: str, kind_code: str, origin: Origin, options: ImportOptions
) -> ImportBatch:
    """Say anew what the file is, as long as it has not been imported."""
    batch = _open_batch(actor, ref)
    _check_source(_kind(kind_code), origin)
    batch.kind = kind_code
    batch.source_code = origin.source_code
    batch.definition = origin.definition
    batch.is_preliminary = origin.is_preliminary
    batch.fetched_at = origin.fetched_at
    batch.options = asdict(options)
    batch.state = ImportBatch.State.UPLOADED
    batch.save()
    return batch


def guess_again(actor: Actor, ref: str, kind_code: str) -> ImportBatch:
    """Say that the file is of another kind; what its columns are is guessed anew for that kind."""
    batch = _open_batch(actor, ref)
    stored = StoredFile(batch.sha256, batch.size_bytes)
    prepared = prepare(actor, stored, batch.file_name, kind_code=kind_code)
    origin = Origin(batch.file_name, prepared.source_code, batch.fetched_at)
    options = ImportOptions(mapping=dict(prepared.mapping), given=dict(prepared.given))
    return change_import(actor, ref, kind_code, origin, options)


def check_import(
    actor: Actor, ref: str, *, progress: ProgressCallback = no_progress
) -> ImportResult:
    """Do everything that the import would do, then take it all back: what would happen?"""
    batch = _open_batch(actor, ref)
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
    batch = _open_batch(actor, ref)
    _refuse_repeat(actor, batch.kind, batch.sha256)
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
            record(actor, "import.done", "import", batch.ref, details=_trace(batch))
    except UnreadableFileError as error:
        problems.error(0, "", error.message, error.remedy)
        return _failed(batch, outcome, problems)
    except FaultyRowsError:
        return _failed(batch, outcome, problems)
    return _result(batch, outcome, problems, is_done=True)


@transaction.atomic
def undo_import(actor: Actor, ref: str, *, reason: str = "") -> int:
    """Take back a whole import; figures that it superseded come back. How many rows went."""
    require(actor, Capability.IMPORTS_WRITE)
    batch = import_batch(actor, ref)
    if batch is None or batch.state != ImportBatch.State.DONE:
        raise UndoRefusedError(_("Only an import that stands can be undone."))
    rows = _kind(batch.kind).undo(actor, batch)
    batch.state = ImportBatch.State.UNDONE
    batch.undone_at = actor.at
    batch.undo_data = {}
    batch.save(update_fields=["state", "undone_at", "undo_data"])
    record(actor, "import.undone", "import", batch.ref, reason=reason, details={"rows": rows})
    return rows


def _run(
    actor: Actor, batch: ImportBatch, problems: ProblemLog, progress: ProgressCallback
) -> Outcome:
    kind, options = _kind(batch.kind), options_of(batch)
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


def _open_batch(actor: Actor, ref: str) -> ImportBatch:
    require(actor, Capability.IMPORTS_WRITE)
    batch = import_batch(actor, ref)
    if batch is None or not batch.is_open:
        raise NothingToConfirmError(ref)
    return batch


def _refuse_repeat(actor: Actor, kind_code: str, sha256: str) -> None:
    earlier = earlier_import(actor, kind_code, sha256)
    if earlier is not None:
        raise AlreadyImportedError(earlier)


def _kind(code: str) -> ImportKind:
    kind = import_kinds().get(code)
    if kind is None:
        raise UnreadableFileError(_("There is no such kind of import."))
    return kind


def _own_municipality(actor: Actor, kind: ImportKind, mapping: Mapping[str, int]) -> dict[str, str]:
    """A function with a single municipality means that one, where the file names none."""
    takes_it = any(each.key == MUNICIPALITY and each.may_be_given for each in kind.fields)
    if not takes_it or MUNICIPALITY in mapping or len(actor.municipality_codes) != 1:
        return {}
    return {MUNICIPALITY: next(iter(actor.municipality_codes))}


def _check_source(kind: ImportKind, origin: Origin) -> None:
    if origin.source_code not in kind.source_codes:
        raise UnreadableFileError(
            _("“%(source)s” is not a source of this kind of data.")
            % {"source": origin.source_code},
            _("The sources are: %(sources)s.") % {"sources": ", ".join(kind.source_codes)},
        )


def _trace(batch: ImportBatch) -> dict[str, object]:
    return {
        "kind": batch.kind,
        "sha256": batch.sha256,
        "source": batch.source_code,
        "rows_read": batch.rows_read,
        "rows_added": batch.rows_added,
        "rows_revised": batch.rows_revised,
    }

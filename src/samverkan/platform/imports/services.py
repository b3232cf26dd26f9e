"""Put a file in, check it, import it, take it back: all of it or nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from .execution import check_import, commit_import
from .fields import MUNICIPALITY, guess_mapping
from .files import inspect_file
from .guards import (
    NothingToConfirmError,
    check_source,
    kind_of,
    open_batch,
    refuse_repeat,
    trace,
)
from .kinds import ImportKind, ImportOptions, UndoRefusedError, guess_kind, import_kinds
from .models import ImportBatch
from .results import Origin, Preparation
from .selectors import import_batch
from .storage import StoredFile

__all__ = [
    "NothingToConfirmError",
    "change_import",
    "check_import",
    "commit_import",
    "guess_again",
    "prepare",
    "register_file",
    "undo_import",
]


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
    check_source(kind_of(kind_code), origin)
    refuse_repeat(actor, kind_code, stored.sha256)
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
    record(actor, "import.received", "import", batch.ref, details=trace(batch))
    return batch


@transaction.atomic
def change_import(
    actor: Actor, ref: str, kind_code: str, origin: Origin, options: ImportOptions
) -> ImportBatch:
    """Say anew what the file is, as long as it has not been imported."""
    batch = open_batch(actor, ref)
    check_source(kind_of(kind_code), origin)
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
    batch = open_batch(actor, ref)
    stored = StoredFile(batch.sha256, batch.size_bytes)
    prepared = prepare(actor, stored, batch.file_name, kind_code=kind_code)
    origin = Origin(batch.file_name, prepared.source_code, batch.fetched_at)
    options = ImportOptions(mapping=dict(prepared.mapping), given=dict(prepared.given))
    return change_import(actor, ref, kind_code, origin, options)


@transaction.atomic
def undo_import(actor: Actor, ref: str, *, reason: str = "") -> int:
    """Take back a whole import; figures that it superseded come back. How many rows went."""
    require(actor, Capability.IMPORTS_WRITE)
    batch = import_batch(actor, ref)
    if batch is None or batch.state != ImportBatch.State.DONE:
        raise UndoRefusedError(_("Only an import that stands can be undone."))
    rows = kind_of(batch.kind).undo(actor, batch)
    batch.state = ImportBatch.State.UNDONE
    batch.undone_at = actor.at
    batch.undo_data = {}
    batch.save(update_fields=["state", "undone_at", "undo_data"])
    record(actor, "import.undone", "import", batch.ref, reason=reason, details={"rows": rows})
    return rows


def _own_municipality(actor: Actor, kind: ImportKind, mapping: Mapping[str, int]) -> dict[str, str]:
    """A function with a single municipality means that one, where the file names none."""
    takes_it = any(each.key == MUNICIPALITY and each.may_be_given for each in kind.fields)
    if not takes_it or MUNICIPALITY in mapping or len(actor.municipality_codes) != 1:
        return {}
    return {MUNICIPALITY: next(iter(actor.municipality_codes))}

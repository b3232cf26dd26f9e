"""What has been put in, and where it came from."""

from __future__ import annotations

from samverkan.platform.access.actor import Actor

from .kinds import ImportOptions
from .models import ImportBatch


def import_batch(actor: Actor, ref: str) -> ImportBatch | None:
    """One import of the actor's party, or None."""
    found: ImportBatch | None = ImportBatch.objects.visible_to(actor).filter(ref=ref).first()
    return found


def latest_imports(actor: Actor, *, limit: int = 50) -> list[ImportBatch]:
    """The party's latest imports, newest first."""
    return list(ImportBatch.objects.visible_to(actor).defer("undo_data", "problems")[:limit])


def earlier_import(actor: Actor, kind_code: str, sha256: str) -> ImportBatch | None:
    """The standing import of the very same file as the same kind by the actor's party."""
    found: ImportBatch | None = (
        ImportBatch.objects.visible_to(actor)
        .filter(
            kind=kind_code,
            sha256=sha256,
            state=ImportBatch.State.DONE,
            party_ref=actor.party_ref,
        )
        .first()
    )
    return found


def options_of(batch: ImportBatch) -> ImportOptions:
    return ImportOptions(**batch.options)

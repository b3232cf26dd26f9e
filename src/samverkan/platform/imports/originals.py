"""Forget the file that an import came from, and keep that it came."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from django.db import transaction

from samverkan.platform.access.actor import Actor
from samverkan.platform.audit.services import record

from .models import ImportBatch
from .storage import stored_path

REASON = "a redaction reaches the files that were put in"


def forget_original(actor: Actor, batch: ImportBatch, *, reason: str) -> int:
    """Remove the kept file of the batch, and of every other import of the same content.

    What stays is the provenance: name, size, SHA-256, who and when; and of what was found wrong
    in it only how many times, because a problem's words may quote a cell. How many imports it was.
    """
    same = list(
        ImportBatch.objects.for_system(REASON).filter(sha256=batch.sha256).exclude(stored_as="")
    )
    paths = {stored_path(each.stored_as) for each in same}
    for each in same:
        each.stored_as, each.problems = "", []
        if each.is_open:
            # What has not been imported cannot be any more.
            each.state = ImportBatch.State.UNDONE
        each.save(update_fields=["stored_as", "problems", "state"])
        record(
            actor,
            "import.original_forgotten",
            "import",
            each.ref,
            owner_party_ref=each.party_ref,
            reason=reason,
            details={"sha256": each.sha256},
        )
    # Only once the change stands: a file cannot be brought back.
    transaction.on_commit(partial(_unlink, paths))
    return len(same)


def _unlink(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)

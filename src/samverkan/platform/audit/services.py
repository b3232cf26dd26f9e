"""Write to the audit trail, in the transaction of the change that it tells of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from django.db import transaction

from samverkan.platform.access.actor import Actor

from .chain import GENESIS, seal
from .models import AuditEntry, AuditHead


class NotInTransactionError(RuntimeError):
    """An audit entry of a write was about to be made outside the write's own transaction."""


def record(
    actor: Actor,
    action: str,
    object_type: str,
    object_ref: str = "",
    *,
    owner_party_ref: str = "",
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry; the caller's transaction carries both the change and its trace.

    `details` holds refs, counts and codes, never personal data. `owner_party_ref` is the party
    that owns the object, when that is not the actor's own.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError(action)
    head = _locked_head()
    content: dict[str, Any] = {
        "sequence": head.sequence + 1,
        "at": actor.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": action,
        "actor_user_id": actor.user_id,
        "actor_label": actor.user_label,
        "actor_party_ref": actor.party_ref,
        "function_ref": actor.function_ref,
        "function_title": actor.function_title,
        "on_behalf_of": actor.on_behalf_of,
        "object_type": object_type,
        "object_ref": object_ref,
        "owner_party_ref": owner_party_ref or actor.party_ref,
        "reason": reason,
        "details": dict(details or {}),
        "previous_hash": head.entry_hash,
    }
    entry_hash = seal(content)
    entry: AuditEntry = AuditEntry.objects.create(
        **{**content, "at": actor.at}, entry_hash=entry_hash
    )
    head.sequence, head.entry_hash = entry.sequence, entry_hash
    head.save(update_fields=["sequence", "entry_hash"])
    return entry


def record_read(
    actor: Actor, object_type: str, object_ref: str, *, owner_party_ref: str = "", reason: str = ""
) -> AuditEntry:
    """Append that a protected thing was read; a read has no transaction of its own."""
    with transaction.atomic():
        return record(
            actor,
            f"{object_type}.read",
            object_type,
            object_ref,
            owner_party_ref=owner_party_ref,
            reason=reason,
        )


def _locked_head() -> AuditHead:
    """The head, locked: PostgreSQL locks the row, SQLite's immediate transaction the file."""
    AuditHead.objects.get_or_create(pk=1, defaults={"sequence": 0, "entry_hash": GENESIS})
    return AuditHead.objects.select_for_update().get(pk=1)

"""The audit trail of this room: what was done with a group or with what belongs to one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samverkan.platform.access.actor import Actor
from samverkan.platform.audit import services as audit

from ..models import Assignment, FormalDecision, Group, Meeting

Subject = Group | Meeting | Assignment | FormalDecision
_KINDS = {
    Group: "group",
    Meeting: "meeting",
    Assignment: "assignment",
    FormalDecision: "formal_decision",
}


def record(
    actor: Actor,
    action: str,
    subject: Subject,
    *,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """One entry, with the party that owns the group: a guest with a seat acts in its name."""
    group = subject if isinstance(subject, Group) else subject.group
    audit.record(
        actor,
        action,
        _KINDS[type(subject)],
        subject.ref,
        owner_party_ref=group.owner.ref,
        reason=reason,
        details=details,
    )

"""Visits: when one ends and the next begins, and what "since last time" means."""

from __future__ import annotations

from datetime import datetime, timedelta

from samverkan.platform.access.actor import Actor

from .models import Visit

# A pause this long ends a visit; within it, reloading the page does not hide what was new.
PAUSE = timedelta(minutes=45)
# The row is written at most this often, so that reading the overview stays cheap.
RESOLUTION = timedelta(minutes=2)


def last_visit(actor: Actor) -> datetime | None:
    """When the person, in this function, was here before the visit that goes on now."""
    visit = _visit(actor)
    if visit is None:
        return None
    if actor.at - visit.last_seen_at > PAUSE:
        return visit.last_seen_at
    return visit.previous_seen_at


def note_visit(actor: Actor) -> None:
    """Remember that the person looked at the overview now."""
    if actor.user_id is None or not actor.has_function:
        return
    visit = _visit(actor)
    if visit is None:
        Visit.objects.bulk_create(
            [Visit(user_id=actor.user_id, function_ref=actor.function_ref, last_seen_at=actor.at)],
            ignore_conflicts=True,
        )
        return
    away = actor.at - visit.last_seen_at
    if away <= RESOLUTION:
        return
    if away > PAUSE:
        visit.previous_seen_at = visit.last_seen_at
    visit.last_seen_at = actor.at
    visit.save(update_fields=["previous_seen_at", "last_seen_at"])


def _visit(actor: Actor) -> Visit | None:
    found: Visit | None = (
        Visit.objects.visible_to(actor).filter(function_ref=actor.function_ref).first()
    )
    return found

"""Make, follow and revoke the address of a function's calendar."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.identity import resolve
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from .models import CalendarFeed

MOST = 10


class TooManyFeedsError(RuntimeError):
    """The holder has as many addresses in use as anybody needs."""


@dataclass(frozen=True)
class NewFeed:
    feed: CalendarFeed
    token: str


class Answer(StrEnum):
    OPEN = "open"
    UNKNOWN = "unknown"
    GONE = "gone"


@dataclass(frozen=True)
class Follower:
    """Who follows an address: an actor when it is open."""

    answer: Answer
    feed: CalendarFeed | None = None
    actor: Actor | None = None


@transaction.atomic
def make_feed(actor: Actor, name: str) -> NewFeed:
    """An address for the acting person's function. It is given once, here, and kept by nobody."""
    require(actor, Capability.OVERVIEW_READ)
    if actor.user_id is None:
        raise PermissionDenied("a calendar's address belongs to a person in a function")
    in_use = CalendarFeed.objects.visible_to(actor).filter(revoked_at__isnull=True)
    if in_use.count() >= MOST:
        raise TooManyFeedsError
    token = secrets.token_urlsafe(32)
    feed: CalendarFeed = CalendarFeed.objects.create(
        name=name.strip(),
        digest=_digest(token),
        user_id=actor.user_id,
        function_ref=actor.function_ref,
        created_at=actor.at,
    )
    record(actor, "calendar.opened", "calendar", feed.ref)
    return NewFeed(feed, token)


@transaction.atomic
def revoke_feed(actor: Actor, feed: CalendarFeed) -> None:
    require(actor, Capability.OVERVIEW_READ)
    if feed.revoked_at is None:
        feed.revoked_at = actor.at
        feed.save(update_fields=["revoked_at"])
        record(actor, "calendar.closed", "calendar", feed.ref)


def follower_of(token: str, at: datetime) -> Follower:
    """Who an address stands for. Revoking it, or the end of the holding, closes it for good."""
    feed: CalendarFeed | None = (
        CalendarFeed.objects.for_system("an address says who follows")
        .filter(digest=_digest(token))
        .select_related("user")
        .first()
    )
    if feed is None:
        return Follower(Answer.UNKNOWN)
    if feed.revoked_at is not None or not feed.user.is_active:
        return Follower(Answer.GONE, feed)
    actor = resolve(feed.user, feed.function_ref, at)
    if actor.function_ref != feed.function_ref:
        return Follower(Answer.GONE, feed)
    return Follower(Answer.OPEN, feed, actor)


def note_read(actor: Actor, feed: CalendarFeed) -> None:
    """Once a day: its owner sees that the address is in use, or that it is not."""
    today = timezone.localdate(actor.at)
    if feed.last_read_on != today:
        CalendarFeed.objects.visible_to(actor).filter(pk=feed.pk).update(last_read_on=today)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

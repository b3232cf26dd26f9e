"""Work that comes back: every room registers its own, and one process does what is due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from samverkan.platform.access.actor import system

from .models import PeriodicRun

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Periodic:
    """`work(now)` is all or nothing or may be repeated: it is called at most once a period."""

    name: str
    every: timedelta
    work: Callable[[datetime], object]


_registered: dict[str, Periodic] = {}


def register(name: str, every: timedelta, work: Callable[[datetime], object]) -> None:
    """Have `work` done once in every period; registering the name again replaces it."""
    _registered[name] = Periodic(name, every, work)


def registered() -> list[Periodic]:
    return list(_registered.values())


def run_due(now: datetime) -> list[str]:
    """Do what is due, and give the names of what was done. What fails waits for its next turn.

    Counted in universal time: an hour is an hour, also in the night when the clocks go back.
    """
    now = now.astimezone(UTC)
    return [each.name for each in registered() if _claim(each, now) and _do(each, now)]


def _claim(each: Periodic, now: datetime) -> bool:
    """Whether it is due and nobody else has taken this turn."""
    with transaction.atomic():
        run, _is_new = PeriodicRun.objects.for_system("periodic work").get_or_create(
            name=each.name, defaults={"next_at": now}
        )
        due = (
            PeriodicRun.objects.visible_to(system("periodic work", now))
            .filter(pk=run.pk, next_at__lte=now)
            .update(next_at=now + each.every)
        )
    return bool(due)


def _do(each: Periodic, now: datetime) -> bool:
    try:
        each.work(now)
    except Exception:
        # One room's error must not stop the others' work.
        log.exception("periodic work %s failed", each.name)
        return False
    return True

"""What a function's calendar says: its meetings and its deadlines, as the feed's entries."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.documents.calendar import CalendarEntry
from samverkan.platform.access.actor import Actor
from samverkan.platform.work.registry import Appointment, WorkItem, appointments, open_work

from .models import EntryState

BEHIND = timedelta(days=90)
AHEAD = timedelta(days=400)
LONGEST_KEY = 120
Absolute = Callable[[str], str]


@dataclass(frozen=True)
class Said:
    """An entry before it has a number: what it says, and the fingerprint of that."""

    key: str
    title: str
    starts: datetime | date
    ends: datetime | None
    url: str
    place: str
    description: str
    category: str

    @property
    def fingerprint(self) -> str:
        parts = [self.title, self.starts, self.ends, self.url, self.place, self.description]
        return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


def entries_of(actor: Actor, absolute: Absolute) -> list[CalendarEntry]:
    """The acting function's meetings and dated work, by the actor's access, numbered.

    What another function owes is left out even if the actor may see it.
    """
    today = timezone.localdate(actor.at)
    functions = {actor.function_ref}
    meetings = appointments(actor, functions, today - BEHIND, today + AHEAD)
    work = [item for item in open_work(actor, functions) if item.due_on is not None]
    said = [_meeting(each, absolute) for each in meetings if each.function_ref in functions]
    said += [_deadline(each, absolute) for each in work if each.function_ref in functions]
    return _numbered(actor, {each.key: each for each in said})


def _meeting(each: Appointment, absolute: Absolute) -> Said:
    return Said(
        key=each.key[:LONGEST_KEY],
        title=each.title,
        starts=timezone.localtime(each.starts_at),
        ends=timezone.localtime(each.ends_at),
        url=absolute(each.url),
        place=each.place,
        description="",
        category=_("Meeting"),
    )


def _deadline(each: WorkItem, absolute: Absolute) -> Said:
    assert each.due_on is not None  # noqa: S101
    return Said(
        key=each.key[:LONGEST_KEY],
        title=f"{each.kind_label}: {each.title}",
        starts=each.due_on,
        ends=None,
        url=absolute(each.url),
        place="",
        description=str(each.note),
        category=_("Deadline"),
    )


def _numbered(actor: Actor, said: dict[str, Said]) -> list[CalendarEntry]:
    """Each entry with its number and when it last changed; what is new or changed is kept."""
    states = {
        state.key: state
        for state in EntryState.objects.visible_to(actor).filter(key__in=list(said))
    }
    new, changed = [], []
    for key, each in said.items():
        state = states.get(key)
        if state is None:
            states[key] = EntryState(
                function_ref=actor.function_ref,
                key=key,
                fingerprint=each.fingerprint,
                changed_at=actor.at,
            )
            new.append(states[key])
        elif state.fingerprint != each.fingerprint:
            state.fingerprint, state.changed_at = each.fingerprint, actor.at
            state.sequence += 1
            changed.append(state)
    if new:
        # Two programs may ask at once: the first one's row stands.
        EntryState.objects.bulk_create(new, ignore_conflicts=True)
    if changed:
        EntryState.objects.visible_to(actor).bulk_update(
            changed, ["fingerprint", "changed_at", "sequence"]
        )
    return [_entry(each, states[key]) for key, each in said.items()]


def _entry(each: Said, state: EntryState) -> CalendarEntry:
    return CalendarEntry(
        uid=f"{each.key}-{state.function_ref}@samverkan",
        title=each.title,
        starts=each.starts,
        ends=each.ends,
        changed_at=state.changed_at,
        sequence=state.sequence,
        url=each.url,
        place=each.place,
        description=each.description,
        category=each.category,
    )

"""What every change of this room needs: the object for writing, and its step in the history."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require

from ..group_templates import template_of
from ..lives import BY_KEY
from ..models import Group, Meeting, Seat, StateStep
from ..rules import Hindrance, guarded


class HinderedError(ValueError):
    """Something cannot be done; `hindrance` says why, `subject` about what."""

    def __init__(self, hindrance: Hindrance, subject: str = "") -> None:
        super().__init__(str(hindrance))
        self.hindrance = hindrance
        self.subject = subject


class FieldError(ValueError):
    """What was typed cannot be kept; messages by field name, for the form to show."""

    def __init__(self, messages: dict[str, Any]) -> None:
        super().__init__(", ".join(messages))
        self.messages = messages


def own_group(actor: Actor, ref: str) -> Group:
    """A group that the actor may change: of the own party, with the right to write groups."""
    require(actor, Capability.GROUPS_WRITE)
    group: Group = Group.objects.visible_to(actor).select_for_update(of=("self",)).get(ref=ref)
    if not actor.is_system and group.owner_id != actor.party_id:
        raise PermissionDenied
    return group


def has_seat(actor: Actor, group: Group) -> bool:
    day = timezone.localdate(actor.at)
    found: bool = (
        Seat.objects.visible_to(actor)
        .filled_on(day)
        .filter(group=group, function_id=actor.function_id)
        .exists()
    )
    return found


def may_run(actor: Actor, group: Group) -> bool:
    """The group's own party runs its meetings; so does a function with a seat and the right."""
    if actor.is_system:
        return True
    if not actor.may(Capability.MEETINGS_RUN):
        return False
    return group.owner_id == actor.party_id or has_seat(actor, group)


def run_meeting(actor: Actor, ref: str) -> Meeting:
    """A meeting that the actor may run, locked against a second writer."""
    require(actor, Capability.MEETINGS_RUN)
    meeting: Meeting = (
        Meeting.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("group__municipality", "group__owner")
        .get(ref=ref)
    )
    if not may_run(actor, meeting.group):
        raise PermissionDenied
    return meeting


def step(
    actor: Actor, machine: str, group: Group, ref: str, state: str, event: str, note: str = ""
) -> str:
    """Take one step of a machine and keep it; answers with the new state."""
    target = BY_KEY[machine].transition(state, event).target
    last = (
        StateStep.objects.for_system("number the next step")
        .filter(subject_kind=machine, subject_ref=ref)
        .aggregate(last=Max("number"))["last"]
    )
    StateStep.objects.create(
        group=group,
        subject_kind=machine,
        subject_ref=ref,
        number=(last or 0) + 1,
        event=event,
        from_state=state,
        to_state=target,
        at=actor.at,
        by=actor.user_label,
        function_title=actor.function_title,
        note=note,
    )
    return target


def guard_text(field: str, text: str, *, is_guarded: bool, is_confirmed: bool) -> None:
    """Refuse what points out a person: hard finds always, soft ones until confirmed."""
    if not is_guarded:
        return
    found = guarded(text)
    if found.hard:
        words = _("This points out a person and cannot be kept here: %(found)s. Take it out.")
        raise FieldError({field: words % {"found": ", ".join(found.hard)}})
    if found.soft and not is_confirmed:
        words = _(
            "Does this point out a person: %(found)s? Write it another way, or confirm below "
            "that nobody can be recognised."
        )
        raise FieldError({field: words % {"found": ", ".join(found.soft)}})


def guard_texts(group: Group, texts: dict[str, str], *, is_confirmed: bool) -> None:
    """The same for every field at once, in a group whose template keeps persons out."""
    template = template_of(group.kind)
    refused: dict[str, Any] = {}
    for field, text in texts.items():
        try:
            guard_text(
                field,
                text,
                is_guarded=bool(template and template.guards_texts),
                is_confirmed=is_confirmed,
            )
        except FieldError as error:
            refused |= error.messages
    if refused:
        raise FieldError(refused)

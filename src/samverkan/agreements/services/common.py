"""What every change of an agreement begins with: the row, locked; its life, brought up to date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone

from samverkan.platform.access.actor import Actor
from samverkan.platform.audit.services import record

from ..lives import AGREEMENT
from ..models import Agreement, AgreementEvent, AgreementParty
from ..rules import clock_steps
from ..terms import term_of

Holds = Callable[[str], bool]


def own_party(actor: Actor) -> int:
    """The party that the actor speaks for; refused for whoever speaks for none."""
    if actor.party_id is None:
        raise PermissionDenied
    return actor.party_id


def always(_guard: str) -> bool:
    return True


def locked(actor: Actor, ref: str) -> Agreement:
    """The agreement, locked against a second writer, with what the clock has done written down.

    Only a present party changes anything.
    """
    found = Agreement.objects.visible_to(actor).filter(ref=ref).values_list("pk", flat=True)
    everything = Agreement.objects.for_system("lock the agreement that the actor may see")
    agreement: Agreement = everything.select_for_update(of=("self",)).get(pk__in=list(found))
    if not actor.is_system and actor.party_id not in present_parties(actor, agreement):
        raise PermissionDenied
    catch_up(actor, agreement)
    return agreement


def present_parties(actor: Actor, agreement: Agreement) -> set[int]:
    day = timezone.localdate(actor.at)
    rows = AgreementParty.objects.for_system("who is bound").filter(agreement=agreement)
    return {
        pk
        for pk, left_on in rows.values_list("organisation_id", "left_on")
        if left_on is None or left_on > day
    }


def catch_up(actor: Actor, agreement: Agreement) -> None:
    """Write down the steps that time has brought, each on the day that it took effect."""
    day = timezone.localdate(actor.at)
    for due in clock_steps(term_of(agreement), day):
        take_step(actor, agreement, due.event, always, on=due.on, is_clock=True)


def take_step(
    actor: Actor,
    agreement: Agreement,
    event: str,
    holds: Holds,
    *,
    on: Any = None,
    is_clock: bool = False,
    reason: str = "",
    **details: Any,
) -> None:
    """One step of the machine, kept in the agreement's history and in the audit trail."""
    before = agreement.state
    agreement.state = AGREEMENT.step(before, event, holds)
    agreement.save(update_fields=["state"])
    rows = AgreementEvent.objects.for_system("number the history").filter(agreement=agreement)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    AgreementEvent.objects.create(
        agreement=agreement,
        number=last + 1,
        event=event,
        from_state=before,
        to_state=agreement.state,
        on=on or timezone.localdate(actor.at),
        at=actor.at,
        by="" if is_clock else actor.user_label,
        function_title="" if is_clock else actor.function_title,
        reason=reason,
        details=details,
    )
    record(
        actor,
        "agreement.moved",
        "agreement",
        agreement.ref,
        reason=reason,
        details={"event": event, "from": before, "to": agreement.state, **details},
    )

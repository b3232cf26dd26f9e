"""Write commitments into a draft, and say how they go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.documents.plain_text import clean
from samverkan.organisations.parties import functions_by_ref
from samverkan.organisations.selectors import municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from .. import evidence
from ..lives import COMMITMENT
from ..models import Agreement, Commitment, CommitmentEvent
from ..rules import commitment_state_on
from ..template import FRAME
from .common import locked, present_parties
from .writing import NotADraftError, require_part


@dataclass(frozen=True)
class Promise:
    """A commitment as it is written; `part` is "frame" or a municipality's code."""

    part: str
    title: str
    goal: str
    indicator: str
    responsible_ref: str
    due_on: date
    evidence_kinds: Collection[str] = ()


@dataclass(frozen=True)
class Turn:
    """What is said about a commitment: an event of its life with what it asks for."""

    event: str
    reason: str = ""
    outcome: str = ""
    due_on: date | None = None


@transaction.atomic
def add_commitment(actor: Actor, ref: str, promise: Promise) -> Commitment:
    """Part of a draft's text: it is signed with the rest."""
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    if agreement.state != "draft":
        raise NotADraftError
    require_part(actor, promise.part)
    responsible = _responsible(actor, agreement, promise.responsible_ref)
    place = None if promise.part == FRAME else municipality(actor, promise.part)
    made: Commitment = Commitment.objects.create(
        agreement=agreement,
        municipality=place,
        title=clean(promise.title).strip(),
        goal=clean(promise.goal).strip(),
        indicator=clean(promise.indicator).strip(),
        responsible_id=responsible,
        begins_on=agreement.valid_from,
        due_on=promise.due_on,
        evidence_kinds=[
            each.key for each in evidence.kinds() if each.key in promise.evidence_kinds
        ],
    )
    record(actor, "commitment.added", "commitment", made.ref, details={"agreement": agreement.ref})
    return made


@transaction.atomic
def remove_commitment(actor: Actor, ref: str, commitment_ref: str) -> None:
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    if agreement.state != "draft":
        raise NotADraftError
    found: Commitment = (
        Commitment.objects.visible_to(actor)
        .select_related("municipality")
        .get(ref=commitment_ref, agreement=agreement)
    )
    require_part(actor, found.municipality.code if found.municipality else FRAME)
    found.delete()
    record(actor, "commitment.removed", "commitment", commitment_ref)


@transaction.atomic
def turn_commitment(actor: Actor, commitment_ref: str, turn: Turn) -> Commitment:
    """One step of its life, by its party: fulfilled with an outcome, given up with a reason."""
    if not (actor.is_system or actor.may(Capability.AGREEMENTS_READ)):
        raise PermissionDenied
    rows = Commitment.objects.visible_to(actor).filter(ref=commitment_ref)
    locked_rows = Commitment.objects.for_system("lock what the actor may see")
    found: Commitment = (
        locked_rows.select_for_update(of=("self",))
        .select_related("agreement", "responsible__organisation")
        .get(pk__in=list(rows.values_list("pk", flat=True)))
    )
    if not may_turn(actor, found):
        raise PermissionDenied
    if found.agreement.state in {"draft", "for_signature", "discarded"}:
        raise NotADraftError
    _catch_up(actor, found)
    _step(actor, found, turn)
    return found


def may_turn(actor: Actor, commitment: Commitment) -> bool:
    """The responsible function itself, and whoever writes agreements for its party."""
    if actor.is_system or actor.function_ref == commitment.responsible.ref:
        return True
    organisation = commitment.responsible.organisation
    party_id = organisation.parent_id or organisation.pk
    return actor.may(Capability.AGREEMENTS_WRITE) and actor.party_id == party_id


def _step(actor: Actor, found: Commitment, turn: Turn) -> None:
    today = timezone.localdate(actor.at)
    reason, outcome = clean(turn.reason).strip(), clean(turn.outcome).strip()
    held = {
        "has_reason": bool(reason),
        "has_outcome": bool(outcome),
        "has_reason_and_date": bool(reason and turn.due_on and turn.due_on > today),
        "date_has_passed": False,
    }
    before = found.state
    dates: dict[str, Any] = {}
    found.state = COMMITMENT.step(before, turn.event, lambda guard: held[guard])
    if turn.event in {"move_date", "take_up"} and turn.due_on is not None:
        dates = {"due_on": turn.due_on.isoformat(), "was_due_on": found.due_on.isoformat()}
        found.due_on = turn.due_on
    if turn.event == "fulfil":
        found.outcome = outcome
    found.save(update_fields=["state", "due_on", "outcome"])
    # The outcome is kept here as well: a commitment that is taken up again gets another.
    words = "\n".join(each for each in (outcome, reason) if each)
    reason = words if turn.event == "fulfil" else reason
    _keep(actor, found, turn.event, before, today, reason=reason, **dates)


def _catch_up(actor: Actor, found: Commitment) -> None:
    """The clock's own step: late since the day after its date."""
    today = timezone.localdate(actor.at)
    if commitment_state_on(found.state, found.due_on, today) != found.state:
        before = found.state
        found.state = COMMITMENT.step(before, "fall_late", lambda _guard: True)
        found.save(update_fields=["state"])
        _keep(actor, found, "fall_late", before, found.due_on, is_clock=True)


def _keep(
    actor: Actor,
    found: Commitment,
    event: str,
    before: str,
    on: date,
    *,
    reason: str = "",
    is_clock: bool = False,
    **details: Any,
) -> None:
    rows = CommitmentEvent.objects.for_system("number the history").filter(commitment=found)
    CommitmentEvent.objects.create(
        commitment=found,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        event=event,
        from_state=before,
        to_state=found.state,
        on=on,
        at=actor.at,
        by="" if is_clock else actor.user_label,
        function_title="" if is_clock else actor.function_title,
        reason=reason,
        details=details,
    )
    record(
        actor,
        "commitment.moved",
        "commitment",
        found.ref,
        details={"event": event, "from": before, "to": found.state},
    )


def _responsible(actor: Actor, agreement: Agreement, ref: str) -> int:
    found = next(iter(functions_by_ref(actor, {ref})), None)
    if found is None or found.party_id not in present_parties(actor, agreement):
        raise ValidationError({"responsible": _("Choose a function of one of the parties.")})
    return found.pk

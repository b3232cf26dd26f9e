"""The plan's way to a decision and away from it: proposed, decided, ended, discarded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.documents.plain_text import clean
from samverkan.governance.selectors.groups import groups_of_kind
from samverkan.governance.services.decisions import FormalDraft, record_formal_decision
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability

from ..content import content_of, missing_in
from ..guard import refuse_persons
from ..lives import IN_FORCE_STATES, PLAN
from ..models import Plan
from .common import one_line, own_plan, take_step


@dataclass(frozen=True)
class PlanDecision:
    """Which body decided, when, under which paragraph and reference number."""

    body: str
    decided_on: date
    paragraph: str
    reference_number: str


@transaction.atomic
def propose(actor: Actor, ref: str) -> Plan:
    """Ready for decision: from now on whoever reads plans may read it, and it stands as it is."""
    plan = own_plan(actor, ref)
    is_complete = not missing_in(content_of(actor, plan))
    take_step(actor, plan, "propose", {"is_complete": is_complete}, with_content=True)
    return plan


@transaction.atomic
def take_back(actor: Actor, ref: str, reason: str, *, is_confirmed: bool = False) -> Plan:
    """Open for changes again; what was proposed is kept in the history."""
    return _turn(actor, ref, "take_back", reason, is_confirmed=is_confirmed)


@transaction.atomic
def end(actor: Actor, ref: str, reason: str, *, is_confirmed: bool = False) -> Plan:
    """The plan no longer holds, without a new one in its place."""
    return _turn(actor, ref, "end", reason, is_confirmed=is_confirmed)


@transaction.atomic
def discard(actor: Actor, ref: str) -> Plan:
    plan = own_plan(actor, ref)
    take_step(actor, plan, "discard", {})
    return plan


@transaction.atomic
def decide(actor: Actor, ref: str, decision: PlanDecision) -> Plan:
    """Keep the body's decision with the plan; a plan that it revises ends with it."""
    plan = own_plan(actor, ref)
    PLAN.transition(plan.state, "decide")
    body, paragraph = one_line(decision.body), one_line(decision.paragraph)
    number = one_line(decision.reference_number)
    _check(actor, plan, decision.decided_on, body, paragraph, number)
    plan.decided_on, plan.decision_body = decision.decided_on, body[:120]
    plan.decision_paragraph, plan.reference_number = paragraph[:20], number[:60]
    plan.save()
    take_step(actor, plan, "decide", {"has_decision": True}, with_content=True)
    _end_the_one_before(actor, plan)
    _tell_the_council(actor, plan, decision.decided_on)
    return plan


def _check(
    actor: Actor, plan: Plan, decided_on: date, body: str, paragraph: str, number: str
) -> None:
    faults = {}
    if not body:
        faults["body"] = _("Write which body decided.")
    if not paragraph:
        faults["paragraph"] = _("Write the paragraph of the minutes.")
    if not number:
        faults["reference_number"] = _("Write the reference number, as in KS 2026/145.")
    if decided_on > timezone.localdate(actor.at):
        faults["decided_on"] = _("The day cannot lie ahead in time.")
    elif plan.picture_decided_on and decided_on < plan.picture_decided_on:
        faults["decided_on"] = _(
            "The plan builds on a picture that was decided on %(day)s: it cannot be decided before."
        ) % {"day": plan.picture_decided_on.isoformat()}
    if faults:
        raise ValidationError(faults)
    refuse_persons({"body": body}, is_confirmed=True)


def _end_the_one_before(actor: Actor, plan: Plan) -> None:
    if plan.revises_id is None:
        return
    before: Plan = (
        Plan.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=plan.revises_id)
    )
    if before.state in IN_FORCE_STATES:
        words = _("Replaced by plan %(number)d.") % {"number": plan.number}
        take_step(actor, before, "revise", {"successor_is_decided": True}, reason=words)


def _tell_the_council(actor: Actor, plan: Plan, decided_on: date) -> None:
    """The municipality's council points to the formal decision, where there is such a council."""
    if not actor.may(Capability.GROUPS_WRITE):
        return
    for group in groups_of_kind(actor, plan.municipality.code, "council"):
        if group.owner_id == plan.owner_id:
            record_formal_decision(
                actor,
                group.ref,
                FormalDraft(
                    title=_("Action plan %(number)d: %(title)s")
                    % {"number": plan.number, "title": plan.title},
                    body=plan.decision_body,
                    decided_on=decided_on,
                    paragraph=plan.decision_paragraph,
                    reference_number=plan.reference_number,
                ),
            )


def _turn(actor: Actor, ref: str, event: str, reason: str, *, is_confirmed: bool) -> Plan:
    plan = own_plan(actor, ref)
    said = clean(reason).strip()
    refuse_persons({"reason": said}, is_confirmed=is_confirmed)
    take_step(actor, plan, event, {"has_reason": bool(said)}, reason=said)
    return plan

"""What every change of a plan begins with: the row, locked and the own party's; and its step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from samverkan.documents.plain_text import clean
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from ..content import content_of, to_json
from ..lives import PLAN
from ..models import Plan, PlanStep


class NotADraftError(ValidationError):
    """Only a draft is written in; what is proposed or decided stands."""

    def __init__(self) -> None:
        super().__init__(_("The plan is no longer a draft. Open it for changes first."))


@dataclass(frozen=True)
class Clash:
    """Somebody else has saved the same thing meanwhile: their texts by field, and the edition."""

    theirs: Mapping[str, str]
    edition: int


def own_plan(actor: Actor, ref: str) -> Plan:
    """The plan, locked against a second writer; only its owner writes in it."""
    require(actor, Capability.PLANS_WRITE)
    plans = Plan.objects.visible_to(actor).select_for_update(of=("self",))
    plan: Plan = plans.select_related("municipality", "owner").get(ref=ref)
    if not actor.is_system and plan.owner_id != actor.party_id:
        raise PermissionDenied
    return plan


def own_draft(actor: Actor, ref: str) -> Plan:
    plan = own_plan(actor, ref)
    if plan.state != "draft":
        raise NotADraftError
    return plan


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def take_step(
    actor: Actor,
    plan: Plan,
    event: str,
    held: Mapping[str, bool],
    *,
    reason: str = "",
    with_content: bool = False,
) -> None:
    """One step of the machine, kept in the plan's history and in the audit trail."""
    before = plan.state
    plan.state = PLAN.step(before, event, lambda guard: held.get(guard, False))
    plan.save(update_fields=["state"])
    rows = PlanStep.objects.for_system("number the history").filter(plan=plan)
    PlanStep.objects.create(
        plan=plan,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        event=event,
        from_state=before,
        to_state=plan.state,
        at=actor.at,
        by=actor.user_label,
        function_title=actor.function_title,
        reason=reason,
        content=to_json(content_of(actor, plan)) if with_content else None,
    )
    record(
        actor,
        "plan.moved",
        "plan",
        plan.ref,
        reason=reason,
        details={"event": event, "from": before, "to": plan.state},
    )

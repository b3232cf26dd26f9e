"""Decided and followed-up plans, as what shows that the law's duties are done (5 and 6 §§)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from samverkan.governance.duties.evidence import Evidence, EvidenceSource, by_clause
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Information

from .models import Plan, PlanFollowUp


def decided_plans(actor: Actor, code: str) -> Iterator[Evidence]:
    found = Plan.objects.visible_to(actor).filter(municipality__code=code, decided_on__isnull=False)
    for each in found.order_by("-decided_on")[:5]:
        title = _("Action plan %(number)d, %(body)s § %(paragraph)s, %(reference)s") % {
            "number": each.number,
            "body": each.decision_body,
            "paragraph": each.decision_paragraph,
            "reference": each.reference_number,
        }
        yield Evidence("decided_plan", title, each.decided_on, _url(each))


def followed_up_plans(actor: Actor, code: str) -> Iterator[Evidence]:
    found = (
        PlanFollowUp.objects.visible_to(actor)
        .filter(plan__municipality__code=code)
        .select_related("plan")
        .order_by("-followed_up_on")[:5]
    )
    for each in found:
        title = _("Follow-up of action plan %(number)d, %(body)s") % {
            "number": each.plan.number,
            "body": each.body,
        }
        yield Evidence("followed_up_plan", title, each.followed_up_on, _url(each.plan))


def _url(plan: Plan) -> str:
    return reverse("plans:plan", args=[plan.ref])


_SEES = by_clause(Information.PLANS, Capability.PLANS_READ)
SOURCES = (
    EvidenceSource(("decided_plan",), decided_plans, _SEES),
    EvidenceSource(("followed_up_plan",), followed_up_plans, _SEES),
)

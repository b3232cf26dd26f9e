"""What plans leave on a function's table: a decision to register, follow-ups, an end in sight.

The law's own clocks stand on the table by way of the ledger; these are the plan's own dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.organisations.parties import FunctionFacts, functions_by_ref
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.work.registry import WorkItem

from .content import content_of
from .models import Plan
from .services.revising import open_revision

AHEAD = timedelta(days=60)
ENDS_WITHIN = timedelta(days=180)


def plan_work(actor: Actor, function_refs: frozenset[str]) -> Iterator[WorkItem]:
    """Of the functions that write plans, for the plans of their party."""
    writers = [
        each
        for each in functions_by_ref(actor, function_refs)
        if Capability.PLANS_WRITE in each.capabilities
    ]
    if not writers:
        return
    found = Plan.objects.visible_to(actor).filter(owner_id__in={each.party_id for each in writers})
    for plan in found.select_related("municipality", "owner", "revises"):
        for function in writers:
            if function.party_id == plan.owner_id:
                yield from _of_plan(actor, plan, function)


def _of_plan(actor: Actor, plan: Plan, function: FunctionFacts) -> Iterator[WorkItem]:
    if plan.state == "proposed":
        yield WorkItem(
            key=f"plan-decide-{plan.ref}-{function.ref}",
            kind_label=_("Decision to register"),
            title=plan.title,
            url=reverse("plans:decide", args=[plan.ref]),
            function_ref=function.ref,
            municipality_code=plan.municipality.code,
        )
    if plan.state in ("decided", "followed_up"):
        yield from _follow_up(actor, plan, function)
        yield from _end(actor, plan, function)


def _follow_up(actor: Actor, plan: Plan, function: FunctionFacts) -> Iterator[WorkItem]:
    """One row for the plan, with the earliest date, and how many measures it is about."""
    until = timezone.localdate(actor.at) + AHEAD
    days = [
        each.follow_up_on
        for each in content_of(actor, plan).open_measures
        if each.follow_up_on and each.follow_up_on <= until
    ]
    if days:
        note = ngettext(
            "%(number)d measure to follow up", "%(number)d measures to follow up", len(days)
        )
        yield WorkItem(
            key=f"plan-follow-up-{plan.ref}-{function.ref}",
            kind_label=_("Action plan to follow up"),
            title=plan.title,
            url=reverse("plans:follow_up", args=[plan.ref]),
            function_ref=function.ref,
            due_on=min(days),
            municipality_code=plan.municipality.code,
            note=note % {"number": len(days)},
        )


def _end(actor: Actor, plan: Plan, function: FunctionFacts) -> Iterator[WorkItem]:
    is_near = plan.valid_to <= timezone.localdate(actor.at) + ENDS_WITHIN
    if is_near and open_revision(actor, plan) is None:
        yield WorkItem(
            key=f"plan-ends-{plan.ref}-{function.ref}",
            kind_label=_("Action plan that ends"),
            title=plan.title,
            url=reverse("plans:revise", args=[plan.ref]),
            function_ref=function.ref,
            due_on=plan.valid_to,
            municipality_code=plan.municipality.code,
        )

"""What this room puts on a function's table: the report of the week that has ended."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverkan.organisations.function_kinds import function_kinds
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.work.registry import WorkItem

from .selectors.reporting import unreported_functions
from .weeks import week_of, weeks_later


def report_of_the_week(actor: Actor, function_refs: frozenset[str]) -> Iterable[WorkItem]:
    """One item for each function whose unit has not been heard about the week that has ended."""
    today = timezone.localdate(actor.at)
    week = weeks_later(week_of(today), -1)
    for found in unreported_functions(actor, function_refs, week):
        kind = function_kinds().get(found.kind)
        if kind is None or Capability.INCIDENTS_REPORT not in kind.capabilities:
            continue
        yield WorkItem(
            key=f"report-{found.function_ref}-{week}",
            kind_label=gettext_lazy("Report of the week"),
            title=_("Report week %(week)d, or say that there was nothing") % {"week": week % 100},
            url=reverse("situation:report"),
            function_ref=found.function_ref,
            due_on=found.due_on,
            municipality_code=found.municipality_code,
        )

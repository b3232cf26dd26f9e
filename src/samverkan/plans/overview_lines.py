"""What this room says on the overview: plans that wait for the acting function."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.overview import OverviewRow, OverviewSection, Question
from samverkan.platform.design.tones import Tone
from samverkan.platform.work.registry import WorkItem

from .work_items import plan_work


def plans_to_act_on(actor: Actor) -> OverviewSection | None:
    """A decision to register, a follow-up to make, an end to revise in time for."""
    if not actor.may(Capability.PLANS_WRITE):
        return None
    found = list(plan_work(actor, frozenset({actor.function_ref})))
    if not found:
        return None
    title = ngettext(
        "%(count)d action plan to act on", "%(count)d action plans to act on", len(found)
    )
    return OverviewSection(
        title=title % {"count": len(found)},
        rows=tuple(_row(actor, each) for each in found),
        question=Question.OWED,
        order=42,
    )


PROVIDERS = (plans_to_act_on,)


def _row(actor: Actor, item: WorkItem) -> OverviewRow:
    text = _("%(what)s: %(title)s") % {"what": item.kind_label, "title": item.title}
    if item.is_late(timezone.localdate(actor.at)):
        return OverviewRow(text, item.url, _("late"), Tone.STOP)
    day = item.due_on.isoformat() if item.due_on else ""
    return OverviewRow(text, item.url, day, Tone.WARN)

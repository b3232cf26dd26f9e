"""What plans bring to the strategic council: one to take a position on, one to follow up."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.governance.agenda_sources import AgendaPart, AgendaPoint, MeetingFrame
from samverkan.platform.access.actor import Actor

from .content import content_of
from .models import Plan

COUNCIL = "council"


def plan_points(actor: Actor, frame: MeetingFrame) -> Iterator[AgendaPoint]:
    """The council recommends; the municipality's own body decides."""
    if frame.group_kind != COUNCIL:
        return
    found = Plan.objects.visible_to(actor).filter(municipality__code=frame.municipality_code)
    found = found.select_related("municipality", "owner", "revises")
    for plan in found.filter(state="proposed"):
        yield _point(plan, "plan-proposed", _proposed_words(actor, plan))
    for plan in found.in_force():
        if words := _due_words(actor, plan, frame):
            yield _point(plan, "plan-follow-up", words)


def _point(plan: Plan, key: str, sentence: str) -> AgendaPoint:
    return AgendaPoint(
        key=f"{key}-{plan.ref}",
        part=AgendaPart.PLANS,
        title=_("Action plan %(number)d: %(title)s") % {"number": plan.number, "title": plan.title},
        sentence=sentence,
        url=reverse("plans:plan", args=[plan.ref]),
        subject_kind="plan",
        subject_ref=plan.ref,
    )


def _proposed_words(actor: Actor, plan: Plan) -> str:
    number = len(content_of(actor, plan).measures)
    words = ngettext(
        "Proposed for decision, with %(number)d measure. What does the council recommend?",
        "Proposed for decision, with %(number)d measures. What does the council recommend?",
        number,
    )
    return words % {"number": number}


def _due_words(actor: Actor, plan: Plan, frame: MeetingFrame) -> str:
    day = timezone.localdate(frame.starts_at)
    content = content_of(actor, plan)
    due = [each for each in content.open_measures if each.follow_up_on and each.follow_up_on <= day]
    if not due:
        return ""
    words = ngettext(
        "%(number)d measure is due to be followed up.",
        "%(number)d measures are due to be followed up.",
        len(due),
    )
    return words % {"number": len(due)}


SOURCES = (plan_points,)

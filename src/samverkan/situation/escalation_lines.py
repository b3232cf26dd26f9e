"""What the overview says of things that have been moved up, and of problems to look at."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.overview import OverviewRow, OverviewSection, Question
from samverkan.platform.design.tones import Tone

from .models import Measure, Problem
from .selectors.escalations import standing_escalations

ROWS = 5
AHEAD = timedelta(days=14)


def moved_up(actor: Actor) -> OverviewSection | None:
    """What stands with the coordinator or above."""
    if not actor.may(Capability.PROBLEMS_READ):
        return None
    levels = ("coordinator", "council", "board")
    found = standing_escalations(actor, actor.municipality_codes, levels)
    if not found:
        return None
    return OverviewSection(
        title=ngettext(
            "%(number)d thing has been moved up",
            "%(number)d things have been moved up",
            len(found),
        )
        % {"number": len(found)},
        rows=tuple(
            OverviewRow(text=each.title, url=each.url, tag=each.level_label, tone=Tone.WARN)
            for each in found[:ROWS]
        ),
        link_text=_("All that has been moved"),
        link_url=reverse("situation:escalations"),
        question=Question.OWED,
        order=35,
    )


def follow_ups(actor: Actor) -> OverviewSection | None:
    """Measures that are done and wait for somebody to say whether they worked."""
    if not actor.may(Capability.PROBLEMS_READ):
        return None
    until = timezone.localdate(actor.at) + AHEAD
    found = list(
        Measure.objects.visible_to(actor)
        .filter(
            problem__municipality__code__in=actor.municipality_codes,
            state=Measure.State.DONE,
            follow_up_on__lte=until,
        )
        .order_by("follow_up_on", "pk")
    )
    if not found:
        return None
    return OverviewSection(
        title=ngettext(
            "%(number)d measure waits for its follow-up",
            "%(number)d measures wait for their follow-up",
            len(found),
        )
        % {"number": len(found)},
        rows=tuple(
            OverviewRow(
                text=each.title,
                url=reverse("situation:measure", args=[each.ref]),
                tag=each.follow_up_on.isoformat() if each.follow_up_on else "",
            )
            for each in found[:ROWS]
        ),
        question=Question.DUE,
        order=35,
    )


def without_answer(actor: Actor) -> OverviewSection | None:
    """Problems for which nobody has asked whether it could be done with the neighbours."""
    if not actor.may(Capability.PROBLEMS_WRITE):
        return None
    found = list(
        Problem.objects.visible_to(actor)
        .filter(owner_id=actor.party_id, neighbours_answer="", state=Problem.State.OPEN)
        .order_by("opened_on", "pk")
    )
    if not found:
        return None
    return OverviewSection(
        title=_("Could it be done with the neighbours?"),
        rows=tuple(
            OverviewRow(
                text=each.title, url=reverse("situation:problem_neighbours", args=[each.ref])
            )
            for each in found[:ROWS]
        ),
        question=Question.OWED,
        order=60,
    )


PROVIDERS = (moved_up, follow_ups, without_answer)

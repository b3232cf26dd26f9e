"""The first page: the overview of whoever is signed in, plain words for whoever is not."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samverkan.platform.access.http import ActorRequest, public

from .overview import OverviewSection, Question, action_for, sections_for
from .visits import last_visit, note_visit


@public
def overview(request: ActorRequest) -> HttpResponse:
    """What do I owe, what is due, what changed since last time."""
    actor = request.actor
    if actor.is_anonymous:
        demo_door = reverse("demo_door") if settings.DEMO else ""
        return render(request, "design/pages/start.html", {"demo_door": demo_door})
    if not actor.has_function:
        return redirect("choose_function")
    since = last_visit(actor)
    sections = sections_for(actor)
    context = {
        "owed": _answering(sections, Question.OWED),
        "due": _answering(sections, Question.DUE),
        "changed": _answering(sections, Question.CHANGED),
        "clock": _answering(sections, Question.CLOCK),
        "since": since,
        "action": action_for(actor),
    }
    response = render(request, "design/pages/overview.html", context)
    note_visit(actor)
    return response


def _answering(sections: list[OverviewSection], question: Question) -> list[OverviewSection]:
    return [section for section in sections if section.question is question]

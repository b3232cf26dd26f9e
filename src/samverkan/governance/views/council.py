"""The council: its overview, its new members, and formal decisions of other bodies."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samverkan.organisations.selectors import municipalities_of
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from .. import selectors
from ..forms.meetings import FormalDecisionForm
from ..group_templates import template_of
from ..overview_counts import SMALLEST, CountTopic, counts_for
from ..overview_topics import TOPICS
from ..services import decisions as services
from .common import group_or_404, own_group_or_404

MANDATE_PERIOD = timedelta(days=4 * 366)


@require_GET
@requires(Capability.GROUPS_READ)
def overview(request: ActorRequest) -> HttpResponse:
    """Everything in counts, for one municipality at a time; no person and no single case."""
    places = municipalities_of(request.actor)
    asked = request.GET.get("kommun", "")
    place = next((each for each in places if each.code == asked), places[0] if places else None)
    found = counts_for(request.actor, place.code) if place else {}
    late = sum(each.count for each in found.get(CountTopic.OVERDUE, []))
    context = {
        "place": place,
        "places": places,
        "topics": [(TOPICS[topic], counts) for topic, counts in found.items()],
        "late": late,
        "has_suppressed": any(each.is_suppressed for counts in found.values() for each in counts),
        "smallest": SMALLEST,
    }
    return render(request, "governance/overview.html", context)


@require_GET
@requires(Capability.GROUPS_READ)
def onboarding(request: ActorRequest, ref: str) -> HttpResponse:
    """For a new member: what was decided before you, and why."""
    actor = request.actor
    group = group_or_404(request, ref)
    template, language = template_of(group.kind), get_language() or "sv"
    since = timezone.localdate(actor.at) - MANDATE_PERIOD
    decided = selectors.decisions_since(actor, ref, since)
    context = {
        "group": group,
        "cadence": selectors.words_of_cadence(group),
        "grounds": [
            {"law": each.law, "words": each.words.to(language), "source": each.source}
            for each in (template.legal_frame if template else ())
        ],
        "chair_rule": template.chair_rule.to(language) if template else "",
        "seats": selectors.seats(actor, group),
        "mine": next(
            (
                seat
                for seat in selectors.seats(actor, group)
                if seat.function_id == actor.function_id
            ),
            None,
        ),
        "open": [view for view in decided if not view.standing.is_done],
        "done": [view for view in decided if view.standing.is_done],
        "formal": selectors.formal_decisions(actor, group),
        "ahead": selectors.meetings_ahead(actor, group)[:3],
    }
    return render(request, "governance/onboarding.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.GROUPS_WRITE)
def formal_decision(request: ActorRequest, ref: str) -> HttpResponseBase:
    group = own_group_or_404(request, ref)
    today = timezone.localdate(request.actor.at)
    views = selectors.decisions_since(request.actor, ref, today - MANDATE_PERIOD)
    form = FormalDecisionForm(
        request.POST if request.method == "POST" else None,
        today=today,
        decisions=[(each.ref, f"{each.decided_at:%Y-%m-%d} {each.text[:80]}") for each in views],
    )
    if request.method == "POST" and form.is_valid():
        services.record_formal_decision(request.actor, ref, form.draft())
        messages.success(request, _("The decision is recorded."))
        return redirect("governance:decisions", ref)
    return render(request, "governance/formal_decision.html", {"form": form, "group": group})

"""What comes first? The grid, judging one problem, the neighbours, the suggestions, the levels."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samverkan.documents.charts.matrix import draw_matrix
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from ..forms.problems import NeighbourForm
from ..models import Problem
from ..pictures import picture
from ..rules.escalation import rules_in_force
from ..rules.priority import STEPS, criteria_in_force
from ..selectors.escalations import past_escalations, standing_escalations
from ..selectors.priority import grid_chart, priority_grid, questions, ratings_of
from ..selectors.problem_neighbours import neighbour_picture
from ..selectors.suggestions import suggestions
from ..services.priority import rate_problem
from ..services.problems import answer_neighbours
from .choices import chosen_municipality
from .form_pages import FormPage, show_form
from .found import problem_or_404, trail_of


@require_GET
@requires(Capability.PROBLEMS_READ)
def priority(request: ActorRequest) -> HttpResponse:
    chosen = chosen_municipality(request)
    grid = priority_grid(request.actor, chosen.code)
    context = {
        "chosen": chosen,
        "grid": grid,
        "picture": picture(grid_chart(grid), draw_matrix) if grid.rated else None,
        "criteria": criteria_in_force(),
        "questions": questions(),
        "crumbs": (
            (_("Problems and measures"), reverse("situation:problems")),
            (_("What comes first?"), ""),
        ),
        "may_write": request.actor.may(Capability.PROBLEMS_WRITE),
    }
    return render(request, "situation/priority.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.PROBLEMS_WRITE)
def problem_rate(request: ActorRequest, ref: str) -> HttpResponse:
    found = problem_or_404(request, ref, to_write=True)
    form = _rate_form(request, found)
    page = FormPage(
        title=_("How pressing is it?"),
        submit=_("Save the judgement"),
        back_url=reverse("situation:problem", args=[ref]),
        trail=trail_of(found),
        lead=_("Leave out what you do not know. By version %(version)s of the grid.")
        % {"version": criteria_in_force().version},
    )
    if request.method == "POST" and form.is_valid():
        steps = {key: int(value) for key, value in form.cleaned_data.items() if value}
        rate_problem(request.actor, ref, steps)
        messages.success(request, _("Saved."))
        query = urlencode({"kommun": found.municipality.code})
        return redirect(f"{reverse('situation:priority')}?{query}")
    return show_form(request, form, page)


@require_http_methods(["GET", "POST"])
@requires(Capability.PROBLEMS_WRITE)
def problem_neighbours(request: ActorRequest, ref: str) -> HttpResponse:
    """Could we do this with the neighbours? First what is known, then the answer."""
    found = problem_or_404(request, ref, to_write=True)
    known = neighbour_picture(request.actor, found)
    names = [each.name for each in known.neighbours] + [each.name for each in known.others]
    form = NeighbourForm(
        request.POST if request.method == "POST" else None,
        initial={
            "answer": found.neighbours_answer,
            "neighbours": found.neighbours,
            "reason": found.neighbours_reason,
        },
        neighbours=[(name, name) for name in names],
    )
    page = FormPage(
        title=_("Could we do this with the neighbours?"),
        submit=_("Keep the answer"),
        back_url=reverse("situation:problem", args=[ref]),
        trail=trail_of(found),
        extra={"known": known, "problem": found},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        answer_neighbours(request.actor, ref, data["answer"], data["reason"], data["neighbours"])
        messages.success(request, _("The answer is kept."))
        return redirect("situation:problem", ref)
    context = {"form": form, "page": page, **page.extra}
    return render(request, "situation/problem_neighbours.html", context)


@require_GET
@requires(Capability.PROBLEMS_WRITE)
def suggestion_list(request: ActorRequest) -> HttpResponse:
    chosen = chosen_municipality(request)
    if chosen.code not in request.actor.municipality_codes:
        raise Http404
    found = [
        {
            "suggestion": each,
            "query": urlencode(
                [
                    ("kommun", chosen.code),
                    ("rubrik", each.title),
                    ("kategori", each.category),
                    ("plats", each.place_ref),
                    *(("handelse", incident) for incident in each.incident_refs),
                ]
            ),
        }
        for each in suggestions(request.actor, chosen.code)
    ]
    context = {
        "chosen": chosen,
        "found": found,
        "crumbs": (
            (_("Problems and measures"), reverse("situation:problems")),
            (_("Suggestions from the reports"), ""),
        ),
    }
    return render(request, "situation/suggestions.html", context)


@require_GET
@requires(Capability.PROBLEMS_READ)
def escalation_list(request: ActorRequest) -> HttpResponse:
    chosen = chosen_municipality(request)
    context = {
        "chosen": chosen,
        "standing": standing_escalations(request.actor, {chosen.code}),
        "past": past_escalations(request.actor, {chosen.code}),
        "rules": rules_in_force(),
        "crumbs": (
            (_("Problems and measures"), reverse("situation:problems")),
            (_("Moved to another level"), ""),
        ),
    }
    return render(request, "situation/escalations.html", context)


def _rate_form(request: ActorRequest, found: Problem) -> forms.Form:
    form = forms.Form(
        request.POST if request.method == "POST" else None,
        initial={key: str(step) for key, step in ratings_of(request.actor, found).items()},
    )
    for key, question, low, high in questions():
        words = {STEPS[0]: f"1: {low}", STEPS[-1]: f"{STEPS[-1]}: {high}"}
        form.fields[key] = forms.ChoiceField(
            required=False,
            label=question,
            choices=[("", _("not judged")), *((str(n), words.get(n, str(n))) for n in STEPS)],
        )
    return form

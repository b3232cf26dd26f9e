"""Problems: the list, one problem, opening and editing one, and its history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samverkan.documents.charts import draw
from samverkan.documents.charts.tree import draw_tree
from samverkan.documents.charts.triangle import draw_triangle
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from ..effect_words import lesson_words
from ..forms.problems import ProblemForm
from ..models import Problem
from ..pictures import picture
from ..selectors.causes import cause_lines, empty_sides, tree_chart, triangle_chart
from ..selectors.escalations import escalations_of
from ..selectors.gathered import gathered_incidents, month_chart
from ..selectors.measures import joint_measures, lessons_for
from ..selectors.problems import AT_REST, days_late, measures_of, problem, problems_in
from ..selectors.tracks import history_of, may_write, next_steps
from ..services.problems import Clash, edit_problem, open_problem
from .choices import chosen_municipality
from .form_pages import FormPage, show_form, with_edition
from .found import function_choices, place_choices, problem_or_404, trail_of


@require_GET
@requires(Capability.PROBLEMS_READ)
def problem_list(request: ActorRequest) -> HttpResponse:
    chosen = chosen_municipality(request)
    asked = request.GET.get("lage", "")
    state = asked if asked in Problem.State.values else ""
    problems = problems_in(request.actor, chosen.code, state)
    unclosed = [each for each in problems if each.state not in AT_REST]
    shown = problems if state else [each for each in problems if each.state != "set_aside"]
    context = {
        "chosen": chosen,
        "state": state,
        "states": Problem.State.choices,
        "problems": shown,
        "unclosed": len(unclosed),
        "late": sum(each.measures_late for each in unclosed),
        "set_aside": sum(each.state == "set_aside" for each in problems),
        "may_write": chosen.code in request.actor.municipality_codes
        and request.actor.may(Capability.PROBLEMS_WRITE),
        "joint": joint_measures(request.actor),
    }
    return render(request, "situation/problem_list.html", context)


@require_GET
@requires(Capability.PROBLEMS_READ)
def problem_detail(request: ActorRequest, ref: str) -> HttpResponse:
    actor = request.actor
    found = problem(actor, ref)
    if found is None:
        raise Http404
    day = timezone.localdate(actor.at)
    measures = [
        {"measure": measure, "days_late": days_late(measure, day)}
        for measure in measures_of(actor, found)
    ]
    lines = cause_lines(actor, found)
    gathered = gathered_incidents(actor, found)
    context = {
        "problem": found,
        "measures": measures,
        "steps": next_steps(actor, found),
        "escalations": escalations_of(actor, found),
        "may_write": may_write(actor, found.owner_id),
        "gathered": gathered[:10],
        "gathered_total": len(gathered),
        "lessons": [(each, lesson_words(each)) for each in lessons_for(actor, found)],
        "asks_neighbours": not found.neighbours_answer and found.state not in AT_REST,
        **_cause_context(found, lines),
        **_chart_context(request, found),
    }
    return render(request, "situation/problem_detail.html", context)


@require_GET
@requires(Capability.PROBLEMS_READ)
def problem_history(request: ActorRequest, ref: str) -> HttpResponse:
    found = problem_or_404(request, ref)
    context = {
        "title": _("History: %(what)s") % {"what": found.title},
        "crumbs": (*trail_of(found), (_("History"), "")),
        "changes": history_of(request.actor, found),
    }
    return render(request, "situation/history.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.PROBLEMS_WRITE)
def problem_new(request: ActorRequest) -> HttpResponse:
    """Open a problem, with the incidents that were ticked or suggested."""
    chosen = chosen_municipality(request)
    if chosen.code not in request.actor.municipality_codes:
        raise Http404
    incidents = request.GET.getlist("handelse")
    form = _form(request, chosen.code, _asked(request))
    page = FormPage(
        title=_("New problem in %(place)s") % {"place": chosen.name},
        submit=_("Open the problem"),
        back_url=reverse("situation:problems"),
        trail=((_("Problems and measures"), reverse("situation:problems")),),
        lead=_("Something that comes back. Say what you know; causes and measures come after."),
        notes=(_("%(number)d chosen incidents come with it.") % {"number": len(incidents)},)
        if incidents
        else (),
    )
    if request.method == "POST" and form.is_valid():
        made = open_problem(request.actor, chosen.code, form.text(), incidents)
        messages.success(request, _("The problem is open. Could it be done with the neighbours?"))
        return redirect("situation:problem_neighbours", made.ref)
    return show_form(request, form, page)


@require_http_methods(["GET", "POST"])
@requires(Capability.PROBLEMS_WRITE)
def problem_edit(request: ActorRequest, ref: str) -> HttpResponse:
    found = problem_or_404(request, ref, to_write=True)
    form = _form(request, found.municipality.code, _initial(found))
    page = FormPage(
        title=_("Describe the problem"),
        submit=_("Save"),
        back_url=reverse("situation:problem", args=[ref]),
        trail=trail_of(found),
    )
    if request.method == "POST" and form.is_valid():
        saved = edit_problem(request.actor, ref, form.text(), form.cleaned_data["edition"] or 0)
        if isinstance(saved, Clash):
            return show_form(request, with_edition(form, saved.edition), page, saved)
        messages.success(request, _("Saved."))
        return redirect("situation:problem", ref)
    return show_form(request, form, page)


def _form(request: ActorRequest, code: str, initial: dict[str, Any]) -> ProblemForm:
    return ProblemForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        places=place_choices(request, code),
        functions=function_choices(request, code),
    )


def _asked(request: ActorRequest) -> dict[str, Any]:
    """What a suggestion or the list of incidents fills in beforehand."""
    return {
        "category": request.GET.get("kategori", ""),
        "place": request.GET.get("plats", ""),
        "title": request.GET.get("rubrik", "")[:160],
    }


def _initial(found: Problem) -> dict[str, Any]:
    return {
        "title": found.title,
        "description": found.description,
        "when_text": found.when_text,
        "affected": found.affected,
        "goal": found.goal,
        "category": found.category,
        "place": found.place.ref if found.place else "",
        "responsible": found.responsible_id or "",
        "edition": found.edition,
    }


def _cause_context(found: Problem, lines: Any) -> dict[str, Any]:
    if not lines:
        return {"cause_lines": ()}
    return {
        "cause_lines": lines,
        "tree": picture(tree_chart(found, lines), draw_tree),
        "triangle": picture(triangle_chart(found, lines), draw_triangle),
        "empty_sides": empty_sides(lines),
    }


def _chart_context(request: ActorRequest, found: Problem) -> dict[str, Any]:
    chart = month_chart(request.actor, found)
    if chart is None:
        return {}
    return {"chart": chart, "chart_picture": picture(chart, draw)}

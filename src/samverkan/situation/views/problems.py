"""Problems with their measures, to read."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from ..models import Problem
from ..selectors.problems import days_late, measures_of, problem, problems_in
from .choices import chosen_municipality


@require_GET
@requires(Capability.PROBLEMS_READ)
def problem_list(request: ActorRequest) -> HttpResponse:
    chosen = chosen_municipality(request)
    state = request.GET.get("lage", "")
    state = state if state in Problem.State.values else ""
    problems = problems_in(request.actor, chosen.code, state)
    unclosed = [each for each in problems if each.state != Problem.State.CLOSED]
    context = {
        "chosen": chosen,
        "state": state,
        "states": Problem.State.choices,
        "problems": problems,
        "unclosed": len(unclosed),
        "late": sum(each.measures_late for each in unclosed),
    }
    return render(request, "situation/problem_list.html", context)


@require_GET
@requires(Capability.PROBLEMS_READ)
def problem_detail(request: ActorRequest, ref: str) -> HttpResponse:
    found = problem(request.actor, ref)
    if found is None:
        raise Http404
    day = timezone.localdate(request.actor.at)
    measures = [
        {"measure": measure, "days_late": days_late(measure, day)}
        for measure in measures_of(request.actor, found)
    ]
    context = {"problem": found, "measures": measures}
    return render(request, "situation/problem_detail.html", context)

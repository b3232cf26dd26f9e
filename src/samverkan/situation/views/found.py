"""What the pages of problems and measures begin with: the thing, or not found."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from samverkan.organisations.function_choices import functions_acting_in, organisations_near
from samverkan.platform.access.http import ActorRequest

from ..models import Measure, Problem
from ..selectors.measures import measure
from ..selectors.places import place_names
from ..selectors.problems import problem
from ..selectors.tracks import may_write

Trail = tuple[tuple[str, str], ...]


def problem_or_404(request: ActorRequest, ref: str, *, to_write: bool = False) -> Problem:
    found = problem(request.actor, ref)
    if found is None or (to_write and not may_write(request.actor, found.owner_id)):
        raise Http404
    return found


def measure_or_404(request: ActorRequest, ref: str, *, to_write: bool = False) -> Measure:
    found = measure(request.actor, ref)
    if found is None or (to_write and not may_write(request.actor, found.problem.owner_id)):
        raise Http404
    return found


def trail_of(problem: Problem) -> Trail:
    return (
        (_("Problems and measures"), reverse("situation:problems")),
        (problem.title, reverse("situation:problem", args=[problem.ref])),
    )


def place_choices(request: ActorRequest, code: str) -> list[tuple[str, str]]:
    return place_names(request.actor, code)


def function_choices(request: ActorRequest, code: str) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in functions_acting_in(request.actor, code)]


def organisation_choices(request: ActorRequest) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in organisations_near(request.actor)]

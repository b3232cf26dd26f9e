"""Measures: one measure, writing one, its history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from ..effect_words import lesson_words
from ..forms.measures import MeasureForm
from ..gap_words import GAP_WORDS
from ..models import Measure, Problem
from ..selectors.causes import cause_lines
from ..selectors.escalations import escalations_of
from ..selectors.measures import lessons_for, may_read_problem, parties_of, verdicts_of
from ..selectors.problems import days_late
from ..selectors.tracks import history_of, may_write, next_steps
from ..services.measures import draft_measure, edit_measure
from ..services.problems import Clash
from ..services.steps import GateError
from .form_pages import FormPage, show_form, with_edition
from .found import (
    Trail,
    function_choices,
    measure_or_404,
    organisation_choices,
    problem_or_404,
    trail_of,
)

AS_THEY_STAND = (
    "title",
    "description",
    "approach",
    "horizon",
    "indicator",
    "indicator_kind",
    "baseline",
    "target",
    "due_on",
    "follow_up_on",
    "cost_kronor",
    "edition",
)


@require_GET
@requires(Capability.PROBLEMS_READ, Capability.INCIDENTS_REPORT)
def measure_detail(request: ActorRequest, ref: str) -> HttpResponse:
    actor, found = request.actor, measure_or_404(request, ref)
    parties = parties_of(actor, found)
    reads_problem = may_read_problem(actor, found)
    context = {
        "measure": found,
        "crumbs": (*_trail(request, found), (found.title, "")),
        "reads_problem": reads_problem,
        "days_late": days_late(found, timezone.localdate(actor.at)),
        "parties": parties,
        "is_paid": any(party.share_kronor is not None for party in parties),
        "steps": next_steps(actor, found),
        "escalations": escalations_of(actor, found),
        "may_write": may_write(actor, found.problem.owner_id),
        "verdicts": verdicts_of(actor, found),
        "counts_incidents": found.indicator_kind == Measure.IndicatorKind.INCIDENTS,
    }
    return render(request, "situation/measure_detail.html", context)


@require_GET
@requires(Capability.PROBLEMS_READ, Capability.INCIDENTS_REPORT)
def measure_history(request: ActorRequest, ref: str) -> HttpResponse:
    found = measure_or_404(request, ref)
    own = reverse("situation:measure", args=[ref])
    context = {
        "title": _("History: %(what)s") % {"what": found.title},
        "crumbs": (*_trail(request, found), (found.title, own), (_("History"), "")),
        "changes": history_of(request.actor, found),
    }
    return render(request, "situation/history.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.PROBLEMS_WRITE)
def measure_new(request: ActorRequest, ref: str) -> HttpResponse:
    """A draft may lack a cause and an indicator; what it lacks is said, not refused."""
    found = problem_or_404(request, ref, to_write=True)
    form = _form(request, found, {"indicator_kind": Measure.IndicatorKind.INCIDENTS})
    lessons = lessons_for(request.actor, found)
    page = FormPage(
        title=_("New measure"),
        submit=_("Save as a draft"),
        back_url=reverse("situation:problem", args=[ref]),
        trail=trail_of(found),
        lead=found.title,
        notes=tuple(
            _("Earlier: %(measure)s (%(problem)s): %(verdict)s.")
            % {
                "measure": lesson.measure,
                "problem": lesson.problem,
                "verdict": lesson.verdict_label,
            }
            + f" {lesson_words(lesson)}".rstrip()
            for lesson in lessons
        ),
    )
    if request.method == "POST" and form.is_valid():
        made = draft_measure(request.actor, ref, form.text())
        messages.success(request, _("Saved as a draft."))
        return redirect("situation:measure", made.ref)
    return show_form(request, form, page)


@require_http_methods(["GET", "POST"])
@requires(Capability.PROBLEMS_WRITE)
def measure_edit(request: ActorRequest, ref: str) -> HttpResponse:
    found = measure_or_404(request, ref, to_write=True)
    form = _form(request, found.problem, _initial(request, found))
    back = reverse("situation:measure", args=[ref])
    page = FormPage(
        title=_("Edit the measure"),
        submit=_("Save"),
        back_url=back,
        trail=(*trail_of(found.problem), (found.title, back)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            edition = form.cleaned_data["edition"] or 0
            saved = edit_measure(request.actor, ref, form.text(), edition)
        except GateError as error:
            for gap in error.gaps:
                form.add_error(None, GAP_WORDS[gap])
            return show_form(request, form, page)
        if isinstance(saved, Clash):
            return show_form(request, with_edition(form, saved.edition), page, saved)
        messages.success(request, _("Saved."))
        return redirect(back)
    return show_form(request, form, page)


def _form(request: ActorRequest, problem: Problem, initial: dict[str, Any]) -> MeasureForm:
    causes = [
        (line.cause.ref, f"{'– ' * line.depth}{line.cause.text}")
        for line in cause_lines(request.actor, problem)
    ]
    return MeasureForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        causes=causes,
        functions=function_choices(request, problem.municipality.code),
        organisations=organisation_choices(request),
    )


def _initial(request: ActorRequest, found: Measure) -> dict[str, Any]:
    initial: dict[str, Any] = {name: getattr(found, name) for name in AS_THEY_STAND}
    initial["responsible"] = str(found.responsible_id)
    initial["cause"] = found.cause.ref if found.cause else ""
    for number, party in enumerate(parties_of(request.actor, found), 1):
        initial[f"party_{number}"] = str(party.organisation_id)
        initial[f"share_{number}"] = party.share_kronor
    return initial


def _trail(request: ActorRequest, found: Measure) -> Trail:
    trail = trail_of(found.problem)
    if may_read_problem(request.actor, found):
        return trail
    return trail[:1] if request.actor.may(Capability.PROBLEMS_READ) else ()

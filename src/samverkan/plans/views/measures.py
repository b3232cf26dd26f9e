"""Measures of a draft: write one, change one, take one out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverkan.organisations.function_choices import functions_acting_in
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.design.guarded_text import ConfirmedForm

from .. import selectors
from ..forms.writing import MeasureForm, RemovalForm
from ..models import Plan, PlanMeasure
from ..services import measures as services
from .common import (
    FormPage,
    carried_out,
    own_draft_or_404,
    saved_over,
    show_form,
    trail_of,
    url_of,
)


@require_http_methods(["GET", "POST"])
@requires(Capability.PLANS_WRITE)
def new(request: ActorRequest, ref: str, problem_ref: str) -> HttpResponse:
    found = own_draft_or_404(request, ref)
    problem = selectors.problem_of(request.actor, found, problem_ref)
    if problem is None:
        raise Http404
    form = _form(request, found, None)
    page = FormPage(
        title=_("New measure"),
        submit=_("Save the measure"),
        back_url=url_of(found),
        trail=trail_of(found),
        lead=_("Against: %(problem)s") % {"problem": problem.name},
    )
    if request.method == "POST" and form.is_valid():
        made = carried_out(
            form,
            lambda: services.add_measure(
                request.actor,
                ref,
                problem_ref,
                form.text(),
                is_confirmed=form.cleaned_data["is_confirmed"],
            ),
        )
        if made is not None:
            messages.success(request, _("Saved."))
            return redirect("plans:plan", ref)
    return show_form(request, form, page)


@require_http_methods(["GET", "POST"])
@requires(Capability.PLANS_WRITE)
def measure(request: ActorRequest, ref: str, measure_ref: str) -> HttpResponse:
    found = own_draft_or_404(request, ref)
    row = _measure_or_404(request, found, measure_ref)
    form = _form(request, found, row)
    page = FormPage(
        title=row.title,
        submit=_("Save the measure"),
        back_url=url_of(found),
        trail=trail_of(found),
        lead=_("Against: %(problem)s") % {"problem": row.problem.name},
    )
    clash = None
    if request.method == "POST" and form.is_valid():
        is_saved, clash = saved_over(
            form,
            lambda: services.edit_measure(
                request.actor,
                ref,
                measure_ref,
                form.text(),
                form.cleaned_data["edition"] or 0,
                is_confirmed=form.cleaned_data["is_confirmed"],
            ),
        )
        if is_saved:
            messages.success(request, _("Saved."))
            return redirect("plans:plan", ref)
    return show_form(request, form, page, clash)


@require_http_methods(["GET", "POST"])
@requires(Capability.PLANS_WRITE)
def remove(request: ActorRequest, ref: str, measure_ref: str) -> HttpResponse:
    """A measure from the plan before leaves with what became of it; the others just leave."""
    found = own_draft_or_404(request, ref)
    row = _measure_or_404(request, found, measure_ref)
    is_carried = row.carried_from_id is not None
    kind = RemovalForm if is_carried else ConfirmedForm
    form = kind(request.POST if request.method == "POST" else None)
    page = FormPage(
        title=_("Take out the measure"),
        submit=_("Take it out"),
        back_url=url_of(found),
        trail=trail_of(found),
        lead=row.title,
        warning=_("It stood in the plan before. Whoever reads the new plan sees what became of it.")
        if is_carried
        else "",
        is_danger=True,
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        done = carried_out(form, lambda: _removed(request, ref, measure_ref, answers))
        if done is not None:
            messages.success(request, _("The measure is taken out."))
            return redirect("plans:plan", ref)
    return show_form(request, form, page)


def _removed(request: ActorRequest, ref: str, measure_ref: str, answers: dict[str, Any]) -> bool:
    services.remove_measure(
        request.actor,
        ref,
        measure_ref,
        fate=answers.get("fate", ""),
        words=answers.get("words", ""),
        is_confirmed=answers["is_confirmed"],
    )
    return True


def _measure_or_404(request: ActorRequest, found: Plan, ref: str) -> PlanMeasure:
    row = selectors.measure_of(request.actor, found, ref)
    if row is None:
        raise Http404
    return row


def _form(request: ActorRequest, found: Plan, row: PlanMeasure | None) -> MeasureForm:
    functions = functions_acting_in(request.actor, found.municipality.code)
    return MeasureForm(
        request.POST if request.method == "POST" else None,
        functions=[(each.ref, f"{each.name} ({each.organisation})") for each in functions],
        initial=_initial(row) if row else None,
    )


def _initial(row: PlanMeasure) -> dict[str, Any]:
    names = ("title", "description", "indicator", "baseline", "target", "follow_up_on", "edition")
    return {name: getattr(row, name) for name in names} | {
        "responsible": row.responsible.ref if row.responsible else "",
        "parties": "\n".join(row.parties),
    }

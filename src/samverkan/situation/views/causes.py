"""Causes: adding, editing and taking one out of the tree."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from ..forms.problems import CauseForm
from ..models import Cause, Problem
from ..selectors.causes import cause, cause_lines
from ..selectors.tracks import may_write
from ..services.causes import LoopError, add_cause, edit_cause, remove_cause
from ..services.problems import Clash
from .form_pages import FormPage, show_form, with_edition
from .found import problem_or_404, trail_of


@require_http_methods(["GET", "POST"])
@requires(Capability.PROBLEMS_WRITE)
def cause_new(request: ActorRequest, ref: str) -> HttpResponse:
    found = problem_or_404(request, ref, to_write=True)
    form = CauseForm(
        request.POST if request.method == "POST" else None,
        initial={"parent": request.GET.get("under", "")},
        causes=_choices(request, found),
    )
    page = _page(found, _("A cause"), _("Put it in the tree"))
    if request.method == "POST" and form.is_valid():
        add_cause(request.actor, ref, form.cause())
        messages.success(request, _("The cause stands in the tree."))
        return redirect(_tree(found))
    return show_form(request, form, page)


@require_http_methods(["GET", "POST"])
@requires(Capability.PROBLEMS_WRITE)
def cause_edit(request: ActorRequest, ref: str) -> HttpResponse:
    found = _own_cause(request, ref)
    form = CauseForm(
        request.POST if request.method == "POST" else None,
        initial={
            "text": found.text,
            "parent": found.parent.ref if found.parent else "",
            "kind": found.kind,
            "evidence": found.evidence,
            "is_root": found.is_root,
            "edition": found.edition,
        },
        causes=_choices(request, found.problem, but=found),
    )
    page = _page(found.problem, _("Edit the cause"), _("Save"))
    if request.method == "POST" and form.is_valid():
        try:
            edition = form.cleaned_data["edition"] or 0
            saved = edit_cause(request.actor, ref, form.cause(), edition)
        except LoopError:
            form.add_error("parent", _("A cause cannot lie beneath itself."))
            return show_form(request, form, page)
        if isinstance(saved, Clash):
            return show_form(request, with_edition(form, saved.edition), page, saved)
        messages.success(request, _("Saved."))
        return redirect(_tree(found.problem))
    return show_form(request, form, page)


@require_http_methods(["GET", "POST"])
@requires(Capability.PROBLEMS_WRITE)
def cause_remove(request: ActorRequest, ref: str) -> HttpResponse:
    found = _own_cause(request, ref)
    if request.method == "POST":
        remove_cause(request.actor, ref)
        messages.success(request, _("The cause is taken out. Those beneath it moved up."))
        return redirect(_tree(found.problem))
    page = FormPage(
        title=_("Take out the cause"),
        submit=_("Take out"),
        back_url=_tree(found.problem),
        trail=trail_of(found.problem),
        lead=found.text,
        danger=True,
    )
    return show_form(request, Form(), page)


def _own_cause(request: ActorRequest, ref: str) -> Cause:
    found = cause(request.actor, ref)
    if found is None or not may_write(request.actor, found.problem.owner_id):
        raise Http404
    return found


def _choices(
    request: ActorRequest, problem: Problem, but: Cause | None = None
) -> list[tuple[str, str]]:
    return [
        (line.cause.ref, f"{'– ' * line.depth}{line.cause.text}")
        for line in cause_lines(request.actor, problem)
        if but is None or line.cause.pk != but.pk
    ]


def _page(problem: Problem, title: str, submit: str) -> FormPage:
    return FormPage(
        title=title,
        submit=submit,
        back_url=_tree(problem),
        trail=trail_of(problem),
        lead=problem.title,
    )


def _tree(problem: Problem) -> str:
    return reverse("situation:problem", args=[problem.ref]) + "#causes"

"""Assignments: proposed, answered by an organisation, reported, judged."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.states import IllegalTransitionError

from .. import selectors
from ..forms.common import add_messages
from ..forms.meetings import ReportForm
from ..lives import ASSIGNMENT
from ..models import Assignment
from ..services import assignments as services
from ..services.common import FieldError
from ..state_words import EVENT_LABELS, EVENT_WORDS
from ..states import AssignmentEvent

LONGEST_REASON = 300
NEED_REASON = (AssignmentEvent.DECLINE, AssignmentEvent.RETURN)


@require_GET
@requires(Capability.GROUPS_READ)
def assignment_list(request: ActorRequest) -> HttpResponse:
    found = selectors.assignments(request.actor)
    context = {
        "assignments": found,
        "late": sum(view.is_late for view in found),
        "open": sum(not view.is_over for view in found),
    }
    return render(request, "governance/assignments.html", context)


@require_GET
@requires(Capability.GROUPS_READ)
def assignment_detail(request: ActorRequest, ref: str) -> HttpResponse:
    view = _view_or_404(request, ref)
    allowed = allowed_events(request.actor, view.assignment)
    steps = selectors.history(request.actor, "assignment", ref)
    context = {
        "view": view,
        "assignment": view.assignment,
        "actions": [
            {
                "event": event,
                "label": EVENT_LABELS[event],
                "needs_reason": event in NEED_REASON,
            }
            for event in allowed
            if event != AssignmentEvent.REPORT
        ],
        "may_report": AssignmentEvent.REPORT in allowed,
        "steps": [(step, EVENT_WORDS[AssignmentEvent(step.event)]) for step in steps],
        "decision": selectors.decisions_with_results(request.actor, [ref]).get(ref),
    }
    return render(request, "governance/assignment.html", context)


@require_POST
@requires(Capability.GROUPS_READ)
def answer(request: ActorRequest, ref: str) -> HttpResponseBase:
    """Accept, decline, begin, send back, close: what the button says."""
    _view_or_404(request, ref)
    asked = request.POST.get("event", "")
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    if asked in NEED_REASON and not reason:
        messages.error(request, _("Say why."))
        return redirect("governance:assignment", ref)
    try:
        _carry_out(request.actor, ref, asked, reason)
    except IllegalTransitionError:
        messages.error(request, _("The assignment has gone on since you opened the page."))
    else:
        messages.success(request, _("Saved."))
    return redirect("governance:assignment", ref)


@require_http_methods(["GET", "POST"])
@requires(Capability.GROUPS_READ)
def report(request: ActorRequest, ref: str) -> HttpResponseBase:
    view = _view_or_404(request, ref)
    if not services.may_work(request.actor, view.assignment):
        raise PermissionDenied
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        initial={"text": view.assignment.report},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.report_assignment(
                request.actor,
                ref,
                form.cleaned_data["text"],
                is_confirmed=form.cleaned_data["is_confirmed"],
            )
        except FieldError as error:
            add_messages(form, error.messages)
        except IllegalTransitionError:
            form.add_error(None, _("The assignment cannot be reported now."))
        else:
            messages.success(request, _("The report is handed in."))
            return redirect("governance:assignment", ref)
    context = {"form": form, "assignment": view.assignment}
    return render(request, "governance/report_assignment.html", context)


def allowed_events(actor: Actor, assignment: Assignment) -> list[AssignmentEvent]:
    """What the actor may do with the assignment as it stands."""
    checks = {
        AssignmentEvent.ACCEPT: services.may_answer,
        AssignmentEvent.DECLINE: services.may_answer,
        AssignmentEvent.BEGIN: services.may_work,
        AssignmentEvent.REPORT: services.may_work,
        AssignmentEvent.RETURN: services.may_judge,
        AssignmentEvent.CLOSE: services.may_judge,
    }
    possible = [
        AssignmentEvent(each.event) for each in ASSIGNMENT.transitions_from(assignment.state)
    ]
    return [event for event in possible if checks[event](actor, assignment)]


def _carry_out(actor: Actor, ref: str, asked: str, reason: str) -> None:
    if asked == AssignmentEvent.ACCEPT:
        services.accept_assignment(actor, ref)
    elif asked == AssignmentEvent.DECLINE:
        services.decline_assignment(actor, ref, reason)
    elif asked == AssignmentEvent.BEGIN:
        services.begin_assignment(actor, ref)
    elif asked == AssignmentEvent.RETURN:
        services.return_assignment(actor, ref, reason)
    elif asked == AssignmentEvent.CLOSE:
        services.close_assignment(actor, ref)
    else:
        raise Http404


def _view_or_404(request: ActorRequest, ref: str) -> selectors.AssignmentView:
    view = selectors.assignment(request.actor, ref)
    if view is None:
        raise Http404
    return view

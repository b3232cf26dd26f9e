"""The reviewer's queue and one report: approve, change, ask, set aside, take out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.audit.services import record_read

from ..forms.review import EditForm, QuestionForm, RedactionForm
from ..models import Incident
from ..report_guard import Found, judge
from ..report_guard_words import summary, words
from ..selectors.review import (
    alike,
    changes_of,
    own_returned_report,
    review_queue,
    reviewable,
)
from ..services import review as services
from ..services.redaction import Redaction, redact_report


@require_GET
@requires(Capability.INCIDENTS_REVIEW)
def queue(request: ActorRequest) -> HttpResponse:
    return render(request, "situation/review_queue.html", {"queue": review_queue(request.actor)})


@require_http_methods(["GET", "POST"])
@requires(Capability.INCIDENTS_REVIEW)
def one(request: ActorRequest, ref: str) -> HttpResponseBase:
    """One report; the form that is sent here changes it."""
    incident = _reviewable(request, ref)
    if request.method != "POST":
        record_read(request.actor, "incident", incident.ref, owner_party_ref=incident.owner.ref)
        return _page(request, incident)
    form = EditForm(request.POST, actor=request.actor, incident=incident)
    if not form.is_valid():
        return _page(request, incident, form=form, status=422)
    edit = services.Edit(
        text=form.cleaned_data["text"],
        category=form.cleaned_data["category"],
        place=form.chosen_place(),
        based_on=form.cleaned_data["revision"],
        confirmed=form.confirmed(),
    )
    try:
        done = services.edit_report(request.actor, ref, edit)
    except services.PersonInTextError as error:
        form.add_error("text", summary(error.found))  # type: ignore[arg-type]
        return _page(request, incident, form=form, found=error.found, status=422)
    except services.NotReviewableError as error:
        raise Http404 from error
    if isinstance(done, services.Conflict):
        return _page(request, _reviewable(request, ref), conflict=done, status=409)
    messages.success(request, _("Saved."))
    return redirect("situation:review", ref)


@require_POST
@requires(Capability.INCIDENTS_REVIEW)
def approve(request: ActorRequest, ref: str) -> HttpResponseBase:
    incident = _reviewable(request, ref)
    revision = request.POST.get("revision", "")
    try:
        done = services.approve_report(
            request.actor, ref, based_on=int(revision) if revision.isdecimal() else 0
        )
    except services.NotReviewableError:
        messages.info(request, _("The report has been dealt with already."))
        return redirect("situation:review", ref)
    except services.PersonInTextError as error:
        messages.error(request, summary(error.found))  # type: ignore[arg-type]
        return _page(request, incident, status=422)
    if isinstance(done, services.Conflict):
        return _page(request, _reviewable(request, ref), conflict=done, status=409)
    messages.success(request, _("Approved. Those whom the agreement lets see it see it now."))
    return redirect("situation:review_queue")


@require_POST
@requires(Capability.INCIDENTS_REVIEW)
def ask(request: ActorRequest, ref: str) -> HttpResponseBase:
    incident = _reviewable(request, ref)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _page(request, incident, question=form, status=422)
    try:
        services.return_report(request.actor, ref, form.cleaned_data["question"])
    except services.NotReviewableError:
        messages.info(request, _("The report has been dealt with already."))
        return redirect("situation:review", ref)
    messages.success(request, _("The question has gone back to whoever reported."))
    return redirect("situation:review_queue")


@require_POST
@requires(Capability.INCIDENTS_REVIEW)
def duplicate(request: ActorRequest, ref: str) -> HttpResponseBase:
    _reviewable(request, ref)
    try:
        services.mark_as_duplicate(request.actor, ref, request.POST.get("original", ""))
    except services.NotReviewableError:
        messages.error(request, _("Choose the report that told of it first."))
        return redirect("situation:review", ref)
    messages.success(request, _("Marked as told before: it is counted once."))
    return redirect("situation:review_queue")


@require_http_methods(["GET", "POST"])
@requires(Capability.INCIDENTS_REVIEW)
def redact(request: ActorRequest, ref: str) -> HttpResponseBase:
    """Take out what should never have been written. It cannot be brought back."""
    incident = _reviewable(request, ref)
    form = RedactionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        takes = form.cleaned_data["takes"]
        redaction = Redaction(
            form.cleaned_data["reason"], takes_place=takes == "place", takes_all=takes == "all"
        )
        redact_report(request.actor, ref, redaction)
        messages.success(request, _("Taken out, here and in every copy."))
        return redirect("situation:review", ref)
    status = 422 if form.errors else 200
    context = {"incident": incident, "form": form}
    return render(request, "situation/redact.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Capability.INCIDENTS_REPORT)
def answer_question(request: ActorRequest, ref: str) -> HttpResponseBase:
    """The reporter answers the reviewer by writing the text anew."""
    incident = own_returned_report(request.actor, ref)
    if incident is None:
        raise Http404
    text, revision = incident.text, incident.revision
    error, conflict = "", None
    found: tuple[Found, ...] = ()
    if request.method == "POST":
        text = request.POST.get("text", "").strip()
        sent = request.POST.get("revision", "")
        outcome = _answer(request, ref, text, int(sent) if sent.isdecimal() else 0)
        if isinstance(outcome, Incident):
            messages.success(request, _("Thank you. The reviewer reads it again."))
            return redirect("situation:my_reports")
        error, found, conflict = outcome
        revision = conflict.revision if conflict else revision
    context = {
        "incident": incident,
        "text": text,
        "revision": revision,
        "error": error,
        "questions": _questions(found),
        "conflict": conflict,
    }
    status = 409 if conflict else 422 if error else 200
    return render(request, "situation/answer_question.html", context, status=status)


Trouble = tuple[str, tuple[Found, ...], "services.Conflict | None"]


def _answer(request: ActorRequest, ref: str, text: str, revision: int) -> Incident | Trouble:
    if len(text) > 400:
        return _("Write at most 400 signs."), (), None
    confirmed = frozenset(request.POST.getlist("confirmed"))
    try:
        done = services.answer_question(
            request.actor, ref, text, based_on=revision, confirmed=confirmed
        )
    except services.PersonInTextError as error:
        found: Any = error.found
        return summary(found), found, None
    except services.NotReviewableError as error:
        raise Http404 from error
    if isinstance(done, services.Conflict):
        return _("Somebody else has changed the report meanwhile."), (), done
    return done


def _reviewable(request: ActorRequest, ref: str) -> Incident:
    incident = reviewable(request.actor, ref)
    if incident is None:
        raise Http404
    return incident


def _questions(found: Any) -> list[tuple[str, str, bool]]:
    return [(each.text, words(each), not each.is_refused) for each in found]


def _page(
    request: ActorRequest,
    incident: Incident,
    *,
    form: EditForm | None = None,
    question: QuestionForm | None = None,
    conflict: services.Conflict | None = None,
    found: Any = (),
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    context = {
        "incident": incident,
        "form": form or EditForm(None, actor=actor, incident=incident),
        "question_form": question or QuestionForm(),
        "conflict": conflict,
        "questions": _questions(found),
        "noticed": [words(each) for each in judge(incident.text)],
        "alike": alike(actor, incident) if incident.is_standing else [],
        "changes": changes_of(actor, incident),
    }
    return render(request, "situation/review.html", context, status=status)

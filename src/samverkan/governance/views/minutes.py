"""The minutes: read, mended with both texts in sight, adjusted, downloaded."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverkan.documents.formats import Language
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.states import IllegalTransitionError

from .. import selectors
from ..decision_kinds import kinds
from ..forms.common import ReasonForm, add_messages
from ..forms.meetings import AdjustersForm, NoteForm
from ..models import Attendance, Meeting, MinutesVersion
from ..outputs import PDF, pdf_file
from ..papers import Paper
from ..rules import Collision
from ..services import minutes as services
from ..services.common import FieldError, may_run
from ..state_words import MINUTES_STATES
from ..states import MeetingState, MinutesState
from .common import item_or_404, language_of, meeting_or_404, run_meeting_or_404


@require_GET
@requires(Capability.GROUPS_READ)
def read(request: ActorRequest, ref: str) -> HttpResponse:
    actor = request.actor
    meeting = meeting_or_404(request, ref)
    version = _version(request, meeting)
    versions = selectors.minutes_versions(actor, meeting)
    adjusters = selectors.adjusters(actor, meeting)
    today = timezone.localdate(actor.at)
    mine = next((each for each in adjusters if each.function_id == actor.function_id), None)
    is_late = bool(
        meeting.adjust_by and meeting.adjust_by < today and meeting.state == MeetingState.ENDED
    )
    context = {
        "meeting": meeting,
        "version": version,
        "versions": versions,
        "is_latest": version is not None and version.number == versions[0].number,
        "is_intact": version is not None and selectors.is_intact(version),
        "state_words": MINUTES_STATES[MinutesState(meeting.minutes_state)],
        "adjusters": [
            {"row": each, "has_ended": _has_ended(each.function.ended_on, today)}
            for each in adjusters
        ],
        "may_adjust": mine is not None
        and mine.approved_at is None
        and meeting.minutes_state == MinutesState.TO_ADJUST,
        "may_edit": may_run(actor, meeting.group) and meeting.state == MeetingState.ENDED,
        "is_late": is_late,
        "kind_labels": {kind.key: kind.label for kind in kinds()},
        "presences": dict(Attendance.Presence.choices),
        "reason_form": ReasonForm(),
    }
    return render(request, "governance/minutes.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.MEETINGS_RUN)
def write(request: ActorRequest, ref: str, item: str) -> HttpResponseBase:
    meeting = run_meeting_or_404(request, ref)
    found = item_or_404(request, meeting, item)
    latest = selectors.latest_notes(request.actor, meeting).get(found.pk)
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial={
            "text": latest.text if latest else "",
            "based_on": latest.number if latest else 0,
        },
    )
    collision = None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            kept = services.write_note(request.actor, ref, item, **typed)
        except FieldError as error:
            add_messages(form, error.messages)
        except PermissionDenied:
            form.add_error(None, _("The minutes are adjusted and locked."))
        else:
            if not isinstance(kept, Collision):
                messages.success(request, _("Saved. The adjusters are asked to read again."))
                return redirect("governance:minutes", ref)
            collision = kept
            form = NoteForm(initial={"text": kept.mine, "based_on": kept.latest_number})
    context = {"meeting": meeting, "item": found, "form": form, "collision": collision}
    status = 409 if collision else 200
    return render(request, "governance/write_minutes.html", context, status=status)


@require_POST
@requires(Capability.GROUPS_READ)
def approve(request: ActorRequest, ref: str) -> HttpResponseBase:
    meeting_or_404(request, ref)
    asked = request.POST.get("version", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 7 else 0
    try:
        meeting = services.approve_minutes(request.actor, ref, number)
    except services.StaleVersionError:
        messages.error(request, _("The minutes have changed since you read them. Read again."))
    except IllegalTransitionError:
        messages.error(request, _("The minutes cannot be adjusted now."))
    else:
        is_done = meeting.minutes_state == MinutesState.ADJUSTED
        done = _("All have approved: the minutes are adjusted and locked.")
        messages.success(request, done if is_done else _("You have approved the minutes."))
    return redirect("governance:minutes", ref)


@require_http_methods(["POST"])
@requires(Capability.GROUPS_READ)
def send_back(request: ActorRequest, ref: str) -> HttpResponseBase:
    meeting_or_404(request, ref)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what is to be mended."))
        return redirect("governance:minutes", ref)
    try:
        services.return_minutes(request.actor, ref, form.cleaned_data["reason"])
    except IllegalTransitionError:
        messages.error(request, _("The minutes cannot be adjusted now."))
    else:
        messages.success(request, _("The minutes are sent back with your remark."))
    return redirect("governance:minutes", ref)


@require_http_methods(["GET", "POST"])
@requires(Capability.MEETINGS_RUN)
def change_adjusters(request: ActorRequest, ref: str) -> HttpResponseBase:
    meeting = run_meeting_or_404(request, ref)
    today = timezone.localdate(request.actor.at)
    lines = [
        line
        for line in selectors.attendance(request.actor, meeting)
        if not _has_ended(line.function.ended_on, today)
    ]
    current = [each.function.ref for each in selectors.adjusters(request.actor, meeting)]
    form = AdjustersForm(
        request.POST if request.method == "POST" else None,
        choices=[(line.function.ref, f"{line.title}, {line.organisation_name}") for line in lines],
        initial={"adjusters": current},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.replace_adjusters(request.actor, ref, form.cleaned_data["adjusters"])
        except PermissionDenied:
            form.add_error(None, _("The minutes cannot be adjusted now."))
        else:
            messages.success(request, _("Saved."))
            return redirect("governance:minutes", ref)
    return render(request, "governance/adjusters.html", {"meeting": meeting, "form": form})


@require_GET
@requires(Capability.GROUPS_READ)
def download(request: ActorRequest, ref: str, kind: str) -> HttpResponseBase:
    meeting = meeting_or_404(request, ref)
    try:
        paper = Paper(kind)
    except ValueError as error:
        raise Http404 from error
    asked = request.GET.get("language", "")
    language = Language.of(asked) if asked else language_of(request)
    version = _version(request, meeting) if paper is Paper.MINUTES else None
    made = pdf_file(request.actor, meeting, paper, language, version)
    if made is None:
        raise Http404
    response = HttpResponse(made.content, content_type=PDF)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _version(request: ActorRequest, meeting: Meeting) -> MinutesVersion | None:
    versions = selectors.minutes_versions(request.actor, meeting)
    asked = request.GET.get("version", "")
    if not asked:
        return versions[0] if versions else None
    for version in versions:
        if str(version.number) == asked:
            return version
    raise Http404


def _has_ended(ended_on: date | None, today: date) -> bool:
    return ended_on is not None and ended_on <= today

"""Plan meetings ahead; call, open, cancel and close one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.states import IllegalTransitionError

from .. import selectors
from ..forms.common import ReasonForm, add_messages
from ..forms.meetings import MoveForm, PlanForm
from ..hindrance_words import hindrance_words
from ..services import meetings as services
from ..services.common import FieldError, HinderedError, may_run
from ..states import MeetingState
from .common import group_or_404, run_meeting_or_404


@require_http_methods(["GET", "POST"])
@requires(Capability.MEETINGS_RUN)
def plan(request: ActorRequest, ref: str) -> HttpResponseBase:
    """The next meetings by the group's rhythm, all in one go."""
    group = group_or_404(request, ref)
    if not may_run(request.actor, group):
        raise Http404
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        times=selectors.proposed_times(request.actor, group),
        initial={"minutes_long": group.minutes_long, "place": group.place},
    )
    if request.method == "POST" and form.is_valid():
        made = services.plan_meetings(request.actor, ref, form.times())
        words = ngettext("%(n)d meeting is planned.", "%(n)d meetings are planned.", len(made))
        messages.success(request, words % {"n": len(made)})
        return redirect("governance:group", ref)
    context = {"form": form, "group": group, "cadence": selectors.words_of_cadence(group)}
    return render(request, "governance/plan_meetings.html", context)


@require_POST
@requires(Capability.MEETINGS_RUN)
def call(request: ActorRequest, ref: str) -> HttpResponseBase:
    run_meeting_or_404(request, ref)
    try:
        services.call_meeting(request.actor, ref)
    except HinderedError as error:
        messages.error(request, hindrance_words(error.hindrance))
    except IllegalTransitionError:
        messages.error(request, _("The meeting has gone on since you opened the page."))
    else:
        messages.success(request, _("The notice is sent: the members see it as called."))
    return redirect("governance:meeting", ref)


@require_POST
@requires(Capability.MEETINGS_RUN)
def start(request: ActorRequest, ref: str) -> HttpResponseBase:
    run_meeting_or_404(request, ref)
    try:
        services.start_meeting(request.actor, ref)
    except HinderedError as error:
        messages.error(request, hindrance_words(error.hindrance))
        return redirect("governance:meeting", ref)
    except IllegalTransitionError:
        messages.error(request, _("The meeting has gone on since you opened the page."))
        return redirect("governance:meeting", ref)
    return redirect("governance:mode", ref)


@require_http_methods(["GET", "POST"])
@requires(Capability.MEETINGS_RUN)
def cancel(request: ActorRequest, ref: str) -> HttpResponseBase:
    meeting = run_meeting_or_404(request, ref)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_meeting(request.actor, ref, form.cleaned_data["reason"])
        except IllegalTransitionError:
            form.add_error(None, _("A meeting that has begun cannot be cancelled."))
        else:
            messages.success(request, _("The meeting is cancelled."))
            return redirect("governance:group", meeting.group.ref)
    return render(request, "governance/cancel.html", {"form": form, "meeting": meeting})


@require_http_methods(["GET", "POST"])
@requires(Capability.MEETINGS_RUN)
def move(request: ActorRequest, ref: str) -> HttpResponseBase:
    """Another time or place, told to whoever has been called."""
    meeting = run_meeting_or_404(request, ref)
    if meeting.state not in (MeetingState.PLANNED, MeetingState.CALLED):
        raise Http404
    starts = timezone.localtime(meeting.starts_at)
    now = {
        "day": starts.date(),
        "starts": starts.time(),
        "minutes_long": meeting.minutes_long,
        "place": meeting.place,
        "seen": meeting.starts_at.isoformat(),
    }
    form = MoveForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["seen"] != now["seen"]:
            words = _(
                "Somebody moved the meeting to %(time)s while you read. Look again, and save."
            )
            form.add_error("day", words % {"time": f"{starts:%Y-%m-%d %H:%M}"})
            form.data = {**form.data.dict(), "seen": now["seen"]}  # type: ignore[attr-defined]
        elif _moved(request, ref, form):
            messages.success(request, _("The meeting is changed."))
            return redirect("governance:meeting", ref)
    return render(request, "governance/move.html", {"form": form, "meeting": meeting})


def _moved(request: ActorRequest, ref: str, form: MoveForm) -> bool:
    try:
        services.change_time(request.actor, ref, form.when())
    except FieldError as error:
        add_messages(form, error.messages)
        return False
    return True


@require_POST
@requires(Capability.MEETINGS_RUN)
def close(request: ActorRequest, ref: str) -> HttpResponseBase:
    run_meeting_or_404(request, ref)
    try:
        services.close_meeting(request.actor, ref)
    except (IllegalTransitionError, PermissionDenied):
        messages.error(request, _("A meeting is closed when its minutes are adjusted."))
    else:
        messages.success(request, _("The meeting is closed."))
    return redirect("governance:meeting", ref)

"""The agenda before the meeting: built, arranged, filled out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from .. import selectors
from ..forms.common import add_messages
from ..forms.meetings import PaperForm, PointForm, SkipForm
from ..models import Meeting
from ..services import agenda as services
from ..services.common import FieldError
from .common import item_or_404, run_meeting_or_404


@require_http_methods(["GET", "POST"])
@requires(Capability.MEETINGS_RUN)
def edit(request: ActorRequest, ref: str) -> HttpResponseBase:
    """One page: build, move, leave out with a reason, add a point of one's own."""
    meeting = run_meeting_or_404(request, ref)
    asked = request.POST.get("do")
    form = PointForm(request.POST if asked == "add" else None)
    skip = SkipForm(request.POST if asked == "skip" else None)
    if request.method == "POST":
        if meeting.state not in services.OPEN:
            messages.error(request, _("The agenda can no longer be changed."))
            return redirect("governance:meeting", ref)
        if _done(request, meeting, form, skip):
            return redirect("governance:agenda", ref)
    context = {
        "meeting": meeting,
        "items": selectors.items(request.actor, meeting),
        "form": form,
        "skip": skip,
        "skipped": request.POST.get("item", "") if skip.is_bound else "",
        "is_open": meeting.state in services.OPEN,
    }
    return render(request, "governance/agenda.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.MEETINGS_RUN)
def paper(request: ActorRequest, ref: str, item: str) -> HttpResponseBase:
    meeting = run_meeting_or_404(request, ref)
    found = item_or_404(request, meeting, item)
    form = PaperForm(
        request.POST if request.method == "POST" else None,
        initial={"paper_title": found.paper_title, "paper_text": found.paper_text},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.set_paper(request.actor, ref, item, **_paper(form))
        except PermissionDenied:
            form.add_error(None, _("The agenda can no longer be changed."))
        except FieldError as error:
            add_messages(form, error.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect("governance:agenda", ref)
    context = {"meeting": meeting, "item": found, "form": form}
    return render(request, "governance/paper.html", context)


def _done(request: ActorRequest, meeting: Meeting, form: PointForm, skip: SkipForm) -> bool:
    """Carry out what the button asked for; False when the form has to be shown again."""
    asked, item_ref = request.POST.get("do", ""), request.POST.get("item", "")
    if asked == "build":
        came = services.build_agenda(request.actor, meeting.ref)
        words = ngettext("%(n)d point came in.", "%(n)d points came in.", came) % {"n": came}
        messages.success(request, words if came else _("Nothing new to bring in."))
        return True
    if asked == "add":
        return _added(request, meeting, form)
    item = item_or_404(request, meeting, item_ref)
    if asked in ("up", "down"):
        services.move_point(request.actor, meeting.ref, item.ref, -1 if asked == "up" else 1)
    elif asked == "skip":
        return _left_out(request, meeting, item.ref, skip)
    elif asked == "take_up":
        services.skip_point(request.actor, meeting.ref, item.ref, "")
    else:
        raise Http404
    return True


def _added(request: ActorRequest, meeting: Meeting, form: PointForm) -> bool:
    if not form.is_valid():
        return False
    try:
        services.add_point(request.actor, meeting.ref, **form.cleaned_data)
    except FieldError as error:
        add_messages(form, error.messages)
        return False
    messages.success(request, _("The point is on the agenda."))
    return True


def _left_out(request: ActorRequest, meeting: Meeting, item_ref: str, form: SkipForm) -> bool:
    if not form.is_valid():
        return False
    try:
        services.skip_point(request.actor, meeting.ref, item_ref, **form.cleaned_data)
    except FieldError as error:
        add_messages(form, error.messages)
        return False
    return True


def _paper(form: PaperForm) -> dict[str, Any]:
    typed = form.cleaned_data
    return {
        "title": typed["paper_title"],
        "text": typed["paper_text"],
        "is_confirmed": typed["is_confirmed"],
    }

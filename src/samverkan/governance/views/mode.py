"""Meeting mode: one point at a time on a big screen, by keyboard, touch or mouse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverkan.organisations.function_facts import FunctionFacts, functions_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.states import IllegalTransitionError

from .. import selectors
from ..forms.common import add_messages
from ..forms.meetings import AdjustersForm, AttendanceForm, DecisionForm, NoteForm
from ..group_templates import template_of
from ..hindrance_words import hindrance_words
from ..models import AgendaItem, Attendance, Meeting
from ..rules import Collision, QuorumStanding, quorum_standing
from ..services import decisions as decision_services
from ..services import meetings as services
from ..services import minutes as minutes_services
from ..services.common import FieldError, HinderedError
from ..states import MeetingState
from .common import run_meeting_or_404

FOLLOW_UP_AFTER = timedelta(days=56)
DONE_AFTER = timedelta(days=28)
HERE = (Attendance.Presence.PRESENT, Attendance.Presence.DEPUTY)


@dataclass
class Walk:
    """Where in the agenda one stands."""

    items: list[AgendaItem]
    at: int

    @property
    def item(self) -> AgendaItem:
        return self.items[self.at]

    def after(self, asked: str) -> int:
        """The place that a button leads to; what is not understood stays where one is."""
        if asked == "next":
            return min(self.at + 1, len(self.items) - 1)
        if asked == "previous":
            return max(self.at - 1, 0)
        if asked.startswith("to-") and asked[3:].isdecimal() and len(asked) < 8:
            return min(max(int(asked[3:]) - 1, 0), len(self.items) - 1)
        return self.at


@require_http_methods(["GET", "POST"])
@requires(Capability.MEETINGS_RUN)
def mode(request: ActorRequest, ref: str) -> HttpResponseBase:
    """Every button sends the whole page: what is typed goes along, whatever one presses."""
    meeting = run_meeting_or_404(request, ref)
    walk = _walk(request, meeting)
    if walk is None:
        messages.error(request, _("Build the agenda first."))
        return redirect("governance:agenda", ref)
    if request.method != "POST":
        return _page(request, meeting, walk)
    if meeting.state != MeetingState.ONGOING:
        messages.error(request, _("The meeting is not going on: nothing was saved."))
        return redirect("governance:meeting", ref)
    return _sent(request, meeting, walk)


def _sent(request: ActorRequest, meeting: Meeting, walk: Walk) -> HttpResponseBase:
    asked = request.POST.get("go", "")
    note = NoteForm(request.POST)
    decision = _decision_form(request.actor, meeting, request.POST)
    collision = _save_note(request, meeting, walk, note)
    is_note_kept = note.is_valid() and collision is None
    if asked == "decide":
        is_decided = decision.is_valid() and _decide(request, meeting, walk, decision)
        if is_decided and is_note_kept:
            messages.success(request, _("The decision is taken down."))
            return redirect(_address(meeting, walk.at))
        if is_decided:
            decision = _decision_form(request.actor, meeting)
        return _page(request, meeting, walk, note, decision, collision)
    if decision.is_begun and asked != "note":
        decision.add_error(
            "decision",
            _("You have begun a decision. Take it down, or empty the field, before you go on."),
        )
    elif is_note_kept and asked != "note":
        return redirect(_onward(meeting, walk, asked))
    elif is_note_kept and not decision.is_begun:
        messages.success(request, _("The note is saved."))
        return redirect(_address(meeting, walk.at))
    if is_note_kept:
        note = _note_form(request.actor, walk.item)
    if asked == "note":
        decision = _unjudged(request.actor, meeting, request.POST)
    return _page(request, meeting, walk, note, decision, collision)


@require_http_methods(["GET", "POST"])
@requires(Capability.MEETINGS_RUN)
def attendance(request: ActorRequest, ref: str) -> HttpResponseBase:
    meeting = run_meeting_or_404(request, ref)
    lines = selectors.attendance(request.actor, meeting)
    form = AttendanceForm(request.POST if request.method == "POST" else None, lines=lines)
    if request.method == "POST" and form.is_valid():
        if meeting.state != MeetingState.ONGOING:
            form.add_error(None, _("Attendance is marked while the meeting goes on."))
        else:
            services.mark_attendance(request.actor, ref, form.marked())
            messages.success(request, _("Attendance is marked."))
            return redirect("governance:mode", ref)
    context = {
        "meeting": meeting,
        "form": form,
        "quorum": _quorum(meeting, lines),
        "is_open": meeting.state == MeetingState.ONGOING,
    }
    return render(request, "governance/attendance.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.MEETINGS_RUN)
def end(request: ActorRequest, ref: str) -> HttpResponseBase:
    """End the meeting: attendance is whole, and somebody is to adjust the minutes."""
    meeting = run_meeting_or_404(request, ref)
    lines = selectors.attendance(request.actor, meeting)
    here = [line for line in lines if line.presence in HERE]
    template = template_of(meeting.group.kind)
    wanted = template.adjusters if template else 1
    form = AdjustersForm(
        request.POST if request.method == "POST" else None,
        choices=[(line.function.ref, f"{line.title}, {line.organisation_name}") for line in here],
        initial={"adjusters": [line.function.ref for line in here[:wanted]]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.end_meeting(request.actor, ref, form.cleaned_data["adjusters"])
        except HinderedError as error:
            form.add_error(None, hindrance_words(error.hindrance))
        except IllegalTransitionError:
            form.add_error(None, _("The meeting is not going on."))
        else:
            messages.success(request, _("The meeting has ended. The minutes are ready to adjust."))
            return redirect("governance:minutes", ref)
    context = {
        "meeting": meeting,
        "form": form,
        "unmarked": [line for line in lines if line.presence == Attendance.Presence.UNMARKED],
        "days": template.adjustment_days if template else 14,
        "decisions": selectors.decisions_of_meeting(request.actor, meeting),
    }
    return render(request, "governance/end_meeting.html", context)


def _walk(request: ActorRequest, meeting: Meeting) -> Walk | None:
    items = [item for item in selectors.items(request.actor, meeting) if not item.skipped_because]
    if not items:
        return None
    asked = request.GET.get("punkt", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    return Walk(items, min(max(number, 1), len(items)) - 1)


def _save_note(
    request: ActorRequest, meeting: Meeting, walk: Walk, form: NoteForm
) -> Collision | None:
    """Keep the note that came with the page; messages at the field when it cannot be kept."""
    if not form.is_valid():
        return None
    typed = form.cleaned_data
    try:
        kept = minutes_services.write_note(
            request.actor,
            meeting.ref,
            walk.item.ref,
            typed["text"],
            based_on=typed["based_on"],
            is_confirmed=typed["is_confirmed"],
        )
    except FieldError as error:
        add_messages(form, error.messages)
        return None
    return kept if isinstance(kept, Collision) else None


def _decide(request: ActorRequest, meeting: Meeting, walk: Walk, form: DecisionForm) -> bool:
    try:
        decision_services.decide(request.actor, meeting.ref, walk.item.ref, form.typed())
    except FieldError as error:
        renamed = {
            ("decision" if at == "text" else at): told for at, told in error.messages.items()
        }
        add_messages(form, renamed)
    except HinderedError as error:
        form.add_error(None, hindrance_words(error.hindrance))
    return not form.errors


def _page(
    request: ActorRequest,
    meeting: Meeting,
    walk: Walk,
    note: NoteForm | None = None,
    decision: DecisionForm | None = None,
    collision: Collision | None = None,
) -> HttpResponseBase:
    lines = selectors.attendance(request.actor, meeting)
    decided = selectors.decisions_of_meeting(request.actor, meeting)
    if collision is not None:
        # What is saved from here starts from the other's text, which stands above.
        note = NoteForm(initial={"text": collision.mine, "based_on": collision.latest_number})
    decision = decision or _decision_form(request.actor, meeting)
    context = {
        "meeting": meeting,
        "walk": walk,
        "item": walk.item,
        "number": walk.at + 1,
        "note": note or _note_form(request.actor, walk.item),
        "collision": collision,
        "decision": decision,
        "is_deciding": decision.is_bound and (decision.is_begun or bool(decision.errors)),
        "decisions": [each for each in decided if each.item_id == walk.item.pk],
        "decided_items": {each.item_id for each in decided},
        "earlier": _earlier(request.actor, walk.item, meeting),
        "quorum": _quorum(meeting, lines),
        "is_ongoing": meeting.state == MeetingState.ONGOING,
        "is_unmarked": any(line.presence == Attendance.Presence.UNMARKED for line in lines),
    }
    return render(request, "governance/mode.html", context, status=409 if collision else 200)


def _earlier(actor: Actor, item: AgendaItem, meeting: Meeting) -> list[Any]:
    """What was decided about the thing before, and how that stands."""
    if not item.subject_ref:
        return []
    found = selectors.decisions_about(actor, item.subject_kind, item.subject_ref)
    return [view for view in found if view.meeting_ref != meeting.ref][:5]


def _note_form(actor: Actor, item: AgendaItem) -> NoteForm:
    latest = selectors.latest_notes(actor, item.meeting).get(item.pk)
    return NoteForm(
        initial={
            "text": latest.text if latest else "",
            "based_on": latest.number if latest else 0,
        }
    )


def _decision_form(actor: Actor, meeting: Meeting, data: QueryDict | None = None) -> DecisionForm:
    today = timezone.localdate(actor.at)
    return DecisionForm(
        data,
        kinds=decision_services.kinds_for(meeting.group),
        functions=_functions(actor, meeting),
        initial={"due_on": today + DONE_AFTER, "follow_up_on": today + FOLLOW_UP_AFTER},
    )


def _unjudged(actor: Actor, meeting: Meeting, data: QueryDict) -> DecisionForm:
    """The decision as it was typed, without a word on what it lacks: it is not sent yet."""
    form = _decision_form(actor, meeting)
    form.initial = {name: data.get(name, "") for name in form.fields}
    return form


def _functions(actor: Actor, meeting: Meeting) -> list[FunctionFacts]:
    """Those with a seat first, then the municipality's others."""
    today = timezone.localdate(actor.at)
    code = meeting.group.municipality.code
    seated = {seat.function.ref for seat in selectors.seats(actor, meeting.group)}
    found = functions_of_municipality(actor, code, today)
    return sorted(found, key=lambda each: each.ref not in seated)


def _quorum(meeting: Meeting, lines: list[Attendance]) -> QuorumStanding | None:
    template = template_of(meeting.group.kind)
    if template is None or not template.quorum:
        return None
    here = [line for line in lines if line.presence in HERE and line.left_at is None]
    return quorum_standing(template.quorum, len(here), len(lines))


def _onward(meeting: Meeting, walk: Walk, asked: str) -> str:
    """Where the button leads, once what was typed is kept."""
    if asked in ("attendance", "end"):
        return reverse(f"governance:{asked}", args=[meeting.ref])
    return _address(meeting, walk.after(asked))


def _address(meeting: Meeting, at: int) -> str:
    return f"{reverse('governance:mode', args=[meeting.ref])}?punkt={at + 1}"

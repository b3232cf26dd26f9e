"""Meetings that were held, with minutes and decisions; assignments in every state; one going on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from samverkan.config.demo.meeting_texts import COUNCIL_ASSIGNMENTS, COUNCIL_SAID, EST_NOTES, PAPER
from samverkan.config.demo.people import REASON, STOCKHOLM, Cast, acting
from samverkan.governance.models import AgendaItem, Assignment, Attendance, Group, Meeting
from samverkan.governance.services import assignments
from samverkan.governance.services.agenda import add_point, build_agenda
from samverkan.governance.services.decisions import (
    FormalDraft,
    TypedDecision,
    decide,
    record_formal_decision,
)
from samverkan.governance.services.meetings import (
    PlannedTime,
    call_meeting,
    close_meeting,
    end_meeting,
    mark_attendance,
    plan_meetings,
    start_meeting,
)
from samverkan.governance.services.minutes import approve_minutes, write_note
from samverkan.platform.access.actor import Actor

ORDER = 60
STORFORS = "1760"


def build(cast: Cast, today: date) -> None:
    _est(cast, today)
    _council(cast, today)


def _est(cast: Cast, today: date) -> None:
    group = _group("est")
    past = [each for each in _meetings(group) if _day(each) < today][-4:]
    for number, meeting in enumerate(past):
        actor = acting(cast, STORFORS, "coordinator", meeting.starts_at)
        _open(actor, meeting)
        _attend(actor, meeting, absent={cast.functions[STORFORS, "library"].ref}, turn=number)
        note, decision = EST_NOTES[number % len(EST_NOTES)]
        item = _items(meeting)[0]
        write_note(actor, meeting.ref, item.ref, note, based_on=0)
        decide(
            actor,
            meeting.ref,
            _items(meeting)[-1].ref,
            TypedDecision(
                kind="decision",
                text=decision,
                reason="Återkommer på samma plats.",
                function_ref=cast.functions[STORFORS, "parks"].ref,
                due_on=_day(meeting) + timedelta(days=14),
                follow_up_on=_day(meeting) + timedelta(days=28),
                follow_up_how="Avstämning på mötet",
            ),
        )
        is_last = meeting == past[-1]
        _end(cast, actor, meeting, ["coordinator"], is_adjusted=not is_last)
    _call_next(cast, group, today)
    _extra(cast, group, today)


def _extra(cast: Cast, group: Group, today: date) -> None:
    """One meeting goes on today, to be looked at in meeting mode."""
    at = datetime.combine(today, time(8), STOCKHOLM)
    actor = acting(cast, STORFORS, "coordinator", at)
    (meeting,) = plan_meetings(actor, group.ref, [PlannedTime(at, 60, "Kommunhuset, Storfors")])
    _open(actor, meeting)
    _attend(actor, meeting, absent=set(), turn=1)
    write_note(actor, meeting.ref, _items(meeting)[0].ref, EST_NOTES[0][0], based_on=0)


def _council(cast: Cast, today: date) -> None:
    group = _group("council")
    past = [each for each in _meetings(group) if _day(each) < today]
    for number, meeting in enumerate(past):
        actor = acting(cast, STORFORS, "coordinator", meeting.starts_at)
        _open(actor, meeting)
        _attend(actor, meeting, absent=set(), turn=number)
        items = _items(meeting)
        for kind, text, reason in COUNCIL_SAID[number % len(COUNCIL_SAID)]:
            decide(actor, meeting.ref, items[1].ref, TypedDecision(kind, text, reason))
        if meeting == past[-1]:
            _assign(cast, actor, meeting, today)
        _end(cast, actor, meeting, ["chair", "coordinator"], is_adjusted=meeting != past[-1])
    actor = acting(cast, STORFORS, "coordinator", past[-1].starts_at + timedelta(days=40))
    record_formal_decision(
        actor,
        group.ref,
        FormalDraft(
            title="Kommunstyrelsen antar riktlinjer för belysning vid gångvägar",
            body="Kommunstyrelsen",
            decided_on=_day(past[-1]) + timedelta(days=35),
            paragraph="87",
            reference_number=f"KS {today.year}/131",
        ),
    )
    _call_next(cast, group, today)


def _assign(cast: Cast, actor: Actor, meeting: Meeting, today: date) -> None:
    """Seven assignments, each left in another state of its life, one of them late."""
    item = _items(meeting)[-1]
    for state, key, text, days in COUNCIL_ASSIGNMENTS:
        decide(
            actor,
            meeting.ref,
            item.ref,
            TypedDecision(
                kind="assignment",
                text=text,
                reason="Lägesbilden pekar på det.",
                function_ref=cast.functions[STORFORS, key].ref,
                due_on=max(today + timedelta(days=days), _day(meeting)),
                follow_up_on=today + timedelta(days=max(days, 0) + 30),
                follow_up_how="Rapport till rådet",
            ),
        )
        made = Assignment.objects.for_system(REASON).latest("pk")
        _live(cast, made, state, meeting.starts_at)


def _live(cast: Cast, made: Assignment, state: str, since: datetime) -> None:
    """Walk the assignment through its life until it stands where the demo wants it."""
    chief = acting(cast, STORFORS, "chief", since + timedelta(days=5))
    worker = acting(cast, STORFORS, "coordinator", since + timedelta(days=12))
    later = acting(cast, STORFORS, "coordinator", since + timedelta(days=60))
    steps = {
        "accepted": ["accept"],
        "declined": ["decline"],
        "ongoing": ["accept", "begin"],
        "reported": ["accept", "begin", "report"],
        "returned": ["accept", "begin", "report", "return"],
        "closed": ["accept", "begin", "report", "close"],
    }.get(state, [])
    for event in steps:
        if event == "accept":
            assignments.accept_assignment(chief, made.ref)
        elif event == "decline":
            assignments.decline_assignment(chief, made.ref, "Resurser saknas i år.")
        elif event == "begin":
            assignments.begin_assignment(worker, made.ref)
        elif event == "report":
            assignments.report_assignment(later, made.ref, "Genomgången är gjord på sex platser.")
        elif event == "return":
            assignments.return_assignment(later, made.ref, "Kostnaden saknas i rapporten.")
        elif event == "close":
            assignments.close_assignment(later, made.ref)


def _open(actor: Actor, meeting: Meeting) -> None:
    build_agenda(actor, meeting.ref)
    call_meeting(actor, meeting.ref)
    start_meeting(actor, meeting.ref)


def _attend(actor: Actor, meeting: Meeting, *, absent: Iterable[str], turn: int) -> None:
    lines = Attendance.objects.for_system(REASON).filter(meeting=meeting)
    refs = [line.function.ref for line in lines.select_related("function")]
    marked = {ref: "absent" if ref in absent else "present" for ref in refs}
    if turn % 2:
        marked[refs[-1]] = "deputy"
    mark_attendance(actor, meeting.ref, marked)


def _end(cast: Cast, actor: Actor, meeting: Meeting, keys: list[str], *, is_adjusted: bool) -> None:
    over = meeting.starts_at + timedelta(minutes=meeting.minutes_long)
    ending = acting(cast, STORFORS, "coordinator", over)
    end_meeting(ending, meeting.ref, [cast.functions[STORFORS, key].ref for key in keys])
    if not is_adjusted:
        return
    for key in keys:
        approve_minutes(acting(cast, STORFORS, key, over + timedelta(days=6)), meeting.ref, 1)
    close_meeting(acting(cast, STORFORS, "coordinator", over + timedelta(days=7)), meeting.ref)


def _call_next(cast: Cast, group: Group, today: date) -> None:
    """The next meeting is called, with its agenda and a paper."""
    ahead = next(each for each in _meetings(group) if _day(each) >= today)
    at = min(ahead.starts_at - timedelta(days=7), datetime.combine(today, time(7), STOCKHOLM))
    actor = acting(cast, STORFORS, "coordinator", at)
    build_agenda(actor, ahead.ref)
    title, paper_title, paper_text = PAPER[group.kind]
    add_point(actor, ahead.ref, title, paper_title=paper_title, paper_text=paper_text)
    call_meeting(actor, ahead.ref)


def _group(kind: str) -> Group:
    found: Group = Group.objects.for_system(REASON).get(kind=kind)
    return found


def _meetings(group: Group) -> list[Meeting]:
    found = Meeting.objects.for_system(REASON).filter(group=group, state="planned")
    return list(found.order_by("starts_at"))


def _items(meeting: Meeting) -> list[AgendaItem]:
    return list(AgendaItem.objects.for_system(REASON).filter(meeting=meeting))


def _day(meeting: Meeting) -> date:
    return meeting.starts_at.astimezone(STOCKHOLM).date()

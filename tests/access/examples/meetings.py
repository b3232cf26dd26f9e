"""Examples of groups, meetings, minutes and assignments."""

from __future__ import annotations

from samverkan.governance.models import AgendaItem, Assignment, Group, Meeting, Seat

ASKING = "an example for the access table"
SENT = ("POST",)
BOTH = ("GET", "POST")
POSTED: dict[str, tuple[str, ...]] = {
    "governance:start_group": BOTH,
    "governance:answer_assignment": SENT,
    "governance:report_assignment": BOTH,
    "governance:agenda": ("GET",),
    "governance:paper": BOTH,
    "governance:call": SENT,
    "governance:start": SENT,
    "governance:cancel": BOTH,
    "governance:close": SENT,
    "governance:mode": BOTH,
    "governance:attendance": BOTH,
    "governance:end": BOTH,
    "governance:write_minutes": BOTH,
    "governance:approve_minutes": SENT,
    "governance:return_minutes": SENT,
    "governance:adjusters": BOTH,
    "governance:formal_decision": BOTH,
    "governance:plan_meetings": BOTH,
    "governance:rhythm": BOTH,
    "governance:new_seat": BOTH,
    "governance:seat": BOTH,
    "governance:end_group": BOTH,
}


def example_values() -> dict[str, dict[str, str]]:
    council = Group.objects.for_system(ASKING).get(kind="council")
    est = Group.objects.for_system(ASKING).get(kind="est")
    meetings = Meeting.objects.for_system(ASKING)
    ongoing = meetings.get(group=est, state="ongoing")
    ended = meetings.get(group=est, state="ended")
    ahead = meetings.filter(group=est, state="called").earliest("starts_at")
    assignment = Assignment.objects.for_system(ASKING).get(state="returned")
    seat = Seat.objects.for_system(ASKING).get(group=est, is_chair=True)
    going, over, coming = ({"ref": each.ref} for each in (ongoing, ended, ahead))
    group = {"ref": council.ref}
    return {
        "governance:start_group": {"kind": "welfare_crime"},
        "governance:assignment": {"ref": assignment.ref},
        "governance:answer_assignment": {"ref": assignment.ref},
        "governance:report_assignment": {"ref": assignment.ref},
        "governance:agenda": coming,
        "governance:paper": {**coming, "item": _item(ahead)},
        "governance:call": coming,
        "governance:start": coming,
        "governance:cancel": coming,
        "governance:close": over,
        "governance:mode": going,
        "governance:attendance": going,
        "governance:end": going,
        "governance:minutes": over,
        "governance:write_minutes": {**over, "item": _item(ended)},
        "governance:approve_minutes": over,
        "governance:return_minutes": over,
        "governance:adjusters": over,
        "governance:download": {**coming, "kind": "handlingar"},
        "governance:decisions": group,
        "governance:formal_decision": group,
        "governance:onboarding": group,
        "governance:plan_meetings": {"ref": est.ref},
        "governance:rhythm": group,
        "governance:seats": group,
        "governance:new_seat": group,
        "governance:seat": {"ref": est.ref, "function": seat.function.ref},
        "governance:end_group": group,
    }


def _item(meeting: Meeting) -> str:
    found: AgendaItem = AgendaItem.objects.for_system(ASKING).filter(meeting=meeting).first()
    return found.ref

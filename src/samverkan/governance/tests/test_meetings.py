"""A meeting from notice to minutes: agenda, attendance, decisions, adjustment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from samverkan.governance import agenda_sources, decision_kinds
from samverkan.governance.agenda_sources import AgendaPart, AgendaPoint
from samverkan.governance.decision_kinds import DecisionResult, DecisionStanding
from samverkan.governance.models import Adjuster, Assignment, Attendance, Decision, MinutesVersion
from samverkan.governance.rules import Collision, Hindrance
from samverkan.governance.selectors import decisions_about, decisions_since, is_intact
from samverkan.governance.services import agenda, meetings, minutes
from samverkan.governance.services.common import FieldError, HinderedError
from samverkan.governance.services.decisions import TypedDecision, decide
from samverkan.organisations.models import Function
from samverkan.platform.audit.models import AuditEntry
from samverkan.platform.design.tones import Tone
from samverkan.platform.outbox.models import OutgoingMessage
from tests.world import NOW

pytestmark = pytest.mark.django_db


@dataclass
class Spade:
    """A room's own kind of decision, that carries out and can fail."""

    key: str = "measure"
    label: str = "Åtgärd"
    breaks: bool = False

    def problems_with(self, actor, draft):
        return {"cause": "Skriv en orsak."} if draft.text == "utan orsak" else {}

    def carry_out(self, actor, draft):
        if self.breaks:
            raise RuntimeError("the room broke")
        return DecisionResult("m-1", draft.text, "/problem/x/")

    def standings(self, actor, refs):
        return {ref: DecisionStanding("klar", Tone.OK, is_done=True) for ref in refs}


@pytest.fixture
def spade(monkeypatch):
    kind = Spade()
    monkeypatch.setattr(decision_kinds, "_kinds", dict(decision_kinds._kinds))
    decision_kinds.register(kind)
    return kind


@pytest.fixture
def torget(monkeypatch):
    """A room that brings up one problem."""
    point = AgendaPoint(
        "problem-1", AgendaPart.PROBLEMS, "Busstorget", "Tredje veckan.", "/p/1/", "problem", "p1"
    )
    monkeypatch.setattr(agenda_sources, "_sources", [*agenda_sources._sources])
    agenda_sources.register(lambda actor, frame: [point])
    return point


def titles(room, meeting):
    return [item.title for item in room.items(meeting)]


def typed(**fields):
    given = {
        "kind": "assignment",
        "text": "Se över belysningen",
        "due_on": date(2026, 12, 20),
        "follow_up_on": date(2027, 1, 20),
        "follow_up_how": "På mötet",
    }
    return TypedDecision(**{**given, **fields})


def test_the_agenda_is_the_templates_parts_with_the_rooms_points_in_order(est_room, torget):
    meeting = est_room.planned()
    assert agenda.build_agenda(est_room.actor("coordinator"), meeting.ref) == 4
    assert titles(est_room, meeting) == [
        "Busstorget", "Nästa möte", "Vad vi säger till dem som rapporterat", "Övriga frågor",
    ]  # fmt: skip
    assert agenda.build_agenda(est_room.actor("coordinator"), meeting.ref) == 0


def test_points_are_moved_left_out_with_a_reason_and_added(est_room, torget):
    actor, meeting = est_room.actor("coordinator"), est_room.planned()
    agenda.build_agenda(actor, meeting.ref)
    first = est_room.items(meeting)[0]
    agenda.move_point(actor, meeting.ref, first.ref, 1)
    assert titles(est_room, meeting)[:2] == ["Nästa möte", "Busstorget"]
    agenda.move_point(actor, meeting.ref, est_room.items(meeting)[0].ref, -1)
    agenda.skip_point(actor, meeting.ref, first.ref, "Tas nästa gång")
    agenda.add_point(actor, meeting.ref, "Ljusfesten", paper_title="Plan", paper_text="Rundor.")
    assert "Ljusfesten" in titles(est_room, meeting)
    skipped = {each.ref: each.skipped_because for each in est_room.items(meeting)}
    assert skipped[first.ref] == "Tas nästa gång"


def test_points_of_one_s_own_come_in_their_order_before_what_ends_every_meeting(council_room):
    actor, meeting = council_room.actor("coordinator"), council_room.planned()
    agenda.build_agenda(actor, meeting.ref)
    built = [item.title for item in council_room.items(meeting)]
    for title in ("Ljusfesten", "Skolavslutningen"):
        agenda.add_point(actor, meeting.ref, title)
    titles = [item.title for item in council_room.items(meeting)]
    at = titles.index("Ljusfesten")
    assert titles[at : at + 2] == ["Ljusfesten", "Skolavslutningen"]
    assert titles[at + 2 :] == ["Nästa möte", "Övriga frågor"]
    assert titles[:at] + titles[at + 2 :] == built


def test_a_new_point_comes_in_after_those_of_its_part_and_leaves_the_order(est_room, monkeypatch):
    actor, meeting = est_room.actor("coordinator"), est_room.planned()
    agenda.build_agenda(actor, meeting.ref)
    late = AgendaPoint("m-9", AgendaPart.MEASURES, "Försenad åtgärd")
    monkeypatch.setattr(agenda_sources, "_sources", [*agenda_sources._sources])
    agenda_sources.register(lambda actor, frame: [late])
    assert agenda.build_agenda(actor, meeting.ref) == 1
    assert titles(est_room, meeting)[0] == "Försenad åtgärd"


def test_a_notice_needs_an_agenda_and_a_meeting_its_day(est_room):
    actor, meeting = est_room.actor("coordinator"), est_room.planned(NOW + timedelta(days=3))
    with pytest.raises(HinderedError) as refused:
        meetings.call_meeting(actor, meeting.ref)
    assert refused.value.hindrance is Hindrance.NO_POINTS
    agenda.build_agenda(actor, meeting.ref)
    meetings.call_meeting(actor, meeting.ref)
    with pytest.raises(HinderedError) as early:
        meetings.start_meeting(actor, meeting.ref)
    assert early.value.hindrance is Hindrance.TOO_EARLY


def test_several_meetings_are_planned_in_one_go_and_never_twice(est_room):
    actor = est_room.actor("coordinator")
    times = [meetings.PlannedTime(NOW + timedelta(days=14 * step), 60) for step in range(4)]
    assert len(meetings.plan_meetings(actor, est_room.group.ref, times)) == 4
    assert meetings.plan_meetings(actor, est_room.group.ref, times) == []


def test_a_decision_is_typed_once_and_becomes_the_thing(est_room, torget, spade):
    meeting = est_room.ongoing()
    actor, item = est_room.actor("coordinator"), est_room.items(meeting)[0]
    made = decide(
        actor, meeting.ref, item.ref, typed(kind="measure", function_ref=est_room.ref("school"))
    )
    assert (made.result_ref, made.subject_ref, made.number) == ("m-1", "p1", 1)
    (view,) = decisions_about(actor, "problem", "p1")
    assert (view.standing.label, view.function_title) == ("klar", "reporter Grundskolan, Storfors")
    assert [each.ref for each in decisions_since(actor, est_room.group.ref, NOW.date())] == [
        made.ref
    ]
    assert decisions_since(actor, est_room.group.ref, date(2027, 1, 1)) == []


def test_when_the_thing_cannot_be_made_nothing_is_kept(est_room, torget, spade):
    meeting = est_room.ongoing()
    actor, item = est_room.actor("coordinator"), est_room.items(meeting)[0]
    trail = AuditEntry.objects.for_system("test").count()
    spade.breaks = True
    with pytest.raises(RuntimeError):
        decide(
            actor, meeting.ref, item.ref, typed(kind="measure", function_ref=est_room.ref("school"))
        )
    assert not Decision.objects.for_system("test").exists()
    assert AuditEntry.objects.for_system("test").count() == trail


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"text": ""}, "text"),
        ({"function_ref": ""}, "function_ref"),
        ({"due_on": None}, "due_on"),
        ({"follow_up_on": None}, "follow_up_on"),
        ({"follow_up_how": " "}, "follow_up_how"),
        ({"kind": "measure", "text": "utan orsak"}, "cause"),
        ({"kind": "statement"}, "kind"),
        ({"text": "Ring 070-123 45 67 och fråga"}, "text"),
        ({"due_on": date(2020, 1, 1)}, "due_on"),
    ],
)
def test_what_a_decision_lacks_is_said_at_its_field(est_room, spade, fields, at):
    meeting = est_room.ongoing()
    actor, item = est_room.actor("coordinator"), est_room.items(meeting)[0]
    with pytest.raises(FieldError) as refused:
        decide(
            actor,
            meeting.ref,
            item.ref,
            typed(**{"function_ref": est_room.ref("school"), **fields}),
        )
    assert list(refused.value.messages) == [at]
    assert not Decision.objects.for_system("test").exists()


def test_a_council_without_quorum_takes_no_position(council_room):
    meeting = council_room.ongoing(marked="absent")
    actor, item = council_room.actor("coordinator"), council_room.items(meeting)[0]
    said = TypedDecision("statement", "Rådet ställer sig bakom lägesbilden.")
    with pytest.raises(HinderedError) as refused:
        decide(actor, meeting.ref, item.ref, said)
    assert refused.value.hindrance is Hindrance.NO_QUORUM
    here = dict.fromkeys(council_room.seat_refs(meeting)[:3], "present")
    meetings.mark_attendance(actor, meeting.ref, here)
    assert decide(actor, meeting.ref, item.ref, said).kind == "statement"
    assert not Assignment.objects.for_system("test").exists()


def test_the_minutes_are_ready_when_the_meeting_ends(est_room):
    meeting = est_room.ongoing()
    actor, item = est_room.actor("coordinator"), est_room.items(meeting)[0]
    minutes.write_note(actor, meeting.ref, item.ref, "Lugn vecka.", based_on=0)
    meetings.end_meeting(actor, meeting.ref, [est_room.ref("coordinator")])
    version = MinutesVersion.objects.for_system("test").get(meeting=meeting)
    assert version.content["points"][0]["note"] == "Lugn vecka."
    assert {line["presence"] for line in version.content["attendance"]} == {"present"}
    ended = est_room.again(meeting)
    assert (ended.state, ended.minutes_state) == ("ended", "to_adjust")
    assert ended.adjust_by == NOW.date() + timedelta(days=14)


def test_a_meeting_does_not_end_before_attendance_is_marked_or_without_an_adjuster_in_the_room(
    est_room,
):
    meeting = est_room.ongoing(marked="")
    actor = est_room.actor("coordinator")
    for marked, chosen, hindrance in (
        ("", "coordinator", Hindrance.ATTENDANCE_UNMARKED),
        ("absent", "coordinator", Hindrance.ADJUSTER_NOT_PRESENT),
        ("present", "", Hindrance.NO_ADJUSTER),
    ):
        if marked:
            here = dict.fromkeys(est_room.seat_refs(meeting), marked)
            meetings.mark_attendance(actor, meeting.ref, here)
        with pytest.raises(HinderedError) as refused:
            meetings.end_meeting(actor, meeting.ref, [est_room.ref(chosen)] if chosen else [])
        assert refused.value.hindrance is hindrance


def test_a_person_in_a_note_is_refused_or_asked_about(est_room):
    meeting = est_room.ongoing()
    actor, item = est_room.actor("coordinator"), est_room.items(meeting)[0]
    with pytest.raises(FieldError, match="text"):
        minutes.write_note(actor, meeting.ref, item.ref, "Ring 070-123 45 67", based_on=0)
    asked = "En 16-årig pojke på moped"
    with pytest.raises(FieldError):
        minutes.write_note(actor, meeting.ref, item.ref, asked, based_on=0)
    assert minutes.write_note(actor, meeting.ref, item.ref, asked, based_on=0, is_confirmed=True)


def test_two_who_write_the_same_note_see_both_texts_and_nothing_is_overwritten(est_room):
    meeting = est_room.ongoing()
    actor, item = est_room.actor("coordinator"), est_room.items(meeting)[0]
    minutes.write_note(actor, meeting.ref, item.ref, "Den enas ord.", based_on=0)
    met = minutes.write_note(actor, meeting.ref, item.ref, "Den andras ord.", based_on=0)
    assert isinstance(met, Collision)
    assert (met.mine, met.theirs) == ("Den andras ord.", "Den enas ord.")
    joined = minutes.write_note(actor, meeting.ref, item.ref, "Bådas ord.", based_on=1)
    assert joined.number == 2
    assert minutes.write_note(actor, meeting.ref, item.ref, "Bådas ord.", based_on=1) is None


def test_all_adjusters_lock_the_minutes_with_their_hash(est_room):
    meeting = est_room.ended(adjusters=("coordinator", "officer"))
    minutes.approve_minutes(est_room.actor("coordinator"), meeting.ref, 1)
    assert est_room.again(meeting).state == "ended"
    minutes.approve_minutes(est_room.actor("officer"), meeting.ref, 1)
    locked = est_room.again(meeting)
    assert (locked.state, locked.minutes_state) == ("adjusted", "adjusted")
    version = MinutesVersion.objects.for_system("test").get(meeting=meeting)
    assert version.is_adjusted
    assert is_intact(version)
    version.content["place"] = "Någon annanstans"
    assert not is_intact(version)
    with pytest.raises(PermissionDenied):
        minutes.write_note(
            est_room.actor("coordinator"),
            meeting.ref,
            est_room.items(meeting)[0].ref,
            "Efteråt",
            based_on=0,
        )


def test_a_change_after_the_meeting_is_a_new_version_that_all_read_again(est_room):
    meeting = est_room.ended(adjusters=("coordinator", "officer"))
    actor, item = est_room.actor("coordinator"), est_room.items(meeting)[0]
    minutes.approve_minutes(est_room.actor("officer"), meeting.ref, 1)
    minutes.return_minutes(actor, meeting.ref, "En mening saknas")
    assert est_room.again(meeting).minutes_state == "returned"
    minutes.write_note(actor, meeting.ref, item.ref, "En mening till.", based_on=0)
    assert est_room.again(meeting).minutes_state == "to_adjust"
    assert not Adjuster.objects.for_system("test").filter(approved_at__isnull=False).exists()
    with pytest.raises(minutes.StaleVersionError):
        minutes.approve_minutes(actor, meeting.ref, 1)
    minutes.approve_minutes(actor, meeting.ref, 2)


def test_only_an_adjuster_adjusts(est_room):
    meeting = est_room.ended(adjusters=("coordinator",))
    with pytest.raises(PermissionDenied):
        minutes.approve_minutes(est_room.actor("officer"), meeting.ref, 1)


def test_a_member_whose_function_ends_while_the_meeting_goes_on_stays_in_the_list_and_has_left(
    est_room,
):
    meeting = est_room.ongoing()
    function = est_room.people["officer"][1]
    Function.objects.for_system("test").filter(pk=function.pk).update(ended_on=NOW.date())
    actor, item = est_room.actor("coordinator"), est_room.items(meeting)[0]
    meetings.mark_attendance(actor, meeting.ref, {function.ref: "present"})
    line = Attendance.objects.for_system("test").get(meeting=meeting, function=function)
    assert line.left_at == NOW
    with translation.override("sv"), pytest.raises(FieldError) as refused:
        decide(actor, meeting.ref, item.ref, typed(function_ref=function.ref))
    assert refused.value.messages == {"function_ref": "Funktionen har upphört. Välj en annan."}
    meetings.end_meeting(actor, meeting.ref, [function.ref, est_room.ref("coordinator")])
    minutes.approve_minutes(actor, meeting.ref, 1)
    assert est_room.again(meeting).minutes_state == "adjusted"


def test_who_had_no_seat_on_the_day_is_not_called(est_room):
    function = est_room.people["officer"][1]
    Function.objects.for_system("test").filter(pk=function.pk).update(ended_on=NOW.date())
    meeting = est_room.ongoing()
    assert function.ref not in est_room.seat_refs(meeting)


def test_an_outsider_and_a_reader_run_no_meeting(est_room):
    meeting = est_room.planned()
    with pytest.raises(PermissionDenied):
        agenda.build_agenda(est_room.actor("chair"), meeting.ref)
    neighbour = est_room.world.actor("safety_coordinator", est_room.world.kristinehamn)
    with pytest.raises(type(meeting).DoesNotExist):
        agenda.build_agenda(neighbour, meeting.ref)


def test_the_officer_with_a_seat_runs_it_in_the_owners_name(est_room):
    meeting = est_room.planned()
    assert agenda.build_agenda(est_room.actor("officer"), meeting.ref) > 0
    entry = AuditEntry.objects.for_system("test").latest("sequence")
    assert entry.owner_party_ref == est_room.world.storfors.ref
    assert entry.actor_party_ref == est_room.world.police.ref


def test_the_notice_goes_once_to_every_function_that_has_a_mailbox(est_room):
    school = Function.objects.for_system("test").get(ref=est_room.ref("school"))
    school.email = "skolan@example.test"
    school.save()
    actor, meeting = est_room.actor("coordinator"), est_room.planned(NOW + timedelta(days=3))
    agenda.build_agenda(actor, meeting.ref)
    meetings.call_meeting(actor, meeting.ref)
    sent = OutgoingMessage.objects.for_system("test").get()
    assert sent.address == "skolan@example.test"
    assert sent.key == f"notice-{meeting.ref}-{school.ref}"
    assert sent.subject.startswith("Kallelse: ")
    assert "1. " in sent.body

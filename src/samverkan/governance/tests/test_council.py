"""The council: its chair, its seats, its assignments, its overview and its new members."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samverkan.governance import overview_counts
from samverkan.governance.group_templates import template_of
from samverkan.governance.models import Assignment, FormalDecision, Group, Meeting, Seat
from samverkan.governance.overview_counts import CountTopic, OverviewCount, SmallCounts
from samverkan.governance.rules import (
    Hindrance,
    SeatChoice,
    quorum_standing,
    seat_hindrances,
)
from samverkan.governance.selectors import assignments, cadence_of, meetings_held
from samverkan.governance.services import assignments as services
from samverkan.governance.services.common import HinderedError
from samverkan.governance.services.decisions import (
    FormalDraft,
    TypedDecision,
    decide,
    record_formal_decision,
)
from samverkan.governance.services.groups import (
    RhythmDraft,
    SeatDraft,
    change_rhythm,
    change_seats,
    end_group,
)
from samverkan.platform.work.registry import appointments, open_work
from tests.world import NOW

pytestmark = pytest.mark.django_db


def proposed(room, key="chief", due=date(2026, 12, 20)):
    return services.propose_assignment(
        room.actor("coordinator"),
        services.AssignmentDraft(room.group.ref, "Se över belysningen", room.ref(key), due),
    )


def test_the_council_is_chaired_by_the_municipality(council_room):
    seats = [
        SeatDraft(council_room.ref("police chief"), is_chair=True),
        SeatDraft(council_room.ref("chair")),
    ]
    with pytest.raises(HinderedError) as refused:
        change_seats(council_room.actor("coordinator"), council_room.group.ref, seats)
    assert refused.value.hindrance is Hindrance.CHAIR_NOT_MUNICIPAL
    chair = Seat.objects.for_system("test").get(group=council_room.group, is_chair=True)
    assert chair.function.ref == council_room.ref("chair")


@pytest.mark.parametrize(
    ("seats", "hindrance"),
    [
        ([SeatChoice("a")], Hindrance.NO_CHAIR),
        ([SeatChoice("a", is_chair=True), SeatChoice("b", is_chair=True)], Hindrance.NO_CHAIR),
        ([SeatChoice("a", is_chair=True), SeatChoice("a")], Hindrance.SEAT_TWICE),
        ([SeatChoice("a", is_chair=True, is_in_use=False)], Hindrance.FUNCTION_ENDED),
    ],
)
def test_seats_together_follow_rules(seats, hindrance):
    assert seat_hindrances(template_of("council"), seats) == (hindrance,)


@pytest.mark.parametrize(
    ("rule", "seats", "needed"),
    [("more_than_half", 4, 3), ("more_than_half", 5, 3), ("half", 5, 3), ("", 5, 0)],
)
def test_quorum_is_reckoned_from_the_seats(rule, seats, needed):
    assert quorum_standing(rule, 3, seats).needed == needed
    assert quorum_standing(rule, needed, seats).is_met


def test_a_seat_that_ends_is_kept_with_its_last_day(council_room):
    room = council_room
    keep = [SeatDraft(room.ref("chair"), is_chair=True), SeatDraft(room.ref("coordinator"))]
    change_seats(room.actor("coordinator"), room.group.ref, keep)
    ended = Seat.objects.for_system("test").filter(group=room.group, valid_to=NOW.date())
    assert {seat.function.ref for seat in ended} == {room.ref("chief"), room.ref("police chief")}
    again = [*keep, SeatDraft(room.ref("chief"), is_leading_position=True)]
    change_seats(room.actor("coordinator", NOW + timedelta(days=9)), room.group.ref, again)
    assert Seat.objects.for_system("test").filter(group=room.group).count() == 5


def test_a_group_that_ends_keeps_its_past_and_cancels_what_lies_ahead(council_room):
    room = council_room
    held, ahead = room.ended(), room.planned(NOW + timedelta(days=30))
    end_group(room.actor("coordinator"), room.group.ref, NOW.date(), "Uppgår i en annan grupp")
    states = dict(Meeting.objects.for_system("test").values_list("ref", "state"))
    assert states == {held.ref: "ended", ahead.ref: "cancelled"}
    assert not Seat.objects.for_system("test").filter(valid_to__isnull=True).exists()


def test_other_rooms_ask_when_the_group_meets_and_how_often_it_has(council_room):
    room = council_room
    actor = room.actor("coordinator")
    assert cadence_of(actor, room.group.ref) is None
    rhythm = RhythmDraft(
        "every_second_week",
        date(2026, 11, 25),
        summer_rhythm="monthly",
        summer_from="06-22",
        summer_to="08-10",
    )
    change_rhythm(actor, room.group.ref, rhythm)
    assert cadence_of(actor, room.group.ref).meets_in_week(202648)
    neighbour = room.world.actor("safety_coordinator", room.world.kristinehamn)
    assert cadence_of(neighbour, room.group.ref) is None
    room.ended(NOW - timedelta(days=2))
    (held,) = meetings_held(actor, "1760", date(2026, 1, 1), date(2027, 1, 1))
    assert (held.held, held.with_minutes) == (1, 1)


def test_an_assignment_is_nobodys_before_the_organisation_has_accepted_it(council_room):
    room = council_room
    made = proposed(room)
    for key in ("police chief", "officer"):
        with pytest.raises(PermissionDenied):
            services.accept_assignment(room.actor(key), made.ref)
    accepted = services.accept_assignment(room.actor("chief"), made.ref)
    assert accepted.accepted_at == NOW
    assert accepted.accepted_as == "council_official Storfors kommun"


def test_an_assignment_to_the_police_is_accepted_by_the_police(council_room):
    room = council_room
    made = proposed(room, "police chief")
    assert made.organisation == room.world.police
    with pytest.raises(PermissionDenied):
        services.accept_assignment(room.actor("chief"), made.ref)
    assert services.accept_assignment(room.actor("police chief"), made.ref).state == "accepted"


def test_a_report_comes_back_and_can_be_sent_back_without_being_lost(council_room):
    room = council_room
    made, worker = proposed(room), room.actor("chief")
    services.accept_assignment(worker, made.ref)
    services.begin_assignment(worker, made.ref)
    services.report_assignment(worker, made.ref, "Sex platser är genomgångna.")
    services.return_assignment(room.actor("coordinator"), made.ref, "Kostnaden saknas")
    services.report_assignment(worker, made.ref, "Sex platser, 40 000 kronor.")
    done = services.close_assignment(room.actor("coordinator"), made.ref)
    assert (done.state, done.report) == ("closed", "Sex platser, 40 000 kronor.")
    from samverkan.governance.selectors import history

    notes = [step.note for step in history(worker, "assignment", made.ref)]
    assert "Sex platser är genomgångna." in notes


def test_late_is_shown_until_it_is_reported(council_room):
    room = council_room
    made = proposed(room, due=date(2026, 11, 1))
    actor, worker = room.actor("coordinator"), room.actor("chief")
    assert [view.is_late for view in assignments(actor)] == [True]
    services.accept_assignment(worker, made.ref)
    services.begin_assignment(worker, made.ref)
    services.report_assignment(worker, made.ref, "Klart.")
    assert [view.is_late for view in assignments(actor)] == [False]


def test_a_decision_of_the_council_becomes_an_assignment_for_a_group(council_room):
    room = council_room
    meeting = room.ongoing()
    typed = TypedDecision(
        "assignment",
        "Se över belysningen",
        "Mörkt",
        room.ref("coordinator"),
        date(2026, 12, 20),
        date(2027, 1, 20),
        "Rapport",
    )
    made = decide(room.actor("coordinator"), meeting.ref, room.items(meeting)[0].ref, typed)
    assignment = Assignment.objects.for_system("test").get(ref=made.result_ref)
    assert (assignment.state, assignment.group) == ("proposed", room.group)


def test_a_formal_decision_is_its_own_thing_with_body_and_number(council_room):
    actor = council_room.actor("coordinator")
    draft = FormalDraft("Plan antas", "Kommunstyrelsen", date(2026, 11, 20), "87", "KS 2026/145")
    record_formal_decision(actor, council_room.group.ref, draft)
    kept = FormalDecision.objects.for_system("test").get()
    assert (kept.body, kept.paragraph, kept.reference_number) == (
        "Kommunstyrelsen", "87", "KS 2026/145",
    )  # fmt: skip


def test_what_functions_owe_is_in_the_one_register(council_room):
    room = council_room
    room.ended(adjusters=("chair",))
    room.planned(NOW + timedelta(days=20))
    proposed(room)
    refs = [room.ref("chair"), room.ref("chief")]
    kinds = {item.key.split("-")[0]: item for item in open_work(room.actor("chair"), refs)}
    assert set(kinds) >= {"adjust", "notice", "assignment"}
    assert kinds["adjust"].due_on == NOW.date() + timedelta(days=14)
    assert kinds["notice"].due_on == (NOW + timedelta(days=6)).date()
    outsider = room.world.actor("safety_coordinator", room.world.kristinehamn)
    assert open_work(outsider, refs) == []


def test_meetings_stand_in_the_calendars_of_seats_and_deputies(council_room):
    room = council_room
    Seat.objects.for_system("test").filter(function__ref=room.ref("chair")).update(
        deputy=room.people["officer"][1]
    )
    room.planned(NOW + timedelta(days=1))
    room.planned(NOW + timedelta(days=40))
    first, after = NOW.date(), NOW.date() + timedelta(days=7)
    refs = [room.ref("chair"), room.ref("officer"), room.ref("school")]
    found = appointments(room.actor("chair"), refs, first, after)
    assert {each.function_ref for each in found} == {room.ref("chair"), room.ref("officer")}
    assert {each.ends_at - each.starts_at for each in found} == {timedelta(hours=1)}


@pytest.fixture
def counted(monkeypatch):
    monkeypatch.setattr(overview_counts, "_providers", [*overview_counts._providers])
    overview_counts.register(
        lambda actor, code: [
            OverviewCount(CountTopic.PROBLEMS, "nivå ett", 3, small=SmallCounts.SUPPRESSED),
            OverviewCount(CountTopic.PROBLEMS, "nivå två", 12, small=SmallCounts.SUPPRESSED),
            OverviewCount(CountTopic.PROBLEMS, "nivå tre", 0, small=SmallCounts.SUPPRESSED),
            OverviewCount(CountTopic.MEASURES, "Åtgärder med utfall", 2),
        ]
    )


def test_the_overview_tells_counts_and_hides_small_ones(council_room, counted, client_in):
    page = client_in("council_politician").get("/grupper/overblick/").text
    assert "Storfors: inget är försenat" in page
    assert "färre än 5" in page
    assert ">12<" in page
    assert ">3<" not in page
    assert "Åtgärder med utfall" in page


def test_a_neighbours_overview_knows_nothing_of_our_groups(council_room, client_in):
    page = client_in("safety_coordinator", council_room.world.kristinehamn).get(
        "/grupper/overblick/"
    )
    assert "Gruppen council" not in page.text
    assert Group.objects.for_system("test").count() == 1


def test_a_new_member_reads_what_was_decided_and_why(council_room, client_in):
    room = council_room
    meeting = room.ongoing()
    said = TypedDecision(
        "recommendation", "Gemensam kontaktväg på kvällar", "Ärenden blir liggande"
    )
    decide(room.actor("coordinator"), meeting.ref, room.items(meeting)[0].ref, said)
    page = client_in("council_politician").get(f"/grupper/{room.group.ref}/ny-i-gruppen/").text
    assert "Gemensam kontaktväg på kvällar" in page
    assert "Varför: Ärenden blir liggande" in page
    assert "Rådet leds av kommunen" in page

"""Work goes on when somebody is away, and nothing is lost when a function changes hands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from samverkan.contacts.handovers import _with_reason
from samverkan.contacts.models import Handover, HandoverPoint
from samverkan.contacts.overview_lines import unheld_section
from samverkan.contacts.selectors import absences_ahead, standing_in, what_stops
from samverkan.contacts.services.continuity import (
    Period,
    confirm_point,
    end_absence,
    make_handover,
    plan_absence,
    remove_note,
    tell_of_absences,
    write_note,
)
from samverkan.governance.services.groups import GroupDraft, RhythmDraft, SeatDraft, start_group
from samverkan.organisations.models import Function, Holding
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import Actor
from samverkan.platform.outbox.models import OutgoingMessage
from samverkan.platform.work import registry
from samverkan.platform.work.registry import TakenDecision, WorkItem
from samverkan.situation.rules.gates import Given
from samverkan.situation.services.steps import Said, step_problem
from samverkan.situation.tests.factories import make_problem
from tests.world import LONG_AGO, NOW, UserFactory, World

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
FORTNIGHT = Period(TODAY, TODAY + timedelta(days=14))


@pytest.fixture
def work() -> Iterator[list[WorkItem]]:
    """Open work that a room would tell of; the other rooms' own is left out here."""
    items: list[WorkItem] = []

    def provider(_actor: Actor, refs: frozenset[str]) -> Iterable[WorkItem]:
        return [item for item in items if item.function_ref in refs]

    kept = list(registry._work)
    registry._work[:] = [provider]
    yield items
    registry._work[:] = kept


def deputy_of(actor: Actor) -> Actor:
    user = UserFactory(email="deputy@example.test")
    Holding.objects.create(
        function_id=actor.function_id, user=user, role="deputy", valid_from=LONG_AGO
    )
    return actor_for(user, actor.function_ref, NOW)


def measure(actor: Actor, due_on: date | None, title: str = "Ny belysning") -> WorkItem:
    return WorkItem(f"measure-{title}", "Measure", title, "/", actor.function_ref, due_on)


def points_of(made: Handover) -> list[HandoverPoint]:
    return list(HandoverPoint.objects.for_system("test").filter(handover=made))


def mails() -> list[str]:
    found = OutgoingMessage.objects.for_system("test").order_by("pk")
    return [each.address for each in found]


def test_the_work_moves_to_the_deputy_and_comes_back(world: World) -> None:
    holder = world.actor("safety_coordinator")
    deputy = deputy_of(holder)
    plan_absence(holder, holder.user_id or 0, FORTNIGHT)
    assert [each.ref for each in standing_in(deputy)] == [holder.function_ref]
    assert standing_in(holder) == []
    assert tell_of_absences(NOW) == 1
    assert tell_of_absences(NOW + timedelta(days=3)) == 0
    back = NOW + timedelta(days=14)
    assert standing_in(replace(deputy, at=back)) == []
    assert tell_of_absences(back) == 1
    assert tell_of_absences(back + timedelta(days=1)) == 0
    assert mails()[0] == "deputy@example.test"
    assert len(mails()) == 2


def test_coming_back_early_gives_the_work_back_at_once(world: World) -> None:
    holder = world.actor("safety_coordinator")
    deputy = deputy_of(holder)
    absence = plan_absence(holder, holder.user_id or 0, FORTNIGHT)
    third = replace(holder, at=NOW + timedelta(days=3))
    end_absence(third, absence.ref)
    assert standing_in(replace(deputy, at=third.at)) == []
    assert absences_ahead(third) == []


@pytest.mark.parametrize(
    ("first", "days"), [(TODAY, 0), (TODAY, -3), (TODAY - timedelta(days=30), 5)]
)
def test_an_absence_that_cannot_be_is_refused(world: World, first: date, days: int) -> None:
    holder = world.actor("safety_coordinator")
    with pytest.raises(ValidationError):
        plan_absence(holder, holder.user_id or 0, Period(first, first + timedelta(days=days)))


def test_no_day_is_counted_twice_and_nobody_plans_for_strangers(world: World) -> None:
    holder = world.actor("reporter", world.school)
    plan_absence(holder, holder.user_id or 0, FORTNIGHT)
    with pytest.raises(ValidationError):
        plan_absence(holder, holder.user_id or 0, Period(TODAY, TODAY + timedelta(days=1)))
    stranger = world.actor("safety_coordinator", world.kristinehamn)
    with pytest.raises(PermissionDenied):
        plan_absence(stranger, holder.user_id or 0, FORTNIGHT)
    assert absences_ahead(stranger) == []
    assert [each.is_own for each in absences_ahead(world.actor("administrator"))] == [False]


def test_what_stops_is_what_nobody_would_go_on_with(world: World, work: list[WorkItem]) -> None:
    holder, lonely = world.actor("safety_coordinator"), world.actor("council_official")
    deputy_of(holder)
    work += [
        measure(holder, TODAY + timedelta(days=3)),
        measure(lonely, TODAY + timedelta(days=3), "Nära"),
        measure(lonely, TODAY + timedelta(days=40), "Senare"),
        measure(lonely, None, "Utan datum"),
    ]
    by_title = {each.function.ref: each for each in what_stops(holder, 14)}
    assert not by_title[holder.function_ref].stops
    assert [item.title for item in by_title[lonely.function_ref].work] == ["Nära"]
    assert by_title[lonely.function_ref].stops
    for_good = {each.function.ref: each for each in what_stops(holder, None)}
    assert len(for_good[lonely.function_ref].work) == 3


def test_a_function_that_nobody_holds_shouts(world: World) -> None:
    coordinator = world.actor("safety_coordinator")
    assert unheld_section(coordinator) is None
    empty = world.function("council_official")
    section = unheld_section(coordinator)
    assert section is not None
    assert section.title == "1 funktion saknar innehavare"
    assert [row.text for row in section.rows] == [empty.title]
    assert unheld_section(world.actor("reporter", world.school)) is None


def test_the_successor_confirms_point_by_point(world: World, work: list[WorkItem]) -> None:
    holder = world.actor("safety_coordinator")
    work += [measure(holder, TODAY - timedelta(days=2)), measure(holder, None, "Löfte")]
    write_note(holder, holder.function_ref, "Ring bovärden före mötet.")
    made = make_handover(holder, holder.function_ref)
    points = points_of(made)
    assert [point.part for point in points] == ["deadlines", "work", "notes"]
    assert points[0].note == "försenad sedan 2026-11-21"
    work.clear()
    assert len(points_of(Handover.objects.visible_to(holder).get())) == 3
    watcher = world.actor("administrator")
    with pytest.raises(PermissionDenied):
        confirm_point(watcher, points[0].ref)
    confirmed = confirm_point(holder, points[0].ref)
    assert confirmed.confirmed_at == NOW
    assert not Handover.objects.visible_to(
        world.actor("safety_coordinator", world.kristinehamn)
    ).exists()


def test_decisions_come_with_their_reasons_and_the_groups_functions_with_their_numbers(
    world: World, work: list[WorkItem]
) -> None:
    assert work == []
    holder = world.actor("safety_coordinator")
    problem = make_problem(world.storfors, responsible_id=holder.function_id)
    given = Given("Få händelser. Följs på våren", TODAY + timedelta(days=180))
    step_problem(holder, problem.ref, "set_aside", Said(given))
    chair = world.function("council_politician")
    chair.phone = "070-174 06 40"
    chair.save()
    start_group(
        replace(holder, at=NOW - timedelta(days=100)),
        GroupDraft(
            kind="council",
            name="Rådet",
            municipality_code="1760",
            seats=(
                SeatDraft(chair.ref, is_chair=True, is_leading_position=True),
                SeatDraft(holder.function_ref, is_chair=False, is_leading_position=False),
            ),
            rhythm=RhythmDraft(),
        ),
    )
    points = points_of(make_handover(holder, holder.function_ref))
    contact, decision = points
    assert (contact.part, decision.part) == ("contacts", "decisions")
    assert contact.text.startswith(chair.title)
    assert contact.note == "070-174 06 40 · Rådet"
    assert decision.text == ("Bortvalt: Oro vid busstorget. Skäl: Få händelser. Följs på våren")
    assert decision.note.startswith("2026-11-23, ")
    assert decision.url == f"/problem/{problem.ref}/"


def test_a_reason_as_long_as_a_book_is_cut_where_the_point_ends() -> None:
    long = TakenDecision("x", "Beslut.", "å" * 5000, "", "f", TODAY)
    assert len(_with_reason(long)) == 2000
    assert _with_reason(long).endswith("…")
    assert _with_reason(replace(long, reason=" ")) == "Beslut. Skäl: inget nedskrivet"


def test_notes_speak_of_functions_never_of_persons(world: World, work: list[WorkItem]) -> None:
    assert work == []
    holder = world.actor("safety_coordinator")
    for text in ("", "   ", "x" * 2001, "Ring Anna Andersson på kvällen", "19121212-1212"):
        with pytest.raises(ValidationError):
            write_note(holder, holder.function_ref, text)
    note = write_note(holder, holder.function_ref, "Nyckeln finns i receptionen.")
    stranger = world.actor("reporter", world.school)
    with pytest.raises(PermissionDenied):
        write_note(stranger, holder.function_ref, "Nej.")
    remove_note(holder, note.ref)
    other = Function.objects.for_system("test").get(pk=holder.function_id)
    assert points_of(make_handover(holder, other.ref)) == []

"""The year stands in a wheel and a list; each item becomes work for a function in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from conftest import ClientIn
from samverkan.documents.charts.palette import SCREEN
from samverkan.documents.year_wheel import WheelDot, YearWheel, draw_year_wheel
from samverkan.governance.duties.models import WheelDone
from samverkan.governance.duties.selectors import wheel, work
from samverkan.governance.duties.services import end_wheel_item, reopen_wheel_item
from samverkan.governance.duties.year_wheel import WheelEntry, WheelGroup, merged, wheel_items
from samverkan.organisations.function_kinds import function_kinds
from samverkan.platform.access.actor import Actor
from tests.world import World

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def on(actor: Actor, year: int, month: int, day: int) -> Actor:
    return replace(actor, at=datetime(year, month, day, 9, tzinfo=STOCKHOLM))


def titles(actor: Actor) -> list[str]:
    return [item.title for item in work(actor, frozenset({actor.function_ref}))]


def test_every_item_names_a_function_that_exists_and_a_day_that_is_one() -> None:
    for item in wheel_items():
        assert item.kind in function_kinds()
        assert item.due_on(2027).year == 2027
        assert item.title("sv") != item.title("en")


def test_what_comes_every_fourth_year_comes_after_the_election() -> None:
    onboarding = next(item for item in wheel_items() if item.key == "onboarding")
    assert [year for year in range(2024, 2040) if onboarding.falls_in(year)] == [
        2027, 2031, 2035, 2039,
    ]  # fmt: skip


def test_what_two_municipalities_share_stands_once() -> None:
    def entry(place: str, *, is_done: bool) -> WheelEntry:
        return WheelEntry(
            "grants", "Bidrag", date(2026, 10, 1), WheelGroup.LAW, "", (place,), is_done
        )

    [one] = merged([entry("Storfors", is_done=True), entry("Filipstad", is_done=False)])
    assert one.places == ("Storfors", "Filipstad")
    assert not one.is_done


@pytest.mark.django_db
def test_an_item_becomes_work_sixty_days_ahead_and_ends_when_it_is_done(world: World) -> None:
    actor = world.actor("safety_coordinator")
    far, near = on(actor, 2026, 10, 15), on(actor, 2026, 10, 16)
    deputies = "Gå igenom ställföreträdare och kontaktvägar"
    assert deputies not in titles(far)
    assert deputies in titles(near)
    end_wheel_item(near, "1760", "deputies", 2026)
    end_wheel_item(near, "1760", "deputies", 2026)
    assert deputies not in titles(near)
    assert WheelDone.objects.for_system("test").count() == 1
    reopen_wheel_item(near, "1760", "deputies", 2026)
    assert deputies in titles(near)
    assert deputies in titles(on(actor, 2027, 11, 1))


@pytest.mark.django_db
def test_what_was_late_before_the_municipality_came_is_not_its_work(world: World) -> None:
    actor = on(world.actor("safety_coordinator"), 2026, 11, 20)
    assert "Underlag till budgeten" not in titles(actor)
    end_wheel_item(on(actor, 2026, 9, 1), "1760", "school_start", 2026)
    assert "Underlag till budgeten" in titles(actor)


@pytest.mark.django_db
def test_only_the_own_municipality_and_real_items_are_ended(world: World) -> None:
    actor = world.actor("safety_coordinator")
    for code, item, year in (
        ("1781", "deputies", 2026),
        ("1760", "nothing", 2026),
        ("1760", "onboarding", 2026),
    ):
        with pytest.raises(ValidationError):
            end_wheel_item(actor, code, item, year)


@pytest.mark.django_db
def test_the_police_see_what_their_municipalities_share_once(world: World) -> None:
    officer = world.actor("community_police", world.police)
    shared = [entry for entry in wheel(officer, 2026) if entry.key == "grants"]
    assert [entry.places for entry in shared] == [("Kristinehamn", "Storfors")]


def test_the_drawing_holds_every_number_and_says_what_it_shows() -> None:
    dots = tuple(
        WheelDot(day, day % 6, day // 30 + 1, False, day == 31) for day in range(1, 366, 30)
    )
    drawn = draw_year_wheel(
        YearWheel("y", "Årshjulet <2026>", "Tretton saker.", ("jan",) * 12, ("a",) * 6, dots, 60),
        SCREEN,
    )
    assert "Årshjulet &lt;2026&gt;" in drawn
    assert all(f">{dot.number}</text>" in drawn for dot in dots)
    assert "stroke-dasharray" in drawn


@pytest.mark.django_db
def test_the_page_is_a_wheel_with_the_same_in_a_list(world: World, client_in: ClientIn) -> None:
    client = client_in("safety_coordinator")
    page = client.get("/lagen/arshjul/?ar=2026").content.decode()
    assert 'role="img"' in page
    assert page.count("<li><div") == len([i for i in wheel_items() if i.falls_in(2026)])
    sent = client.post("/lagen/arshjul/1760/2026/deputies/")
    assert sent.headers["Location"] == "/lagen/arshjul/?ar=2026"
    assert WheelDone.objects.for_system("test").count() == 1
    assert client.get("/lagen/arshjul/?ar=٢٠٢٦").status_code == 200
    assert client.get("/lagen/arshjul/?ar=99999999999999999999").status_code == 200
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    assert neighbour.post("/lagen/arshjul/1760/2026/deputies/").status_code == 404
    reporter = client_in("reporter", world.school)
    assert reporter.get("/lagen/arshjul/").status_code == 403

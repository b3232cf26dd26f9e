"""Planned events: put in, changed and taken away by the own municipality only."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from samverkan.situation.models import PlannedEvent
from tests.world import NOW

from .factories import make_place

LIST, NEW = reverse("situation:planned"), reverse("situation:new_planned")
GOOD = {
    "title": "Julmarknad",
    "place": "",
    "where": "Kyrkan",
    "starts_on": "2026-12-05",
    "ends_on": "2026-12-06",
    "expected_effect": "Mycket folk.",
}


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch):
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)


def events():
    return PlannedEvent.objects.for_system("test")


def make_event(world, **fields):
    return PlannedEvent.objects.create(
        owner=world.storfors,
        municipality=world.storfors_municipality,
        title="Derby",
        starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 1),
        added_at=NOW,
        **fields,
    )


def test_the_coordinator_puts_one_in_and_it_is_listed(world, client_in):
    coordinator = client_in("safety_coordinator")
    library = make_place(world.storfors)
    assert coordinator.post(NEW, {**GOOD, "place": library.ref}).status_code == 302
    assert events().get().place == library
    text = coordinator.get(LIST).text
    assert "1 planerad sak i Storfors" in text
    assert "Julmarknad" in text


def test_one_day_is_enough(client_in):
    client_in("safety_coordinator").post(NEW, {**GOOD, "ends_on": ""})
    assert events().get().ends_on == date(2026, 12, 5)


@pytest.mark.parametrize(
    "bad",
    [
        {"title": ""},
        {"title": "x" * 121},
        {"starts_on": "i morgon"},
        {"starts_on": ""},
        {"ends_on": "2026-12-04"},
        {"place": "finns-inte"},
        {"expected_effect": "x" * 301},
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(client_in, bad):
    response = client_in("safety_coordinator").post(NEW, {**GOOD, **bad})
    assert response.status_code == 200
    assert "error-summary" in response.text
    assert "Kyrkan" in response.text
    assert not events().exists()


def test_a_hostile_title_is_shown_as_text(client_in):
    coordinator = client_in("safety_coordinator")
    coordinator.post(NEW, {**GOOD, "title": "<b onclick=x>Fest</b>"})
    assert "<b onclick" not in coordinator.get(LIST).text


def test_it_is_changed_and_taken_away(world, client_in):
    event, coordinator = make_event(world), client_in("safety_coordinator")
    url = reverse("situation:change_planned", args=[event.ref])
    assert "Derby" in coordinator.get(url).text
    coordinator.post(url, {**GOOD, "based_on": "1"})
    assert events().get().title == "Julmarknad"
    coordinator.post(reverse("situation:remove_planned", args=[event.ref]))
    assert not events().exists()


def test_an_outsider_neither_sees_nor_changes_it(world, client_in):
    event = make_event(world)
    outsider = client_in("safety_coordinator", world.kristinehamn)
    assert "Derby" not in outsider.get(LIST).text
    for name in ("situation:change_planned", "situation:remove_planned"):
        assert outsider.post(reverse(name, args=[event.ref]), GOOD).status_code == 404
    assert outsider.post(f"{NEW}?kommun=1760", GOOD).status_code == 404
    assert events().get().title == "Derby"


def test_a_reporter_reads_but_does_not_put_in(world, client_in):
    make_event(world)
    reporter = client_in("reporter", world.storfors)
    assert "Derby" in reporter.get(LIST).text
    assert reporter.post(NEW, GOOD).status_code == 403


def test_two_who_change_at_once_see_both_texts_and_neither_is_lost(world, client_in):
    event, coordinator = make_event(world), client_in("safety_coordinator")
    url = reverse("situation:change_planned", args=[event.ref])
    first = {**GOOD, "title": "Derby, flyttat", "based_on": "1"}
    second = {**GOOD, "title": "Derby, inställt", "based_on": "1"}
    assert coordinator.post(url, first).status_code == 302
    shown = coordinator.post(url, second)
    assert shown.status_code == 200
    assert "Derby, flyttat" in shown.text
    assert "Derby, inställt" in shown.text
    assert events().get().title == "Derby, flyttat"
    assert coordinator.post(url, {**second, "based_on": "2"}).status_code == 302
    assert events().get().title == "Derby, inställt"


def test_a_button_pressed_twice_puts_in_one(client_in):
    coordinator = client_in("safety_coordinator")
    coordinator.post(NEW, GOOD)
    coordinator.post(NEW, GOOD)
    assert events().count() == 1

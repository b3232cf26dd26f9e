"""The first page: the overview for functions, plain words for strangers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samverkan.platform.design import overview
from samverkan.platform.design.overview import OverviewSection, Question
from samverkan.platform.design.visits import PAUSE, RESOLUTION, last_visit, note_visit


@pytest.fixture
def providers(monkeypatch):
    """The rooms' own providers stand aside."""
    registered: list[overview.Provider] = []
    monkeypatch.setattr(overview, "_providers", registered)
    return registered


def test_a_stranger_sees_plain_words_and_where_to_sign_in(db):
    response = Client().get("/")
    assert response.status_code == 200
    assert reverse("account_login") in response.text
    assert 'class="side"' not in response.text


def test_a_function_sees_its_overview_and_its_doors(client_in):
    response = client_in("safety_coordinator").get("/")
    assert response.status_code == 200
    assert 'class="side"' in response.text
    assert "safety_coordinator Storfors kommun" in response.text


def test_the_title_counts_what_waits(client_in, providers):
    providers.append(lambda actor: OverviewSection("Svara skolan", question=Question.OWED))
    assert "En sak väntar på dig" in client_in("safety_coordinator").get("/").text


def test_a_day_without_anything_says_that_it_is_quiet(client_in, providers):
    text = client_in("safety_coordinator").get("/").text
    assert "Inget väntar på dig just nu" in text
    assert "Här är det lugnt" in text


def test_sections_stand_in_the_order_of_the_questions(world, providers):
    for question in (Question.CLOCK, Question.CHANGED, Question.OWED, Question.DUE):
        providers.append(
            lambda actor, question=question: OverviewSection(question.name, question=question)
        )
    providers.append(lambda actor: None)
    found = overview.sections_for(world.actor("safety_coordinator"))
    assert [section.title for section in found] == ["OWED", "DUE", "CHANGED", "CLOCK"]


def test_an_outsider_is_asked_about_as_itself(world, client_in, providers):
    asked = []
    providers.append(lambda actor: asked.append(actor.party_name))
    client_in("safety_coordinator", world.kristinehamn).get("/")
    assert asked == ["Kristinehamns kommun"]


def test_a_first_visit_is_not_compared_with_anything(world):
    assert last_visit(world.actor("safety_coordinator")) is None


def test_coming_back_compares_with_the_end_of_the_last_visit(world):
    now = world.actor("safety_coordinator")
    yesterday = replace(now, at=now.at - timedelta(days=1))
    note_visit(yesterday)
    assert last_visit(now) == yesterday.at


def test_reloading_within_a_visit_does_not_hide_what_was_new(world):
    now = world.actor("safety_coordinator")
    yesterday = replace(now, at=now.at - timedelta(days=1))
    note_visit(yesterday)
    for minutes in (0, 10, 20):
        later = replace(now, at=now.at + timedelta(minutes=minutes))
        assert last_visit(later) == yesterday.at
        note_visit(later)


def test_a_long_pause_begins_a_new_visit(world):
    now = world.actor("safety_coordinator")
    note_visit(now)
    soon = replace(now, at=now.at + RESOLUTION + timedelta(minutes=1))
    note_visit(soon)
    assert last_visit(soon) is None
    assert last_visit(replace(soon, at=soon.at + PAUSE + timedelta(minutes=1))) == soon.at


def test_visits_are_kept_for_each_function_apart(world):
    first = world.actor("safety_coordinator")
    note_visit(replace(first, at=first.at - timedelta(days=1)))
    assert last_visit(replace(first, function_ref="another")) is None

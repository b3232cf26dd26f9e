"""Search: everything that one may see, and nothing else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samverkan.situation.tests.factories import make_measure, make_place, make_problem

RESULTS, SUGGESTIONS = reverse("search:results"), reverse("search:suggestions")
BOTH = pytest.mark.parametrize("url", [RESULTS, SUGGESTIONS])


@BOTH
def test_it_finds_places_problems_measures_functions_and_agreements(world, client_in, url):
    make_place(world.storfors, "Samlingsplatsen")
    problem = make_problem(world.storfors, "Samlingar vid entrén")
    make_measure(problem, world.function("auditor"), "Samlad insats")
    text = client_in("safety_coordinator").get(url, {"q": "sam"}).text
    for found in ("Samlingsplatsen", "Samlingar vid entrén", "Samlad insats", "Samverkansöverens"):
        assert found in text


@BOTH
def test_an_outsider_does_not_find_them(world, client_in, url):
    make_place(world.storfors, "Hemliga torget")
    problem = make_problem(world.storfors, "Hemliga problemet")
    make_measure(problem, world.function("auditor"), "Hemliga åtgärden")
    outsider = client_in("safety_coordinator", world.kristinehamn)
    assert "Hemliga" not in outsider.get(url, {"q": "hemliga"}).text


@pytest.mark.parametrize(
    ("query", "is_found"),
    [("ÅNGAN", True), ("ångan", True), ("angan", False), ("ängan", False), ("  Ångan  ", True)],
)
def test_case_does_not_matter_but_å_ä_and_ö_are_letters_of_their_own(
    world, client_in, query, is_found
):
    make_place(world.storfors, "Ångans torg")
    text = client_in("safety_coordinator").get(RESULTS, {"q": query}).text
    assert ("Ångans torg" in text) is is_found


def test_names_that_begin_with_the_word_come_first(world, client_in):
    make_place(world.storfors, "Gamla torget")
    make_place(world.storfors, "Torget")
    text = client_in("safety_coordinator").get(RESULTS, {"q": "torg"}).text
    assert text.index(">Torget<") < text.index(">Gamla torget<")


def test_nothing_found_says_what_to_try(world, client_in):
    text = client_in("safety_coordinator").get(RESULTS, {"q": "xyzzy"}).text
    assert "Inget hittades" in text


def test_one_letter_is_too_little(world, client_in):
    assert "minst två bokstäver" in client_in("safety_coordinator").get(RESULTS, {"q": "x"}).text


def test_what_was_asked_is_never_markup(world, client_in):
    text = client_in("safety_coordinator").get(RESULTS, {"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in text


def test_functions_are_found_but_not_the_persons_who_hold_them(world, client_in):
    user, _function = world.holder("auditor")
    coordinator = client_in("safety_coordinator")
    assert "auditor Storfors" in coordinator.get(RESULTS, {"q": "auditor"}).text
    assert "rows__text" not in coordinator.get(RESULTS, {"q": user.display_name}).text


@BOTH
def test_a_stranger_is_sent_to_sign_in(db, client, url):
    assert client.get(url, {"q": "torg"}).status_code == 302

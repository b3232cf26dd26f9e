"""Working with a problem on the pages: gathering, causes, grid, neighbours, joint measures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samverkan.agreements.models import SharingClause
from samverkan.documents.charts.palette import SCREEN
from samverkan.documents.charts.sizes import PHONE, WIDE
from samverkan.documents.charts.tree import draw_tree
from samverkan.platform.access.capabilities import Detail, Information
from samverkan.situation.models import Cause, GatheredIncident, Measure, MeasureParty, Problem
from samverkan.situation.rules.priority import Quarter, criteria_in_force, standing
from samverkan.situation.rules.shares import even_shares, share_fault
from samverkan.situation.rules.trees import in_tree_order, would_loop
from samverkan.situation.selectors.causes import cause_lines, tree_chart
from samverkan.situation.selectors.problem_neighbours import Amount, neighbour_picture
from samverkan.situation.selectors.suggestions import suggestions
from samverkan.situation.templatetags.situation import border_distance
from tests.world import NOW

from .factories import MONDAY_MORNING, make_incident, make_measure, make_place, make_problem


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch):
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)


def page(name: str, thing: object = None, *more: str) -> str:
    return reverse(f"situation:{name}", args=[thing.ref, *more] if thing else [])  # type: ignore[attr-defined]


def test_a_problem_is_opened_with_the_ticked_incidents_and_asks_about_the_neighbours(
    world, client_in
):
    incident = make_incident(world.school)
    url = f"{page('problem_new')}?kommun=1760&handelse={incident.ref}"
    response = client_in("safety_coordinator").post(url, {"title": "Klotter vid skolan"})
    problem = Problem.objects.for_system("test").get()
    assert response.headers["Location"] == page("problem_neighbours", problem)
    assert GatheredIncident.objects.for_system("test").get().incident == incident


def test_a_text_that_points_out_a_person_is_refused_and_what_was_typed_is_kept(world, client_in):
    url = f"{page('problem_new')}?kommun=1760"
    text = (
        client_in("safety_coordinator")
        .post(url, {"title": "Ring 070-123 45 67", "goal": "Lugnt"})
        .text
    )
    assert "pekar ut en person" in text
    assert "Lugnt" in text
    assert not Problem.objects.for_system("test").exists()


def test_a_soft_finding_asks_once_and_can_be_answered(world, client_in):
    client, url = client_in("safety_coordinator"), f"{page('problem_new')}?kommun=1760"
    typed = {"title": "Bråk när 16-årig pojke på moped kör förbi"}
    assert "kan peka ut en person" in client.post(url, typed).text
    assert client.post(url, {**typed, "no_person": "on"}).status_code == 302


def test_incidents_are_gathered_once_and_let_go(world, client_in):
    problem, incident = make_problem(world.storfors), make_incident(world.school)
    client = client_in("safety_coordinator")
    for _each in range(2):
        client.post(page("gather", problem), {"handelse": [incident.ref, "unknown"]})
    assert GatheredIncident.objects.for_system("test").count() == 1
    client.post(page("let_go", problem), {"handelse": incident.ref})
    assert not GatheredIncident.objects.for_system("test").exists()


def test_two_who_edit_the_same_problem_see_both_texts(world, client_in):
    problem = make_problem(world.storfors)
    client = client_in("safety_coordinator")
    typed = {"title": "Oro vid busstorget", "edition": "1"}
    assert client.post(page("problem_edit", problem), {**typed, "goal": "Först"}).status_code == 302
    clash = client.post(page("problem_edit", problem), {**typed, "goal": "Sedan"})
    assert clash.status_code == 409
    assert "Först" in clash.text
    assert "Sedan" in clash.text
    assert Problem.objects.for_system("test").get().goal == "Först"


def test_the_cause_tree_is_drawn_and_stands_as_a_list(world, client_in):
    problem = make_problem(world.storfors)
    client = client_in("safety_coordinator")
    client.post(page("cause_new", problem), {"text": "Mörkt <där>", "kind": "place"})
    dark = Cause.objects.for_system("test").get()
    client.post(
        page("cause_new", problem), {"text": "Trasig lampa", "kind": "manager", "parent": dark.ref}
    )
    text = client.get(page("problem", problem)).text
    assert "”Trasig lampa” förklarar ”Mörkt &lt;där&gt;”" in text
    assert "förklarar: Mörkt &lt;där&gt;" in text
    assert "Varför någon gör det" in text


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=lambda size: size.name)
def test_a_deep_tree_stays_inside_its_drawing(world, size):
    problem, parent = make_problem(world.storfors), None
    for depth in range(7):
        parent = Cause.objects.create(problem=problem, text=f"Orsak {depth} " * 8, parent=parent)
    actor = world.actor("safety_coordinator")
    drawing = draw_tree(tree_chart(problem, cause_lines(actor, problem)), size, SCREEN)
    assert drawing.count("<rect") >= 14
    assert f'viewBox="0 0 {size.width} ' in drawing


@given(st.lists(st.one_of(st.none(), st.integers(0, 12)), max_size=12))
def test_every_cause_stands_exactly_once_in_the_tree(parents):
    rows = list(enumerate(parents))
    branches = in_tree_order(rows)
    assert sorted(branch.key for branch in branches) == [key for key, _parent in rows]


def test_a_cause_cannot_lie_beneath_itself():
    assert would_loop({1: None, 2: 1, 3: 2}, 1, 3)
    assert not would_loop({1: None, 2: 1, 3: 2}, 3, 1)


@given(st.integers(0, 10**6), st.integers(1, 12))
def test_even_shares_make_up_the_whole(total, parties):
    shares = even_shares(total, parties)
    assert share_fault(total, dict(zip(map(str, range(parties)), shares, strict=True))) is None
    assert max(shares) - min(shares) <= 1


def test_a_joint_measure_is_read_by_its_party_while_an_agreement_binds_them(world, client_in):
    measure = make_measure(make_problem(world.storfors), world.function("safety_coordinator"))
    MeasureParty.objects.create(
        measure=measure, organisation=world.kristinehamn, share_kronor=70_000
    )
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    assert neighbour.get(page("measure", measure)).status_code == 404
    world.share(
        Information.INCIDENTS, Detail.AGGREGATE, giver=world.storfors, receiver=world.kristinehamn
    )
    assert neighbour.get(page("measure", measure)).status_code == 200
    assert neighbour.get(page("problem", measure.problem)).status_code == 404
    assert neighbour.post(page("measure_step", measure, "start")).status_code == 404
    SharingClause.objects.for_system("test").update(revoked_on=NOW.date())
    assert neighbour.get(page("measure", measure)).status_code == 404


def test_the_responsible_function_reads_its_measure_and_not_the_problem(world, client_in):
    user, function = world.holder("reporter", world.school)
    measure = make_measure(make_problem(world.storfors), function)
    other = client_in("reporter", world.school)
    assert other.get(page("measure", measure)).status_code == 404
    other.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert "Oro vid busstorget" not in other.get(page("measure", measure)).text
    assert other.get(page("problem", measure.problem)).status_code == 403


def test_the_list_of_incidents_offers_ticks_to_whoever_may_open_problems(world, client_in):
    make_incident(world.school)
    url = f"{reverse('situation:incidents')}?kommun=1760"
    assert 'name="handelse"' in client_in("safety_coordinator").get(url).text
    assert 'name="handelse"' not in client_in("reporter", world.school).get(url).text


def test_shares_that_do_not_make_up_the_cost_are_refused_at_the_field(world, client_in):
    problem = make_problem(world.storfors)
    function = world.function("safety_coordinator")
    typed = {
        "title": "Fältare",
        "responsible": str(function.pk),
        "due_on": "2026-12-24",
        "indicator_kind": "other",
        "cost_kronor": "100",
        "party_1": str(world.storfors.pk),
        "share_1": "40",
        "party_2": str(world.kristinehamn.pk),
        "share_2": "50",
    }
    client = client_in("safety_coordinator")
    refused = client.post(page("measure_new", problem), typed)
    assert "Delarna blir inte hela kostnaden." in refused.text
    assert client.post(page("measure_new", problem), {**typed, "share_2": "60"}).status_code == 302
    assert Measure.objects.for_system("test").get().state == "draft"


def test_the_step_page_says_what_a_measure_misses(world, client_in):
    measure = make_measure(
        make_problem(world.storfors), world.function("safety_coordinator"), state="draft"
    )
    client = client_in("safety_coordinator")
    response = client.post(page("measure_step", measure, "submit"), follow=True)
    assert "Det saknas: Minst en trolig orsak" in response.text
    assert Measure.objects.for_system("test").get().state == "draft"


def test_the_grid_puts_the_serious_that_can_be_influenced_first():
    criteria = criteria_in_force()
    highest = {each.key: 4 for each in criteria.criteria}
    found = standing(criteria, highest)
    assert found is not None
    assert (found.seriousness, found.influence, found.quarter) == (1.0, 1.0, Quarter.FIRST)
    assert standing(criteria, {"harm": 4}) is None


def test_a_rated_problem_stands_in_the_grid_and_a_deselected_one_beneath(world, client_in):
    problem = make_problem(world.storfors)
    aside = make_problem(
        world.storfors,
        "Hög musik",
        state="set_aside",
        reconsider_on=NOW.date(),
        set_aside_reason="Få händelser",
    )
    client = client_in("safety_coordinator")
    client.post(page("problem_rate", problem), {"harm": "4", "influence": "3"})
    text = client.get(reverse("situation:priority"), {"kommun": "1760"}).text
    assert "Ta först" in text
    assert aside.set_aside_reason in text
    assert client.post(page("problem_rate", problem), {"harm": "9"}).status_code == 200


def test_the_neighbours_are_known_only_by_what_a_clause_lets_through(world):
    actor = world.actor("safety_coordinator")
    problem = make_problem(world.storfors, category="E10")
    make_place(world.kristinehamn, "Torget")
    for _each in range(3):
        make_incident(world.kristinehamn, occurred=MONDAY_MORNING)
    assert neighbour_picture(actor, problem).neighbours == ()
    world.share(
        Information.INCIDENTS, Detail.AGGREGATE, giver=world.kristinehamn, receiver=world.storfors
    )
    known = neighbour_picture(world.actor("safety_coordinator"), problem).neighbours[0]
    assert (known.amount, known.incidents, known.shared_fortnights) == (Amount.FEW, None, None)
    world.share(
        Information.INCIDENTS, Detail.DETAIL, giver=world.kristinehamn, receiver=world.storfors
    )
    known = neighbour_picture(world.actor("safety_coordinator"), problem).neighbours[0]
    assert known.incidents == 3


def test_how_far_it_is_to_a_neighbour_s_border_is_told_whatever_is_shared(world, client_in):
    at_the_town = {"latitude": 59.533, "longitude": 14.272, "east": 458_823, "north": 6_599_630}
    place = make_place(world.storfors, "Torget", **at_the_town)
    problem = make_problem(world.storfors, category="E10", place=place)
    known = neighbour_picture(world.actor("safety_coordinator"), problem)
    assert known.is_measured_from_place
    assert {each.name for each in known.others} >= {"Filipstad", "Karlskoga", "Kristinehamn"}
    away = [each.metres for each in known.others]
    assert away == sorted(away)
    page_text = client_in("safety_coordinator").get(page("problem_neighbours", problem)).text
    assert f"{known.others[0].name} (ungefär" in page_text
    world.share(
        Information.INCIDENTS, Detail.AGGREGATE, giver=world.kristinehamn, receiver=world.storfors
    )
    make_place(world.kristinehamn, "Hamnen")
    known = neighbour_picture(world.actor("safety_coordinator"), problem)
    (kristinehamn,) = known.neighbours
    assert kristinehamn.borders
    assert 2_000 < kristinehamn.metres < 12_000
    assert "Kristinehamn" not in {each.name for each in known.others}


def test_without_a_place_it_is_measured_from_where_such_incidents_were(world):
    problem = make_problem(world.storfors, category="E10")
    actor = world.actor("safety_coordinator")
    assert all(each.metres is None for each in neighbour_picture(actor, problem).others)
    place = make_place(world.storfors, "Torget", east=458_823, north=6_599_630)
    make_incident(world.school, place=place, category="E11", occurred=MONDAY_MORNING)
    assert all(each.metres is None for each in neighbour_picture(actor, problem).others)
    make_incident(world.school, place=place, occurred=MONDAY_MORNING)
    known = neighbour_picture(actor, problem)
    assert not known.is_measured_from_place
    assert all(each.metres for each in known.others)


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (None, "inte känt"),
        (0.0, "vid gränsen"),
        (1_400.0, "under 2\xa0km"),
        (1_600.0, "ungefär 2\xa0km"),
        (1_204_000.0, "ungefär 1\xa0204\xa0km"),
    ],
)
def test_a_distance_to_a_border_is_told_no_finer_than_it_is_known(metres, words):
    with translation.override("sv"):
        assert border_distance(metres) == words


def test_the_answer_about_the_neighbours_is_kept_with_who_and_why(world, client_in):
    problem = make_problem(world.storfors)
    client = client_in("safety_coordinator")
    url = page("problem_neighbours", problem)
    assert "Säg med vilka." in client.post(url, {"answer": "yes", "reason": "Samma"}).text
    client.post(url, {"answer": "no", "reason": "Bara vår plats"})
    kept = Problem.objects.for_system("test").get()
    assert (kept.neighbours_answer, kept.neighbours_reason) == ("no", "Bara vår plats")
    assert kept.neighbours_answered_by.startswith("safety_coordinator")


def test_a_kind_that_comes_back_at_a_place_is_suggested_with_its_reason(world):
    place = make_place(world.storfors, "Busstorget")
    for week in range(6):
        make_incident(world.school, place=place, occurred=MONDAY_MORNING - timedelta(weeks=week))
    actor = world.actor("safety_coordinator")
    found = suggestions(actor, "1760")
    assert found[0].title == "Skadegörelse, Busstorget"
    assert "6 av de senaste 12 veckorna" in found[0].reason
    assert len(found[0].incident_refs) == 6
    make_problem(world.storfors, place=place, category="E10")
    assert suggestions(actor, "1760") == ()
    assert suggestions(world.actor("safety_coordinator", world.kristinehamn), "1760") == ()


def test_a_reader_of_another_party_cannot_write(world, client_in):
    problem = make_problem(world.storfors)
    world.share(Information.PROBLEMS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    officer = client_in("community_police", world.police)
    assert officer.get(page("problem", problem)).status_code == 200
    assert officer.get(page("problem_history", problem)).status_code == 200
    assert officer.get(page("problem_edit", problem)).status_code == 403
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    for name in ("problem_edit", "problem_history", "gather", "cause_new", "measure_new"):
        assert neighbour.get(page(name, problem)).status_code == 404

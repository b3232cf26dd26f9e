"""A plan is built from prioritised problems, on one decided picture; nothing is typed twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from samverkan.plans.content import content_of, missing_in
from samverkan.plans.models import Plan, PlanMeasure
from samverkan.plans.rules import Lack
from samverkan.plans.services import building, measures
from samverkan.plans.services.common import Clash, NotADraftError
from samverkan.plans.services.measures import MeasureText
from samverkan.plans.sources import candidates
from samverkan.platform.audit.models import AuditEntry
from samverkan.platform.design.guarded_text import PersonInTextError
from samverkan.reports.services import open_picture
from samverkan.situation.tests.factories import make_measure

from .room import FIRST


def test_the_grid_offers_the_prioritised_and_shows_the_deselected(room):
    offered = candidates(room.actor, "1760")
    assert [each.title for each in offered.prioritised] == [
        "Skadegörelse vid torget",
        "Oro vid biblioteket",
    ]
    assert [each.measures for each in offered.prioritised] == [1, 1]
    assert offered.deselected[0].reason == "Få händelser. Tas upp på nytt 2027-05-01."


def test_choosing_a_problem_brings_its_measures_and_the_deselected(room):
    content = room.content(room.begun())
    problem = content.problems[0]
    assert (problem.name, problem.grid_number, problem.goal) == (
        "Skadegörelse vid torget",
        1,
        "Färre skador",
    )
    assert problem.reason.startswith("Ta först")
    measure = problem.measures[0]
    assert (measure.title, measure.measure_ref) == ("Bättre belysning", room.light.ref)
    assert (measure.indicator, measure.baseline) == ("Skador per månad", "4 per månad")
    assert measure.responsible == room.function.title
    assert [each.name for each in content.deselected] == ["Buller vid badet"]
    assert content.picture.startswith("Lägesbild för oktober\xa02026, version 3, Kommunstyrelsen")


def test_what_is_taken_in_stands_though_the_problem_changes(room):
    plan = room.begun()
    type(room.square).objects.for_system("test").filter(pk=room.square.pk).update(title="Annat")
    assert room.content(plan).problems[0].name == "Skadegörelse vid torget"


def test_choosing_again_keeps_what_is_written_and_takes_out_the_rest(room):
    plan = room.begun(room.square, room.library)
    problem = room.content(plan).problems[0]
    building.edit_problem(room.actor, plan.ref, problem.ref, "Värst", "Högst 1 i månaden", 1)
    building.choose_problems(room.actor, plan.ref, [room.square.ref])
    content = room.content(plan)
    assert [(each.name, each.reason) for each in content.problems] == [
        ("Skadegörelse vid torget", "Värst")
    ]
    assert len(content.measures) == 1
    assert len(content.deselected) == 1


def test_a_problem_outside_the_grid_cannot_be_chosen(room):
    plan = room.begun()
    with pytest.raises(ValidationError) as error:
        building.choose_problems(room.actor, plan.ref, [room.square.ref, "unknown"])
    assert "problems" in error.value.error_dict
    assert len(room.content(plan).problems) == 1


def test_measures_that_came_later_are_fetched_once(room):
    plan = room.begun()
    problem = room.content(plan).problems[0]
    make_measure(room.square, room.function, "Fältare")
    assert building.fetch_measures(room.actor, plan.ref, problem.ref) == 1
    assert building.fetch_measures(room.actor, plan.ref, problem.ref) == 0
    assert [each.number for each in room.content(plan).measures] == ["1.1", "1.2"]


def test_plans_are_numbered_within_the_municipality(room, world):
    first, second = room.begun(), room.begun()
    other = building.begin_plan(
        world.actor("safety_coordinator", world.kristinehamn),
        "1781",
        room.facts(picture_ref=""),
    )
    assert (first.number, second.number, other.number) == (1, 2, 1)


def test_an_empty_draft_says_everything_that_it_lacks(room):
    plan = building.begin_plan(room.actor, "1760", room.facts(picture_ref=""))
    assert [each.lack for each in missing_in(room.content(plan))] == [Lack.PICTURE, Lack.PROBLEM]
    building.choose_problems(room.actor, plan.ref, [room.library.ref])
    lacking = missing_in(content_of(room.actor, room.again(plan)))
    assert [each.lack for each in lacking] == [
        Lack.PICTURE,
        Lack.INDICATOR,
        Lack.BASELINE,
        Lack.FOLLOW_UP_DATE,
    ]
    assert {each.subject for each in lacking[1:]} == {"Öppet på kvällen"}


def test_a_problem_without_a_measure_and_a_measure_without_a_function_are_told(room):
    plan = room.begun()
    content = room.content(plan)
    measures.remove_measure(room.actor, plan.ref, content.measures[0].ref)
    assert [each.lack for each in missing_in(room.content(plan))] == [Lack.MEASURE]
    text = MeasureText("Ny", indicator="x", baseline="y", follow_up_on=FIRST)
    measures.add_measure(room.actor, plan.ref, content.problems[0].ref, text)
    assert [each.lack for each in missing_in(room.content(plan))] == [Lack.RESPONSIBLE]


def test_only_a_decided_picture_of_the_own_municipality_is_a_basis(room, world):
    undecided = open_picture(room.actor, "1760", date(2026, 9, 1))
    for ref in (undecided.ref, "unknown", "x" * 500):
        with pytest.raises(ValidationError) as error:
            building.begin_plan(room.actor, "1760", room.facts(picture_ref=ref))
        assert "picture" in error.value.error_dict
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    with pytest.raises(ValidationError):
        building.begin_plan(neighbour, "1781", room.facts())
    assert not Plan.objects.for_system("test").exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " \x00 "}, "title"),
        ({"valid_to": FIRST}, "valid_to"),
        ({"title": "Ring 070-123 45 67"}, "title"),
        ({"summary": "Född 19800101-1234"}, "summary"),
    ],
)
def test_bad_facts_are_refused_at_their_field(room, changed, field):
    with pytest.raises(ValidationError) as error:
        building.begin_plan(room.actor, "1760", room.facts(**changed))
    assert field in error.value.error_dict
    assert not Plan.objects.for_system("test").exists()


def test_hostile_text_is_kept_as_text(room):
    plan = building.begin_plan(
        room.actor, "1760", room.facts(title="<script>=1+1\ud800</script>", summary="{{ x }}")
    )
    assert (plan.title, plan.summary) == ("<script>=1+1</script>", "{{ x }}")


def test_what_may_point_out_a_person_is_asked_about_once(room):
    plan = room.begun()
    problem = room.content(plan).problems[0]
    text = MeasureText("Samtal med Anders Svensson")
    with pytest.raises(PersonInTextError) as error:
        measures.add_measure(room.actor, plan.ref, problem.ref, text)
    assert not error.value.is_hard
    measures.add_measure(room.actor, plan.ref, problem.ref, text, is_confirmed=True)
    with pytest.raises(PersonInTextError) as error:
        measures.add_measure(
            room.actor, plan.ref, problem.ref, MeasureText("070-123 45 67"), is_confirmed=True
        )
    assert error.value.is_hard


def test_two_writers_are_shown_each_others_texts(room):
    plan = room.begun()
    problem, measure = room.content(plan).problems[0], room.content(plan).measures[0]
    building.edit_facts(room.actor, plan.ref, room.facts(title="Hennes"), 1)
    clash = building.edit_facts(room.actor, plan.ref, room.facts(title="Min"), 1)
    assert isinstance(clash, Clash)
    assert (clash.theirs["title"], clash.edition) == ("Hennes", 2)
    building.edit_problem(room.actor, plan.ref, problem.ref, "Hennes", "", 1)
    clash = building.edit_problem(room.actor, plan.ref, problem.ref, "Mitt", "", 1)
    assert isinstance(clash, Clash)
    measures.edit_measure(room.actor, plan.ref, measure.ref, MeasureText("Hennes"), 1)
    clash = measures.edit_measure(room.actor, plan.ref, measure.ref, MeasureText("Min"), 1)
    assert isinstance(clash, Clash)
    assert room.content(plan).title == "Hennes"
    assert room.content(plan).measures[0].title == "Hennes"


def test_a_function_elsewhere_cannot_be_made_responsible(room, world):
    plan = room.begun()
    problem = room.content(plan).problems[0]
    elsewhere = world.function("safety_coordinator", world.kristinehamn)
    for ref in (elsewhere.ref, "unknown"):
        with pytest.raises(ValidationError) as error:
            measures.add_measure(
                room.actor, plan.ref, problem.ref, MeasureText("x", responsible_ref=ref)
            )
        assert "responsible" in error.value.error_dict


def test_nobody_else_writes(room, world):
    plan = room.begun()
    for actor in (
        world.actor("council_official"),
        world.actor("police_area_chief", world.police),
    ):
        with pytest.raises(PermissionDenied):
            building.begin_plan(actor, "1760", room.facts())
        with pytest.raises(PermissionDenied):
            building.choose_problems(actor, plan.ref, [])
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    with pytest.raises(PermissionDenied):
        building.begin_plan(neighbour, "1760", room.facts())
    with pytest.raises(Plan.DoesNotExist):
        building.choose_problems(neighbour, plan.ref, [])


def test_what_is_no_draft_is_not_written_in(room):
    plan = room.decided()
    content = room.content(plan)
    with pytest.raises(NotADraftError):
        building.edit_facts(room.actor, plan.ref, room.facts(), plan.edition)
    with pytest.raises(NotADraftError):
        building.choose_problems(room.actor, plan.ref, [])
    with pytest.raises(NotADraftError):
        measures.remove_measure(room.actor, plan.ref, content.measures[0].ref)
    assert PlanMeasure.objects.for_system("test").count() == 1


def test_each_change_stands_in_the_audit_trail(room):
    plan = room.decided()
    entries = AuditEntry.objects.for_system("test").filter(object_ref=plan.ref)
    assert list(entries.order_by("sequence").values_list("action", flat=True)) == [
        "plan.begun",
        "plan.edited",
        "plan.moved",
        "plan.moved",
    ]

"""Plans are found by who may read them, and stand on the overview of who has to act."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from samverkan.plans.overview_lines import plans_to_act_on
from samverkan.plans.search_answers import action_plans
from samverkan.platform.access.capabilities import Detail, Information
from samverkan.platform.design.tones import Tone


@pytest.fixture(autouse=True)
def _in_swedish():
    with override("sv"):
        yield


def found(actor, query, limit=10):
    return [hit.url for hit in action_plans(actor, query, limit)]


def test_a_plan_is_found_by_its_title_its_number_and_its_municipality(room):
    plan = room.decided()
    url = [f"/atgardsplan/{plan.ref}/"]
    again = room.again(plan)
    for query in (again.title[:8].upper(), again.reference_number, "storfors"):
        assert found(room.actor, query) == url, query
    assert found(room.actor, "finns inte") == []
    assert found(room.actor, "storfors", limit=0) == []
    (hit,) = action_plans(room.actor, "storfors", 5)
    assert hit.context.startswith("Beslutad, ")


def test_a_draft_is_found_by_its_writers_alone_and_nothing_by_outsiders(room, world):
    room.begun()
    assert len(found(room.actor, "storfors")) == 1
    assert found(world.actor("council_official"), "storfors") == []
    decided = room.decided()
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    assert found(neighbour, "storfors") == []
    assert found(world.actor("police_area_chief", world.police), "storfors") == []
    world.share(Information.PLANS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    chief = world.actor("police_area_chief", world.police)
    assert found(chief, "storfors") == [f"/atgardsplan/{decided.ref}/"]


def test_the_overview_names_what_the_function_has_to_do_and_what_is_late(room, world):
    assert plans_to_act_on(room.at(date(2026, 11, 24))) is None
    room.decided()
    section = plans_to_act_on(room.at(date(2027, 4, 2)))
    assert section.title == "1 åtgärdsplan att ta hand om"
    (row,) = section.rows
    assert (row.tag, row.tone) == ("2027-06-01", Tone.WARN)
    (late,) = plans_to_act_on(room.at(date(2027, 7, 1))).rows
    assert (late.tag, late.tone) == ("försenad", Tone.STOP)
    assert plans_to_act_on(world.actor("council_official")) is None
    assert plans_to_act_on(world.actor("safety_coordinator", world.kristinehamn)) is None

"""What one room knows reaches the pages of another: the law's ledger and the council's overview."""

from __future__ import annotations

import pytest

from samverkan.governance.duties.rules import Standing
from samverkan.governance.duties.selectors import ledger
from samverkan.governance.overview_counts import CountTopic, counts_for
from samverkan.organisations.models import Function, Holding
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import Actor
from samverkan.platform.work.registry import appointments, open_work
from tests.access.walk import WALKERS
from tests.world import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_world")]


def acting(walker: str) -> Actor:
    function = Function.objects.for_system("test").get(title=WALKERS[walker])
    holding = Holding.objects.for_system("test").get(function=function, role="holder")
    return actor_for(holding.user, function.ref, NOW)


def test_the_law_s_ledger_is_shown_by_the_rooms_themselves() -> None:
    states = {state.duty.key: state for state in ledger(acting("coordinator"), "1760").states}
    shown = {
        "agreement": "agreement_in_force",
        "council": "council_met",
        "coordination": "coordinator_held",
        "inform": "published_page",
        "picture": "decided_picture",
    }
    for key, kind in shown.items():
        assert states[key].standing is not Standing.MISSING, key
        shown_by = [piece for piece in states[key].evidence if piece.kind == kind]
        assert shown_by, key
        assert all(piece.url for piece in shown_by)


def test_the_council_sees_every_room_in_counts_and_no_name() -> None:
    counts = counts_for(acting("politician"), "1760")
    assert CountTopic.COMMITMENTS in counts
    assert CountTopic.GROUPS in counts
    open_problems = next(each for each in counts[CountTopic.PROBLEMS])
    assert open_problems.count > 0
    official = counts_for(acting("official"), "1760")
    assert {CountTopic.PROBLEMS, CountTopic.MEASURES} <= set(official)
    words = " ".join(str(each.label) for part in official.values() for each in part)
    assert "Busstorget" not in words
    assert "Demo:" not in words


def test_open_work_and_meetings_of_every_room_are_on_the_coordinator_s_table() -> None:
    coordinator = acting("coordinator")
    refs = [coordinator.function_ref]
    kinds = {item.key.partition("-")[0] for item in open_work(coordinator, refs)}
    assert len(kinds) >= 3, kinds
    last = NOW.date().replace(year=NOW.year + 1)
    assert appointments(coordinator, refs, NOW.date(), last)
    other = acting("neighbour")
    assert not {item.function_ref for item in open_work(other, [other.function_ref])} & set(refs)

"""Random lives of measures through the services: nothing illegal, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkan.platform.states import GuardRefusedError, IllegalTransitionError
from samverkan.situation.free_text import PersonInTextError
from samverkan.situation.lives import MEASURE, PROBLEM
from samverkan.situation.models import Measure, Problem, StateChange
from samverkan.situation.rules.gates import Given
from samverkan.situation.selectors.tracks import replayed_state
from samverkan.situation.services import measures
from samverkan.situation.services.measures import MeasureText
from samverkan.situation.services.own import NotOwnError
from samverkan.situation.services.problems import Clash
from samverkan.situation.services.steps import GateError, Said, step_measure
from tests.lives import assert_history_leads_to, assert_the_same_again, try_it, walk
from tests.world import NOW, World

from .factories import make_problem

pytestmark = pytest.mark.django_db
ACTS = (
    "submit",
    "withdraw",
    "decide",
    "start",
    "finish",
    "follow_up",
    "follow_up/outcome",
    "go_on",
    "stop",
    "stop/reason",
    "stop/person",
    "take_up",
    "edit",
    "edit/indicator",
    "edit/old",
    "decide/neighbour",
    "start/reader",
    "unheard_of",
)
# What leads on, so that walks reach the far end of the life too.
FORWARD = ("submit", "decide", "start", "finish", "follow_up")
TOLD = ("state", "outcome", "started_on", "finished_on", "title", "indicator", "edition")


@dataclass(frozen=True)
class Row:
    """A measure's kept step, numbered by its place."""

    number: int
    event: str
    from_state: str
    to_state: str


@dataclass
class MeasureLife:
    world: World
    actors: dict[str, Any]
    ref: str
    machine = MEASURE
    refusals = (
        IllegalTransitionError,
        GuardRefusedError,
        GateError,
        PersonInTextError,
        PermissionDenied,
        NotOwnError,
    )

    def act(self, number: int, name: str) -> object:
        event, _gap, how = name.partition("/")
        actor = replace(
            self.actors.get(how, self.actors["coordinator"]), at=NOW + timedelta(days=number)
        )
        if event == "edit":
            return self._edit(actor, number, how)
        reason = {"reason": " ", "person": "Ring 070-123 45 67"}.get(how, f"Skäl {number}")
        outcome = "" if how == "outcome" or event != "follow_up" else f"Utfall {number}"
        said = Said(Given(reason if event == "stop" else ""), outcome)
        return step_measure(actor, self.ref, event, said)

    def _edit(self, actor: Any, number: int, how: str) -> object:
        measure = self.found()
        text = text_of(measure.responsible_id, f"Belysning {number}")
        text = replace(text, indicator="" if how == "indicator" else text.indicator)
        edition = measure.edition - 1 if how == "old" else measure.edition
        done = measures.edit_measure(actor, self.ref, text, edition)
        if isinstance(done, Clash):
            raise NotOwnError("somebody else's text is newer")
        return done

    def found(self) -> Measure:
        found: Measure = Measure.objects.for_system("test").get(ref=self.ref)
        return found

    def changes(self) -> list[StateChange]:
        rows = StateChange.objects.for_system("test").filter(measure__ref=self.ref)
        return list(rows.order_by("pk"))

    def state(self) -> str:
        return self.found().state

    def steps(self) -> list[Row]:
        begun, *rows = self.changes()
        assert (begun.event, begun.source, begun.target) == ("", "", MEASURE.initial)
        return [
            Row(number, row.event, row.source, row.target) for number, row in enumerate(rows, 1)
        ]

    def told(self) -> Any:
        found = self.found()
        rows = [(row.event, row.at, row.reason, row.function_title) for row in self.changes()]
        return [getattr(found, name) for name in TOLD], rows, self._problem_told()

    def _problem_told(self) -> Any:
        """The problem follows its measure: it has a life of its own."""
        problem = self.found().problem
        rows = StateChange.objects.for_system("test").filter(problem=problem).order_by("pk")
        return problem.state, [(row.event, row.source, row.target) for row in rows]


def text_of(responsible_id: int, title: str) -> MeasureText:
    return MeasureText(
        title,
        responsible_id,
        (NOW + timedelta(days=30)).date(),
        indicator="Rapporter per månad",
        baseline="4 per månad",
        follow_up_on=(NOW + timedelta(days=90)).date(),
    )


@pytest.fixture
def actors(world: World) -> dict[str, Any]:
    return {
        "coordinator": world.actor("safety_coordinator"),
        "neighbour": world.actor("safety_coordinator", world.kristinehamn),
        "reader": world.actor("community_police", world.police),
    }


def drafted(world: World, actors: dict[str, Any], *, has_cause: bool) -> MeasureLife:
    problem = make_problem(world.storfors, causes="Mörk plats" if has_cause else "")
    coordinator = actors["coordinator"]
    text = text_of(coordinator.function_id, "Belysning")
    return MeasureLife(world, actors, measures.draft_measure(coordinator, problem.ref, text).ref)


def assert_the_problem_kept_up(life: MeasureLife) -> None:
    problem: Problem = life.found().problem
    rows = StateChange.objects.for_system("test").filter(problem=problem).order_by("pk")
    steps = [Row(number, row.event, row.source, row.target) for number, row in enumerate(rows, 1)]
    assert_history_leads_to(PROBLEM, steps, problem.state)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    acts=st.lists(st.sampled_from(ACTS), min_size=3, max_size=10),
    likely=st.integers(0, len(FORWARD)),
    has_cause=st.sampled_from((True, True, True, False)),
)
def test_no_walk_breaks_a_measures_life(world, actors, acts, likely, has_cause):
    acts = [*FORWARD[:likely], *acts]
    first, second = (drafted(world, actors, has_cause=has_cause) for _each in range(2))
    accepted = walk(first, acts)
    assert replayed_state(actors["coordinator"], first.found()) == first.state()
    assert_the_problem_kept_up(first)
    if not has_cause:
        assert first.state() in {"draft", "stopped"}, "a measure passed the gate without a cause"
    assert_the_same_again(first, second, accepted)


def test_an_outcome_that_is_written_anew_does_not_wipe_out_the_first(world, actors):
    life = drafted(world, actors, has_cause=True)
    acts = [*FORWARD, "go_on", "finish", "follow_up"]
    for number, name in enumerate(acts):
        assert try_it(lambda: life.act(number, name), life.refusals), name  # noqa: B023
    kept = [row.reason for row in life.changes() if row.event == "follow_up"]
    assert kept == ["Utfall 4", "Utfall 7"]
    assert life.found().outcome == "Utfall 7"

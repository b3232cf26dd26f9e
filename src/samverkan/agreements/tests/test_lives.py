"""Random lives of commitments and pledges through the services: nothing illegal, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkan.agreements.lives import COMMITMENT, PLEDGE
from samverkan.agreements.models import Commitment, CommitmentEvent, Pledge, PledgeEvent
from samverkan.agreements.models import PledgeLogEntry as Entry
from samverkan.agreements.services import commitments, pledges, signing
from samverkan.agreements.services.commitments import Promise, Turn
from samverkan.agreements.services.pledges import PledgeText
from samverkan.agreements.services.writing import NotADraftError
from samverkan.platform.states import GuardRefusedError, IllegalTransitionError
from tests.lives import assert_the_same_again, walk

from .cast import FIRST, Players

REFUSALS = (
    IllegalTransitionError,
    GuardRefusedError,
    PermissionDenied,
    ValidationError,
    NotADraftError,
    Pledge.DoesNotExist,
)
OF_A_STEP = ("number", "event", "from_state", "to_state", "on", "at", "reason", "details")
WALK = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def days(number: int) -> date:
    """Forty days between two attempts: dates pass on the way."""
    return FIRST + timedelta(days=40 * number)


@dataclass
class CommitmentLife:
    """A commitment of the police in a signed agreement."""

    players: Players
    ref: str
    machine = COMMITMENT
    refusals = REFUSALS

    def act(self, number: int, name: str) -> object:
        today = days(number)
        if name == "by_another_party":
            turn, who = Turn("give_up", "Vi vill inte"), "storfors"
        else:
            turn, who = self._turn(name, number, today), "police"
        return commitments.turn_commitment(self.players(who, today), self.ref, turn)

    @staticmethod
    def _turn(name: str, number: int, today: date) -> Turn:
        event, _gap, without = name.partition("/")
        return Turn(
            event,
            reason="" if without == "reason" else f"Skäl {number}",
            outcome=f"Utfall {number}" if event == "fulfil" and without != "outcome" else "",
            due_on=today + timedelta(days=-1 if without == "date" else 50),
        )

    def found(self) -> Commitment:
        found: Commitment = Commitment.objects.for_system("test").get(ref=self.ref)
        return found

    def state(self) -> str:
        return self.found().state

    def steps(self) -> list[CommitmentEvent]:
        rows = CommitmentEvent.objects.for_system("test")
        return list(rows.filter(commitment__ref=self.ref))

    def told(self) -> Any:
        kept = self.found()
        rows = [tuple(getattr(each, name) for name in OF_A_STEP) for each in self.steps()]
        return kept.state, kept.due_on, kept.outcome, rows


COMMITMENT_ACTS = (
    "move_date",
    "move_date/date",
    "move_date/reason",
    "fulfil",
    "fulfil/outcome",
    "give_up",
    "give_up/reason",
    "take_up",
    "take_up/date",
    "fall_late",
    "by_another_party",
    "unheard_of",
)


def promised(players: Players, numbers: int) -> list[CommitmentLife]:
    """Alike commitments of one agreement that all three have signed."""
    agreement = players.begin()
    players.write_minimum(agreement)
    promise = Promise(
        "frame",
        "Fotpatrull",
        "Synas",
        "Pass",
        players("police").function_ref,
        FIRST + timedelta(days=90),
    )
    made = [
        commitments.add_commitment(players("storfors"), agreement.ref, promise)
        for _each in range(numbers)
    ]
    signing.send_for_signature(players("storfors"), agreement.ref)
    for name in players.actors:
        players.sign(agreement, name)
    return [CommitmentLife(players, each.ref) for each in made]


@WALK
@given(acts=st.lists(st.sampled_from(COMMITMENT_ACTS), min_size=3, max_size=12))
def test_no_walk_breaks_a_commitments_life(players, acts):
    first, second = promised(players, 2)
    accepted = walk(first, acts)
    assert_the_same_again(first, second, accepted)
    outcomes = [each for each in first.steps() if each.event == "fulfil"]
    assert all(each.reason.startswith("Utfall") for each in outcomes), "an outcome was lost"


def test_every_date_that_a_commitment_has_had_is_in_its_history(players):
    [life] = promised(players, 1)
    first = life.found().due_on
    life.act(0, "move_date")
    second = life.found().due_on
    life.act(1, "move_date")
    kept = [(each.details["was_due_on"], each.details["due_on"]) for each in life.steps()]
    third = life.found().due_on
    days_kept = [first.isoformat(), second.isoformat(), third.isoformat()]
    assert kept == [(days_kept[0], days_kept[1]), (days_kept[1], days_kept[2])]


@dataclass
class PledgeLife:
    players: Players
    ref: str
    machine = PLEDGE
    refusals = REFUSALS

    def act(self, number: int, name: str) -> object:
        today = days(number)
        writer = self.players("storfors", today)
        event, _gap, without = name.partition("/")
        if event == "edit":
            return pledges.edit_pledge(
                writer, self.ref, text_of(self.players, number, whole=without != "place")
            )
        if event == "log":
            ahead = timedelta(days=1 if without == "ahead" else 0)
            return pledges.log_done(writer, self.ref, today + ahead, f"Gjort {number}")
        who = "kristinehamn" if without == "elsewhere" else "storfors"
        return pledges.turn_pledge(
            self.players(who, today),
            self.ref,
            event,
            result="" if without == "result" else f"Resultat {number}",
            feedback="" if without == "feedback" else f"Till invånarna {number}",
        )

    def found(self) -> Pledge:
        found: Pledge = Pledge.objects.for_system("test").get(ref=self.ref)
        return found

    def state(self) -> str:
        return self.found().state

    def steps(self) -> list[PledgeEvent]:
        return list(PledgeEvent.objects.for_system("test").filter(pledge__ref=self.ref))

    def log(self) -> list[tuple[date, str]]:
        rows = Entry.objects.for_system("test").filter(pledge__ref=self.ref)
        return list(rows.values_list("on", "text"))

    def told(self) -> Any:
        kept = self.found()
        rows = [tuple(getattr(each, name) for name in OF_A_STEP) for each in self.steps()]
        return kept.state, kept.title, kept.area, kept.result, kept.feedback, self.log(), rows


def text_of(players: Players, number: int, *, whole: bool) -> PledgeText:
    return PledgeText(
        f"Tryggare torg {number}",
        "Torget" if whole else "",
        "Det är mörkt.",
        "Vi är här på fredagar.",
        "Antal fredagar",
        FIRST,
        FIRST + timedelta(days=300),
        [players("storfors").function_ref],
    )


PLEDGE_ACTS = (
    "promise",
    "promise/elsewhere",
    "edit",
    "edit/place",
    "log",
    "log/ahead",
    "keep",
    "keep/result",
    "keep_partly",
    "keep_partly/feedback",
    "fail",
    "withdraw",
    "withdraw/feedback",
    "discard",
    "unheard_of",
)


@WALK
@given(acts=st.lists(st.sampled_from(PLEDGE_ACTS), min_size=3, max_size=12), likely=st.booleans())
def test_no_walk_breaks_a_pledges_life(players, acts, likely):
    acts = ["promise", "log", *acts] if likely else acts
    first, second = (
        PledgeLife(
            players,
            pledges.begin_pledge(players("storfors"), "1760", text_of(players, 99, whole=True)).ref,
        )
        for _each in range(2)
    )
    accepted = walk(first, acts)
    assert_the_same_again(first, second, accepted)
    promised_at = [number for number, name in accepted if name == "promise"]
    assert not [
        name
        for number, name in accepted
        if promised_at and number > promised_at[0] and name.startswith("edit")
    ], "what was promised was written over"
    assert len(first.log()) == sum(name == "log" for _number, name in accepted)

"""The life of an agreement: what it allows begins and ends with it, and its history is whole."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from samverkan.agreements.lives import AGREEMENT
from samverkan.agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementParty,
    AgreementVersion,
)
from samverkan.agreements.rules import (
    AFTER,
    IN_FORCE,
    Term,
    clock_steps,
    reminder,
    state_on,
)
from samverkan.agreements.services import life, parties, signing, writing
from samverkan.agreements.terms import term_of
from samverkan.agreements.work_items import agreement_work
from samverkan.platform.access.actor import system
from samverkan.platform.months import months_after, months_before
from samverkan.platform.states import IllegalTransitionError

from .cast import FIRST, LAST, NOW, fresh, moment

DAY = date(2026, 1, 1)
DAYS = st.integers(0, 2000).map(lambda number: DAY + timedelta(days=number))


def history(agreement) -> list[str]:
    rows = AgreementEvent.objects.for_system("test").filter(agreement=agreement)
    return list(rows.values_list("event", flat=True))


def in_force_on(day: date) -> set[int]:
    return set(Agreement.objects.for_system("test").in_force_on(day).values_list("pk", flat=True))


def test_from_draft_to_the_end_of_its_term(players):
    agreement = players.signed()
    life.bring_up_to_date(system("the calendar", moment(LAST)))
    assert history(agreement) == ["send", "complete", "enter", "near_end", "expire"]
    days = AgreementEvent.objects.for_system("test").filter(agreement=agreement)
    assert list(days.values_list("on", flat=True))[2:] == [FIRST, date(2030, 7, 1), LAST]
    assert fresh(agreement).state == "expired"


def test_it_holds_from_its_first_day_to_the_day_before_its_last(players, world):
    agreement = players.signed()
    for day, holds in (
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (LAST - timedelta(days=1), True),
        (LAST, False),
    ):
        assert (agreement.pk in in_force_on(day)) is holds, day


def test_notice_ends_it_on_its_day(players):
    agreement = players.signed()
    end = date(2028, 5, 1)
    life.give_notice(players("police", date(2027, 11, 1)), agreement.ref, end, "Ny indelning")
    assert agreement.pk in in_force_on(end - timedelta(days=1))
    assert agreement.pk not in in_force_on(end)
    life.bring_up_to_date(system("the calendar", moment(end)))
    assert fresh(agreement).state == "terminated"
    assert history(agreement) == [
        "send",
        "complete",
        "enter",
        "give_notice",
        "near_end",
        "terminate",
    ]


def test_notice_from_today_ends_it_today(players):
    agreement = players.signed()
    day = date(2027, 11, 1)
    ended = life.give_notice(players("police", day), agreement.ref, day, "Ny indelning")
    assert ended.state == "terminated"
    assert agreement.pk not in in_force_on(day)


def test_notice_needs_a_reason_a_signer_and_a_day_that_means_something(players, world):
    agreement = players.signed()
    signer = players("police", date(2027, 11, 1))
    for day, reason in ((date(2028, 1, 1), " "), (date(2027, 10, 1), "x"), (LAST, "x")):
        with pytest.raises(ValidationError):
            life.give_notice(signer, agreement.ref, day, reason)
    officer = world.actor("community_police", world.police)
    with pytest.raises(PermissionDenied):
        life.give_notice(officer, agreement.ref, date(2028, 1, 1), "x")


def test_a_successor_takes_over_without_a_gap(players):
    old = players.signed()
    day = date(2030, 8, 1)
    made = writing.begin_renewal(players("storfors", day), old.ref, LAST, months_after(LAST, 48))
    signing.send_for_signature(players("storfors", day), made.ref)
    assert fresh(old).renewed_on is None
    for name in players.actors:
        players.sign(made, name, day)
    assert in_force_on(LAST - timedelta(days=1)) >= {old.pk}
    assert made.pk not in in_force_on(LAST - timedelta(days=1))
    assert made.pk in in_force_on(LAST)
    assert old.pk not in in_force_on(LAST)
    life.bring_up_to_date(system("the calendar", moment(LAST)))
    assert (fresh(old).state, fresh(made).state) == ("renewed", "in_force")


def test_a_successor_that_never_begins_does_not_end_the_old_one(players):
    old = players.signed(last=None)
    day = date(2028, 1, 1)
    made = writing.begin_renewal(players("storfors", day), old.ref, date(2028, 6, 1), None)
    signing.send_for_signature(players("storfors", day), made.ref)
    for name in players.actors:
        players.sign(made, name, day)
    assert fresh(old).renewed_on == date(2028, 6, 1)
    life.give_notice(players("police", day), made.ref, date(2028, 3, 1), "Fel text")
    assert fresh(old).renewed_on is None
    assert old.pk in in_force_on(date(2029, 1, 1))
    assert made.pk not in in_force_on(date(2029, 1, 1))


def test_an_ended_agreement_is_neither_sent_signed_nor_written(players):
    agreement = players.signed()
    late = players("storfors", LAST)
    with pytest.raises(IllegalTransitionError):
        signing.send_for_signature(late, agreement.ref)
    with pytest.raises(writing.NotADraftError):
        writing.edit_section(late, agreement.ref, "frame:areas", "x", based_on=1)
    with pytest.raises(IllegalTransitionError):
        signing.take_back(late, agreement.ref, "x")


def test_reminders_come_at_six_three_and_one_months(players):
    agreement = players.signed()
    writer = players("storfors")
    for day, months in (
        (date(2030, 6, 30), None),
        (date(2030, 7, 1), 6),
        (date(2030, 10, 1), 3),
        (date(2030, 12, 1), 1),
        (LAST, None),
    ):
        at = players("storfors", day)
        found = list(agreement_work(at, frozenset({writer.function_ref})))
        notes = [str(item.note)[:1] for item in found if agreement.ref in item.key]
        assert notes == ([str(months)] if months else []), day


def test_a_signature_that_is_awaited_is_work_for_whoever_signs(players):
    agreement = players.for_signature()
    refs = {name: actor.function_ref for name, actor in players.actors.items()}
    players.sign(agreement, "police")
    actor = players("kristinehamn")
    items = [i for i in agreement_work(actor, frozenset(refs.values())) if "sign" in i.key]
    assert {item.function_ref for item in items} == {refs["storfors"], refs["kristinehamn"]}


def test_only_the_system_keeps_the_calendar(players):
    with pytest.raises(PermissionDenied):
        life.bring_up_to_date(players("storfors"))


@st.composite
def terms(draw) -> Term:
    maybe = st.one_of(st.none(), DAYS)
    signed_on = draw(maybe)
    state = "signed" if signed_on else draw(st.sampled_from(("draft", "for_signature")))
    return Term(state, signed_on, draw(DAYS), draw(maybe), draw(maybe), draw(maybe))


def holds_by_facts(term: Term, day: date) -> bool:
    if term.signed_on is None or term.begins_on > day:
        return False
    return term.ends_on is None or day < term.ends_on


@given(term=terms(), day=DAYS)
def test_the_state_says_in_force_exactly_when_the_dates_do(term, day):
    assert (state_on(term, day) in IN_FORCE) is holds_by_facts(term, day)


@given(term=terms(), days=st.lists(DAYS, min_size=1, max_size=6))
def test_the_clock_gives_the_same_life_however_often_it_is_asked(term, days):
    once = [step.event for step in clock_steps(term, max(days))]
    state, often = term, []
    for day in sorted(days):
        steps = clock_steps(state, day)
        often += [step.event for step in steps]
        if steps:
            state = replace(state, state=AFTER[steps[-1].event])
    assert often == once
    start = ["send", "complete"] if term.signed_on else []
    if start:
        assert AGREEMENT.replay([*start, *once]) == state.state


@given(term=terms(), day=DAYS)
def test_every_step_of_the_clock_is_one_that_the_machine_has(term, day):
    state = term.state
    on = date.min
    for step in clock_steps(term, day):
        state = AGREEMENT.step(state, step.event, lambda _guard: True)
        assert on <= step.on <= day
        on = step.on
    assert state == state_on(term, day)


@given(day=DAYS, months=st.integers(0, 60))
def test_months_keep_the_day_or_take_the_months_last(day, months):
    later = months_after(day, months)
    assert later.day <= day.day
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert months_before(later, months).month == day.month


def test_the_leap_day_has_its_reminders():
    end = date(2028, 2, 29)
    assert months_before(end, 12) == date(2027, 2, 28)
    assert months_before(end, 6) == date(2027, 8, 29)
    assert reminder(end, date(2027, 8, 28)) is None
    assert reminder(end, date(2027, 8, 29)) == 6


EVENTS = (
    "send", "take_back", "sign_storfors", "sign_kristinehamn", "sign_police", "notice",
    "discard", "edit", "day", "month", "year", "renew", "leave", "restore", "party_out", "party_in",
)  # fmt: skip


REFUSED = (
    IllegalTransitionError,
    ValidationError,
    PermissionDenied,
    signing.CannotSignError,
    signing.IncompleteError,
    writing.NotADraftError,
    parties.NoSuchPartyError,
    # A party that was taken out no longer sees what it would do.
    Agreement.DoesNotExist,
    AgreementParty.DoesNotExist,
)


@pytest.mark.parametrize("seed", range(8))
def test_a_random_walk_never_loses_history_nor_leaves_the_machine(players, seed):
    """Whatever is tried, in whatever order: the recorded events lead to the recorded state."""
    dice = random.Random(seed)
    day = NOW.date()
    agreement = players.begin(first=FIRST, last=date(2028, 1, 1))
    players.write_minimum(agreement)
    writing.share_agreement(players("storfors"), agreement.ref)
    seen: list[str] = []
    signed_first = ["send", "sign_storfors", "sign_kristinehamn", "sign_police"]
    for event in [*(signed_first if seed % 2 else ()), *dice.choices(EVENTS, k=14)]:
        day += {"day": timedelta(1), "month": timedelta(31), "year": timedelta(200)}.get(
            event, timedelta(0)
        )
        with suppress(*REFUSED):
            _try(players, fresh(agreement), event, day)
        life.bring_up_to_date(system("the calendar", moment(day)))
        now = history(agreement)
        assert now[: len(seen)] == seen
        seen = now
        stored = fresh(agreement)
        assert AGREEMENT.replay(now) == stored.state
        assert (agreement.pk in in_force_on(day)) is (state_on(term_of(stored), day) in IN_FORCE)


def _try(players, agreement, event: str, day: date) -> None:
    writer = players("storfors", day)
    if event == "send":
        signing.send_for_signature(writer, agreement.ref)
    elif event == "take_back":
        signing.take_back(writer, agreement.ref, "Ändras")
    elif event.startswith("sign_"):
        players.sign(agreement, event.removeprefix("sign_"), day)
    elif event == "notice":
        life.give_notice(players("police", day), agreement.ref, day + timedelta(40), "Skäl")
    elif event == "discard" and day.day % 5 == 0:
        writing.discard_draft(writer, agreement.ref)
    elif event == "edit":
        writing.edit_section(writer, agreement.ref, "frame:areas", str(day), based_on=1)
    elif event == "renew":
        writing.begin_renewal(writer, agreement.ref, day, None)
    elif event == "leave":
        leaver = players("kristinehamn", day)
        parties.leave_agreement(leaver, agreement.ref, day + timedelta(20), "Ny indelning")
    elif event == "restore":
        versions = AgreementVersion.objects.for_system("test").filter(agreement=agreement)
        latest = max(versions.values_list("number", flat=True))
        writing.restore_version(writer, agreement.ref, max(latest - 1, 1), based_on=latest)
    elif event in {"party_out", "party_in"}:
        change = parties.remove_party if event == "party_out" else parties.add_party
        change(writer, agreement.ref, players.world.kristinehamn.ref)

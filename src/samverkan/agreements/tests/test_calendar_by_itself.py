"""The agreements' calendar runs by itself: once an hour, again without doing anything twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samverkan.agreements.models import AgreementEvent
from samverkan.platform.jobs import periodic
from samverkan.platform.outbox.models import OutgoingMessage

from .cast import LAST, fresh, moment

pytestmark = pytest.mark.django_db
NAME = "agreements.calendar"


@pytest.fixture
def turn():
    """Does this room's periodic work at the day, as the process that serves does."""
    work = next(each.work for each in periodic.registered() if each.name == NAME)
    return lambda day: work(moment(day))


def letters() -> list[str]:
    rows = OutgoingMessage.objects.for_system("test").filter(key__startswith="agreement-ends-")
    return list(rows.order_by("pk").values_list("body", flat=True))


@pytest.fixture
def mailbox(players, world):
    from samverkan.organisations.models import Function

    rows = Function.objects.for_system("test").filter(ref=players("storfors").function_ref)
    rows.update(email="sakerhet@storfors.example")


def test_the_calendar_is_among_what_comes_back():
    assert NAME in {each.name for each in periodic.registered()}


def test_it_expires_by_itself_and_says_each_step_once(players, turn):
    agreement = players.signed()
    for day in (date(2027, 1, 1), date(2030, 7, 1), LAST, LAST, LAST + timedelta(days=1)):
        turn(day)
    events = AgreementEvent.objects.for_system("test").filter(agreement=agreement)
    assert list(events.values_list("event", flat=True)) == [
        "send",
        "complete",
        "enter",
        "near_end",
        "expire",
    ]
    assert fresh(agreement).state == "expired"


def test_a_letter_at_six_three_and_one_months_and_no_other(players, mailbox, turn):
    players.signed()
    day, counts = date(2030, 6, 25), []
    while day <= LAST:
        turn(day)
        turn(day)
        counts.append(len(letters()))
        day += timedelta(days=7)
    assert [len(letters()), max(counts)] == [3, 3]
    assert [body.splitlines()[1] for body in letters()] == [
        "Som mest 6 månader är kvar.",
        "Som mest 3 månader är kvar.",
        "Som mest 1 månad är kvar.",
    ]


def test_a_renewed_agreement_reminds_nobody(players, mailbox, turn):
    agreement = players.signed()
    agreement.renewed_on = LAST
    agreement.save(update_fields=["renewed_on"])
    turn(date(2030, 10, 2))
    assert letters() == []

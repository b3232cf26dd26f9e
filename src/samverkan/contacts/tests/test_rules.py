"""Who is on duty, whose turn it is, and how a number is dialled."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.contacts.rules import (
    Hours,
    StepPlan,
    clean_phone,
    exhausted_at,
    is_open_hour,
    on_duty,
    seconds_to_acknowledge,
    steps_due,
    steps_open,
)
from samverkan.organisations.stands import Stand
from tests.world import NOW

STOCKHOLM = ZoneInfo("Europe/Stockholm")
LONG_AGO, LATELY = date(2020, 1, 1), date(2026, 1, 1)


def stand(user: int, *, deputy: bool = False, since: date = LONG_AGO) -> Stand:
    return Stand(1, user, f"Testperson {user}", "", deputy, since)


def test_the_holder_is_on_duty_before_any_deputy() -> None:
    assert on_duty([stand(1, deputy=True), stand(2, since=LATELY)], set()).user_id == 2  # type: ignore[union-attr]


def test_a_deputy_is_on_duty_while_the_holder_is_away() -> None:
    stands = [stand(1), stand(2, deputy=True, since=LATELY), stand(3, deputy=True)]
    assert on_duty(stands, {1}).user_id == 3  # type: ignore[union-attr]
    assert on_duty(stands, {1, 3}).user_id == 2  # type: ignore[union-attr]
    assert on_duty(stands, {1, 2, 3}) is None


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 11, 23, 8, 0, tzinfo=STOCKHOLM), True),
        (datetime(2026, 11, 23, 7, 59, tzinfo=STOCKHOLM), False),
        (datetime(2026, 11, 23, 17, 0, tzinfo=STOCKHOLM), False),
        (datetime(2026, 11, 22, 12, 0, tzinfo=STOCKHOLM), False),
        (datetime(2026, 12, 25, 12, 0, tzinfo=STOCKHOLM), False),
    ],
)
def test_office_hours_are_weekdays_that_are_no_holidays(moment: datetime, is_open: bool) -> None:
    holidays = {date(2026, 12, 25)}
    assert is_open_hour(Hours.OFFICE, moment, holidays) is is_open
    assert is_open_hour(Hours.ALWAYS, moment, holidays)


def test_when_every_step_is_closed_all_are_tried() -> None:
    night = datetime(2026, 11, 22, 3, 0, tzinfo=STOCKHOLM)
    office = [StepPlan(1, 5, Hours.OFFICE), StepPlan(2, 5, Hours.OFFICE)]
    assert steps_open(office, night) == office
    mixed = [StepPlan(1, 5, Hours.OFFICE), StepPlan(2, 5, Hours.ALWAYS)]
    assert steps_open(mixed, night) == mixed[1:]


@given(st.lists(st.integers(1, 240), min_size=1, max_size=6), st.integers(0, 2000))
def test_turns_come_in_order_and_none_is_forgotten(waits: list[int], minutes: int) -> None:
    steps = [StepPlan(number, wait, Hours.ALWAYS) for number, wait in enumerate(waits, 1)]
    now = NOW + timedelta(minutes=minutes)
    due = steps_due(steps, NOW, now)
    assert due == steps[: len(due)]
    assert due
    passed = sum(waits[: len(due)])
    assert minutes < passed or len(due) == len(steps)
    if now >= exhausted_at(steps, NOW):
        assert due == steps


def test_the_time_to_an_answer_is_never_negative() -> None:
    assert seconds_to_acknowledge(NOW, None) is None
    assert seconds_to_acknowledge(NOW, NOW + timedelta(seconds=95)) == 95
    assert seconds_to_acknowledge(NOW, NOW - timedelta(seconds=5)) == 0


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("070-174 06 05", "+46701740605"),
        ("+46 70 174 06 05", "+46701740605"),
        ("0046 701740605", "+46701740605"),
        ("(0550) 651 00", "+4655065100"),
        ("112 14", "11214"),
    ],
)
def test_a_number_is_dialled_as_a_telephone_wants_it(typed: str, dialled: str) -> None:
    assert clean_phone(typed) == dialled


@pytest.mark.parametrize(
    "typed", ["", "ring", "12", "070-174 06 05 ankn 3", "٠٧٠١٧٤٠٦٠٥", "1" * 40]
)
def test_what_is_no_number_is_not_dialled(typed: str) -> None:
    with pytest.raises(ValueError, match="not a telephone number"):
        clean_phone(typed)

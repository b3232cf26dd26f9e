"""The week's page: who has been heard, what comes back, what is ahead; keyed on ISO weeks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samverkan.platform.access.capabilities import Detail, Information
from samverkan.situation.calendar_days import calendar, calendar_between
from samverkan.situation.meeting_rhythm import cadence_from_rhythm
from samverkan.situation.models import PlannedEvent
from samverkan.situation.selectors.municipalities import MunicipalityChoice
from samverkan.situation.selectors.week import last_period, week_picture
from samverkan.situation.week_words import finding
from samverkan.situation.weeks import (
    Cadence,
    Period,
    address_of,
    period_after,
    period_before,
    period_of,
    read_address,
    week_of,
    weeks_later,
)
from tests.world import NOW

from .factories import (
    MONDAY_MORNING,
    make_duty,
    make_incident,
    make_measure,
    make_place,
    make_problem,
    say_nothing_to_report,
)

PAGE = reverse("situation:week")
WEEK = 202647
STORFORS = MunicipalityChoice("1760", "Storfors")
FORTNIGHT = Cadence(weeks_a_period=2, anchor_week=202601)


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch):
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.sampled_from([1, 2]))
def test_every_week_lies_in_one_period_and_periods_follow_each_other(day, length):
    cadence = Cadence(weeks_a_period=length)
    week = week_of(day)
    period = period_of(week, cadence)
    assert week in period.weeks
    assert len(period.weeks) == length
    assert {period_of(each, cadence) for each in period.weeks} == {period}
    after = period_after(period, cadence)
    assert after.first_day == period.day_after
    assert period_before(after, cadence) == period


def test_two_week_periods_go_on_over_new_year_and_through_week_53():
    """2026 has 53 weeks: the 53rd and the first of 2027 belong together."""
    assert period_of(202653, FORTNIGHT) == Period(202653, 202701)
    assert period_of(202701, FORTNIGHT) == Period(202653, 202701)


def test_the_first_of_january_lies_in_the_iso_week_that_it_belongs_to():
    assert week_of(date(2027, 1, 1)) == 202653
    assert week_of(date(2025, 12, 29)) == 202601


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_in_summer_one_period_covers_the_summer_and_none_reaches_into_it(day):
    cadence = Cadence(weeks_a_period=2, summer=(26, 32))
    period = period_of(week_of(day), cadence)
    is_summer = [cadence.is_summer(week) for week in period.weeks]
    assert all(is_summer) or not any(is_summer)
    if is_summer[0]:
        assert (period.first_week % 100, period.last_week % 100) == (26, 32)


def test_a_group_that_meets_every_second_week_looks_at_the_two_weeks_that_have_ended():
    """The group met on Wednesday of week 47, so its period is weeks 47 and 48, until week 49."""
    cadence = cadence_from_rhythm("every_second_week", date(2026, 11, 18))
    assert period_of(202648, cadence) == Period(202647, 202648)
    summer = (date(2026, 6, 22), date(2026, 8, 10))
    in_summer = cadence_from_rhythm("weekly", date(2026, 1, 7), summer)
    assert period_of(202630, in_summer) == Period(202626, 202632)


def test_a_two_week_period_counts_both_weeks_and_says_so(world, monkeypatch):
    cadence = cadence_from_rhythm("every_second_week", date(2026, 11, 11))
    monkeypatch.setattr("samverkan.situation.selectors.week.cadence_for", lambda *_asked: cadence)
    for back in (0, 1):
        make_incident(world.school, occurred=MONDAY_MORNING - timedelta(weeks=back))
    picture = week_picture(world.actor("safety_coordinator"), STORFORS, WEEK)
    assert (picture.period, picture.total) == (Period(202646, 202647), 2)
    assert len(picture.heard) == 2
    with translation.override("sv"):
        assert "vecka 46 till 47" in finding(picture)


@pytest.mark.parametrize(
    ("text", "week"),
    [("2026-v48", 202648), ("2026-v5", 202605), ("2026-v53", 202653), ("2025-v53", None)]
    + [(bad, None) for bad in ("", "2026", "2026-v", "2026-v999", "abcd-v12", "2026-v4８", "-v48")],
)
def test_an_address_names_a_week_that_the_year_has(text, week):
    assert read_address(text) == week
    if week:
        assert read_address(address_of(week)) == week


def test_the_page_opens_on_the_week_that_has_ended(world, client_in):
    make_incident(world.school, place=make_place(world.storfors))
    text = client_in("safety_coordinator").get(PAGE).text
    assert "Inget utöver det vanliga i Storfors vecka 47" in text
    assert "1 händelse rapporterades." in text


def test_who_has_not_been_heard_is_said_and_nothing_to_report_counts_as_heard(world, client_in):
    silent = make_duty(world.storfors)
    say_nothing_to_report(make_duty(world.school), WEEK)
    text = client_in("safety_coordinator").get(PAGE).text
    assert "1 av 2 enheter har inte hörts av: tystnad är inte trygghet." in text
    assert "inget att rapportera" in text
    assert silent.organisation.name in text


def test_a_week_when_nobody_was_heard_has_that_for_its_finding(world, client_in):
    make_duty(world.school)
    assert (
        "Ingen har hörts av i Storfors vecka 47" in client_in("safety_coordinator").get(PAGE).text
    )


def test_a_place_with_reports_in_three_of_five_weeks_comes_back(world, client_in):
    library = make_place(world.storfors)
    for back in (0, 1, 3):
        make_incident(world.school, place=library, occurred=MONDAY_MORNING - timedelta(weeks=back))
    assert "Återkommer i Storfors: Biblioteket" in client_in("safety_coordinator").get(PAGE).text


def test_a_place_is_new_when_half_a_year_before_was_quiet_there(world):
    library, square = make_place(world.storfors), make_place(world.storfors, "Torget")
    for back in range(40):
        make_incident(world.school, place=square, occurred=MONDAY_MORNING - timedelta(weeks=back))
    make_incident(world.school, place=library)
    picture = week_picture(world.actor("safety_coordinator"), STORFORS, WEEK)
    assert [place.name for place in picture.new] == ["Biblioteket"]


def test_a_week_far_above_the_usual_is_the_finding(world):
    library = make_place(world.storfors)
    for back in range(1, 60, 8):
        make_incident(world.school, place=library, occurred=MONDAY_MORNING - timedelta(weeks=back))
    for _each in range(9):
        make_incident(world.school, place=library)
    picture = week_picture(world.actor("safety_coordinator"), STORFORS, WEEK)
    with translation.override("sv"):
        assert finding(picture).startswith("Fler än väntat i Storfors vecka 47: Biblioteket")


def test_decisions_stand_with_how_they_went(world, client_in):
    problem, responsible = make_problem(world.storfors), world.function("safety_coordinator")
    make_measure(problem, responsible, "Sanering", due_on=date(2026, 11, 20))
    make_measure(problem, responsible, "Belysning", due_on=date(2026, 11, 10), state="done")
    text = client_in("safety_coordinator").get(PAGE).text
    assert "3 dagar sen" in text or "försenad 3 dagar" in text or "3 dagar" in text
    assert "1 beslut är försenat." in text
    assert "Belysning" in text


def test_what_is_ahead_holds_planned_events_holidays_and_breaks(world, client_in):
    PlannedEvent.objects.create(
        owner=world.storfors,
        municipality=world.storfors_municipality,
        title="Julmarknad",
        where="Kyrkan",
        starts_on=date(2026, 12, 5),
        ends_on=date(2026, 12, 6),
        added_at=NOW,
    )
    text = client_in("safety_coordinator").get(PAGE).text
    assert "Julmarknad" in text
    assert "Lucia" in text


def test_a_week_to_come_and_a_week_that_is_none_are_not_found(world, client_in):
    coordinator = client_in("safety_coordinator")
    for address in ("2026-v49", "2025-v53", "hej", "2026-v999"):
        assert coordinator.get(f"/veckan/{address}/").status_code == 404
    assert coordinator.get("/veckan/2026-v46/").status_code == 200


def test_an_outsider_has_no_week_of_another_municipality(world, client_in):
    make_incident(world.school, place=make_place(world.storfors))
    outsider = client_in("safety_coordinator", world.kristinehamn)
    assert outsider.get(PAGE, {"kommun": "1760"}).status_code == 404
    assert "Biblioteket" not in outsider.get(PAGE).text


def test_a_clause_on_counts_opens_no_weeks_and_one_on_events_does(world, client_in):
    world.share(
        Information.INCIDENTS, Detail.AGGREGATE, giver=world.storfors, receiver=world.kristinehamn
    )
    make_place(world.storfors)
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    assert neighbour.get(PAGE, {"kommun": "1760"}).status_code == 404
    world.share(
        Information.INCIDENTS, Detail.DETAIL, giver=world.storfors, receiver=world.kristinehamn
    )
    assert neighbour.get(PAGE, {"kommun": "1760"}).status_code == 200


def test_a_reporter_has_no_week(world, client_in):
    assert client_in("reporter", world.school).get(PAGE).status_code == 403


def test_the_last_period_is_over(world):
    actor = world.actor("safety_coordinator")
    assert last_period(actor, "1760") == Period(WEEK, WEEK)
    assert weeks_later(WEEK, 1) == week_of(NOW.date())


def test_public_holidays_are_those_of_the_law():
    holidays = pytest.importorskip("holidays")
    law = holidays.country_holidays("SE", years=[2026, 2027, 2028], include_sundays=False)
    known = {span.starts_on for span in calendar() if span.source == "lag (1989:253)"}
    assert known == set(law)


def test_breaks_touch_the_days_that_are_asked_for():
    names = [span.name_sv for span in calendar_between(date(2027, 1, 5), date(2027, 1, 12))]
    assert names == ["Jullov", "Trettondedag jul"]

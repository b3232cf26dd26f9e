"""Each duty is green, due or missing on any day, and what shows it is linked."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from conftest import ClientIn
from samverkan.governance.duties.evidence import Evidence, by_clause
from samverkan.governance.duties.law import Duty, law
from samverkan.governance.duties.models import DutyRecord
from samverkan.governance.duties.rules import Standing, state_of
from samverkan.governance.duties.selectors import ledger
from samverkan.governance.duties.services import Doing, withdraw, write_down
from samverkan.organisations.models import Holding, Organisation
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Detail, Information
from samverkan.platform.months import months_after
from samverkan.reports.tests.pictures import decided
from tests.world import LONG_AGO, NOW, UserFactory, World

TODAY = NOW.date()
DAYS = st.dates(date(2023, 7, 1), date(2035, 12, 31))
REPORT = Doing("reported_to_council", TODAY - timedelta(days=30), "Lägesrapport", "KF", "KS 1")


def duty(key: str) -> Duty:
    return next(each for each in law().rows if each.key == key)


@pytest.mark.parametrize(
    ("decided_on", "today", "standing", "due_on"),
    [
        (date(2024, 2, 29), date(2024, 3, 1), Standing.GREEN, date(2026, 2, 28)),
        (date(2024, 11, 20), date(2026, 5, 19), Standing.GREEN, date(2026, 11, 20)),
        (date(2024, 11, 20), date(2026, 5, 20), Standing.DUE, date(2026, 11, 20)),
        (date(2024, 11, 20), date(2026, 11, 19), Standing.DUE, date(2026, 11, 20)),
        (date(2024, 11, 20), date(2026, 11, 20), Standing.MISSING, date(2026, 11, 20)),
    ],
)
def test_the_pictures_clock_runs_out_after_two_years_to_the_day(
    decided_on: date, today: date, standing: Standing, due_on: date
) -> None:
    piece = Evidence("decided_picture", "Lägesbild", decided_on)
    state = state_of(duty("update_picture"), [piece], today)
    assert (state.standing, state.due_on) == (standing, due_on)


def test_the_two_clocks_of_the_sixth_paragraph_run_apart() -> None:
    pieces = [
        Evidence("decided_picture", "Lägesbild", date(2026, 1, 1)),
        Evidence("followed_up_plan", "Uppföljning", date(2024, 1, 1)),
    ]
    assert state_of(duty("update_picture"), pieces, TODAY).standing is Standing.GREEN
    assert state_of(duty("follow_up_plan"), pieces, TODAY).standing is Standing.MISSING


def test_a_duty_that_asks_for_two_things_is_missing_without_either() -> None:
    picture = Evidence("decided_picture", "Lägesbild", date(2026, 1, 1))
    plan = Evidence("decided_plan", "Plan", date(2025, 1, 1))
    assert state_of(duty("position"), [picture], TODAY).standing is Standing.MISSING
    both = state_of(duty("position"), [picture, plan], TODAY)
    assert both.due_on == date(2027, 1, 1)


def test_an_agreement_shows_it_until_its_last_day() -> None:
    ends = Evidence("agreement_in_force", "Avtal", date(2024, 1, 1), until=date(2027, 1, 1))
    assert state_of(duty("agreement"), [ends], TODAY).standing is Standing.DUE
    open_end = replace(ends, until=None)
    assert state_of(duty("agreement"), [open_end], TODAY).standing is Standing.GREEN
    assert state_of(duty("agreement"), [ends], date(2027, 1, 1)).standing is Standing.MISSING


@given(DAYS, DAYS, st.sampled_from([row.key for row in law().rows]))
def test_no_day_makes_a_duty_greener_than_its_evidence(done: date, today: date, key: str) -> None:
    asked = duty(key)
    pieces = [Evidence(kind.split("|")[0], "x", done) for kind in asked.evidence]
    state = state_of(asked, pieces, today)
    if done > today:
        assert state.standing is Standing.MISSING
    if state.standing is not Standing.MISSING and state.due_on is not None:
        assert state.due_on > today
        is_close = months_after(today, asked.soon) >= state.due_on
        assert (state.standing is Standing.DUE) == is_close


def test_a_change_of_law_is_a_new_row() -> None:
    on_first = {row.key for row in law().on(date(2023, 7, 1))}
    assert "plan" not in on_first
    assert "plan" in {row.key for row in law().on(date(2024, 7, 1))}
    assert law().on(date(2023, 6, 30)) == ()


@pytest.mark.django_db
def test_the_ledger_gathers_what_the_rooms_can_show(world: World) -> None:
    actor = world.actor("safety_coordinator")
    states = {state.duty.key: state for state in ledger(actor, "1760").states}
    shown = [key for key, state in states.items() if state.standing is not Standing.MISSING]
    assert shown == ["agreement"]
    decided(actor)
    write_down(actor, "1760", REPORT)
    Holding.objects.create(
        function_id=actor.function_id, user=UserFactory(), role="deputy", valid_from=LONG_AGO
    )
    states = {state.duty.key: state for state in ledger(actor, "1760").states}
    assert states["picture"].standing is Standing.GREEN
    assert states["picture"].evidence[0].url.startswith("/lagesbild/")
    assert states["report"].standing is Standing.GREEN
    assert states["coordination"].standing is Standing.GREEN
    assert states["plan"].standing is Standing.MISSING


@pytest.mark.django_db
def test_what_is_withdrawn_shows_nothing(world: World) -> None:
    actor = world.actor("safety_coordinator")
    made = write_down(actor, "1760", REPORT)
    withdraw(actor, made.ref)
    states = {state.duty.key: state for state in ledger(actor, "1760").states}
    assert states["report"].standing is Standing.MISSING
    assert DutyRecord.objects.for_system("test").count() == 1


@pytest.mark.django_db
def test_what_cannot_be_is_not_written_down(world: World) -> None:
    actor = world.actor("safety_coordinator")
    for wrong in (
        replace(REPORT, kind="agreement_in_force"),
        replace(REPORT, done_on=TODAY + timedelta(days=1)),
        replace(REPORT, reference_number=" "),
    ):
        with pytest.raises(ValidationError):
            write_down(actor, "1760", wrong)
    with pytest.raises(ValidationError):
        write_down(world.actor("safety_coordinator", world.kristinehamn), "1760", REPORT)
    with pytest.raises(PermissionDenied):
        write_down(world.actor("council_politician"), "1760", REPORT)


@pytest.mark.django_db
def test_the_answers_for_the_survey_come_in_the_order_of_the_law(
    world: World, client_in: ClientIn
) -> None:
    actor = world.actor("safety_coordinator")
    write_down(actor, "1760", replace(REPORT, title='=HYPERLINK("x")'))
    response = client_in("safety_coordinator").get("/lagen/1760/bra-enkat.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:12]] == [
        "3 §", "4 §", "5 §", "6 §", "6 §", "7 §", "9 §", "10 §", "11 §", "12 §", "13 §",
    ]  # fmt: skip
    assert rows[11][2] == "klart"
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert "inte bekräftad" in rows[-2][0]


@pytest.mark.django_db
def test_the_page_names_what_is_missing_and_is_closed_to_outsiders(
    world: World, client_in: ClientIn
) -> None:
    client = client_in("safety_coordinator")
    page = client.get("/lagen/1760/").content.decode()
    assert "10 av lagens skyldigheter saknas" in page
    assert "vårt intervall, inte lagens" in page
    form = {"kind": "reported_to_council", "done_on": "2026-11-01", "title": "Rapport <b>"}
    refused = client.post("/lagen/1760/", form).content.decode()
    assert "En rapport har ett diarienummer." in refused
    assert "Rapport &lt;b&gt;" in refused
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    assert neighbour.get("/lagen/1760/").status_code == 404
    assert neighbour.post("/lagen/1760/", form).status_code == 404
    assert client_in("council_politician").post("/lagen/1760/", form).status_code == 404
    assert client_in("reporter", world.school).get("/lagen/1760/").status_code == 403


def test_four_years_of_days_never_skip_a_clock() -> None:
    """Every day of four years, leap day and both clock shifts among them."""
    piece = Evidence("decided_picture", "Lägesbild", date(2026, 3, 1))
    start = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("Europe/Stockholm"))
    seen = [
        state_of(duty("update_picture"), [piece], (start + timedelta(days=day)).date()).standing
        for day in range(1461)
    ]
    assert seen == sorted(seen, key=[Standing.GREEN, Standing.DUE, Standing.MISSING].index)
    assert seen.index(Standing.MISSING) == (date(2028, 3, 1) - date(2026, 3, 1)).days


HIDDEN = frozenset({"decided_picture", "decided_plan"})


def test_what_the_reader_cannot_see_is_not_called_missing() -> None:
    plan = Evidence("decided_plan", "Plan", date(2025, 1, 1))
    assert state_of(duty("plan"), [], TODAY).standing is Standing.MISSING
    assert state_of(duty("plan"), [], TODAY, HIDDEN).standing is Standing.HIDDEN
    assert state_of(duty("plan"), [plan], TODAY, HIDDEN).standing is Standing.GREEN
    old = Evidence("decided_picture", "Lägesbild", date(2023, 8, 1))
    run_out = state_of(duty("update_picture"), [old], TODAY, HIDDEN)
    assert (run_out.standing, run_out.due_on) == (Standing.HIDDEN, date(2025, 8, 1))


def test_one_thing_that_is_missing_for_certain_decides_over_what_is_hidden() -> None:
    hidden = frozenset({"decided_picture"})
    assert state_of(duty("position"), [], TODAY, hidden).standing is Standing.MISSING
    plan = Evidence("decided_plan", "Plan", date(2026, 1, 1))
    assert state_of(duty("position"), [plan], TODAY, hidden).standing is Standing.HIDDEN


@given(DAYS, st.sampled_from([row.key for row in law().rows]), st.booleans(), st.data())
def test_hiding_changes_only_what_would_have_been_missing(
    today: date, key: str, is_shown: bool, data: st.DataObject
) -> None:
    asked = duty(key)
    kinds = [kind for each in asked.evidence for kind in each.split("|")]
    hidden = data.draw(st.sets(st.sampled_from(kinds)))
    pieces = [Evidence(kind, "x", date(2024, 1, 1)) for kind in kinds] if is_shown else []
    open_to_all, to_reader = (state_of(asked, pieces, today, each) for each in ((), hidden))
    if open_to_all.standing is Standing.MISSING:
        assert to_reader.standing in (Standing.MISSING, Standing.HIDDEN)
    else:
        assert to_reader == open_to_all


def standings(actor: Actor) -> dict[str, Standing]:
    return {state.duty.key: state.standing for state in ledger(actor, "1760").states}


POLICE = "police_area_chief"
SEEN_BY_CLAUSE = {"picture", "plan", "update_picture", "follow_up_plan", "position"}


@pytest.mark.django_db
def test_the_police_see_what_a_clause_shows_and_only_as_long_as_it_holds(world: World) -> None:
    decided(world.actor("safety_coordinator"))
    officer = world.actor(POLICE, world.police)
    assert {standings(officer)[key] for key in SEEN_BY_CLAUSE} == {Standing.HIDDEN}
    for information in (Information.SITUATIONAL_PICTURES, Information.PLANS):
        world.share(information, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    seen = standings(world.actor(POLICE, world.police))
    assert (seen["picture"], seen["plan"]) == (Standing.GREEN, Standing.MISSING)
    world.agreement.terminated_on = TODAY
    world.agreement.save()
    seen = standings(world.actor(POLICE, world.police))
    assert (seen["picture"], seen["plan"]) == (Standing.HIDDEN, Standing.HIDDEN)
    own = standings(world.actor("safety_coordinator"))
    assert (own["picture"], own["plan"]) == (Standing.GREEN, Standing.MISSING)


@pytest.mark.django_db
def test_the_police_s_page_and_file_do_not_accuse_the_municipality(
    world: World, client_in: ClientIn
) -> None:
    officer = client_in(POLICE, world.police)
    page = officer.get("/lagen/1760/").content.decode()
    assert "av skyldigheterna når inte din organisation" in page
    assert "Det som skulle visa det syns inte för dig." in page
    rows = officer.get("/lagen/1760/bra-enkat.csv").content.decode("utf-8-sig")
    assert "syns inte för dig" in rows
    own = client_in("safety_coordinator").get("/lagen/1760/").content.decode()
    assert "syns inte för dig" not in own


@pytest.mark.django_db
def test_whoever_is_said_to_see_all_is_whom_the_access_rule_lets_through(world: World) -> None:
    write_down(world.actor("safety_coordinator"), "1760", REPORT)
    sees = by_clause(Information.PLANS, Capability.PLANS_READ)

    def both(kind: str, party: Organisation) -> tuple[bool, bool]:
        actor = world.actor(kind, party)
        return sees(actor, "1760"), DutyRecord.objects.visible_to(actor).exists()

    assert both("safety_coordinator", world.storfors) == (True, True)
    assert both("reporter", world.storfors) == (False, False)
    assert both("safety_coordinator", world.kristinehamn) == (False, False)
    assert both(POLICE, world.police) == (False, False)
    world.share(Information.PLANS, Detail.AGGREGATE, giver=world.storfors, receiver=world.police)
    assert both(POLICE, world.police) == (False, False)
    world.share(Information.PLANS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    assert both(POLICE, world.police) == (True, True)

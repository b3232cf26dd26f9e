"""Four years in seconds: at twenty dates, what each function sees in a small municipality.

`four_years.csv` says it, a row for each date and function, to be read as a table: who acts,
the menu's doors, what agreements let through, how the law's clock of 24 months stands, the work on
the table, and the letters since the date before. Write it anew with `SAMVERKAN_WRITE_YEARS=1`, and
read the change as a change.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.translation import override

from samverkan.agreements.services.life import bring_up_to_date
from samverkan.contacts.duty import absent_people
from samverkan.contacts.selectors import standing_in, unheld_functions
from samverkan.governance.duties.selectors import ledger
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import Actor, system
from samverkan.platform.accounts.models import User
from samverkan.platform.design.navigation import items_for
from samverkan.platform.jobs import periodic
from samverkan.platform.outbox.models import OutgoingMessage
from samverkan.platform.work.registry import appointments, open_work
from tests.world import World

from .lives import BEGINS, COUNCILS, DEEDS, KINDS, LAPSES, STOCKHOLM, Life, begin, morning

pytestmark = pytest.mark.django_db
# The law's clock is the municipality's: no clause lets the police read what it goes by.
POLICE = ("kommunpolis", "chief")
DEPUTY = "Stina Ställföreträdare"
# The doors that the table watches; a new room's door is no change of these.
DOORS = ("agreements", "groups", "contacts", "incidents", "problems", "duties", "audit")
TABLE = Path(__file__).with_name("four_years.csv")
DATES = (
    BEGINS,
    date(2026, 3, 28),
    date(2026, 3, 29),
    date(2026, 9, 13),
    date(2026, 10, 15),
    date(2026, 10, 25),
    date(2027, 1, 1),
    date(2027, 3, 28),
    date(2027, 6, 1),
    date(2027, 7, 5),
    date(2027, 7, 26),
    date(2027, 8, 29),
    date(2027, 10, 31),
    date(2027, 11, 29),
    date(2028, 1, 15),
    date(2028, 1, 29),
    date(2028, 2, 28),
    LAPSES,
    date(2028, 3, 26),
    date(2030, 1, 1),
)


@dataclass(frozen=True)
class Sight:
    """What one function sees on one date."""

    day: str
    function: str
    who: str
    doors: str
    lets_through: str
    clock: str
    work: str
    letters: str


def look(life: Life, name: str, day: date, letters: list[OutgoingMessage]) -> Sight:
    """One row. The deputy's is the coordinator's function, seen by whoever stands in for it."""
    is_deputy = name == "deputy"
    function = "coordinator" if is_deputy else name
    user = User.objects.get(display_name=DEPUTY) if is_deputy else life.holder(name, day)
    boxes = {user.email if user else "", "" if is_deputy else f"{name}@functions.example"}
    said = " + ".join(sorted(each.subject for each in letters if each.address in boxes - {""}))
    if user is None:
        return Sight(day.isoformat(), name, "nobody", "", "", "", "", said)
    actor = actor_for(user, life.ref(function), morning(day))
    is_away = user.pk in absent_people(actor)
    who = user.display_name.removeprefix(f"{name} ") + (" (away)" if is_away else "")
    works = not is_deputy or bool(standing_in(actor))
    open_doors = {item.key for item in items_for(actor)}
    return Sight(
        day.isoformat(),
        name,
        who,
        " ".join(key for key in DOORS if key in open_doors),
        " + ".join(sorted(f"{grant.information}:{grant.detail}" for grant in actor.grants)),
        standing_of(actor, "follow_up_plan") if name not in POLICE else "",
        _work(actor) if works else "",
        said,
    )


def _work(actor: Actor) -> str:
    """Kinds of work with their number; a renewal says how long is left."""
    items = open_work(actor, {actor.function_ref})
    counted = Counter(
        f"{item.kind_label} ({item.note})" if "renew" in item.key else str(item.kind_label)
        for item in items
        if item.function_ref == actor.function_ref
    )
    return " + ".join(f"{label} x{number}" for label, number in sorted(counted.items()))


def live(life: Life) -> list[Sight]:
    """Go through the dates: deeds, the periodic work twice, then everybody looks."""
    seen: list[Sight] = []
    known = 0
    for day in DATES:
        if day in DEEDS:
            DEEDS[day](life, day)
        periodic.run_due(morning(day))
        again = periodic.run_due(morning(day))
        assert again == [], "the same moment is worked once"
        letters = list(OutgoingMessage.objects.for_system("test").order_by("pk"))
        with override("sv"):
            seen += [look(life, name, day, letters[known:]) for name in (*KINDS, "deputy")]
        known = len(letters)
    return seen


@pytest.fixture
def life(world: World, settings, tmp_path) -> Life:
    settings.MEDIA_ROOT = str(tmp_path)
    return begin(world)


def test_twenty_dates_and_what_each_function_sees(life: Life) -> None:
    assert len(DATES) == 20
    seen = live(life)
    if os.environ.get("SAMVERKAN_WRITE_YEARS"):
        _write(seen)
    assert [astuple(each) for each in seen] == _read()


def test_the_agreement_closes_on_the_leap_day_and_not_before(life: Life) -> None:
    before, after = LAPSES - timedelta(days=1), LAPSES
    held = life.acting("kommunpolis", before).grants
    assert {str(grant.information) for grant in held} == {"incidents", "meetings"}
    assert life.acting("kommunpolis", after).grants == frozenset()
    bring_up_to_date(system("the calendar", morning(after)))
    life.agreement.refresh_from_db()
    assert life.agreement.state == "expired"


@pytest.mark.parametrize("day", COUNCILS)
def test_a_meeting_stays_at_nine_whatever_the_clocks_do(life: Life, day: date) -> None:
    chair = life.acting("chair", BEGINS)
    (found,) = appointments(chair, {chair.function_ref}, day, day + timedelta(days=1))
    assert timezone.localtime(found.starts_at).time() == time(9)
    hours = {3: 2, 10: 1}[day.month]
    assert found.starts_at.astimezone(STOCKHOLM).utcoffset() == timedelta(hours=hours)


def test_the_hour_that_comes_twice_runs_the_clock_once_an_hour(life: Life) -> None:
    """From one to four on the night when three becomes two again there are four hours."""
    ran = []
    work = timedelta(minutes=30)
    moment = datetime(2026, 10, 25, 1, 0, tzinfo=STOCKHOLM).timestamp()
    end = datetime(2026, 10, 25, 4, 0, tzinfo=STOCKHOLM).timestamp()
    while moment < end:
        now = datetime.fromtimestamp(moment, STOCKHOLM)
        ran += [name for name in periodic.run_due(now) if name == "agreements.calendar"]
        moment += work.total_seconds()
    assert len(ran) == 4


def standing_of(actor: Actor, key: str) -> str:
    states = ledger(actor, min(actor.municipality_codes)).states
    return str(next(state.standing for state in states if state.duty.key == key))


def test_the_clock_of_twenty_four_months_falls_due_and_runs_out(life: Life) -> None:
    ends = date(2028, 1, 15)
    for day, word in (
        (BEGINS, "green"),
        (date(2027, 7, 14), "green"),
        (date(2027, 7, 15), "due"),
        (ends - timedelta(days=1), "due"),
        (ends, "missing"),
    ):
        assert standing_of(life.acting("coordinator", day), "follow_up_plan") == word, day


def test_the_deputy_stands_in_from_the_first_day_away_to_the_last(life: Life) -> None:
    deputy = User.objects.get(display_name=DEPUTY)
    day = date(2027, 6, 1)
    DEEDS[day](life, day)
    for at, stands in (
        (date(2027, 7, 4), False),
        (date(2027, 7, 5), True),
        (date(2027, 7, 25), True),
        (date(2027, 7, 26), False),
    ):
        actor = actor_for(deputy, life.ref("coordinator"), morning(at))
        assert bool(standing_in(actor)) is stands, at


def test_a_term_without_a_successor_shouts_until_somebody_follows(life: Life) -> None:
    ends, follows = date(2026, 10, 15), date(2027, 1, 1)
    former = life.holder("politician", ends)
    assert former is not None
    assert "Politician" not in unheld(life, ends)
    DEEDS[ends](life, ends)
    assert not actor_for(former, life.ref("politician"), morning(ends)).has_function
    assert "Politician" in unheld(life, date(2026, 12, 31))
    DEEDS[follows](life, follows)
    assert "Politician" not in unheld(life, follows)
    assert life.acting("politician", follows).has_function


def unheld(life: Life, day: date) -> set[str]:
    return {each.title for each in unheld_functions(life.acting("administrator", day))}


def _read() -> list[tuple[str, ...]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def _write(seen: list[Sight]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([each.name for each in fields(Sight)])
        writer.writerows(astuple(each) for each in seen)

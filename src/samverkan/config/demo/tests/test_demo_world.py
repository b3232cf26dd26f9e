from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samverkan.agreements.models import Agreement
from samverkan.config.demo.figures import (
    PoliceFile,
    counts_in,
    months_published,
    police_files,
)
from samverkan.config.demo.pictures import SUMMARY
from samverkan.config.demo.world import ensure
from samverkan.organisations.models import Function, Holding
from samverkan.organisations.selectors import actor_for
from samverkan.platform.imports.models import ImportBatch
from samverkan.platform.imports.services import undo_import
from samverkan.publication.models import PublishedVersion
from samverkan.situation.models import Incident, IncidentCount
from samverkan.statistics.models import Figure

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


def test_storfors_means_are_those_of_the_reference_case() -> None:
    totals: dict[str, int] = defaultdict(int)
    months = months_published(NOW.date())
    for month in months:
        for row in counts_in(month):
            if row.municipality == "1760":
                totals[row.series] += row.count
    means = {series: total / len(months) for series, total in totals.items()}
    assert len(months) == 60
    assert means["vandalism"] == pytest.approx(2, abs=0.15)
    assert means["theft_excluding_shoplifting"] == pytest.approx(5, abs=0.2)
    assert means["violence"] == pytest.approx(4, abs=0.2)
    assert means["violence_home"] > means["violence"] / 2
    assert means["violence_public"] < 1


def test_the_newest_month_is_one_that_the_police_have_had_time_to_publish() -> None:
    assert months_published(date(2026, 11, 23))[-1] == date(2026, 10, 1)
    assert months_published(date(2026, 11, 5))[-1] == date(2026, 9, 1)
    assert months_published(date(2027, 1, 15))[-1] == date(2026, 12, 1)


def test_the_same_month_is_the_same_file_every_time() -> None:
    october, september = PoliceFile("x", (date(2026, 10, 1),)), PoliceFile("x", (date(2026, 9, 1),))
    assert october.content == PoliceFile("y", (date(2026, 10, 1),)).content
    assert october.content != september.content


def test_past_years_come_whole_and_the_newest_month_by_month() -> None:
    names = [file.name for file in police_files(months_published(NOW.date()))]
    assert names[:2] == ["polisen-2021.csv", "polisen-2022.csv"]
    assert names[-1] == "polisen-2026-10.csv"
    assert len(names) == 15
    assert police_files([]) == []


def test_the_demos_own_imports_can_be_undone_like_any_other(demo_world: None) -> None:
    officer = Function.objects.for_system("t").get(kind="community_police")
    holding = Holding.objects.for_system("t").get(function=officer)
    batch = (
        ImportBatch.objects.for_system("t")
        .filter(
            state=ImportBatch.State.DONE, kind="statistics", imported_by_user_id=holding.user_id
        )
        .latest("fetched_at")
    )
    before = Figure.objects.for_system("t").current().count()
    assert undo_import(actor_for(holding.user, officer.ref, NOW), batch.ref) > 0
    assert Figure.objects.for_system("t").current().count() < before


def test_opened_again_the_same_day_nothing_is_doubled(demo_world: None) -> None:
    before = (Figure.objects.for_system("t").count(), Incident.objects.for_system("t").count())
    ensure(NOW + timedelta(hours=2))
    after = (Figure.objects.for_system("t").count(), Incident.objects.for_system("t").count())
    assert after == before


def test_opened_again_a_month_later_it_has_lived_on(demo_world: None) -> None:
    incidents = Incident.objects.for_system("t").count()
    later = NOW + timedelta(days=35)
    ensure(later)
    newest = Figure.objects.for_system("t").latest("period_start")
    assert newest.period_start == date(2026, 11, 1)
    assert Incident.objects.for_system("t").count() > incidents


def test_the_counts_are_in_step_with_the_incidents(demo_world: None) -> None:
    counted = sum(row.incidents for row in IncidentCount.objects.for_system("t"))
    assert counted == Incident.objects.for_system("t").count()


def test_the_agreement_is_in_force_and_lets_the_officer_see_storfors(demo_world: None) -> None:
    assert Agreement.objects.for_system("t").in_force_on(NOW.date()).count() == 1
    officer = Function.objects.for_system("t").get(kind="community_police")
    holding = Holding.objects.for_system("t").get(function=officer)
    actor = actor_for(holding.user, officer.ref, NOW)
    assert Incident.objects.visible_to(actor).filter(municipality__code="1760").exists()


def test_nobody_in_the_demo_can_sign_in_with_a_password(demo_world: None) -> None:
    for holding in Holding.objects.for_system("t").select_related("user"):
        assert not holding.user.has_usable_password()


def test_what_storfors_publishes_now_holds_the_summary_of_its_picture(demo_world: None) -> None:
    newest = PublishedVersion.objects.for_system("t").latest("pk")
    assert newest.content["picture"]["summary"] == SUMMARY

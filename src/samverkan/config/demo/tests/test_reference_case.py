"""What the police told Storfors' politicians comes out of the demo's figures, checked."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from samverkan.config.demo.figures import counts_in, months_published
from samverkan.documents.formats import Language
from samverkan.reports.briefing.compose import compose
from samverkan.reports.briefing.content import Briefing
from samverkan.statistics.tests.figures import make_series
from tests.world import NOW, World

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def told(world: World) -> Briefing:
    values: dict[str, list[float]] = defaultdict(list)
    months = months_published(NOW.date())
    for month in months:
        for row in counts_in(month):
            if row.municipality == "1760":
                values[row.series].append(row.count)
    for series, counts in values.items():
        make_series(world, counts, code=series, first=months[0])
    return compose(world.actor("safety_coordinator"), "1760", OCTOBER, Language.SWEDISH)


def words(told: Briefing) -> str:
    return " ".join([told.title, told.lead, *told.plain]).replace("\u00a0", " ")


def test_two_cases_of_vandalism_five_thefts_and_four_violent_offences_a_month(
    told: Briefing,
) -> None:
    assert "I genomsnitt 2,2 skadegörelsebrott i månaden det senaste året" in words(told)
    assert "I genomsnitt 4,9 stölder utom butiksstöld i månaden det senaste året" in words(told)
    assert "I genomsnitt 3,9 våldsbrott i månaden det senaste året" in words(told)
    assert "I genomsnitt 1,1 butiksstölder i månaden det senaste året" in words(told)


def test_most_of_the_violence_is_in_homes_and_very_little_in_public(told: Briefing) -> None:
    assert "De senaste 5 åren: de flesta var våldsbrott i hemmet: 156 av 238" in words(told)
    assert "De senaste 5 åren: mycket få var våldsbrott på allmän plats: 29" in words(told)


def test_one_year_alone_is_said_not_to_tell(told: Briefing) -> None:
    assert "29 av 47 var våldsbrott i hemmet; om det är de flesta går inte att säga" in words(told)


def test_the_level_is_stable_and_what_could_have_been_seen_is_said(told: Briefing) -> None:
    assert words(told).count("inom normal variation sedan 2021") == 4
    assert "ligger inom det som är normalt för Storfors sedan 2021" in told.lead
    assert len(told.how_sure) == 4
    assert all("hade inte synts" in line for line in told.how_sure)

"""Which figures an actor gets, with what provenance, and what is held back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samverkan.documents.formats import PeriodKind
from samverkan.platform.access.actor import anonymous
from samverkan.platform.access.capabilities import Detail, Information
from samverkan.statistics.models import Figure
from samverkan.statistics.selectors import (
    FigureSeries,
    figure_series,
    missing_series,
    parts_of_last_year,
    population,
    superseded_figures,
)
from tests.world import NOW, World

from .figures import TWO_A_MONTH, make_import, make_series

YEAR = date(2025, 1, 1)


def one(found: list[FigureSeries], code: str, kind: str = "month") -> FigureSeries:
    return next(
        series for series in found if (series.definition.code, series.period_kind) == (code, kind)
    )


def revise(figure: Figure, value: float) -> Figure:
    """What an import does: a new figure takes over, the old one stays."""
    batch = make_import(figure.owner, file_name="revision.csv")
    figures = Figure.objects.for_system("test")
    figures.filter(pk=figure.pk).update(is_current=False)
    return Figure.objects.create(
        owner=figure.owner,
        municipality=figure.municipality,
        series_code=figure.series_code,
        unit=figure.unit,
        period_kind=figure.period_kind,
        period_start=figure.period_start,
        value=value,
        source_code=figure.source_code,
        fetched_at=NOW + timedelta(days=30),
        batch=batch,
        replaces=figure,
    )


def test_a_series_carries_its_file_its_hash_and_who_put_it_in(world: World) -> None:
    batch = make_series(world, TWO_A_MONTH)
    series = one(figure_series(world.actor("safety_coordinator"), "1760"), "vandalism")
    (provenance,) = series.provenance
    assert provenance.import_ref == batch.ref
    assert (provenance.file_name, provenance.sha256) == ("manadsfil.csv", "ab" * 32)
    assert provenance.imported_by == "Testperson"


def test_unpublished_police_figures_stay_with_their_owner(world: World) -> None:
    make_series(world, TWO_A_MONTH, owner=world.police)
    assert figure_series(world.actor("community_police", world.police), "1760")
    assert figure_series(world.actor("safety_coordinator"), "1760") == []
    assert figure_series(world.actor("safety_coordinator", world.kristinehamn), "1760") == []


def test_police_figures_reach_the_municipality_that_a_clause_names(world: World) -> None:
    make_series(world, TWO_A_MONTH, owner=world.police)
    world.share(
        Information.POLICE_FIGURES, Detail.AGGREGATE, giver=world.police, receiver=world.storfors
    )
    assert figure_series(world.actor("safety_coordinator"), "1760")
    assert figure_series(world.actor("safety_coordinator", world.kristinehamn), "1760") == []


def test_published_figures_are_for_every_function_that_reads_statistics(world: World) -> None:
    make_series(world, [20, 21, 22], kind="year", first=YEAR, is_published=True)
    assert figure_series(world.actor("council_politician", world.kristinehamn), "1760")


@pytest.mark.parametrize("kind", ["reporter", "auditor"])
def test_functions_without_the_capability_get_nothing(world: World, kind: str) -> None:
    make_series(world, TWO_A_MONTH, is_published=True)
    assert figure_series(world.actor(kind), "1760") == []


def test_nobody_gets_nothing(world: World) -> None:
    make_series(world, TWO_A_MONTH, is_published=True)
    assert figure_series(anonymous(NOW), "1760") == []
    assert superseded_figures(anonymous(NOW), "1760", "vandalism") == []
    assert parts_of_last_year(anonymous(NOW), "1760", "violence", date(2026, 10, 1)) == []


def test_periods_after_the_asked_day_are_left_out(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    actor = world.actor("safety_coordinator")
    series = one(figure_series(actor, "1760", until=date(2026, 3, 31)), "vandalism")
    assert series.last == date(2026, 3, 1)


def test_a_revision_shows_the_new_figure_and_keeps_the_old_readable(world: World) -> None:
    make_series(world, TWO_A_MONTH, preliminary=1)
    actor = world.actor("safety_coordinator")
    last = Figure.objects.visible_to(actor).order_by("-period_start").first()
    revise(last, 7)
    assert one(figure_series(actor, "1760"), "vandalism").figures[-1].value == 7
    (earlier,) = superseded_figures(actor, "1760", "vandalism")
    assert (earlier.value, earlier.became) == (TWO_A_MONTH[-1], 7)
    assert earlier.is_preliminary
    assert earlier.file_name == "manadsfil.csv"


def test_the_history_of_figures_is_as_closed_as_the_figures(world: World) -> None:
    make_series(world, TWO_A_MONTH, owner=world.police)
    revise(Figure.objects.for_system("test").order_by("-period_start").first(), 7)
    assert superseded_figures(world.actor("community_police", world.police), "1760", "vandalism")
    assert superseded_figures(world.actor("safety_coordinator"), "1760", "vandalism") == []
    assert superseded_figures(world.actor("safety_coordinator"), "1760", "unknown") == []


def test_complete_years_are_summed_from_the_months_when_nobody_gave_years(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    actor = world.actor("safety_coordinator")
    years = one(figure_series(actor, "1760"), "vandalism", "year")
    assert years.is_summed
    assert [figure.start.year for figure in years.figures] == [2022, 2023, 2024, 2025]
    assert years.figures[0].value == sum(TWO_A_MONTH[2:14])


def test_given_years_are_never_overruled_by_sums(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    make_series(world, [22], kind="year", first=YEAR, source_code="bra", is_published=True)
    years = one(figure_series(world.actor("safety_coordinator"), "1760"), "vandalism", "year")
    assert not years.is_summed
    assert [figure.value for figure in years.figures] == [22]


def test_a_sensitive_series_is_given_by_years_only(world: World) -> None:
    make_series(world, TWO_A_MONTH, code="violence_home")
    found = figure_series(world.actor("safety_coordinator"), "1760")
    assert [series.period_kind for series in found] == [PeriodKind.YEAR]


def test_a_sensitive_year_below_five_is_held_back(world: World) -> None:
    make_series(world, [4, 5, 0], code="violence_home", kind="year", first=date(2023, 1, 1))
    series = one(figure_series(world.actor("safety_coordinator"), "1760"), "violence_home", "year")
    shown = [(figure.value, figure.is_suppressed) for figure in series.figures]
    assert shown == [(None, True), (5, False), (0, False)]


def test_where_violence_happened_is_told_of_a_whole_year(world: World) -> None:
    make_series(world, [4] * 12, code="violence", first=date(2025, 11, 1))
    make_series(world, [3] * 12, code="violence_home", first=date(2025, 11, 1))
    make_series(world, [1] * 12, code="violence_public", first=date(2025, 11, 1))
    actor = world.actor("safety_coordinator")
    parts = parts_of_last_year(actor, "1760", "violence", date(2026, 10, 1))
    assert [(part.definition.code, part.total) for part in parts] == [
        ("violence_home", 36),
        ("violence_public", 12),
    ]


@pytest.mark.parametrize(
    ("home", "public"),
    [([3] * 11, [1] * 11), ([0] * 11 + [3], [1] * 12), ([3] * 12, [1] * 10 + [0, 0])],
    ids=["no part is known for a whole year", "a part is too small", "what is left is too small"],
)
def test_where_violence_happened_is_not_told_when_it_could_tell_of_persons(
    world: World, home: list[int], public: list[int]
) -> None:
    make_series(world, [4] * 12, code="violence", first=date(2025, 11, 1))
    make_series(world, home, code="violence_home", first=date(2025, 11, 1))
    make_series(world, public, code="violence_public", first=date(2025, 11, 1))
    actor = world.actor("safety_coordinator")
    assert parts_of_last_year(actor, "1760", "violence", date(2026, 10, 1)) == []


def test_series_that_nobody_has_put_in_are_named(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    absent = {
        definition.code for definition in missing_series(world.actor("safety_coordinator"), "1760")
    }
    assert "vandalism" not in absent
    assert {"theft", "violence", "burglary"} <= absent


def test_inhabitants_come_with_year_and_source(world: World) -> None:
    populations = world.storfors_municipality.populations
    populations.create(
        municipality=world.storfors_municipality, year=2024, inhabitants=3799, source="SCB"
    )
    actor = world.actor("safety_coordinator")
    assert [(each.year, each.number) for each in population(actor, "1760")] == [(2024, 3799)]
    assert population(actor, "1781") == []
    assert population(actor, "0000") == []


def test_figures_that_two_parties_have_put_in_are_shown_once(world: World) -> None:
    for owner, values in ((world.storfors, (240, 278)), (world.kristinehamn, (240, 278, 300))):
        make_series(
            world,
            values,
            code="total",
            kind="year",
            first=date(2024, 1, 1),
            owner=owner,
            municipality=world.storfors_municipality,
            source_code="bra",
            is_published=True,
        )
    mine = figure_series(world.actor("safety_coordinator"), "1760", codes=["total"])
    assert [len(series.figures) for series in mine] == [2]
    theirs = figure_series(world.actor("community_police", world.police), "1760", codes=["total"])
    assert [len(series.figures) for series in theirs] == [3]

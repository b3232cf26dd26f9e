"""No small count can be worked out from all that was ever published, however it is combined."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.publication.families import Family
from samverkan.publication.protection import (
    CannotProtectError,
    Cell,
    Ground,
    Protected,
    Reason,
    Shown,
    additions_of,
    protect,
)

from .attacker import Attacker

FAMILIES = (
    Family("all", ("violence", "theft"), is_whole=True),
    Family("violence", ("home", "public")),
    Family("theft", ("shop", "other theft"), is_whole=True),
)
AREAS = (
    Family("violence", ("violence north", "violence south"), is_whole=True),
    Family("home", ("home north", "home south"), is_whole=True),
)
Figures = Mapping[tuple[str, int], int]


def naive(wanted: Figures, families: tuple[Family, ...]) -> Ground:
    """A publication that hides only what is small: what a careless house would do."""
    shown = {
        Cell(*at, value): Shown.HIDDEN if 1 <= value < 5 else Shown.OPENLY
        for at, value in wanted.items()
    }
    return Ground(shown, additions_of(wanted, families))


def values_of(home: int, public: int, shop: int, other: int, year: int, rest: int = 0) -> Figures:
    violence, theft = home + public + rest, shop + other
    return {
        ("home", year): home,
        ("public", year): public,
        ("violence", year): violence,
        ("shop", year): shop,
        ("other theft", year): other,
        ("theft", year): theft,
        ("all", year): violence + theft,
    }


def test_the_attacker_breaks_a_naive_publication() -> None:
    """If it did not, its failing elsewhere would prove nothing."""
    published = naive(values_of(32, 7, 3, 60, 2024), FAMILIES)
    found = {each.cell.series: each for each in Attacker([published]).recovered()}
    assert found["shop"].lower == pytest.approx(3)
    assert found["shop"].upper == pytest.approx(3)


def test_the_attacker_breaks_two_versions_that_are_safe_one_by_one() -> None:
    """First the total and a part, then the other part: the difference tells."""
    figures = values_of(32, 7, 3, 60, 2024)
    first = {("theft", 2024): 63}
    second = {("other theft", 2024): 60, ("shop", 2024): 3}
    additions = additions_of(figures, FAMILIES)
    versions = [
        Ground({Cell(*at, value): Shown.OPENLY for at, value in first.items()}, additions),
        Ground(
            {Cell("other theft", 2024, 60): Shown.OPENLY, Cell("shop", 2024, 3): Shown.HIDDEN},
            additions,
        ),
    ]
    assert [each.cell.series for each in Attacker(versions).recovered()] == ["shop"]
    safe = [protect(first, {**figures}, FAMILIES).ground]
    safe.append(protect(second, figures, FAMILIES, safe).ground)
    assert Attacker(safe).recovered() == []


def test_a_part_is_hidden_beside_the_small_one_and_the_total_stays() -> None:
    found = protect(values_of(32, 3, 11, 60, 2024), {}, FAMILIES)
    assert found.reasons == {
        ("public", 2024): Reason.FEW,
        ("home", 2024): Reason.WOULD_TELL,
    }


def test_what_was_hidden_stays_hidden_when_the_figure_is_revised() -> None:
    first = protect(values_of(32, 3, 11, 60, 2024), {}, FAMILIES)
    second = protect(values_of(32, 7, 11, 60, 2024), {}, FAMILIES, [first.ground])
    assert second.reasons["public", 2024] is Reason.HIDDEN_BEFORE
    assert Attacker([first.ground, second.ground]).recovered() == []


def test_a_new_year_leaves_the_earlier_years_as_they_were() -> None:
    first = protect(values_of(32, 7, 11, 60, 2024), {}, FAMILIES)
    both = {**values_of(32, 7, 11, 60, 2024), **values_of(30, 2, 12, 55, 2025)}
    second = protect(both, {}, FAMILIES, [first.ground])
    assert {year for _series, year in second.reasons} == {2025}
    assert Attacker([first.ground, second.ground]).recovered() == []


def test_a_small_rest_of_a_total_is_protected_though_it_is_no_series() -> None:
    found = protect(values_of(32, 7, 11, 60, 2024, rest=2), {}, FAMILIES)
    assert found.reasons
    assert Attacker([found.ground]).recovered() == []


def test_areas_cannot_be_worked_out_from_the_municipality() -> None:
    figures = {
        ("violence", 2024): 40,
        ("violence north", 2024): 37,
        ("violence south", 2024): 3,
        ("home", 2024): 30,
        ("home north", 2024): 28,
        ("home south", 2024): 2,
    }
    families = (
        *AREAS,
        Family("violence", ("home",)),
        Family("violence north", ("home north",)),
        Family("violence south", ("home south",)),
    )
    whole = {at: value for at, value in figures.items() if " " not in at[0]}
    first = protect(whole, figures, families)
    second = protect(figures, {}, families, [first.ground])
    assert Attacker([first.ground, second.ground]).recovered() == []
    assert Attacker([naive(figures, families)]).recovered()


def test_figures_that_do_not_fit_together_are_not_subtracted() -> None:
    assert additions_of({("violence", 2024): 10, ("home", 2024): 12}, FAMILIES) == ()


def test_a_small_rest_that_is_already_out_is_said_not_hushed_up() -> None:
    """A careless earlier publication cannot be mended by a later one."""
    careless = naive(values_of(32, 7, 11, 60, 2024, rest=2), FAMILIES)
    with pytest.raises(CannotProtectError):
        protect(values_of(32, 7, 11, 60, 2024, rest=2), {}, FAMILIES, [careless])


def test_the_same_figures_give_the_same_publication() -> None:
    figures = values_of(3, 3, 2, 60, 2024)
    assert protect(figures, {}, FAMILIES) == protect(figures, {}, FAMILIES)


counts = st.one_of(st.integers(0, 6), st.integers(0, 70))


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[Figures, Figures]]:
    """Up to three publications: years are added, series come and go, figures are revised."""
    years: dict[int, Figures] = {}
    made = []
    for number in range(draw(st.integers(1, 3))):
        year = 2023 + number
        if years and draw(st.booleans()):
            revised = draw(st.sampled_from(sorted(years)))
            years[revised] = values_of(*(draw(counts) for _part in range(4)), revised, draw(counts))
        years[year] = values_of(*(draw(counts) for _part in range(4)), year, draw(counts))
        every = {at: value for own in years.values() for at, value in own.items()}
        chosen = draw(
            st.sets(
                st.sampled_from(
                    ["home", "public", "violence", "shop", "other theft", "theft", "all"]
                ),
                min_size=1,
            )
        )
        made.append(({at: v for at, v in every.items() if at[0] in chosen}, every))
    return made


@given(histories())
@settings(max_examples=20, deadline=None)
def test_no_history_of_publications_gives_a_small_count_away(
    history: list[tuple[Figures, Figures]],
) -> None:
    grounds: list[Ground] = []
    for wanted, every in history:
        try:
            made: Protected = protect(wanted, every, FAMILIES, grounds)
        except CannotProtectError:
            # What is refused is not published.
            continue
        grounds.append(made.ground)
    attacker = Attacker(grounds)
    assert attacker.recovered() == []
    for cell in attacker.cells:
        if 1 <= cell.value < 5 and any(g.shown.get(cell) is Shown.HIDDEN for g in grounds):
            found = attacker.range_of(cell, is_whole=True)
            assert found.upper - found.lower >= 4

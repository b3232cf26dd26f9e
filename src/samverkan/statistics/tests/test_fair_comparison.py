"""Fair comparison: who is like whom, what chance gives, and that nobody is ranked."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ClientIn
from samverkan.organisations.models import Municipality
from samverkan.statistics.comparison.peers import (
    Choice,
    Variable,
    choose_peers,
    distances,
)
from samverkan.statistics.comparison.places import place_facts
from samverkan.statistics.comparison.rates import Compared, PlaceCount, Standing, compare
from samverkan.statistics.harm import harm_weights
from samverkan.statistics.models import Figure
from samverkan.statistics.tests.figures import TWO_A_MONTH, make_import, make_series
from tests.world import NOW, MunicipalityFactory, World

URL = "/statistik/1760/jamfor/"
RANK_WORDS = re.compile(
    r"\b(rank\w*|ranking|placering\w*|topp\w*|värst\w*|bäst\w*|sämst\w*|"
    r"(?:på |kommer på )?plats \d+|nummer \d+|\d+:[ae]|worst|best|\d+(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)
ALIKE = ["1760", *[peer.facts.code for peer in choose_peers("1760", place_facts(), Choice())]]


def some(*counts: int, inhabitants: int = 5000) -> list[PlaceCount]:
    return [
        PlaceCount(f"{at:04d}", f"Kommun {at}", inhabitants, count, 3)
        for at, count in enumerate(counts)
    ]


def compared(places: list[PlaceCount]) -> Compared:
    found = compare(places)
    assert found is not None
    return found


@pytest.fixture
def country(world: World) -> World:
    """Three published years of theft and vandalism for Storfors and those like it."""
    owner, batch = world.police, make_import(world.police, source_code="bra")
    generator = np.random.default_rng(7)
    known = {place.code: place for place in Municipality.objects.for_system("test") if place.code}
    figures = []
    for code in ALIKE:
        place = known.get(code) or MunicipalityFactory(code=code, name=place_facts()[code].name)
        for series, level in (("theft", 18), ("vandalism", 6)):
            for year in (2023, 2024, 2025):
                expected = level * place_facts()[code].inhabitants / 1000
                figures.append(
                    Figure(
                        owner=owner,
                        municipality=place,
                        series_code=series,
                        unit="count",
                        period_kind="year",
                        period_start=date(year, 1, 1),
                        value=int(generator.poisson(expected)),
                        source_code="bra",
                        is_preliminary=False,
                        is_published=True,
                        fetched_at=NOW,
                        batch=batch,
                    )
                )
    Figure.objects.bulk_create(figures)
    return world


def body(client: Client, url: str = URL) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def test_every_municipality_has_its_facts() -> None:
    places = place_facts()
    assert len(places) == 290
    assert all(place.density > 0 for place in places.values())
    for code, place in places.items():
        assert all(code in places[other].neighbours for other in place.neighbours)
    assert set(places["1760"].neighbours) >= {"1780", "1781", "1782"}


def test_like_ones_are_nearest_in_what_was_chosen() -> None:
    places = place_facts()
    far = distances("1760", places, [Variable.INHABITANTS])
    peers = choose_peers(
        "1760", places, Choice((Variable.INHABITANTS,), count=10, with_neighbours=False)
    )
    assert len(peers) == 10
    chosen = {peer.facts.code for peer in peers}
    assert max(far[code] for code in chosen) <= min(
        distance for code, distance in far.items() if code not in chosen
    )


def test_the_list_can_be_changed_by_hand() -> None:
    places = place_facts()
    first = choose_peers("1760", places, Choice())
    left_out = first[0].facts.code
    changed = choose_peers("1760", places, Choice(added=("0180",), removed=(left_out,)))
    codes = [peer.facts.code for peer in changed]
    assert left_out not in codes
    assert "0180" in codes
    assert "1760" not in codes


def test_the_distance_is_the_same_both_ways() -> None:
    places = place_facts()
    variables = list(Variable)
    assert distances("1760", places, variables)["1781"] == pytest.approx(
        distances("1781", places, variables)["1760"]
    )


def test_zero_counts_of_small_places_are_within_what_chance_gives() -> None:
    found = compared(some(0, 1, 2, 0, 3, 1, 2, 1, inhabitants=900))
    assert all(each.standing in {Standing.WITHIN, Standing.EDGE} for each in found.places)
    zero = found.places[0]
    assert zero.rate == 0
    assert zero.shrunk > 0
    assert zero.interval[1] > 0


def test_a_rate_far_out_is_named_and_the_evened_one_lies_between() -> None:
    found = compared(some(30, 28, 33, 31, 29, 27, 35, 32, 30, 150))
    far = found.places[-1]
    assert far.standing is Standing.ABOVE
    assert found.average < far.shrunk <= far.rate


def test_of_very_many_alike_hardly_any_is_named() -> None:
    generator = np.random.default_rng(3)
    named = total = 0
    for _again in range(20):
        sizes = generator.integers(2500, 40_000, 60)
        places = [
            PlaceCount(str(at), str(at), int(size), int(generator.poisson(size * 0.003)), 1)
            for at, size in enumerate(sizes)
        ]
        found = compared(places)
        named += sum(each.standing in {Standing.ABOVE, Standing.BELOW} for each in found.places)
        total += len(places)
    assert named / total <= 0.005


def test_fewer_than_five_places_are_not_compared() -> None:
    assert compare(some(3, 4, 5, 6)) is None
    assert compare(some(0, 0, 0, 0, 0, 0)) is None


@settings(max_examples=40, deadline=None)
@given(
    counts=st.lists(st.integers(0, 300), min_size=5, max_size=25),
    inhabitants=st.integers(500, 900_000),
)
def test_whatever_the_counts_the_evened_rate_lies_between(
    counts: list[int], inhabitants: int
) -> None:
    found = compare(some(*counts, inhabitants=inhabitants))
    if found is None:
        return
    for each in found.places:
        low, high = sorted((each.rate, found.average))
        assert low - 1e-6 <= each.shrunk <= high + 1e-6 or len(set(counts)) == 1
        assert each.interval[0] <= each.rate <= each.interval[1]
        assert each.expected[0] <= each.expected[1]


def test_the_page_says_where_one_lies_and_never_ranks(country: World, client_in: ClientIn) -> None:
    shown = body(client_in("safety_coordinator"))
    words = re.sub(r"<[^>]+>", " ", shown[shown.index("<h1") : shown.index("</main>")])
    assert "kan väntas av en kommun av dess storlek" in words
    assert "slumpen ensam lägger ungefär" in words
    assert not RANK_WORDS.search(words.replace("rangordnas aldrig", ""))
    assert shown.count("drawing--wide") == 4


def test_the_municipalities_stand_in_the_order_of_their_names(
    country: World, client_in: ClientIn
) -> None:
    shown = body(client_in("safety_coordinator"))
    table = shown[shown.index("peers-caption") :]
    table = table[table.index("<tbody>") : table.index("</tbody>")]
    names = re.findall(r'<th scope="row">([^<]+)</th>', table)
    order = [place.name for place in place_facts().values()]
    assert names[0] == "Storfors"
    assert names[1:] == sorted(names[1:], key=order.index)
    assert "3 799" in table


def test_the_list_is_changed_through_the_address(country: World, client_in: ClientIn) -> None:
    client = client_in("safety_coordinator")
    shown = body(client, f"{URL}?variables=inhabitants&count=6&added=0180&removed={ALIKE[1]}")
    assert "Stockholm" in shown
    assert "tillagd" in shown
    assert "Tillbaka till den vanliga listan" in shown


@pytest.mark.parametrize(
    "query", ["?count=9999", "?count=x", "?variables=hudfarg", "?added=9999", "?removed=<blink>"]
)
def test_a_list_that_cannot_be_made_is_told_and_the_usual_one_shown(
    country: World, client_in: ClientIn, query: str
) -> None:
    shown = body(client_in("safety_coordinator"), URL + query)
    assert "field--error" in shown
    assert "<blink>" not in shown
    assert "kan väntas av en kommun" in shown


def test_without_published_figures_it_is_said_what_to_put_in(
    world: World, client_in: ClientIn
) -> None:
    shown = body(client_in("safety_coordinator"))
    assert "Inget att jämföra med än" in shown


def test_the_model_is_told_in_words(country: World, client_in: ClientIn) -> None:
    make_series(
        country,
        [2, 1],
        code="U00489",
        kind="year",
        first=date(2024, 1, 1),
        unit="other",
        source_code="kolada",
        is_published=True,
    )
    assert "Våldsbrott: lika många som modellen väntar (2025)." in body(
        client_in("safety_coordinator")
    )


def test_harm_stands_beside_counts_and_doubtful_weights_are_told(
    world: World, client_in: ClientIn
) -> None:
    make_series(world, TWO_A_MONTH)
    make_series(world, [4] * 60, code="violence")
    shown = body(client_in("safety_coordinator"))
    assert "73 brott det senaste året väger 217 månader fängelse" in shown
    assert "En del vikter är inte bekräftade" in shown
    assert "inte bekräftad" in shown


def test_every_weight_has_its_source_and_its_doubt() -> None:
    for weight in harm_weights().weights:
        assert weight.low <= weight.points <= weight.high
        assert len(weight.source) > 20


def test_nobody_outside_reads_it(country: World, client_in: ClientIn) -> None:
    assert client_in("reporter", country.school).get(URL).status_code == 403
    assert client_in("safety_coordinator").get("/statistik/0000/jamfor/").status_code == 404

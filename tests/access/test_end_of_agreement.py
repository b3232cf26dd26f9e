"""When the agreement ends, so does the access: at once, on every path."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverkan.agreements.models import Agreement, AgreementParty, SharingClause
from tests.access.examples import QUERIES, example_values
from tests.access.walk import client_of, meet, outcome, routes
from tests.world import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_world")]
# What the municipality owns and the officer meets only because a clause lets it through.
SINGLE = (
    "situation:incident",
    "situation:place",
    "situation:problem",
    "governance:group",
    "governance:meeting",
    "api:one_incident",
)
LISTS = (
    "situation:incidents",
    "situation:map",
    "situation:map_data",
    "situation:places",
    "situation:problems",
    "governance:groups",
    "search:results",
    "search:suggestions",
    "api:incidents",
    "api:places",
    "reports:index",
)
TRACES = ("Busstorget", "Biblioteket", "EST-gruppen, Storfors")


def addresses(names: tuple[str, ...]) -> dict[str, str]:
    values = example_values()
    return {
        route.name: route.path(values.get(route.name, {})) + QUERIES.get(route.name, "")
        for route in routes()
        if route.name in names
    }


def end_the_agreement() -> None:
    Agreement.objects.for_system("test").update(terminated_on=NOW.date())


def let_the_term_run_out() -> None:
    Agreement.objects.for_system("test").filter(signed_on__isnull=False).update(valid_to=NOW.date())


def let_a_successor_without_clauses_take_over() -> None:
    Agreement.objects.for_system("test").filter(signed_on__isnull=False).update(
        renewed_on=NOW.date()
    )


def begin_it_later() -> None:
    """Signed, but its first day has not come (the pages go by the real clock)."""
    Agreement.objects.for_system("test").update(valid_from=NOW.date() + timedelta(days=4000))


def take_the_signatures_away() -> None:
    """A draft with the very same clauses gives nothing."""
    Agreement.objects.for_system("test").update(signed_on=None, state="draft")


def let_the_police_leave() -> None:
    AgreementParty.objects.for_system("test").filter(organisation__kind="police").update(
        left_on=NOW.date()
    )


def revoke_every_clause() -> None:
    SharingClause.objects.for_system("test").update(revoked_on=NOW.date())


ENDS = [
    end_the_agreement,
    let_the_term_run_out,
    let_a_successor_without_clauses_take_over,
    begin_it_later,
    take_the_signatures_away,
    let_the_police_leave,
    revoke_every_clause,
]


@pytest.mark.parametrize("end", ENDS)
def test_single_objects_are_hidden_the_same_moment(end: object) -> None:
    officer = client_of("officer")
    paths = addresses(SINGLE)
    assert set(paths) == set(SINGLE)
    assert {meet(officer, "GET", path) for path in paths.values()} == {"open"}
    end()  # type: ignore[operator]
    met = {name: meet(officer, "GET", path) for name, path in paths.items()}
    assert set(met.values()) == {"hidden"}, met


@pytest.mark.parametrize("end", ENDS)
def test_no_list_search_map_or_answer_tells_of_them_any_more(end: object) -> None:
    officer = client_of("officer")
    paths = addresses(LISTS)
    assert set(paths) == set(LISTS)
    before = "".join(officer.get(path).content.decode() for path in paths.values())
    assert all(trace in before for trace in TRACES)
    end()  # type: ignore[operator]
    told = {}
    for name, path in paths.items():
        response = officer.get(path)
        text = response.content.decode() if outcome(response) == "open" else ""
        told[name] = [trace for trace in TRACES if trace in text]
    assert not any(told.values()), told


def sources_of(series: list[dict[str, dict[str, str]]]) -> set[str]:
    return {each["source"]["code"] for each in series}


def test_the_municipality_loses_the_polices_own_figures_and_keeps_its_own() -> None:
    coordinator = client_of("coordinator")
    series = "/api/v1/statistics?municipality=1760"
    assert "police" in sources_of(coordinator.get(series).json())
    end_the_agreement()
    # What is published for everybody, such as Kolada's figures, stays.
    assert "police" not in sources_of(coordinator.get(series).json())
    assert "Busstorget" in coordinator.get("/handelser/").content.decode()

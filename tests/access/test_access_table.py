"""Every route, every demo function and nobody: what happens is what the table says."""

from __future__ import annotations

import pytest

from tests.access.table import asked, read_table, write_table
from tests.access.walk import NOBODY, routes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _write_anew(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--write-access-table") and "every_route_has" in request.node.name:
        request.getfixturevalue("demo_world")
        write_table()


@pytest.mark.usefixtures("demo_world")
def test_every_route_has_a_row_in_the_access_table() -> None:
    known = {row.name for row in read_table()}
    missing = sorted({route.name for route in routes()} - known)
    assert not missing, (
        f"routes without a row in tests/access/table.csv: {missing}. Decide who may open them, "
        "then run: pytest tests/access --write-access-table, and read the difference"
    )


def test_the_table_names_no_route_that_is_gone() -> None:
    assert {row.name for row in read_table()} <= {route.name for route in routes()}


def test_every_route_is_in_the_table_with_each_of_its_methods() -> None:
    assert {(row.name, row.method) for row in read_table()} == {
        (route.name, method) for route, method in asked()
    }


def test_nothing_in_the_table_is_broken() -> None:
    assert not [row.name for row in read_table() if "broken" in row.met.values()]


def test_nobody_meets_open_doors_only_where_that_was_decided() -> None:
    open_to_all = {row.name for row in read_table() if row.met[NOBODY] == "open"}
    assert open_to_all == OPEN_TO_ALL


# Signed out, one reaches the start, help and error pages, what signing in needs, what a
# municipality has published, and the survey whose address one has been given.
OPEN_TO_ALL = {
    "about",
    "accessibility",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "api:openapi-json",
    "health",
    "manifest",
    "offline_fallback",
    "overview",
    "preferences",
    "publication:dcat",
    "publication:dcat_jsonld",
    "publication:dcat_of",
    "publication:dcat_rdf",
    "publication:dcat_ttl",
    "publication:file",
    "publication:index",
    "publication:municipality",
    "publication:version",
    "publication:version_file",
    "robots",
    "surveys:answer",
    "surveys:thanks",
    "service_worker",
    "situation:report_session",
    "situation:report_shell",
}

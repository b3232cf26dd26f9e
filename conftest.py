"""Fixtures that every test may use, and the choice of tests that touch a database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from samverkan.organisations.models import Organisation
from scripts.compile_messages import compile_all
from tests.world import World, make_world

ClientIn = Callable[..., Client]
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database", action="store_true", help="only the tests that touch a database"
    )
    parser.addoption(
        "--write-access-table",
        action="store_true",
        help="write tests/access/table.csv from what the house does, to be read as a change",
    )


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        compile_all()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-database"):
        return
    touching = [
        item
        for item in items
        if item.get_closest_marker("django_db")
        or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    ]
    chosen = {id(item) for item in touching}
    config.hook.pytest_deselected(items=[item for item in items if id(item) not in chosen])
    items[:] = touching


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Between tests the database is emptied, which the audit trail's triggers rightly refuse.

    They are taken away here; the tests of the triggers put them back for themselves.
    """
    from samverkan.platform.audit import triggers

    with django_db_blocker.unblock():
        triggers.remove(connection)


@pytest.fixture
def world(db: None) -> World:
    """Two municipalities, the police, a school and an agreement in force without clauses."""
    return make_world()


@pytest.fixture
def client_in(world: World) -> ClientIn:
    """`client_in(kind, organisation)`: a browser signed in as a holder of such a function."""

    def sign_in(kind: str, organisation: Organisation | None = None) -> Client:
        user, _function = world.holder(kind, organisation)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in

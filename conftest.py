"""Fixtures that every test may use, and the choice of tests that touch a database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker
from whitenoise.middleware import WhiteNoiseMiddleware
from xdist.scheduler import LoadFileScheduling

from samverkan.organisations.models import Organisation
from scripts.compile_messages import compile_all
from tests.demo import KeptDemo, built_and_undone, database_restored
from tests.world import World, make_world

ClientIn = Callable[..., Client]
# Each of these tests takes long: they are handed out one by one, before the files of short ones.
LONG = (
    "tests/e2e/test_every_page.py",
    "tests/access/test_walk_",
    "tests/faults/test_import_killed",
)
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


class LongOnesApart(LoadFileScheduling):  # type: ignore[misc]
    """A file of tests to a process at a time, and the long tests wherever there is room."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(LONG) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LongOnesApart | None:
    return LongOnesApart(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))
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


@pytest.fixture(scope="session", autouse=True)
def _static_files_listed_once() -> Iterator[None]:
    """Every test client loads the middleware anew; the static files are the same for all."""
    listed: dict[tuple[object, ...], dict[str, object]] = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    def look_once(middleware: WhiteNoiseMiddleware) -> None:
        key = (middleware.static_prefix, middleware.max_age, middleware.allow_all_origins)
        if key not in listed:
            look(middleware)
            listed[key] = dict(middleware.files)
        middleware.files.update(listed[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
        yield


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


@pytest.fixture(scope="session")
def kept_demo(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> KeptDemo:
    """The demo world as a file, the same for every process of the run: SQLite only."""
    own = tmp_path_factory.getbasetemp()
    kept = KeptDemo((own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "demo")
    with django_db_blocker.unblock():
        kept.make()
    return kept


@pytest.fixture(scope="module")
def _demo_rows(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The demo world, there for a file of tests and gone after its last."""
    files = tmp_path_factory.mktemp("files")
    with override_settings(MEDIA_ROOT=str(files)), django_db_blocker.unblock():
        if connection.vendor != "sqlite":
            with built_and_undone(files):
                yield
            return
        kept: KeptDemo = request.getfixturevalue("kept_demo")
        kept.copy_files(files)
        with database_restored():
            kept.bring_in()
            yield


@pytest.fixture
def demo_world(_demo_rows: None, db: None) -> None:
    """The demo world as it is on NOW; what a test changes in it is undone after the test."""


@pytest.fixture
def client_in(world: World) -> ClientIn:
    """`client_in(kind, organisation)`: a browser signed in as a holder of such a function."""

    def sign_in(kind: str, organisation: Organisation | None = None) -> Client:
        user, _function = world.holder(kind, organisation)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in

"""A real Chromium against a running server with the demo world."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.access.walk import client_of
from tests.demo import KeptDemo

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
# The browser's own library asks from within a running loop.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

OpenAs = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("browser tests need the system package chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def demo_files(kept_demo: KeptDemo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    kept_demo.copy_files(folder)
    return folder


@pytest.fixture
def demo_server(
    kept_demo: KeptDemo,
    demo_files: Path,
    transactional_db: None,
    settings: object,
    live_server: object,
) -> str:
    """The address of a server with the demo world in it, as new for every test."""
    settings.MEDIA_ROOT = str(demo_files)  # type: ignore[attr-defined]
    kept_demo.bring_in()
    return str(live_server)


@pytest.fixture
def open_as(demo_server: str, browser: Browser) -> Iterator[OpenAs]:
    """`open_as(walker, path, viewport=PHONE, dark=True)`: a page as one of the demo's functions.

    Anything that a page logs as an error, and any request that leaves the server, fails.
    """
    pages: dict[tuple[str, int, bool], Page] = {}
    faults: list[str] = []

    def new_page(walker: str, viewport: dict[str, int], dark: bool) -> Page:
        context = browser.new_context(
            viewport=viewport,
            color_scheme="dark" if dark else "light",
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            reduced_motion="reduce",
        )
        session = client_of(walker).cookies.get("sessionid")
        if session is not None:
            context.add_cookies([{"name": "sessionid", "value": session.value, "url": demo_server}])
        page = context.new_page()
        page.on("console", lambda told: faults.extend(_fault(page, told)))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: faults.extend(_departure(request.url, demo_server)))
        return page

    def open_page(
        walker: str, path: str, *, viewport: dict[str, int] = WIDE, dark: bool = False
    ) -> Page:
        key = (walker, viewport["width"], dark)
        page = pages.setdefault(key, None) or new_page(walker, viewport, dark)  # type: ignore[arg-type]
        pages[key] = page
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        page.goto(demo_server + path)
        if page.locator("#map").count():
            page.locator("#map[data-state=drawn]").wait_for()
        return page

    yield open_page
    for page in pages.values():
        page.context.close()
    assert not faults, faults


def _fault(page: Page, told: ConsoleMessage) -> list[str]:
    """What the console calls an error, save that the page which is not there is not there."""
    if told.type != "error" or page.url.endswith("/finns/inte/"):
        return []
    return [f"{page.url}: {told.text}"]


def _departure(url: str, server: str) -> list[str]:
    return [] if url.startswith((server, "data:")) else [f"left the server: {url}"]

"""Every main page in a real browser: wide and light, on a phone and dark, and very narrow."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import PHONE, WIDE, OpenAs
from tests.e2e.pages import MainPage, main_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NARROW = {"width": 320, "height": 640}


# A part of the pages to a test: one that fails names few pages, and none takes very long.
PARTS = 8


def part(number: int) -> list[MainPage]:
    return main_pages()[number::PARTS]


def violations(page: Page, main: MainPage) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{main.slug}: {each['id']} at {each['nodes'][0]['target']}" for each in found]


@pytest.mark.parametrize("number", range(PARTS))
def test_wide_and_light_no_page_hinders_anybody(open_as: OpenAs, number: int) -> None:
    faults = []
    for main in part(number):
        page = open_as(main.walker, main.path, viewport=WIDE)
        faults += violations(page, main)
        headings, language = page.locator("h1").count(), page.locator("html").get_attribute("lang")
        if headings != 1 or language != "sv" or not page.title():
            faults.append(f"{main.slug}: {headings} headings, {language}, {page.title()!r}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("number", range(PARTS))
def test_dark_and_on_a_phone_no_page_hinders_anybody_or_scrolls_sideways(
    open_as: OpenAs, number: int
) -> None:
    faults = []
    for main in part(number):
        page = open_as(main.walker, main.path, viewport=PHONE, dark=True)
        faults += violations(page, main)
        page.set_viewport_size(NARROW)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW["width"]:
            faults.append(f"{main.slug}: {width} pixels wide at 320")
    assert not faults, "\n".join(faults)

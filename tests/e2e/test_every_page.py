"""Every main page in a real browser: wide and light, on a phone and dark, and very narrow."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import PHONE, WIDE, OpenAs
from tests.e2e.pages import MainPage, main_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE = Axe()
VIOLATIONS = {"resultTypes": ["violations"]}
RULES = {
    **VIOLATIONS,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# What a theme or a width can break; what the page says is the same in all of them.
LOOKS = {
    **VIOLATIONS,
    "runOnly": [
        "color-contrast",
        "target-size",
        "link-in-text-block",
        "scrollable-region-focusable",
        "aria-hidden-focus",
        "empty-heading",
        "heading-order",
        "link-name",
        "button-name",
        "nested-interactive",
        "meta-viewport",
    ],
}
# Colours that follow from the theme change level by level, a frame each.
SETTLED = """async () => {
  do await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  while (document.getAnimations().length);
}"""
NARROW = {"width": 320, "height": 640}


# A part of the pages to a test: one that fails names few pages, and none takes very long.
PARTS = 8


def part(number: int) -> list[MainPage]:
    return main_pages()[number::PARTS]


def violations(page: Page, main: MainPage, options: dict[str, object]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate("(options) => axe.run(options)", options)["violations"]
    return [f"{main.slug}: {each['id']} at {each['nodes'][0]['target']}" for each in found]


@pytest.mark.parametrize("number", range(PARTS))
def test_no_page_hinders_anybody_or_scrolls_sideways(open_as: OpenAs, number: int) -> None:
    faults = []
    for main in part(number):
        page = open_as(main.walker, main.path, viewport=WIDE)
        faults += violations(page, main, RULES)
        headings, language = page.locator("h1").count(), page.locator("html").get_attribute("lang")
        if headings != 1 or language != "sv" or not page.title():
            faults.append(f"{main.slug}: {headings} headings, {language}, {page.title()!r}")
        faults += dark_on_a_phone(page, main)
    assert not faults, "\n".join(faults)


def dark_on_a_phone(page: Page, main: MainPage) -> list[str]:
    """The same page in the other theme and size, by the rules that these can break."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size(PHONE)
    page.evaluate(SETTLED)
    faults = [f"dark, phone: {each}" for each in violations(page, main, LOOKS)]
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > NARROW["width"]:
        faults.append(f"{main.slug}: {width} pixels wide at 320")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return faults

"""Every main page in a real browser: wide and on a phone, light and dark, narrow, and in print."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.conftest import PHONE, WIDE, OpenAs
from tests.e2e.pages import main_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize(
    ("viewport", "dark"),
    [(WIDE, False), (WIDE, True), (PHONE, False), (PHONE, True)],
    ids=["wide-light", "wide-dark", "phone-light", "phone-dark"],
)
def test_axe_finds_no_violation_on_any_page(
    open_as: OpenAs, viewport: dict[str, int], dark: bool
) -> None:
    axe = Axe()
    violations = []
    for main in main_pages():
        page = open_as(main.walker, main.path, viewport=viewport, dark=dark)
        found = axe.run(page, options=RULES)
        violations += [
            f"{main.slug}: {each['id']} at {each['nodes'][0]['target']}"
            for each in found.response["violations"]
        ]
        page.context.close()
    assert not violations, "\n".join(violations)


def test_no_page_scrolls_sideways_at_320_pixels(open_as: OpenAs) -> None:
    wider = []
    for main in main_pages():
        page = open_as(main.walker, main.path, viewport={"width": 320, "height": 640})
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wider.append(f"{main.slug}: {width}")
        page.context.close()
    assert not wider


def test_every_page_has_one_heading_a_title_and_the_language(open_as: OpenAs) -> None:
    odd = []
    for main in main_pages():
        page = open_as(main.walker, main.path)
        headings = page.locator("h1").count()
        language = page.locator("html").get_attribute("lang")
        if headings != 1 or language != "sv" or not page.title():
            odd.append(f"{main.slug}: {headings} headings, {language}, {page.title()!r}")
        page.context.close()
    assert not odd

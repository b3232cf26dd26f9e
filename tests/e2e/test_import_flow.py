"""A file from choosing it to undoing it, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, WIDE, OpenAs
from tests.e2e.pages import COORDINATOR
from tests.e2e.test_every_page import RULES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FAULTY = "kommun;period;key;count\n1760;1999;total;250\n1760;1998;total;många\n"


def check(page: Page) -> None:
    """No violation, and nothing that scrolls sideways."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{each['id']} at {each['nodes'][0]['target']}" for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(
    ("viewport", "dark"), [(WIDE, False), (PHONE, True)], ids=["wide-light", "phone-dark"]
)
def test_a_faulty_file_is_mended_imported_and_undone(
    open_as: OpenAs, tmp_path: Path, viewport: dict[str, int], dark: bool
) -> None:
    path = tmp_path / f"brott-{viewport['width']}.csv"
    path.write_text(FAULTY, encoding="utf-8")
    page = open_as(COORDINATOR, "/import/ny/", viewport=viewport, dark=dark)
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Titta på filen").click()
    expect(page.get_by_role("heading", name="1 rad behöver rättas")).to_be_visible()
    expect(page.get_by_role("rowheader", name="3", exact=True).first).to_be_visible()
    check(page)

    page.get_by_label("Hoppa över felaktiga rader").check()
    page.get_by_role("button", name="Kontrollera igen").click()
    expect(page.get_by_role("heading", name="Filen skulle ge 1 ny rad")).to_be_visible()
    check(page)

    page.get_by_role("button", name="Läs in filen").click()
    expect(page.get_by_role("heading", name="1 ny rad är på plats")).to_be_visible()
    check(page)

    page.get_by_role("button", name="Ångra hela importen").click()
    expect(page.get_by_text("Importen är ångrad: 1 rad.")).to_be_visible()
    check(page)

"""A picture of every main page, wide and on a phone, light and dark, in docs/pictures.

    make pictures
    python -m scripts.pictures --guides    only those that the guides show

Builds a demo world of its own in a temporary folder, serves it, and takes the pictures with the
system's Chromium. Wide and light pictures stand in the documentation; the others are to look at.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "docs" / "pictures"
LOOKED_AT = ROOT / "build" / "pictures"
PORT = 8987
ADDRESS = f"http://127.0.0.1:{PORT}"
SIZES = {"wide": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
# The pictures that the guides show; the rest would only make the repository heavy.
IN_DOCS = {
    *("home", "lagesbild", "logg", "demo", "statistik-serie", "karta", "import"),
    *("rapportera", "granskning", "moteslage", "atgard-effekt"),
}


def main() -> int:
    folder = tempfile.mkdtemp(prefix="samverkan-pictures-")
    os.environ["SAMVERKAN_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "samverkan.config.settings.demo"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    samverkan = [sys.executable, "-m", "samverkan.config.cli"]
    subprocess.run([*samverkan, "demo", "--no-serve"], check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([*samverkan, "demo", "--port", str(PORT)], stdout=subprocess.DEVNULL)
    try:
        _wait()
        taken = _take()
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{taken} pictures in {LOOKED_AT}, those of the guides in {KEPT}")
    return 0


def _take() -> int:
    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    from tests.e2e.conftest import ARGUMENTS
    from tests.e2e.pages import NOBODY, MainPage, main_pages

    only_guides = "--guides" in sys.argv
    pages = [MainPage("demo", NOBODY, "/demo/"), *main_pages()]
    pages = [main for main in pages if main.slug in IN_DOCS or not only_guides]
    themes = ("light",) if only_guides else ("light", "dark")
    KEPT.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(LOOKED_AT, ignore_errors=True)
    LOOKED_AT.mkdir(parents=True)
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or "chromium"
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for main in pages:
            for size, viewport in SIZES.items():
                for theme in themes:
                    _picture(browser, main, size, viewport, theme)
        browser.close()
    return len(pages) * len(SIZES) * len(themes)


def _picture(browser: Any, main: Any, size: str, viewport: dict[str, int], theme: str) -> None:
    from tests.access.walk import client_of

    context = browser.new_context(
        viewport=viewport, color_scheme=theme, locale="sv-SE", reduced_motion="reduce"
    )
    session = client_of(main.walker).cookies.get("sessionid")
    if session is not None:
        context.add_cookies([{"name": "sessionid", "value": session.value, "url": ADDRESS}])
    page = context.new_page()
    page.goto(ADDRESS + main.path)
    if page.locator("#map").count():
        page.locator("#map[data-state=drawn]").wait_for()
    name = f"{main.slug}-{size}" + ("" if theme == "light" else "-dark")
    page.screenshot(path=str(LOOKED_AT / f"{name}.png"), full_page=True)
    if theme == "light" and main.slug in IN_DOCS:
        page.screenshot(path=str(KEPT / f"{name}.png"))
    context.close()


def _wait() -> None:
    for _each in range(200):
        try:
            urllib.request.urlopen(f"{ADDRESS}/halsa", timeout=2)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


if __name__ == "__main__":
    sys.exit(main())

"""Small words of the design: weeks, numbers, long words, symbols, and styles in the open."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

import samverkan
from samverkan.platform.design.hyphens import SOFT_HYPHEN, with_soft_hyphens
from samverkan.platform.design.navigation import registered
from samverkan.platform.design.templatetags.design import number, week, year_and_week

PACKAGE = Path(samverkan.__file__).parent
STATIC = PACKAGE / "platform" / "design" / "static" / "design"
SYMBOLS = set(re.findall(r'<symbol id="(\w+)"', (STATIC / "icons.svg").read_text()))
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("Samverkansöverenskommelse", "Samverkans|överens|kommelse"),
        ("brottsförebyggande", "brotts|förebyggande"),
        ("Trygghetssamordnare", "Trygghets|samordnare"),
        ("brottsofta", "brottsofta"),
        ("möte", "möte"),
    ],
)
def test_long_compounds_may_break_at_their_joints(word, broken):
    assert with_soft_hyphens(word) == broken.replace("|", SOFT_HYPHEN)


def test_weeks_and_numbers_are_written_as_the_language_does():
    with translation.override("sv"):
        assert week(202648) == "vecka 48"
        assert year_and_week(202648) == "2026 vecka 48"
        assert number(1234.5, 1) == "1\xa0234,5"
    with translation.override("en"):
        assert week(202648) == "week 48"
        assert number(1234.5, 1) == "1\xa0234.5"


@pytest.mark.parametrize("item", registered(), ids=lambda item: item.key)
def test_every_door_has_its_symbol(item):
    assert item.icon in SYMBOLS


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_styles_or_scripts_of_its_own(template):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\son\w+=", text)


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_no_style_sheet_asks_another_server(sheet):
    assert "//" not in re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)


def test_every_colour_of_the_sheets_stands_in_the_tokens():
    tokens = (STATIC / "tokens.css").read_text()
    named = set(re.findall(r"(--[\w-]+):", tokens))
    for sheet in STATIC.glob("*.css"):
        text = sheet.read_text()
        used = set(re.findall(r"var\((--[\w-]+)\)", text))
        own = set(re.findall(r"(--[\w-]+):", text))
        assert used <= named | own, sheet.name

"""The files that leave the house: PDF that anybody can read, Word, JSON; whatever was typed."""

from __future__ import annotations

import json
from io import BytesIO

import page
import pytest
from docx import Document

from samverkan.documents.formats import Language
from samverkan.documents.tests.test_pdf import HOSTILE
from samverkan.platform.access.actor import Actor
from samverkan.reports.content import from_json
from samverkan.reports.kinds import Kind
from samverkan.reports.outputs import OutputFile, OutputFormat, output_file
from samverkan.reports.rules import LONGEST_TEXT
from samverkan.reports.sections import Section, written_of
from samverkan.reports.selectors import picture_content
from samverkan.reports.services import edit_section
from samverkan.statistics.tests.figures import TWO_A_MONTH, make_series
from tests.world import World

from .pictures import OCTOBER, begun, decided
from .test_composition import make_est

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)


def made(
    actor: Actor, output_format: OutputFormat, language: Language = Language.SWEDISH
) -> OutputFile:
    content = picture_content(actor, "1760", OCTOBER, language)
    assert content is not None
    return output_file(content, output_format)


def assert_valid(pdf: bytes) -> None:
    for profile in PROFILES:
        checked = page.validate_pdf_bytes(pdf, profile=profile)
        assert checked.is_compliant, [(each.rule_id, each.message) for each in checked.failures]


@pytest.mark.parametrize("language", list(Language))
def test_a_full_picture_is_an_accessible_and_archivable_pdf(
    world: World, language: Language
) -> None:
    make_series(world, TWO_A_MONTH, preliminary=2)
    make_series(world, [22] * 11, kind="year", first=OCTOBER.replace(2015, 1), source_code="bra")
    make_est(world)
    actor = world.actor("safety_coordinator")
    decided(actor)
    assert_valid(made(actor, OutputFormat.PDF, language).content)


def test_no_data_at_all_is_still_a_valid_pdf(world: World) -> None:
    assert_valid(made(world.actor("safety_coordinator"), OutputFormat.PDF).content)


def test_hostile_text_in_every_section_is_printed_as_text(world: World) -> None:
    actor = world.actor("safety_coordinator")
    picture = begun(actor)
    for at, heading in enumerate(written_of(Kind.PICTURE), start=1):
        edit_section(actor, picture.ref, heading.section, HOSTILE, based_on=at)
    assert_valid(made(actor, OutputFormat.PDF).content)
    document = Document(BytesIO(made(actor, OutputFormat.WORD).content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert text.count("<script>alert(1)</script>") == len(written_of(Kind.PICTURE))


def test_the_longest_text_fits(world: World) -> None:
    actor = world.actor("safety_coordinator")
    picture = begun(actor)
    text = ("Kommunens analys. " * LONGEST_TEXT)[:LONGEST_TEXT]
    edit_section(actor, picture.ref, Section.ANALYSIS, text, based_on=1)
    assert_valid(made(actor, OutputFormat.PDF).content)


def test_the_word_file_has_the_laws_headings(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    document = Document(BytesIO(made(world.actor("safety_coordinator"), OutputFormat.WORD).content))
    headings = [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert "8 Analys och orsaker" in headings
    assert "4.5 Konsekvenser" in headings
    assert len(document.inline_shapes) == 1


def test_the_json_can_be_read_back_and_names_its_schema(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    file = made(world.actor("safety_coordinator"), OutputFormat.JSON)
    content = json.loads(file.content)
    assert content["schema"] == "samverkan.lagesbild/1"
    assert set(content) == {
        "schema", "kind", "document", "language", "municipality", "owner", "period",
        "period_label", "title", "lead", "status", "version", "is_decided", "composed_at",
        "sections",
    }  # fmt: skip
    assert from_json(content).municipality == "Storfors"


def test_the_file_name_says_what_it_is(world: World) -> None:
    actor = world.actor("safety_coordinator")
    assert made(actor, OutputFormat.PDF).name == "lagesbild-1760-2026-10-v0.pdf"
    begun(actor)
    english = made(actor, OutputFormat.WORD, Language.ENGLISH)
    assert english.name == "lagesbild-1760-2026-10-v1-en.docx"


def test_the_same_picture_gives_the_same_pdf(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    actor = world.actor("safety_coordinator")
    assert made(actor, OutputFormat.PDF).content == made(actor, OutputFormat.PDF).content

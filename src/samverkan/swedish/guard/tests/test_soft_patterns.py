"""Names and descriptions, and the words and places that only look like names."""

from __future__ import annotations

import pytest

from samverkan.swedish.guard import FindingKind, Severity, find_persons


def names_in(text: str) -> list[str]:
    return [found.text for found in find_persons(text) if found.kind is FindingKind.NAME]


def descriptions_in(text: str) -> list[str]:
    return [
        found.text
        for found in find_persons(text)
        if found.kind is FindingKind.INDIRECT_IDENTIFICATION
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anna Testsson ringde.", ["Anna Testsson"]),
        ("Annas cykel är borta.", ["Annas"]),
        ("anna andersson ringde.", ["anna andersson"]),
        ("Bråk mellan Ahmed, Pekka och Jasmina.", ["Ahmed", "Pekka", "Jasmina"]),
        ("Det var Maj-Britt Holm.", ["Maj-Britt Holm"]),
        ("Vi såg Kristofer Andesson.", ["Kristofer Andesson"]),
        ("Killen heter Xerion.", ["Xerion"]),
        ("Kevins bil stod där.", ["Kevins"]),
        ("ANDERS NILSSON SKRIKER PÅ GATAN", ["ANDERS NILSSON"]),
        ("Hos Emina Hadžić.", ["Emina Hadžić"]),
    ],
)
def test_names_in_running_text(text: str, names: list[str]):
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("person", "thing"),
    [
        ("Björn slog sönder rutan.", "En björn slog sönder rutan."),
        ("Vi pratade med Sten om saken.", "Sten och grus om hösten."),
        ("Enligt Sol var det lugnt.", "Sol hela veckan."),
        ("Vaktmästare Holm lagade låset.", "Vid Holm är låset trasigt."),
        ("Vi såg Viola Berg.", "Viola är planterad i Berg."),
        ("Familjen Alm är orolig.", "Alm och lönn ska beskäras."),
    ],
)
def test_where_a_word_stands_tells_a_person_from_a_thing(person: str, thing: str):
    assert len(names_in(person)) == 1
    assert names_in(thing) == []


@pytest.mark.parametrize(
    "text",
    ["Karlstad och Kristinehamn.", "Bakom Sofiakyrkan.", "Anna Lindhs plats är mörk.",
     "Inbrott på Erikssons bageri.", "Maria kyrka och Sankt Eriks plats.", "Anderssons Bil & Däck.",
     "Vid Björkgatan och Lars Wivalliusvägen.", "Skylten om Alfred Nobel."],
)  # fmt: skip
def test_places_and_businesses_are_no_persons(text: str):
    assert find_persons(text) == ()


@pytest.mark.parametrize(
    "text",
    ["16-årig pojke på moped", "14-åring", "femtonåringen", "kille i nian", "hennes pappa",
     "en flicka född 2010", "Tjej, 15 år", "pojke (13)", "man i 40-årsåldern", "flickan i 8B",
     "hans storebror", "två 13-åringar", "mannen som bor på Storgatan 4", "dottern till rektorn",
     "900101-xxxx"],
)  # fmt: skip
def test_one_person_described(text: str):
    assert descriptions_in(f"Vid kiosken sågs {text}.") == [text]


@pytest.mark.parametrize(
    "text",
    ["Ungdomar i åldern 15-18 år.", "15–18-åringar i grupp.", "10-årig plan för belysning.",
     "Elever i årskurs 9 har temadag.", "Butiken öppnade 2010.", "Föräldrar nattvandrar."],
)  # fmt: skip
def test_groups_and_plans_are_no_single_person(text: str):
    assert find_persons(text) == ()


def test_soft_findings_ask_and_do_not_block():
    findings = find_persons("Kevin, 14-åring.")
    assert {found.severity for found in findings} == {Severity.SOFT}
    assert len(findings) == 2

from __future__ import annotations

from datetime import date

from samverkan.statistics.definitions import (
    Sensitivity,
    breaks_between,
    comparability_breaks,
    series_definitions,
    sources,
)


def test_every_series_of_the_monthly_police_file_has_a_definition() -> None:
    assert {
        "total",
        "person",
        "violence",
        "violence_home",
        "violence_public",
        "theft",
        "theft_excluding_shoplifting",
        "shoplifting",
        "burglary",
        "vandalism",
        "drugs_weapons",
    } <= set(series_definitions())


def test_nouns_follow_number_and_language() -> None:
    shoplifting = series_definitions()["shoplifting"]
    assert shoplifting.noun("sv", is_plural=False) == "butiksstöld"
    assert shoplifting.noun("sv", is_plural=True) == "butiksstölder"
    assert shoplifting.noun("en", is_plural=True) == "cases of shoplifting"


def test_violence_at_home_is_sensitive() -> None:
    assert series_definitions()["violence_home"].sensitivity is Sensitivity.SENSITIVE
    assert series_definitions()["vandalism"].sensitivity is Sensitivity.ORDINARY


def test_key_figures_that_do_not_measure_crime_say_so() -> None:
    not_crime = {code for code, series in series_definitions().items() if not series.is_crime}
    of_surveys = {code for code in not_crime if code.startswith(("ntu_", "survey_"))}
    assert not_crime - of_surveys == {"N00945", "N03702", "N03703", "U00489", "U00490"}


def test_every_source_can_be_cited_and_the_polices_own_figures_are_not_public() -> None:
    assert sources()["bra"].citation("sv") == "Källa: Brå"
    assert all(source.citation("en").startswith("Source: ") for source in sources().values())
    assert not sources()["police"].is_published
    assert sources()["kolada"].is_published


def test_the_better_municipality_codes_of_2015_are_a_break() -> None:
    assert [broken.on.year for broken in comparability_breaks()] == [2014, 2015, 2018, 2019, 2023]
    assert [broken.on.year for broken in breaks_between(date(2015, 1, 1), date(2024, 1, 1))] == [
        2018,
        2019,
        2023,
    ]


def test_no_word_of_a_file_names_two_series() -> None:
    words = [alias for series in series_definitions().values() for alias in series.aliases]
    assert len(words) == len(set(words))

from __future__ import annotations

from samverkan.situation.categories import (
    categories,
    category_list,
    codes_by_word,
    incident_categories,
)


def test_the_list_is_a_proposal_that_says_so() -> None:
    assert not category_list().is_confirmed
    assert category_list().version == "2026-1"


def test_nothing_to_report_is_not_an_incident() -> None:
    assert "E00" in categories()
    assert "E00" not in {category.code for category in incident_categories()}


def test_files_may_use_codes_names_or_common_words() -> None:
    words = codes_by_word()
    assert words["e10"] == words["skadegörelse"] == words["vandalism"] == "E10"
    assert words["stöld ur/av fordon"] == "E21"


def test_no_word_names_two_categories() -> None:
    words = [word for category in categories().values() for word in category.aliases]
    assert len(words) == len(set(words))

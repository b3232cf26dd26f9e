from __future__ import annotations

from samverkan.swedish.sorting import search_key, sort_key


def test_names_sort_as_in_a_swedish_register() -> None:
    names = ["Örebro", "Älmhult", "Åre", "Zinkgruvan", "arboga", "Ängelholm", "Éslöv", "Eslöv"]
    ordered = sorted(names, key=sort_key)
    assert ordered[:1] == ["arboga"]
    assert ordered[-4:] == ["Åre", "Älmhult", "Ängelholm", "Örebro"]
    assert sort_key("Éslöv") == sort_key("eslöv")


def test_a_search_finds_capital_swedish_letters_and_keeps_far_from_får() -> None:
    assert search_key("  ÅRE   Torg ") == "åre torg"
    assert search_key("far") != search_key("får")
    assert search_key("Café") == "cafe"


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert search_key("A\u030are") == search_key("Åre")
    assert sort_key("A\u030are") == sort_key("åre")

"""The word lists of the guard, read once; folded as the texts are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from samverkan.swedish.guard.folding import fold


@dataclass(frozen=True, slots=True)
class Vocabulary:
    every_name: frozenset[str]
    first_names: frozenset[str]
    first_names_also_words: frozenset[str]
    last_names: frozenset[str]
    also_words: frozenset[str]
    sounds_of_names: frozenset[str]
    introductions: frozenset[str]
    before_a_place: frozenset[str]
    before_a_person: frozenset[str]
    verbs_of_persons: frozenset[str]
    after_a_name_of_a_place: frozenset[str]
    in_names_of_businesses: frozenset[str]
    like_plates: frozenset[str]
    after_a_social_medium: frozenset[str]
    only_with_a_capital: frozenset[str]
    not_persons: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    first_names = _words("first_names.txt")
    last_names = _words("last_names.txt")
    also_words = _words("words_that_are_also_names.txt")
    return Vocabulary(
        every_name=first_names | last_names | also_words,
        first_names=first_names - also_words,
        first_names_also_words=first_names & also_words,
        last_names=last_names - also_words,
        also_words=also_words,
        sounds_of_names=frozenset(
            sound(name) for name in (first_names | last_names) - also_words if len(name) >= 5
        ),
        introductions=_words("words_that_introduce_a_person.txt"),
        before_a_place=_words("words_before_a_place.txt"),
        before_a_person=_words("words_before_a_person.txt"),
        verbs_of_persons=_words("verbs_of_persons.txt"),
        after_a_name_of_a_place=_words("words_after_a_name_of_a_place.txt"),
        in_names_of_businesses=_words("words_in_names_of_businesses.txt"),
        like_plates=_words("words_like_plates.txt"),
        after_a_social_medium=_words("words_after_a_social_medium.txt"),
        only_with_a_capital=_words("names_only_with_a_capital.txt"),
        not_persons=frozenset(_lines("names_that_are_not_persons.txt")),
    )


_SPELLINGS = (
    ("ph", "f"), ("ck", "k"), ("ch", "k"), ("th", "t"), ("dh", "d"), ("kh", "k"), ("qu", "kv"),
    ("c", "k"), ("q", "k"), ("w", "v"), ("z", "s"), ("x", "ks"), ("y", "i"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


def sound(name: str) -> str:
    """A key that spellings of one name share: Kristoffer and Christofer, Muhamed and Mohammed."""
    for spelling, plain in _SPELLINGS:
        name = name.replace(spelling, plain)
    if name.startswith(("moham", "muham")):
        name = "muham" + name[5:].replace("a", "e")
    return _DOUBLED.sub(r"\1", name)


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line.split())


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return [fold(line).text.lower() for line in text.splitlines() if not line.startswith("#")]

"""Names of persons in running text.

A word in the lists of first and last names is a name. A word that is also an ordinary word ("Sten",
"Berg") needs a capital letter and company: another name, a title before it, a verb that persons do
after it, or a place inside the sentence that no preposition of place explains. A name before a
word such as "plats" or "bageri" belongs to the place or the business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from samverkan.swedish.guard.findings import FindingKind, Span
from samverkan.swedish.guard.vocabulary import sound, vocabulary
from samverkan.swedish.guard.words import Word, words_of

_PARTICLES = frozenset(
    {"von", "af", "av", "al", "el", "de", "la", "bin", "ibn", "abu", "van", "thi"}
)
_HOLY = frozenset({"sankt", "sankta", "st", "kung", "prins", "drottning"})
_SMALL_FIRST_NAMES = frozenset({"björn", "sten", "stig", "tor", "jan", "bo", "kim", "tim", "max"})
_LONGEST_NAME = 6
# A misspelled name so long is hardly an ordinary word, even first in a sentence.
_SHORTEST_SURE_SOUND = 7
_PLACE_ENDING = re.compile(
    r".+(?:vägen|gatan|gränd|torget|parken|skolan|kyrkan|gården|hallen|huset|leden|bron|motiv)s?"
)


def names(text: str) -> Iterator[Span]:
    """The names of `text`, longest first from the left; each whole name is one span."""
    words = words_of(text)
    index = 0
    listed_from = -1
    while index < len(words):
        if not words[index].may_be_in_a_name:
            index += 1
            continue
        last = _end_of_name(text, words, index, in_list=index == listed_from)
        if last is None:
            index += 1
            continue
        yield Span(FindingKind.NAME, words[index].start, words[last].end)
        index = last + 1
        listed_from = _next_in_list(text, words, last)


def _next_in_list(text: str, words: list[Word], last: int) -> int:
    """Where the next name stands if the name that ends at `last` is one of a list; -1 if not."""
    if last + 1 >= len(words):
        return -1
    gap = text[words[last].end : words[last + 1].start]
    if gap.strip() in {",", "&", "/"}:
        return last + 1
    return last + 2 if gap == " " and words[last + 1].lower in {"och", "o", "eller"} else -1


def _end_of_name(text: str, words: list[Word], first: int, *, in_list: bool) -> int | None:
    """The index of the last word of a name that begins at `first`, or None."""
    last = _end_of_run(text, words, first)
    run = words[first : last + 1]
    after = _neighbour(text, words, last, 1)
    if not run or _belongs_to_a_place(words, first, run, after):
        return None
    before = _neighbour(text, words, first, -1)
    if len(run) == 1:
        listed = in_list and run[0].is_capital
        return last if listed or _stands_alone_as_name(run[0], before, after) else None
    return last if _is_full_name(run, before) else None


def _end_of_run(text: str, words: list[Word], first: int) -> int:
    """How far a chain of words that could be one name reaches; first - 1 when it cannot begin."""
    if not _could_be_name(words[first]) and not _is_introduced(text, words, first):
        return first - 1
    last = first
    index = first + 1
    while index < min(len(words), first + _LONGEST_NAME) and _are_joined(text, words, index):
        word = words[index]
        if words[index - 1].is_genitive and words[index - 1].is_name and not word.is_name:
            break
        if word.lower in _PARTICLES and not word.is_capital:
            index += 1
            continue
        if not _continues(words[first], word):
            break
        last = index
        index += 1
    return last


def _is_introduced(text: str, words: list[Word], index: int) -> bool:
    """Whether an unknown word with a capital stands after a title: "heter Xerion"."""
    word = words[index]
    before = _neighbour(text, words, index, -1)
    return (
        word.is_capital
        and not _is_introduction(word)
        and _is_introduction(before)
        and (before is None or before.lower != "hos")
    )


def _continues(first: Word, word: Word) -> bool:
    if word.is_capital:
        unknown = first.is_capital and (first.is_first_name or not first.is_also_a_word)
        unknown = unknown and not (len(word.text) > 2 and word.text.isupper())
        place = word.lower in vocabulary().after_a_name_of_a_place and not word.is_also_a_word
        return _could_be_name(word) or (unknown and not place)
    if first.is_capital:
        return False
    return word.is_name or word.has_surname_ending or _is_small_surname(word)


def _is_small_surname(word: Word) -> bool:
    return word.is_also_a_word and len(word.bare) >= 4 and word.bare.endswith(("berg", "ström"))


def _could_be_name(word: Word) -> bool:
    if word.is_name:
        return word.is_capital or (len(word.bare) >= 3 and not word.is_also_a_word)
    if word.is_patronymic:
        return True
    if not word.is_capital:
        return word.is_also_a_word and word.bare in _SMALL_FIRST_NAMES
    return word.is_also_a_word or (
        (not word.starts_sentence and (word.has_surname_ending or _sounds_like_name(word)))
        or (len(word.bare) >= _SHORTEST_SURE_SOUND and _sounds_like_name(word))
    )


def _sounds_like_name(word: Word) -> bool:
    return len(word.bare) >= 5 and (
        sound(word.bare) in vocabulary().sounds_of_names
        or sound(word.lower) in vocabulary().sounds_of_names
    )


def _are_joined(text: str, words: list[Word], index: int) -> bool:
    gap = text[words[index - 1].end : words[index].start]
    return gap in {" ", "  "}


def _neighbour(text: str, words: list[Word], index: int, step: int) -> Word | None:
    other = index + step
    if not 0 <= other < len(words):
        return None
    return words[other] if _are_joined(text, words, max(index, other)) else None


def _is_introduction(word: Word | None) -> bool:
    return word is not None and word.lower in vocabulary().introductions


def _belongs_to_a_place(words: list[Word], first: int, run: list[Word], after: Word | None) -> bool:
    last = run[-1]
    if after is not None and _makes_a_place(last, after):
        return True
    if any(_PLACE_ENDING.fullmatch(word.lower) for word in run):
        return True
    if len(run) > 1 and (
        f"{run[0].bare} {run[1].bare}" in vocabulary().not_persons
        or (run[-2].is_genitive and not last.is_first_name and _makes_a_place(run[-2], last))
    ):
        return True
    return first > 0 and words[first - 1].lower in _HOLY


def _makes_a_place(name: Word, after: Word) -> bool:
    """Whether `after` makes `name` a place; "såg" is a sawmill only after a genitive."""
    if after.lower == "såg":
        return name.is_genitive
    known = vocabulary()
    return after.lower in known.after_a_name_of_a_place or (
        after.is_capital and after.lower in known.in_names_of_businesses
    )


def _stands_alone_as_name(word: Word, before: Word | None, after: Word | None) -> bool:
    if word.is_name:
        return word.is_capital or _is_safe_in_small_letters(word)
    if word.is_patronymic:
        return True
    if not word.is_capital:
        return False
    if _is_introduction(before):
        return True
    if not word.is_also_a_word:
        if word.starts_sentence:
            return len(word.bare) >= _SHORTEST_SURE_SOUND
        return not _is_place(before)
    if after is not None and after.lower in vocabulary().verbs_of_persons:
        return True
    return (
        not word.starts_sentence
        and before is not None
        and before.lower in vocabulary().before_a_person
    )


def _is_place(before: Word | None) -> bool:
    return before is not None and before.lower in vocabulary().before_a_place


def _is_safe_in_small_letters(word: Word) -> bool:
    if len(word.bare) < 4 or word.bare in vocabulary().only_with_a_capital:
        return False
    return word.is_first_name or word.has_surname_ending


def _is_full_name(run: list[Word], before: Word | None) -> bool:
    """Two or more words that could be a name: one is certain, or both are capitals in company."""
    if any(word.is_name or word.has_surname_ending for word in run):
        return True
    capitals = all(word.is_capital for word in run)
    both_words = all(word.is_also_a_word for word in run)
    in_place = _is_place(before) and not run[0].is_first_name_and_word
    return capitals and (_is_introduction(before) or (both_words and not in_place))

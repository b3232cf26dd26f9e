"""A text as words, with what the search for names asks about each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from samverkan.swedish.guard.vocabulary import vocabulary

_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_ENDS_A_SENTENCE = frozenset(".!?:\n•(")
_SURNAME_ENDINGS = (
    "sson", "sdotter", "sdottir", "qvist", "kvist", "ovic", "evic", "kovic", "avic", "zic", "jic",
    "hic", "owski", "ewski", "inski", "enko", "oglu", "zadeh", "escu", "inen", "onen", "shvili",
    "stedt",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """`bare` is the word in small letters without the s of the genitive, where a name has one."""

    text: str
    start: int
    end: int
    lower: str
    bare: str
    starts_sentence: bool

    @property
    def may_be_in_a_name(self) -> bool:
        """False for the ordinary words that a text mostly is, which need no further look."""
        return (
            self.text[0].isupper()
            or self.bare in vocabulary().every_name
            or "-" in self.bare
            or self.has_surname_ending
        )

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_first_name(self) -> bool:
        known = vocabulary().first_names
        return self.bare in known or ("-" in self.bare and self._is_double_name)

    @property
    def _is_double_name(self) -> bool:
        """Maj-Britt, Karl-Johan: two first names of which one is nothing but a name."""
        known, also = vocabulary().first_names, vocabulary().first_names_also_words
        parts = self.bare.split("-")
        return all(part in known or part in also for part in parts) and any(
            part in known for part in parts
        )

    @property
    def is_first_name_and_word(self) -> bool:
        return self.bare in vocabulary().first_names_also_words

    @property
    def is_last_name(self) -> bool:
        return self.bare in vocabulary().last_names

    @property
    def is_name(self) -> bool:
        return self.is_first_name or self.is_last_name

    @property
    def is_also_a_word(self) -> bool:
        return self.bare in vocabulary().also_words or self.lower in vocabulary().also_words

    @property
    def has_surname_ending(self) -> bool:
        return 6 <= len(self.bare) <= 40 and self.bare.endswith(_SURNAME_ENDINGS)

    @property
    def is_patronymic(self) -> bool:
        return self.has_surname_ending and self.bare.endswith(("sson", "sdotter"))

    @property
    def is_genitive(self) -> bool:
        return self.bare != self.lower


def words_of(text: str) -> list[Word]:
    words: list[Word] = []
    for match in _WORD.finditer(text):
        lower = match.group().lower()
        starts = match.group()[0].isupper() and _starts_sentence(text, match.start())
        words.append(Word(match.group(), match.start(), match.end(), lower, _bare(lower), starts))
    return words


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(' -"')
    return not before or before[-1] in _ENDS_A_SENTENCE


def _bare(lower: str) -> str:
    """The name in a word: "annas" and "max's" without the ending, "lars" as it is."""
    known = vocabulary()
    if lower in known.first_names or lower in known.last_names or lower in known.also_words:
        return lower
    for ending in ("'s", "s"):
        if lower.endswith(ending) and not lower.endswith(("ss", "xs", "zs")) and len(lower) > 3:
            return lower[: -len(ending)]
    return lower

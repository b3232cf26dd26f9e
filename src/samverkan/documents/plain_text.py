"""What a person typed, as paragraphs and bullets: text stays text, whatever it looks like."""

from __future__ import annotations

import unicodedata

from samverkan.documents.report import Bullets, Paragraph

BULLETS = ("- ", "* ", "• ")
LONGEST_WORD = 30
# An address is copied from the paper: as long as it may fit on a line nothing is put into it.
LONGEST_ADDRESS = 60
SOFT_HYPHEN = "\u00ad"


def clean(text: str) -> str:
    """Without control characters and lone surrogates, in composed form, with plain line ends."""
    unified = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        letter
        for letter in unified
        if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs", "Co", "Cn"}
    ).replace("\t", " ")


def blocks_of(text: str) -> list[Paragraph | Bullets]:
    """Paragraphs are parted by empty lines; lines that begin with a dash are bullets."""
    blocks: list[Paragraph | Bullets] = []
    for part in clean(text).split("\n\n"):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        running: list[str] = []
        items: list[str] = []
        for line in lines:
            if line.startswith(BULLETS):
                _close(blocks, running)
                items.append(line[2:].strip())
            else:
                _close_items(blocks, items)
                running.append(line)
        _close(blocks, running)
        _close_items(blocks, items)
    return blocks


def breakable(text: str) -> str:
    """Words longer than any language's get places to break, or they would run off the paper."""
    return " ".join(_with_breaks(word) for word in text.split(" "))


def _with_breaks(word: str) -> str:
    is_address = "@" in word or "://" in word
    if len(word) <= (LONGEST_ADDRESS if is_address else LONGEST_WORD):
        return word
    pieces = [word[at : at + LONGEST_WORD // 2] for at in range(0, len(word), LONGEST_WORD // 2)]
    return SOFT_HYPHEN.join(pieces)


def _close(blocks: list[Paragraph | Bullets], running: list[str]) -> None:
    if running:
        blocks.append(Paragraph(" ".join(running)))
        running.clear()


def _close_items(blocks: list[Paragraph | Bullets], items: list[str]) -> None:
    if items:
        blocks.append(Bullets(tuple(items)))
        items.clear()

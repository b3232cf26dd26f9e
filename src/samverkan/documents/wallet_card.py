"""A card for the wallet: whom to call, on paper, when nothing else works."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from samverkan.documents.formats import Language
from samverkan.documents.pdf import TEMPLATES, LayoutError
from samverkan.documents.plain_text import clean
from samverkan.documents.typefaces import FOLDER, writable

LINES_A_SIDE = 6


@dataclass(frozen=True)
class CardLine:
    matter: str
    who: str
    phone: str


@dataclass(frozen=True)
class WalletCard:
    """`lines` beyond two sides' worth are left out: the caller chooses which come first."""

    language: Language
    title: str
    lead: str
    foot: str
    author: str
    lines: tuple[CardLine, ...]


def card_of(card: WalletCard, *, made_at: int | None = None) -> bytes:
    """The card as PDF/UA-1, on A4 with a line to cut along."""
    import typst

    lines = [_line(line) for line in card.lines[: 2 * LINES_A_SIDE]]
    payload = {
        "language": card.language.value,
        "title": _text(card.title),
        "lead": _text(card.lead),
        "foot": _text(card.foot),
        "author": _text(card.author),
        "front": lines[:LINES_A_SIDE],
        "back": lines[LINES_A_SIDE:],
    }
    try:
        return typst.compile(
            TEMPLATES / "card.typ",
            root=TEMPLATES,
            font_paths=[FOLDER],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"card": json.dumps(payload)},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=made_at,
        )
    except typst.TypstError as error:
        raise LayoutError(str(error)) from error


def _line(line: CardLine) -> dict[str, str]:
    return {key: _text(value) for key, value in asdict(line).items()}


def _text(text: str) -> str:
    return writable(clean(" ".join(text.split())))

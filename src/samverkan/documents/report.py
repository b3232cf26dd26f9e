"""A document as a row of blocks: what PDF and Word are made from."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.documents.formats import Language


@dataclass(frozen=True)
class Heading:
    """`level` 1 or 2; `number` as it stands before the text ("4.1")."""

    level: int
    text: str
    number: str = ""


@dataclass(frozen=True)
class Paragraph:
    text: str
    is_quiet: bool = False


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """Something that the reader must not miss."""

    text: str


@dataclass(frozen=True)
class Figure:
    """`title` is a sentence; `svg` a drawing in fixed colours; `alternative` what it shows."""

    title: str
    subtitle: str
    svg: str
    alternative: str
    remarks: tuple[str, ...]
    source: str
    definition: str


@dataclass(frozen=True)
class Table:
    """The first column names the row; `is_numeric` sets the others to the right.

    `widths` are the columns' shares of the paper's width, where the usual ones do not fit.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_numeric: bool = False
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Contents:
    """The headings of level 1 that follow, each with its page."""

    title: str


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class SignatureSpace:
    """A line to sign on: `name` and `below` when it is signed, `prompt` under it when it is not.

    `svg` is the drawn name, with `alternative` as what a screen reader says of it.
    """

    party: str
    name: str
    below: str
    prompt: str
    svg: str
    alternative: str


@dataclass(frozen=True)
class Signatures:
    """Spaces for signatures, two beside each other."""

    spaces: tuple[SignatureSpace, ...]


Block = Heading | Paragraph | Bullets | Notice | Figure | Table | Contents | NewPage | Signatures


@dataclass(frozen=True)
class Report:
    """`running_head` stands on top of every page; `page_words` is ("page", "of").

    `foot` stands at the foot of every page, the author when it is empty.
    """

    language: Language
    kicker: str
    title: str
    lead: str
    meta: tuple[str, ...]
    running_head: tuple[str, str]
    page_words: tuple[str, str]
    author: str
    blocks: tuple[Block, ...]
    foot: str = ""

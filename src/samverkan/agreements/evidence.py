"""Evidence that gathers itself: each room registers what it can show for a commitment.

A room registers a kind in its `apps.py`; whoever writes a commitment chooses which kinds belong to
it, and its page asks them each time it is opened, by the reader's own access. Nothing is copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from samverkan.platform.access.actor import Actor

Text = str | Promise


@dataclass(frozen=True)
class EvidenceQuery:
    """What is asked for: what the responsible function did, where, in the days [first, after)."""

    function_ref: str
    municipality_codes: frozenset[str]
    first: date
    after: date
    # The commitment's goal and indicator, for who looks for what they name.
    words: str = ""


@dataclass(frozen=True)
class EvidenceLink:
    text: str
    url: str


@dataclass(frozen=True)
class Evidence:
    """`sentence` says the count in words ("6 meetings held since March"); links to the newest."""

    count: int
    sentence: str
    links: tuple[EvidenceLink, ...] = ()


Gather = Callable[[Actor, EvidenceQuery], Evidence | None]


@dataclass(frozen=True)
class EvidenceKind:
    """`gather` reads through `visible_to(actor)`, and answers None where it may not look."""

    key: str
    label: Text
    gather: Gather


@dataclass(frozen=True)
class Shown:
    label: Text
    evidence: Evidence | None


_kinds: dict[str, EvidenceKind] = {}


def register(kind: EvidenceKind) -> None:
    _kinds[kind.key] = kind


def kinds() -> list[EvidenceKind]:
    return [_kinds[key] for key in sorted(_kinds)]


def gathered(actor: Actor, keys: Iterable[str], query: EvidenceQuery) -> list[Shown]:
    """What each of the kinds has to show; a kind that is no longer there is left out."""
    return [
        Shown(_kinds[key].label, _kinds[key].gather(actor, query)) for key in keys if key in _kinds
    ]

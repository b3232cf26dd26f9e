"""Where the promises to the inhabitants come from: the room that keeps them registers here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Protocol

from samverkan.platform.access.actor import Actor


class Deed(Protocol):
    """Something that was done for a promise, and when."""

    @property
    def on(self) -> date: ...

    @property
    def text(self) -> str: ...


class Pledge(Protocol):
    """A medborgarlöfte that may be shown to anybody: what was promised, done, and the result."""

    @property
    def ref(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def promised(self) -> str: ...

    @property
    def done(self) -> str | Sequence[Deed]: ...

    @property
    def result(self) -> str: ...

    @property
    def valid_from(self) -> date: ...

    @property
    def valid_to(self) -> date | None: ...

    @property
    def state(self) -> str: ...


PledgeSource = Callable[[Actor, str], Iterable[Pledge]]

_sources: list[PledgeSource] = []


def register(source: PledgeSource) -> None:
    """Add `source(actor, municipality_code)`: the promises that have been made public."""
    if source not in _sources:
        _sources.append(source)


def published_pledges(actor: Actor, municipality_code: str) -> list[Pledge]:
    """Every promise of the municipality, the newest first; once, whoever tells of it."""
    found = {each.ref: each for source in _sources for each in source(actor, municipality_code)}
    return sorted(found.values(), key=lambda each: (each.valid_from, each.ref), reverse=True)


def done_in_words(done: str | Sequence[Deed]) -> str:
    """What was done, a line for each deed."""
    if isinstance(done, str):
        return done
    return "\n".join(f"{deed.on.isoformat()}: {deed.text}" for deed in done)

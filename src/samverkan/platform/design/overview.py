"""What the overview says. Each room registers a provider that answers for its own things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise

from samverkan.platform.access.actor import Actor

from .tones import Tone

Text = str | Promise


class Question(IntEnum):
    """Which of the overview's questions a section answers, in the order they are read."""

    OWED = 1
    DUE = 2
    CHANGED = 3
    CLOCK = 4


@dataclass(frozen=True)
class OverviewRow:
    """One line: what it is, where it leads, and in a few words how it stands."""

    text: Text
    url: str = ""
    tag: Text = ""
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True)
class OverviewSection:
    """A room's answer: the title is the finding, the sentence says the rest."""

    title: Text
    sentence: Text = ""
    rows: tuple[OverviewRow, ...] = ()
    link_text: Text = ""
    link_url: str = ""
    question: Question = Question.DUE
    order: int = 100


@dataclass(frozen=True)
class PrimaryAction:
    """The one thing that the function most often comes to do: a button first on the page."""

    text: Text
    url: str


Provider = Callable[[Actor], OverviewSection | None]
ActionProvider = Callable[[Actor], PrimaryAction | None]

_providers: list[Provider] = []
_action_providers: list[ActionProvider] = []


def register(provider: Provider) -> None:
    """Add a room's provider; it returns None when it has nothing to say to the actor.

    A provider that answers "what changed since last time" asks `visits.last_visit(actor)`.
    """
    if provider not in _providers:
        _providers.append(provider)


def register_action(provider: ActionProvider) -> None:
    """Add a room's provider of the first button; of several answers the first is drawn."""
    if provider not in _action_providers:
        _action_providers.append(provider)


def action_for(actor: Actor) -> PrimaryAction | None:
    answers = (provider(actor) for provider in _action_providers)
    return next((each for each in answers if each is not None), None)


def sections_for(actor: Actor) -> list[OverviewSection]:
    """What every room says to the actor, in the order that it is read."""
    answers = (provider(actor) for provider in _providers)
    said = [section for section in answers if section is not None]
    return sorted(said, key=lambda section: (section.question, section.order, str(section.title)))

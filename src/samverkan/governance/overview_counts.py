"""The council's overview: counts that each room registers, never a person or a single case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.design.tones import Tone

Text = str | Promise
# Counts of people's events below this are not shown across a border.
SMALLEST = 5


class CountTopic(IntEnum):
    """The headings of the page, in the order that they are read."""

    GROUPS = 10
    OVERDUE = 20
    PROBLEMS = 30
    MEASURES = 40
    ASSIGNMENTS = 50
    COMMITMENTS = 60


class SmallCounts(StrEnum):
    """Things that we do (meetings, measures) are SHOWN; what happens to people is SUPPRESSED."""

    SHOWN = "shown"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True)
class OverviewCount:
    """One count. `label` names neither person nor case; `url` leads to what may be seen."""

    topic: CountTopic
    label: Text
    count: int
    tone: Tone = Tone.NEUTRAL
    url: str = ""
    small: SmallCounts = SmallCounts.SHOWN

    @property
    def is_suppressed(self) -> bool:
        return self.small is SmallCounts.SUPPRESSED and 0 < self.count < SMALLEST

    @property
    def shown(self) -> str:
        """The count as it may be read; a suppressed one does not tell which small number it is."""
        if self.is_suppressed:
            return _("fewer than %(number)d") % {"number": SMALLEST}
        return str(self.count)


CountProvider = Callable[[Actor, str], Iterable[OverviewCount]]

_providers: list[CountProvider] = []


def register(provider: CountProvider) -> None:
    """Add `provider(actor, municipality_code)`; it reads through `visible_to(actor)`."""
    if provider not in _providers:
        _providers.append(provider)


def unregister(provider: CountProvider) -> None:
    if provider in _providers:
        _providers.remove(provider)


def counts_for(actor: Actor, municipality_code: str) -> dict[CountTopic, list[OverviewCount]]:
    """Every room's counts by heading. Parts of one heading have no total to reckon back from."""
    found: dict[CountTopic, list[OverviewCount]] = {}
    for provider in _providers:
        for count in provider(actor, municipality_code):
            found.setdefault(count.topic, []).append(count)
    return dict(sorted(found.items()))

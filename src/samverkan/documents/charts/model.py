"""What a chart says, before anything is drawn: the same object for screen and paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverkan.documents.formats import Language, PeriodKind


class SourceKind(StrEnum):
    """Whose figures they are; each has its own colour everywhere."""

    POLICE = "police"
    EST = "est"
    SURVEY = "survey"


@dataclass(frozen=True)
class Observation:
    """One period. `value` None: no figure came; `lower` and `upper`: what was expected."""

    start: date
    value: float | None
    lower: float | None = None
    upper: float | None = None
    is_preliminary: bool = False
    is_unusual: bool = False

    @property
    def has_band(self) -> bool:
        return self.lower is not None and self.upper is not None


@dataclass(frozen=True)
class Break:
    """From this period on, the figures do not compare with those before."""

    start: date
    label: str


@dataclass(frozen=True)
class SeriesChart:
    """Dots over time, in a band of what is expected.

    `title` is the finding as a sentence; `description` tells a listener what the picture shows;
    `unit` is what is counted (`anmälda brott per månad`).
    """

    key: str
    title: str
    description: str
    unit: str
    period_kind: PeriodKind
    observations: tuple[Observation, ...]
    language: Language
    source_kind: SourceKind = SourceKind.POLICE
    breaks: tuple[Break, ...] = ()
    decimals: int = 0

    @property
    def broken_at(self) -> frozenset[date]:
        """The first period after each break that lies among the periods."""
        starts = [seen.start for seen in self.observations]
        after = ([start for start in starts if start >= each.start] for each in self.breaks)
        return frozenset(found[0] for found in after if found and found[0] != starts[0])


@dataclass(frozen=True)
class HeatRow:
    """A place and its counts, one a column; None where nobody could have reported."""

    label: str
    counts: tuple[int | None, ...]
    note: str = ""


@dataclass(frozen=True)
class HeatStrip:
    """Counts of places week by week; `columns` are the weeks' labels."""

    key: str
    title: str
    description: str
    unit: str
    row_heading: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    language: Language
    source_kind: SourceKind = SourceKind.EST


@dataclass(frozen=True)
class Bar:
    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    is_emphasised: bool = False


@dataclass(frozen=True)
class IntervalBars:
    """Horizontal bars with the interval of values that each can come from."""

    key: str
    title: str
    description: str
    unit: str
    row_heading: str
    bars: tuple[Bar, ...]
    language: Language
    source_kind: SourceKind = SourceKind.SURVEY
    decimals: int = 0

"""A presentation as data: what slides, in PDF and in PowerPoint, are made from."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.documents.charts import Chart
from samverkan.documents.formats import Language


@dataclass(frozen=True)
class Slide:
    """`title` is a sentence; `notes` is what the speaker needs to know: definition, source, test.

    A slide with a `chart` shows its points beside the picture; `source` stands under it.
    """

    key: str
    title: str
    points: tuple[str, ...] = ()
    chart: Chart | None = None
    source: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Deck:
    """`subject` is the line over the first title; `footer` stands on every slide."""

    language: Language
    title: str
    subject: str
    lead: str
    footer: str
    author: str
    slides: tuple[Slide, ...]
    notes: str = ""
    """The speaker's notes of the opening slide."""

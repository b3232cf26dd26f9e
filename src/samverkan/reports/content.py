"""What a situational picture says, apart from how it is laid out; goes to JSON and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samverkan.documents.charts import Chart
from samverkan.documents.charts.codec import chart_from_json, chart_to_json

from .kinds import Kind

SCHEMA = "samverkan.lagesbild/1"


@dataclass(frozen=True)
class FigureContent:
    """One finding with its picture. `title` is a sentence; `source` stands under the figure."""

    key: str
    title: str
    subtitle: str
    remarks: tuple[str, ...]
    source: str
    definition: str
    chart: Chart
    series_code: str = ""


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True)
class SectionContent:
    """`text` is what somebody wrote; figures, facts and notes come from the system."""

    section: str
    number: str
    heading: str
    law_part: str
    text: str
    figures: tuple[FigureContent, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    lacks: str = ""

    @property
    def level(self) -> int:
        return 2 if "." in self.number else 1

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.figures or self.facts or self.notes or self.lacks)


@dataclass(frozen=True)
class PictureContent:
    language: str
    municipality_code: str
    municipality: str
    owner: str
    period: str
    period_label: str
    title: str
    lead: str
    status: str
    version: int
    is_decided: bool
    composed_at: str
    sections: tuple[SectionContent, ...]
    kind: str = "picture"
    document: str = ""

    def section(self, name: str) -> SectionContent:
        return next(each for each in self.sections if each.section == name)


def to_json(content: PictureContent) -> dict[str, Any]:
    """The stable form: field names do not change within a schema number."""
    return {
        "schema": SCHEMA,
        "kind": content.kind,
        "document": content.document,
        "language": content.language,
        "municipality": {"code": content.municipality_code, "name": content.municipality},
        "owner": content.owner,
        "period": content.period,
        "period_label": content.period_label,
        "title": content.title,
        "lead": content.lead,
        "status": content.status,
        "version": content.version,
        "is_decided": content.is_decided,
        "composed_at": content.composed_at,
        "sections": [_section_to_json(section) for section in content.sections],
    }


def from_json(content: dict[str, Any]) -> PictureContent:
    """The content that `to_json` wrote; ValueError for another schema."""
    if content.get("schema") != SCHEMA:
        raise ValueError("not a situational picture of a schema that this version reads")
    return PictureContent(
        language=content["language"],
        municipality_code=content["municipality"]["code"],
        municipality=content["municipality"]["name"],
        owner=content["owner"],
        period=content["period"],
        period_label=content["period_label"],
        title=content["title"],
        lead=content["lead"],
        status=content["status"],
        version=content["version"],
        is_decided=content["is_decided"],
        composed_at=content["composed_at"],
        sections=tuple(_section_from_json(section) for section in content["sections"]),
        # Pictures kept before there were other kinds say nothing of it.
        kind=content.get("kind", Kind.PICTURE.value),
        document=content.get("document", ""),
    )


def _section_to_json(section: SectionContent) -> dict[str, Any]:
    return {
        "section": section.section,
        "number": section.number,
        "heading": section.heading,
        "law_part": section.law_part,
        "text": section.text,
        "figures": [_figure_to_json(figure) for figure in section.figures],
        "facts": [{"label": fact.label, "value": fact.value} for fact in section.facts],
        "notes": list(section.notes),
        "lacks": section.lacks,
    }


def _section_from_json(section: dict[str, Any]) -> SectionContent:
    return SectionContent(
        **{
            **section,
            "figures": tuple(_figure_from_json(figure) for figure in section["figures"]),
            "facts": tuple(Fact(**fact) for fact in section["facts"]),
            "notes": tuple(section["notes"]),
        }
    )


def _figure_to_json(figure: FigureContent) -> dict[str, Any]:
    return {
        "key": figure.key,
        "title": figure.title,
        "subtitle": figure.subtitle,
        "remarks": list(figure.remarks),
        "source": figure.source,
        "definition": figure.definition,
        "series_code": figure.series_code,
        "chart": chart_to_json(figure.chart),
    }


def _figure_from_json(figure: dict[str, Any]) -> FigureContent:
    return FigureContent(
        **{
            **figure,
            "remarks": tuple(figure["remarks"]),
            "chart": chart_from_json(figure["chart"]),
        }
    )

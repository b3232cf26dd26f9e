"""A presentation of a municipality's figures as data, with the basis that it rests on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from samverkan.documents.charts import Chart
from samverkan.documents.charts.codec import chart_to_json


@dataclass(frozen=True)
class BasisFile:
    name: str
    sha256: str
    fetched_at: str


@dataclass(frozen=True)
class BasisRow:
    """One series behind the presentation: its figures, and the files they came in, latest first."""

    series: str
    source: str
    files: tuple[BasisFile, ...]
    first: str
    last: str
    n_figures: int
    values: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True)
class BriefingSlide:
    key: str
    title: str
    points: tuple[str, ...]
    chart: Chart | None
    source: str
    notes: str
    series_code: str = ""


@dataclass(frozen=True)
class Briefing:
    """`title` is the finding; `plain` the sentences of the politician's page; `not_said` what the
    figures do not tell. `basis_version` changes exactly when a figure behind it does."""

    language: str
    municipality_code: str
    municipality: str
    owner: str
    period: str
    period_label: str
    title: str
    lead: str
    plain: tuple[str, ...]
    how_sure: tuple[str, ...]
    not_said: tuple[str, ...]
    slides: tuple[BriefingSlide, ...]
    opening_notes: str
    basis: tuple[BasisRow, ...]
    composed_at: str

    @property
    def basis_version(self) -> str:
        return basis_version(self.basis)


def basis_version(basis: tuple[BasisRow, ...]) -> str:
    """The first letters of the SHA-256 of every figure and its file."""
    written = json.dumps([asdict(row) for row in basis], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:8]


def to_json(content: Briefing) -> dict[str, Any]:
    """Everything that is shown and everything that it rests on."""
    written = asdict(content)
    written["slides"] = [
        {**asdict(slide), "chart": chart_to_json(slide.chart) if slide.chart else None}
        for slide in content.slides
    ]
    return {"basis_version": content.basis_version, **written}

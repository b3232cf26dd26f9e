"""What the API answers. Times are ISO 8601 with offset, weeks ISO year and week as 202648."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema


class Problem(Schema):
    detail: str


class InvalidParameter(Schema):
    type: str
    loc: list[str | int]
    msg: str


class InvalidRequest(Schema):
    detail: list[InvalidParameter]


class MunicipalityOut(Schema):
    code: str
    name: str
    county_code: str
    county_name: str


class IncidentOut(Schema):
    ref: str
    municipality: str
    category: str
    place: str | None
    place_ref: str | None
    occurred_from: datetime
    occurred_to: datetime | None
    week: int
    reported_by: str
    severity: int | None
    effect_on_safety: int | None
    setting: str


class IncidentPageOut(Schema):
    """`next` is the address of the following page, older incidents; null on the last."""

    incidents: list[IncidentOut]
    next: str | None


class FigureOut(Schema):
    period: date
    value: float | None
    preliminary: bool
    suppressed: bool


class SourceOut(Schema):
    code: str
    name: str
    citation: str


class ProvenanceOut(Schema):
    file_name: str
    sha256: str
    fetched_at: datetime
    imported_by: str
    definition: str


class SeriesOut(Schema):
    series: str
    name: str
    definition: str
    municipality: str
    unit: str
    period_kind: str
    source: SourceOut
    figures: list[FigureOut]
    provenance: list[ProvenanceOut]


class PictureOut(Schema):
    ref: str
    municipality: str
    period: str
    version: int
    decided_on: date | None


class Geometry(Schema):
    type: Literal["Point"] = "Point"
    coordinates: list[float]


class Feature(Schema):
    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Geometry
    properties: dict[str, Any]


class FeatureCollection(Schema):
    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[Feature]

"""Charts as JSON and back: what was decided upon can be drawn again years later."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from samverkan.documents.charts.funnel import FunnelChart, FunnelLimit, FunnelPoint
from samverkan.documents.charts.model import (
    Bar,
    Break,
    HeatRow,
    HeatStrip,
    IntervalBars,
    Observation,
    SeriesChart,
    SourceKind,
)
from samverkan.documents.charts.shrinkage import ShrinkageChart, ShrunkPlace
from samverkan.documents.formats import Language, PeriodKind

Chart = SeriesChart | HeatStrip | IntervalBars | FunnelChart | ShrinkageChart

KINDS: dict[str, type[Chart]] = {
    "series": SeriesChart,
    "heat_strip": HeatStrip,
    "interval_bars": IntervalBars,
    "funnel": FunnelChart,
    "shrinkage": ShrinkageChart,
}


def chart_to_json(chart: Chart) -> dict[str, Any]:
    """Plain values only; days as ISO texts."""
    kind = next(name for name, each in KINDS.items() if isinstance(chart, each))
    plain: dict[str, Any] = _plain(asdict(chart))
    return {"kind": kind, **plain}


def chart_from_json(content: dict[str, Any]) -> Chart:
    """The chart that `chart_to_json` wrote.

    Errors: KeyError, TypeError or ValueError where the content is not such a chart.
    """
    fields = dict(content)
    kind = fields.pop("kind")
    fields["language"] = Language(fields["language"])
    fields["source_kind"] = SourceKind(fields["source_kind"])
    if kind == "series":
        return _series(fields)
    if kind == "heat_strip":
        fields["columns"] = tuple(fields["columns"])
        fields["rows"] = tuple(
            HeatRow(**{**row, "counts": tuple(row["counts"])}) for row in fields["rows"]
        )
        return HeatStrip(**fields)
    if kind == "interval_bars":
        fields["bars"] = tuple(Bar(**bar) for bar in fields["bars"])
        return IntervalBars(**fields)
    if kind == "funnel":
        fields["points"] = tuple(FunnelPoint(**point) for point in fields["points"])
        fields["limits"] = tuple(FunnelLimit(**limit) for limit in fields["limits"])
        return FunnelChart(**fields)
    if kind == "shrinkage":
        fields["places"] = tuple(ShrunkPlace(**place) for place in fields["places"])
        return ShrinkageChart(**fields)
    raise ValueError("not a kind of chart")


def _series(fields: dict[str, Any]) -> SeriesChart:
    fields["period_kind"] = PeriodKind(fields["period_kind"])
    fields["observations"] = tuple(
        Observation(**{**seen, "start": date.fromisoformat(seen["start"])})
        for seen in fields["observations"]
    )
    fields["breaks"] = tuple(
        Break(date.fromisoformat(broken["start"]), broken["label"]) for broken in fields["breaks"]
    )
    return SeriesChart(**fields)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value

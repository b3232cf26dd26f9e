"""Rates of places, each pulled towards the others as far as chance has room: with interval."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.documents.charts.model import SourceKind
from samverkan.documents.charts.palette import Palette
from samverkan.documents.charts.scale import Scale, nice_ticks
from samverkan.documents.charts.sizes import Size
from samverkan.documents.charts.svg import Drawing
from samverkan.documents.formats import Language, number, span

LABEL_WIDTH = 170
VALUE_WIDTH = 130
ROW = 28.0
BELOW = 30.0

WORDS = {
    Language.SWEDISH: {
        "place": "Kommun",
        "observed": "Som anmält",
        "shrunk": "Utjämnat",
        "interval": "Intervall",
    },
    Language.ENGLISH: {
        "place": "Municipality",
        "observed": "As reported",
        "shrunk": "Evened out",
        "interval": "Interval",
    },
}


@dataclass(frozen=True)
class ShrunkPlace:
    """`observed` is the rate as it was counted, `shrunk` the estimate with its interval."""

    label: str
    observed: float | None
    shrunk: float
    lower: float
    upper: float
    is_own: bool = False


@dataclass(frozen=True)
class ShrinkageChart:
    """Places in the order of their names: the picture has no top and no bottom."""

    key: str
    title: str
    description: str
    unit: str
    average: float
    places: tuple[ShrunkPlace, ...]
    language: Language
    source_kind: SourceKind = SourceKind.POLICE
    decimals: int = 1


def draw_shrinkage(chart: ShrinkageChart, size: Size, palette: Palette) -> str:
    drawing = Drawing(size, palette)
    left = 0.0 if size.is_narrow else float(LABEL_WIDTH)
    largest = max(
        (value for each in chart.places for value in (each.upper, each.observed or 0.0)),
        default=0.0,
    )
    ticks = nice_ticks(largest)
    scale = Scale(ticks[-1], left + 6, float(size.width - VALUE_WIDTH))
    row_height = ROW + (size.text + 4 if size.is_narrow else 0)
    bottom = max(1, len(chart.places)) * row_height
    for tick in ticks:
        drawing.line((scale(tick), 0), (scale(tick), bottom), palette.line)
        label = number(tick, chart.language)
        drawing.text(scale(tick), bottom + 20, label, anchor="middle")
    middle = scale(chart.average)
    drawing.line((middle, 0), (middle, bottom), palette.quiet_ink, dash="5 4")
    for at, place in enumerate(chart.places):
        _place(drawing, place, at * row_height, scale, chart)
    return drawing.document(bottom + BELOW, chart.key, chart.title, chart.description)


def _place(
    drawing: Drawing, place: ShrunkPlace, top: float, scale: Scale, chart: ShrinkageChart
) -> None:
    size, palette = drawing.size, drawing.palette
    strong = place.is_own
    if size.is_narrow:
        drawing.text(0, top + size.text, place.label, colour=palette.ink, is_strong=strong)
        top += size.text + 4
    middle = top + ROW / 2
    if not size.is_narrow:
        drawing.text(0, middle + 5, place.label, colour=palette.ink, is_strong=strong)
    colour = palette.of(chart.source_kind)
    low, high = scale(place.lower), scale(place.upper)
    drawing.line((low, middle), (high, middle), palette.ink if strong else palette.quiet_ink)
    for end in (low, high):
        drawing.line((end, middle - 4), (end, middle + 4), palette.quiet_ink)
    if place.observed is not None:
        drawing.dot(scale(place.observed), middle, 3.5, palette.paper, colour)
    drawing.dot(scale(place.shrunk), middle, 6.0 if strong else 4.5, colour)
    label = (
        f"{number(place.shrunk, chart.language, chart.decimals)} "
        f"({span(place.lower, place.upper, chart.language, chart.decimals)})"
    )
    drawing.text(size.width - VALUE_WIDTH + 12, middle + 5, label, is_strong=strong)


def shrinkage_rows(
    chart: ShrinkageChart,
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The heading and rows of the table beside the drawing."""
    words, language, decimals = WORDS[chart.language], chart.language, chart.decimals
    header = (words["place"], words["observed"], words["shrunk"], words["interval"])
    rows = tuple(
        (
            place.label,
            "–" if place.observed is None else number(place.observed, language, decimals),
            number(place.shrunk, language, decimals),
            span(place.lower, place.upper, language, decimals),
        )
        for place in chart.places
    )
    return header, rows

"""Horizontal bars, each with the interval of values that it can come from."""

from __future__ import annotations

from samverkan.documents.charts.model import Bar, IntervalBars
from samverkan.documents.charts.palette import Palette
from samverkan.documents.charts.scale import Scale, nice_ticks
from samverkan.documents.charts.sizes import Size
from samverkan.documents.charts.svg import Drawing
from samverkan.documents.formats import number, span

LABEL_WIDTH = 200
VALUE_WIDTH = 130
ROW = 34.0


def draw_bars(chart: IntervalBars, size: Size, palette: Palette) -> str:
    drawing = Drawing(size, palette)
    largest = max((bar.upper or bar.value or 0.0 for bar in chart.bars), default=0.0)
    left = 0.0 if size.is_narrow else float(LABEL_WIDTH)
    scale = Scale(nice_ticks(largest)[-1], left, float(size.width - VALUE_WIDTH))
    row_height = ROW + (size.text + 4 if size.is_narrow else 0)
    top = 0.0
    for bar in chart.bars:
        _bar(drawing, bar, top, scale, chart)
        top += row_height
    return drawing.document(max(top, ROW), chart.key, chart.title, chart.description)


def _bar(drawing: Drawing, bar: Bar, top: float, scale: Scale, chart: IntervalBars) -> None:
    size, palette = drawing.size, drawing.palette
    if size.is_narrow:
        drawing.text(0, top + size.text, bar.label, colour=palette.ink, is_strong=bar.is_emphasised)
        top += size.text + 4
    middle = top + ROW / 2
    if not size.is_narrow:
        drawing.text(0, middle + 5, bar.label, colour=palette.ink, is_strong=bar.is_emphasised)
    if bar.value is None:
        drawing.text(scale.start, middle + 5, "–")
        return
    width = scale(bar.value) - scale.start
    strength = 0.75 if bar.is_emphasised else 0.4
    colour = palette.of(chart.source_kind)
    drawing.box(scale.start, middle - 9, width, 18, colour, opacity=strength)
    label = number(bar.value, chart.language, chart.decimals)
    if bar.lower is not None and bar.upper is not None:
        low, high = scale(bar.lower), scale(bar.upper)
        drawing.line((low, middle), (high, middle), palette.ink)
        for end in (low, high):
            drawing.line((end, middle - 5), (end, middle + 5), palette.ink)
        label += f" ({span(bar.lower, bar.upper, chart.language, chart.decimals)})"
    drawing.text(size.width - VALUE_WIDTH + 12, middle + 5, label, is_strong=bar.is_emphasised)

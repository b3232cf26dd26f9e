"""A grid of two judgements: things as numbered dots, the most pressing up to the right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from samverkan.documents.charts.boxes import text_lines, wrapped
from samverkan.documents.charts.palette import Palette
from samverkan.documents.charts.sizes import Size
from samverkan.documents.charts.svg import Drawing

RADIUS = 13.0


@dataclass(frozen=True)
class MatrixDot:
    """`across` and `up` are 0 to 1; `number` is the dot's name in the table beneath."""

    number: int
    across: float
    up: float
    is_emphasised: bool = False


@dataclass(frozen=True)
class MatrixChart:
    """`corners`: what the quarters mean: upper left, upper right, lower left, lower right."""

    key: str
    title: str
    description: str
    across_label: str
    up_label: str
    corners: tuple[str, str, str, str]
    dots: tuple[MatrixDot, ...]


def draw_matrix(chart: MatrixChart, size: Size, palette: Palette) -> str:
    """The grid with its quarters named; dots at the same spot stand beside each other."""
    drawing = Drawing(size, palette)
    top, side = size.text * 1.6, size.width - 4.0
    height = 290.0 if size.is_narrow else 330.0
    drawing.text(2, size.text, f"{chart.up_label} ↑")
    drawing.box(2 + side / 2, top, side / 2, height / 2, palette.expected)
    drawing.frame(2, top, side, height, palette.line)
    drawing.line((2, top + height / 2), (2 + side, top + height / 2), palette.line)
    drawing.line((2 + side / 2, top), (2 + side / 2, top + height), palette.line)
    for at, words in enumerate(chart.corners):
        x = 10 + side / 2 * (at % 2)
        y = top + size.text * 1.3 + height / 2 * (at // 2)
        text_lines(drawing, x, y, wrapped(words, side / 2 - 16, size.text * 0.54))
    seen = Counter[tuple[float, float]]()
    for dot in chart.dots:
        spot = (round(dot.across, 2), round(dot.up, 2))
        shift = seen[spot] * RADIUS * 2.1
        seen[spot] += 1
        x = 2 + RADIUS + 4 + dot.across * (side - 2 * RADIUS - 8)
        x = x - shift if dot.across > 0.5 else x + shift
        y = top + RADIUS + 4 + (1 - dot.up) * (height - 2 * RADIUS - 8)
        drawing.dot(x, y, RADIUS, palette.paper, palette.est)
        if dot.is_emphasised:
            drawing.dot(x, y, RADIUS - 3, palette.paper, palette.est)
        drawing.text(x, y + size.text / 3, str(dot.number), anchor="middle", colour=palette.ink)
    drawing.text(2 + side, top + height + size.text * 1.4, f"{chart.across_label} →", anchor="end")
    return drawing.document(top + height + size.text * 2, chart.key, chart.title, chart.description)

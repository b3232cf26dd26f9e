"""The crime triangle: three sides that a problem needs, and who could hold each of them back."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.documents.charts.boxes import LINE, text_lines, wrapped
from samverkan.documents.charts.palette import Palette
from samverkan.documents.charts.sizes import Size
from samverkan.documents.charts.svg import Drawing


@dataclass(frozen=True)
class Side:
    """`inner` names the side, `outer` whoever could hold it back; how many causes lie on each."""

    inner: str
    inner_causes: int
    outer: str
    outer_causes: int


@dataclass(frozen=True)
class TriangleChart:
    """`sides`: the left one, the right one and the base."""

    key: str
    title: str
    description: str
    sides: tuple[Side, Side, Side]


def draw_triangle(chart: TriangleChart, size: Size, palette: Palette) -> str:
    """The triangle with a number on each side; a side without causes is drawn with dashes."""
    drawing = Drawing(size, palette)
    middle, top, bottom = size.width / 2, 12.0, 200.0
    half = 70.0 if size.is_narrow else 130.0
    corners = [(middle, top), (middle + half, bottom), (middle - half, bottom)]
    drawing.area(corners, palette.expected)
    edges = ((corners[2], corners[0]), (corners[0], corners[1]), (corners[1], corners[2]))
    for side, (start, end) in zip(chart.sides, edges, strict=True):
        has_causes = side.inner_causes + side.outer_causes > 0
        drawing.line(start, end, palette.est, "" if has_causes else "5 4")
    left, right, base = chart.sides
    room = middle - half / 2 - 14
    height = (top + bottom) / 2 - 30
    _side(drawing, left, middle - half / 2 - 14, height, "end", room)
    _side(drawing, right, middle + half / 2 + 14, height, "start", room)
    foot = _side(drawing, base, middle, bottom + size.text * 1.4, "middle", size.width - 20)
    return drawing.document(foot, chart.key, chart.title, chart.description)


def _side(drawing: Drawing, side: Side, x: float, y: float, anchor: str, room: float) -> float:
    size, palette = drawing.size, drawing.palette
    letter = size.text * 0.54
    inner = wrapped(f"{side.inner}: {side.inner_causes}", room, letter)
    y = text_lines(drawing, x, y, inner, anchor=anchor, colour=palette.ink, is_strong=True)
    outer = wrapped(f"{side.outer}: {side.outer_causes}", room, letter)
    return text_lines(drawing, x, y, outer, anchor=anchor) - size.text * (LINE - 1)

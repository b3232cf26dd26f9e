"""Elements of an SVG drawing, escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from samverkan.documents.charts.palette import Palette
from samverkan.documents.charts.sizes import Size


def coordinate(value: float) -> str:
    """At most one decimal: no eye sees more, and the page is smaller."""
    return f"{value:.1f}".removesuffix(".0")


class Drawing:
    """Collects elements and writes the document around them."""

    def __init__(self, size: Size, palette: Palette) -> None:
        self.size = size
        self.palette = palette
        self._elements: list[str] = []

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, dash: str = ""
    ) -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        x1, y1, x2, y2 = map(coordinate, (*start, *end))
        self._elements.append(
            f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}"{dashes}/>'
        )

    def area(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        self._elements.append(f'<path d="{_path(points)}Z" fill="{colour}"/>')

    def curve(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        self._elements.append(
            f'<path d="{_path(points)}" fill="none" stroke="{colour}" stroke-width="1.5" '
            'stroke-opacity=".55" stroke-linejoin="round"/>'
        )

    def dot(self, x: float, y: float, radius: float, fill: str, stroke: str = "") -> None:
        outline = f' stroke="{stroke}" stroke-width="1.75"' if stroke else ""
        self._elements.append(
            f'<circle cx="{coordinate(x)}" cy="{coordinate(y)}" r="{coordinate(radius)}" '
            f'fill="{fill}"{outline}/>'
        )

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, *, opacity: float = 1.0
    ) -> None:
        shade = "" if opacity == 1.0 else f' fill-opacity="{opacity:g}"'
        self._elements.append(
            f'<rect x="{coordinate(x)}" y="{coordinate(y)}" width="{coordinate(width)}" '
            f'height="{coordinate(height)}" rx="3" fill="{fill}"{shade}/>'
        )

    def frame(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self._elements.append(
            f'<rect x="{coordinate(x)}" y="{coordinate(y)}" width="{coordinate(width)}" '
            f'height="{coordinate(height)}" rx="3" fill="none" stroke="{colour}"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        content: str,
        *,
        anchor: str = "start",
        colour: str = "",
        is_strong: bool = False,
    ) -> None:
        weight = ' font-weight="600"' if is_strong else ""
        self._elements.append(
            f'<text x="{coordinate(x)}" y="{coordinate(y)}" text-anchor="{anchor}" '
            f'fill="{colour or self.palette.quiet_ink}"{weight}>{escape(content)}</text>'
        )

    def document(self, height: float, key: str, title: str, description: str) -> str:
        """The whole drawing; title and description are what a screen reader says."""
        name = f"{key}-{self.size.name}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing drawing--{self.size.name}" '
            f'viewBox="0 0 {self.size.width} {coordinate(height)}" role="img" '
            f'aria-labelledby="{escape(name)}-title {escape(name)}-description" '
            f'font-family="{self.palette.font_family}" font-size="{self.size.text:g}">'
            f'<title id="{escape(name)}-title">{escape(title)}</title>'
            f'<desc id="{escape(name)}-description">{escape(description)}</desc>'
            + "".join(self._elements)
            + "</svg>"
        )


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in points)

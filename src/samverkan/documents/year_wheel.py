"""The year drawn as a wheel: months around, a ring for each kind of thing, a dot for each thing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from samverkan.documents.charts.palette import Palette
from samverkan.documents.charts.sizes import Size
from samverkan.documents.charts.svg import Drawing

WHEEL = Size("wheel", width=440, plot_height=0, text=12, left=0, right=0)
CENTRE = 220.0
OUTER, INNER = 186.0, 70.0
MONTH_AT = 201.0
DAYS = 366.0


@dataclass(frozen=True)
class WheelDot:
    """`day_of_year` 1 to 366; `ring` from the outside; `number` is the one that the list gives."""

    day_of_year: int
    ring: int
    number: int
    is_done: bool
    is_late: bool


@dataclass(frozen=True)
class YearWheel:
    key: str
    title: str
    description: str
    months: tuple[str, ...]
    rings: tuple[str, ...]
    dots: tuple[WheelDot, ...]
    today: int | None


def draw_year_wheel(wheel: YearWheel, palette: Palette) -> str:
    """The wheel as SVG: January from the top, clockwise; done is shaded, late has a ring of its own colour."""
    drawing = Drawing(WHEEL, palette)
    for number in range(len(wheel.rings) + 1):
        _circle(drawing, _radius(number, len(wheel.rings)), palette.line)
    for month in range(12):
        angle = month / 12
        drawing.line(_at(angle, INNER), _at(angle, OUTER), palette.line)
        x, y = _at((month + 0.5) / 12, MONTH_AT)
        drawing.text(x, y + 4, wheel.months[month], anchor="middle", colour=palette.ink)
    if wheel.today is not None:
        angle = (wheel.today - 1) / DAYS
        drawing.line(_at(angle, INNER - 14), _at(angle, OUTER + 4), palette.ink, "3 3")
    for dot in wheel.dots:
        _dot(drawing, dot, len(wheel.rings), palette)
    return drawing.document(2 * CENTRE, wheel.key, wheel.title, wheel.description)


def _dot(drawing: Drawing, dot: WheelDot, rings: int, palette: Palette) -> None:
    middle = (_radius(dot.ring, rings) + _radius(dot.ring + 1, rings)) / 2
    x, y = _at((dot.day_of_year - 1) / DAYS, middle)
    fill = palette.expected if dot.is_done else palette.paper
    drawing.dot(x, y, 10, fill, palette.unusual if dot.is_late else palette.quiet_ink)
    colour = palette.quiet_ink if dot.is_done else palette.ink
    drawing.text(
        x, y + 4, str(dot.number), anchor="middle", colour=colour, is_strong=not dot.is_done
    )


def _radius(ring: int, rings: int) -> float:
    return OUTER - ring * (OUTER - INNER) / max(1, rings)


def _circle(drawing: Drawing, radius: float, colour: str) -> None:
    points = [_at(step / 90, radius) for step in range(91)]
    for start, end in pairwise(points):
        drawing.line(start, end, colour)


def _at(turn: float, radius: float) -> tuple[float, float]:
    """A place on the wheel: `turn` 0 is the top, a quarter is to the right."""
    angle = 2 * math.pi * turn
    return CENTRE + radius * math.sin(angle), CENTRE - radius * math.cos(angle)

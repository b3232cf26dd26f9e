"""Places by size and rate, in the funnel of what chance alone gives: no order, no rank."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10

from samverkan.documents.charts.model import SourceKind
from samverkan.documents.charts.palette import Palette
from samverkan.documents.charts.scale import Scale, nice_ticks
from samverkan.documents.charts.sizes import Size
from samverkan.documents.charts.svg import Drawing
from samverkan.documents.formats import Language, number, span

TOP = 24
BELOW = 46
ROOM_AT_ENDS = 1.15
STEPS = (1, 2, 5)

WORDS = {
    Language.SWEDISH: {
        "place": "Kommun",
        "inhabitants": "Invånare",
        "count": "Antal",
        "expected": "Väntat av slumpen",
        "note": "Anmärkning",
        "outside": "utanför det slumpen ger",
        "average": "alla tillsammans",
        "missing": "saknas",
    },
    Language.ENGLISH: {
        "place": "Municipality",
        "inhabitants": "Inhabitants",
        "count": "Count",
        "expected": "Expected by chance",
        "note": "Note",
        "outside": "outside what chance gives",
        "average": "all together",
        "missing": "missing",
    },
}


@dataclass(frozen=True)
class FunnelPoint:
    """A place. `lower` and `upper` are the rates that chance alone gives a place of its size."""

    label: str
    inhabitants: int
    count: int | None
    rate: float | None
    lower: float
    upper: float
    is_own: bool = False
    is_outside: bool = False


@dataclass(frozen=True)
class FunnelLimit:
    """The funnel at one size: the inner pair holds 95 of 100, the outer 998 of 1,000."""

    inhabitants: float
    lower: float
    upper: float
    outer_lower: float
    outer_upper: float


@dataclass(frozen=True)
class FunnelChart:
    """`unit` is what the rate is (`per 1 000 invånare och år`); `points` in the order of names."""

    key: str
    title: str
    description: str
    unit: str
    size_unit: str
    average: float
    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimit, ...]
    language: Language
    source_kind: SourceKind = SourceKind.POLICE
    decimals: int = 1


class _FunnelDrawing:
    def __init__(self, chart: FunnelChart, size: Size, palette: Palette) -> None:
        self.chart, self.size, self.palette = chart, size, palette
        self.drawing = Drawing(size, palette)
        height = size.plot_height + 60
        self.bottom = float(TOP + height)
        self.ticks = nice_ticks(_largest(chart))
        self.y = Scale(self.ticks[-1], self.bottom, float(TOP))
        sizes = [point.inhabitants for point in chart.points] or [1000]
        self.smallest = min(sizes) / ROOM_AT_ENDS
        self.largest = max(sizes) * ROOM_AT_ENDS
        widest = max(size.text_width(number(tick, chart.language)) for tick in self.ticks)
        self.left = max(float(size.left), widest + 10)
        self.right = float(size.width - size.right)

    def x(self, inhabitants: float) -> float:
        """Sizes on a logarithmic scale: a village and a town both get room."""
        reach = log10(self.largest) - log10(self.smallest)
        part = (log10(max(inhabitants, self.smallest)) - log10(self.smallest)) / reach
        return self.left + min(part, 1.0) * (self.right - self.left)

    def draw(self) -> str:
        for layer in (self.funnel, self.grid, self.average, self.size_labels, self.dots):
            layer()
        chart = self.chart
        return self.drawing.document(self.bottom + BELOW, chart.key, chart.title, chart.description)

    def funnel(self) -> None:
        limits = self.chart.limits
        if len(limits) < 2:
            return
        upper = [(self.x(each.inhabitants), self.y(each.outer_upper)) for each in limits]
        lower = [(self.x(each.inhabitants), self.y(each.outer_lower)) for each in limits]
        self.drawing.area([*upper, *reversed(lower)], self.palette.expected)
        for side in ("upper", "lower"):
            self.drawing.curve(
                [(self.x(each.inhabitants), self.y(getattr(each, side))) for each in limits],
                self.palette.quiet_ink,
            )

    def grid(self) -> None:
        for tick in self.ticks:
            height = self.y(tick)
            self.drawing.line((self.left, height), (self.right, height), self.palette.line)
            label = number(tick, self.chart.language)
            self.drawing.text(self.left - 8, height + 5, label, anchor="end")

    def average(self) -> None:
        height = self.y(self.chart.average)
        self.drawing.line(
            (self.left, height), (self.right, height), self.palette.quiet_ink, dash="5 4"
        )
        words = WORDS[self.chart.language]["average"]
        self.drawing.text(self.right, height - 6, words, anchor="end")

    def size_labels(self) -> None:
        taken = self.left - 100
        for tick in self._round_sizes():
            label, x = number(tick, self.chart.language), self.x(tick)
            half = self.size.text_width(label) / 2
            if x - half > taken + 8 and x + half < self.size.width:
                self.drawing.text(x, self.bottom + 20, label, anchor="middle")
                taken = x + half
        self.drawing.text(self.right, self.bottom + 40, self.chart.size_unit, anchor="end")

    def _round_sizes(self) -> list[float]:
        power = 10.0 ** int(log10(self.smallest))
        found = []
        while power <= self.largest:
            found += [
                power * step for step in STEPS if self.smallest <= power * step <= self.largest
            ]
            power *= 10
        return found

    def dots(self) -> None:
        for point in sorted(self.chart.points, key=lambda point: point.is_own):
            if point.rate is None:
                continue
            x, y = self.x(point.inhabitants), self.y(point.rate)
            if point.is_own:
                self._own(point, x, y)
            elif point.is_outside:
                self.drawing.dot(x, y, 4.5, self.palette.unusual)
            else:
                self.drawing.dot(x, y, 3.5, self.palette.paper, self.palette.of(self._source))

    @property
    def _source(self) -> SourceKind:
        return self.chart.source_kind

    def _own(self, point: FunnelPoint, x: float, y: float) -> None:
        colour = self.palette.unusual if point.is_outside else self.palette.of(self._source)
        self.drawing.dot(x, y, 6.5, colour)
        rate = number(point.rate or 0.0, self.chart.language, self.chart.decimals)
        label = f"{point.label} {rate}"
        fits = x + 12 + self.size.text_width(label) < self.size.width
        anchor, shift = ("start", 12) if fits else ("end", -12)
        above = y - 10 if y - 10 > TOP else y + 18
        self.drawing.text(
            x + shift, above, label, anchor=anchor, colour=self.palette.ink, is_strong=True
        )


def _largest(chart: FunnelChart) -> float:
    """The funnel's mouth is cut where it would press the places together."""
    rates = [point.rate for point in chart.points if point.rate is not None]
    mouth = max((limit.upper for limit in chart.limits), default=0.0)
    return max([*rates, min(mouth, 2.5 * max([chart.average, *rates]))], default=0.0)


def draw_funnel(chart: FunnelChart, size: Size, palette: Palette) -> str:
    return _FunnelDrawing(chart, size, palette).draw()


def funnel_rows(chart: FunnelChart) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The heading and rows of the table beside the drawing, in the order of the points."""
    words, language = WORDS[chart.language], chart.language
    header = (
        words["place"],
        words["inhabitants"],
        words["count"],
        chart.unit,
        words["expected"],
        words["note"],
    )
    rows = tuple(
        (
            point.label,
            number(point.inhabitants, language),
            words["missing"] if point.count is None else number(point.count, language),
            "" if point.rate is None else number(point.rate, language, chart.decimals),
            span(point.lower, point.upper, language, chart.decimals),
            words["outside"] if point.is_outside else "",
        )
        for point in chart.points
    )
    return header, rows

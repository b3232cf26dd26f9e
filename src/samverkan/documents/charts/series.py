"""Dots over time in the band of what was expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from samverkan.documents.charts.axis import period_ticks
from samverkan.documents.charts.model import Observation, SeriesChart
from samverkan.documents.charts.palette import Palette
from samverkan.documents.charts.scale import Scale, nice_ticks
from samverkan.documents.charts.sizes import Size
from samverkan.documents.charts.svg import Drawing
from samverkan.documents.formats import Language, PeriodKind, number, plain, span

TOP = 24
BELOW = 30
NEAREST_LABELS = 17.0

WORDS = {
    Language.SWEDISH: {"expected": "väntat", "missing": "saknas", "none": "Inga uppgifter"},
    Language.ENGLISH: {"expected": "expected", "missing": "missing", "none": "No figures"},
}


class SeriesDrawing:
    """One drawing of one chart: where things are, then each layer in turn."""

    def __init__(self, chart: SeriesChart, size: Size, palette: Palette) -> None:
        self.chart, self.size, self.palette = chart, size, palette
        self.drawing = Drawing(size, palette)
        self.bottom = float(TOP + size.plot_height)
        self.height = self.bottom + BELOW
        self.ticks = nice_ticks(_largest(chart.observations))
        self.y = Scale(self.ticks[-1], self.bottom, float(TOP))
        self.words = WORDS[chart.language]
        widest = max(size.text_width(number(tick, chart.language)) for tick in self.ticks)
        self.left = max(float(size.left), widest + 10)
        self.value_label, self.band_label = self._last_labels()
        self.right = (
            size.width
            - size.right
            - max(size.text_width(self.value_label), size.text_width(self.band_label))
        )
        room = self.right - self.left
        self.step = room / max(1, len(chart.observations))
        self.places = tuple(
            self.left + self.step * (at + 0.5) for at in range(len(chart.observations))
        )
        self.colour = palette.of(chart.source_kind)

    def draw(self) -> str:
        layers: list[Callable[[], None]] = [self.band, self.grid, self.breaks, self.missing]
        if self.chart.period_kind is not PeriodKind.MONTH:
            layers.append(self.curves)
        layers += [self.dots, self.period_labels, self.direct_labels]
        for layer in layers if self.chart.observations else [self.grid, self.emptiness]:
            layer()
        chart = self.chart
        return self.drawing.document(self.height, chart.key, chart.title, chart.description)

    def grid(self) -> None:
        for tick in self.ticks:
            height = self.y(tick)
            self.drawing.line((self.left, height), (self.right, height), self.palette.line)
            label = number(tick, self.chart.language)
            self.drawing.text(self.left - 8, height + 5, label, anchor="end")

    def emptiness(self) -> None:
        self.drawing.text(self.left + 12, (TOP + self.bottom) / 2, self.words["none"])

    def band(self) -> None:
        for run in self._runs(lambda seen: seen.has_band):
            upper = list(self._edges(run, "upper"))
            lower = list(self._edges(run, "lower"))
            self.drawing.area([*upper, *reversed(lower)], self.palette.expected)

    def _edges(self, run: list[int], side: str) -> Iterator[tuple[float, float]]:
        for at in run:
            height = self.y(getattr(self.chart.observations[at], side))
            yield self.places[at] - self.step / 2, height
            yield self.places[at] + self.step / 2, height

    def breaks(self) -> None:
        for broken in self.chart.breaks:
            after = [
                at for at, seen in enumerate(self.chart.observations) if seen.start >= broken.start
            ]
            if not after or after[0] == 0:
                continue
            x = self.places[after[0]] - self.step / 2
            self.drawing.line((x, TOP - 8), (x, self.bottom), self.palette.quiet_ink, dash="3 3")
            fits_right = x + self.size.text_width(broken.label) < self.size.width
            anchor, shift = ("start", 6) if fits_right else ("end", -6)
            self.drawing.text(x + shift, TOP - 10, broken.label, anchor=anchor)

    def missing(self) -> None:
        for run in self._runs(lambda seen: seen.value is None):
            for at in run:
                x = self.places[at]
                self.drawing.line(
                    (x, self.bottom - 10), (x, self.bottom), self.palette.quiet_ink, dash="2 2"
                )
            middle = (self.places[run[0]] + self.places[run[-1]]) / 2
            if self.step * (len(run) + 2) >= self.size.text_width(self.words["missing"]):
                self.drawing.text(middle, self.bottom - 14, self.words["missing"], anchor="middle")

    def curves(self) -> None:
        broken_at = self.chart.broken_at
        seen = self.chart.observations
        piece: list[tuple[float, float]] = []
        for at, observation in enumerate(seen):
            if observation.value is None or observation.start in broken_at:
                self._curve(piece)
                piece = []
            if observation.value is not None:
                piece.append((self.places[at], self.y(observation.value)))
        self._curve(piece)

    def _curve(self, points: list[tuple[float, float]]) -> None:
        if len(points) > 1:
            self.drawing.curve(points, self.colour)

    def dots(self) -> None:
        radius = min(4.5, max(2.5, self.step * 0.38))
        last = self._last_known()
        for at, seen in enumerate(self.chart.observations):
            if seen.value is None:
                continue
            colour = self.palette.unusual if seen.is_unusual else self.colour
            size = radius + 1.5 if at == last or seen.is_unusual else radius
            x, y = self.places[at], self.y(seen.value)
            if seen.is_preliminary:
                self.drawing.dot(x, y, size - 0.5, self.palette.paper, colour)
            else:
                self.drawing.dot(x, y, size, colour)
            if seen.is_unusual and at != last:
                label = number(seen.value, self.chart.language, self.chart.decimals)
                self.drawing.text(
                    x, y - 10, label, anchor="middle", colour=self.palette.unusual, is_strong=True
                )

    def period_labels(self) -> None:
        starts = tuple(seen.start for seen in self.chart.observations)
        kind, language = self.chart.period_kind, self.chart.language
        for at, label in period_ticks(starts, self.places, kind, self.size, language):
            self.drawing.text(self.places[at], self.bottom + 22, label, anchor="middle")

    def direct_labels(self) -> None:
        """The last value and its band, beside the last dot, not on top of each other."""
        last = self._last_known()
        if last is None:
            return
        seen, x = self.chart.observations[last], self.right + 8
        colour = self.palette.unusual if seen.is_unusual else self.palette.ink
        height = self.y(seen.value or 0.0) + 5
        self.drawing.text(x, height, self.value_label, colour=colour, is_strong=True)
        if seen.lower is None or seen.upper is None:
            return
        middle = self.y((seen.lower + seen.upper) / 2) + 5
        if abs(middle - height) < NEAREST_LABELS:
            is_above = middle <= height or height + NEAREST_LABELS > self.bottom + 6
            middle = height + (-NEAREST_LABELS if is_above else NEAREST_LABELS)
        self.drawing.text(x, middle, self.band_label)

    def _last_labels(self) -> tuple[str, str]:
        last = self._last_known()
        if last is None:
            return "", ""
        seen = self.chart.observations[last]
        language, decimals = self.chart.language, self.chart.decimals
        value = plain(seen.value or 0.0, language, decimals)
        if seen.lower is None or seen.upper is None:
            return value, ""
        expected = span(seen.lower, seen.upper, language, decimals)
        return value, f"{self.words['expected']}\u00a0{expected}"

    def _last_known(self) -> int | None:
        known = [at for at, seen in enumerate(self.chart.observations) if seen.value is not None]
        return known[-1] if known else None

    def _runs(self, holds: Callable[[Observation], bool]) -> Iterator[list[int]]:
        """Neighbouring periods for which something holds."""
        marked = [at for at, seen in enumerate(self.chart.observations) if holds(seen)]
        run = marked[:1]
        for earlier, later in pairwise(marked):
            if later != earlier + 1:
                yield run
                run = []
            run.append(later)
        if run:
            yield run


def draw_series(chart: SeriesChart, size: Size, palette: Palette) -> str:
    return SeriesDrawing(chart, size, palette).draw()


def _largest(observations: tuple[Observation, ...]) -> float:
    values = [
        value for seen in observations for value in (seen.value, seen.upper) if value is not None
    ]
    return max(values, default=0.0)

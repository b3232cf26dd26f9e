"""A small plotter for the pictures of these pages: numbers in, one accessible SVG out.

Figure(title, description, x, y) collects layers (`line`, `points`, `band`, `bars`, `heat`,
`rule`, `note`) and `save(path)` writes the file. The title is the sentence the picture shows; the
description says the same to who cannot see it. Series are labelled directly, at their right end,
so there is no legend to look up. Colours follow the reader's light or dark setting and the
picture brings its own background, so it is legible on any page. The same numbers give the same
bytes: a picture made again changes nothing in the repository.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from zlib import crc32

WIDTH, TOP, LEFT, BOTTOM = 760, 56, 72, 52
SHADES = 24
STYLE = """
:root{--paper:#ffffff;--ink:#1f2933;--soft:#5b6673;--grid:#d9dee4;
--c0:#0063a3;--c1:#b34700;--c2:#00795a;--c3:#9a3d77;--c4:#6a5400;--c5:#5b6673}
@media (prefers-color-scheme:dark){:root{--paper:#14181d;--ink:#eef1f4;--soft:#a6b0bb;
--grid:#333b45;--c0:#62b6f0;--c1:#f59b57;--c2:#4cc9a4;--c3:#e693c4;--c4:#d9bf5a;--c5:#a6b0bb}}
text{font:13px system-ui,sans-serif;fill:var(--ink)}.head{font-size:16px;font-weight:600}
.tick{fill:var(--soft);font-size:12px}.end{font-weight:600}
"""


@dataclass(frozen=True)
class Axis:
    """What an axis measures, unit included; limits and ticks are found when not given."""

    label: str
    limits: tuple[float, float] | None = None
    ticks: Sequence[tuple[float, str]] | None = None
    logarithmic: bool = False


@dataclass
class Figure:
    title: str
    description: str
    x: Axis
    y: Axis
    height: int = 400
    right: int = 150
    _layers: list[Callable[[_Frame], str]] = field(default_factory=list)
    _xs: list[float] = field(default_factory=list)
    _ys: list[float] = field(default_factory=list)
    _labels: list[tuple[str, float, int]] = field(default_factory=list)
    _exact: bool = False

    def line(
        self,
        x: Iterable[float],
        y: Iterable[float],
        label: str = "",
        *,
        colour: int = 0,
        dashed: bool = False,
        steps: bool = False,
    ) -> None:
        """A line that breaks where a value is NaN; `steps` holds each value to the next."""
        xs, ys = self._seen(x, y, label, colour)
        dash = ' stroke-dasharray="6 4"' if dashed else ""

        def draw(frame: _Frame) -> str:
            path = _path(frame, xs, ys, steps)
            return (
                f'<path d="{path}" fill="none" stroke="var(--c{colour})" stroke-width="2"{dash}/>'
            )

        self._layers.append(draw)

    def points(
        self,
        x: Iterable[float],
        y: Iterable[float],
        label: str = "",
        *,
        colour: int = 0,
        size: float = 3.5,
        hollow: bool = False,
    ) -> None:
        xs, ys = self._seen(x, y, label, colour)
        paint = f'fill="{"var(--paper)" if hollow else f"var(--c{colour})"}"'
        edge = f' stroke="var(--c{colour})" stroke-width="1.5"' if hollow else ""

        def draw(frame: _Frame) -> str:
            dots = (
                f'<circle cx="{frame.across(a):.1f}" cy="{frame.up(b):.1f}" r="{size}"/>'
                for a, b in zip(xs, ys, strict=True)
                if frame.shows(a, b)
            )
            return f"<g {paint}{edge}>{''.join(dots)}</g>"

        self._layers.append(draw)

    def band(
        self,
        x: Iterable[float],
        low: Iterable[float],
        high: Iterable[float],
        label: str = "",
        *,
        colour: int = 0,
    ) -> None:
        """The area between two curves, drawn where both are finite."""
        lows, highs = [float(v) for v in low], [float(v) for v in high]
        xs, _ = self._seen(x, highs, label, colour)
        self._seen(xs, lows, "", colour)
        finite = [i for i, a in enumerate(xs) if all(map(math.isfinite, (a, lows[i], highs[i])))]

        def draw(frame: _Frame) -> str:
            corners = [(xs[i], highs[i]) for i in finite] + [(xs[i], lows[i]) for i in finite[::-1]]
            points = " ".join(f"{frame.across(a):.1f},{frame.up(b):.1f}" for a, b in corners)
            return f'<polygon points="{points}" fill="var(--c{colour})" fill-opacity="0.18"/>'

        self._layers.append(draw)

    def bars(
        self,
        x: Iterable[float],
        y: Iterable[float],
        label: str = "",
        *,
        colour: int = 5,
        width: float = 0.8,
        base: float = 0.0,
    ) -> None:
        """Bars `width` wide in the units of x, standing on `base`."""
        xs, ys = self._seen(x, y, label, colour)
        if xs:
            self._xs += [min(xs) - width / 2, max(xs) + width / 2]
        self._ys.append(base)

        def draw(frame: _Frame) -> str:
            bars = []
            for a, b in zip(xs, ys, strict=True):
                if not (math.isfinite(a) and math.isfinite(b)):
                    continue
                left, right = frame.across(a - width / 2), frame.across(a + width / 2)
                top, foot = sorted((frame.up(b), frame.up(base)))
                bars.append(
                    f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
                    f'height="{foot - top:.1f}"/>'
                )
            return f'<g fill="var(--c{colour})" fill-opacity="0.75">{"".join(bars)}</g>'

        self._layers.append(draw)

    def heat(
        self,
        values: Sequence[Sequence[float]],
        x_edges: Sequence[float],
        y_edges: Sequence[float],
        *,
        colour: int = 0,
        below: int = 1,
        centre: float | None = None,
        numbers: str = "",
        label: str = "",
    ) -> None:
        """A grid `values[row][column]`, row 0 lowest. Stronger colour means further from `centre`
        (default: the smallest value); values under it take the colour `below`. `numbers` is a
        format such as ".2f" to print in each cell; `label` names the scale."""
        rows = [[float(v) for v in row] for row in values]
        finite = [v for row in rows for v in row if math.isfinite(v)]
        if not finite:
            raise ValueError("a heat grid needs at least one finite value")
        middle = min(finite) if centre is None else centre
        reach = max(abs(v - middle) for v in finite) or 1.0
        self._xs += [float(x_edges[0]), float(x_edges[-1])]
        self._ys += [float(y_edges[0]), float(y_edges[-1])]
        self._exact = True

        def draw(frame: _Frame) -> str:
            cells = _cells(frame, rows, x_edges, y_edges, (middle, reach), (colour, below))
            text = _numbers(frame, rows, x_edges, y_edges, numbers) if numbers else ""
            low = min(finite) if centre is None or min(finite) < middle else middle
            scale = _scale(frame, low, max(finite), (middle, reach), (colour, below), label)
            return f'<g shape-rendering="crispEdges">{cells}</g>{text}{scale}'

        self._layers.append(draw)

    def rule(self, *, x: float | None = None, y: float | None = None, label: str = "") -> None:
        """A thin reference line across the picture, at one x or one y."""
        if (x is None) == (y is None):
            raise ValueError("a rule stands at one x or at one y")
        (self._xs if y is None else self._ys).append(float(x if y is None else y))  # type: ignore[arg-type]

        def draw(frame: _Frame) -> str:
            if x is not None:
                ends = (frame.across(x), frame.top, frame.across(x), frame.bottom)
                place = f'x="{frame.across(x) + 5:.1f}" y="{frame.top + 13}"'
            else:
                level = frame.up(y if y is not None else 0.0)
                ends = (frame.left, level, frame.right, level)
                place = f'x="{frame.right + 8}" y="{level + 4:.1f}"'
            line = '<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" '.format(*ends)
            line += 'stroke="var(--soft)" stroke-dasharray="2 3"/>'
            return line + (f'<text class="tick" {place}>{escape(label)}</text>' if label else "")

        self._layers.append(draw)

    def note(self, x: float, y: float, text: str, *, anchor: str = "start") -> None:
        """A few words beside a place in the picture."""

        def draw(frame: _Frame) -> str:
            place = f'x="{frame.across(x) + 6:.1f}" y="{frame.up(y) - 6:.1f}"'
            return f'<text {place} text-anchor="{anchor}">{escape(text)}</text>'

        self._layers.append(draw)

    def svg(self) -> str:
        if not self._layers:
            raise ValueError("the picture is empty")
        frame = _Frame(
            TOP,
            WIDTH - self.right,
            self.height - BOTTOM,
            LEFT,
            _limits(self.x, self._xs, self._exact),
            _limits(self.y, self._ys, self._exact),
            (self.x.logarithmic, self.y.logarithmic),
        )
        key = f"{crc32(self.title.encode()):08x}"
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height}" '
            f'role="img" aria-labelledby="t{key} d{key}">',
            f'<title id="t{key}">{escape(self.title)}</title>',
            f'<desc id="d{key}">{escape(self.description)}</desc><style>{STYLE}</style>',
            f'<rect width="{WIDTH}" height="{self.height}" rx="6" fill="var(--paper)"/>',
            _heading(self.title),
            _axes(frame, self.x, self.y, has_grid=not self._exact),
            f'<clipPath id="c{key}"><rect x="{LEFT}" y="{TOP - 4}" '
            f'width="{WIDTH - LEFT}" height="{self.height - TOP}"/></clipPath>',
            f'<g clip-path="url(#c{key})">',
            *(layer(frame) for layer in self._layers),
            "</g>",
            _end_labels(frame, self._labels),
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    def save(self, path: str | Path) -> None:
        Path(path).write_text(self.svg(), encoding="utf-8")

    def _seen(
        self, x: Iterable[float], y: Iterable[float], label: str, colour: int
    ) -> tuple[list[float], list[float]]:
        xs, ys = [float(v) for v in x], [float(v) for v in y]
        if len(xs) != len(ys):
            raise ValueError(f"{len(xs)} values of x but {len(ys)} of y")
        self._xs += [v for v in xs if math.isfinite(v)]
        self._ys += [v for v in ys if math.isfinite(v)]
        ends = [v for v in ys if math.isfinite(v)]
        if label and ends:
            self._labels.append((label, ends[-1], colour))
        return xs, ys


@dataclass(frozen=True)
class _Frame:
    top: float
    right: float
    bottom: float
    left: float
    x_limits: tuple[float, float]
    y_limits: tuple[float, float]
    logarithmic: tuple[bool, bool]

    def across(self, value: float) -> float:
        share = _share(value, self.x_limits, self.logarithmic[0])
        return self.left + share * (self.right - self.left)

    def up(self, value: float) -> float:
        share = _share(value, self.y_limits, self.logarithmic[1])
        return self.bottom - share * (self.bottom - self.top)

    def shows(self, x: float, y: float) -> bool:
        if not (math.isfinite(x) and math.isfinite(y)):
            return False
        if (self.logarithmic[0] and x <= 0) or (self.logarithmic[1] and y <= 0):
            return False
        inside = self.x_limits[0] <= x <= self.x_limits[1]
        return inside and self.y_limits[0] <= y <= self.y_limits[1]


def _share(value: float, limits: tuple[float, float], logarithmic: bool) -> float:
    if logarithmic:
        low, high = math.log10(limits[0]), math.log10(limits[1])
        return (math.log10(max(value, limits[0] / 10)) - low) / (high - low)
    return (value - limits[0]) / (limits[1] - limits[0])


def _limits(axis: Axis, values: list[float], exact: bool) -> tuple[float, float]:
    if axis.limits is not None:
        return axis.limits
    usable = [v for v in values if v > 0 or not axis.logarithmic]
    if not usable:
        raise ValueError(f"nothing finite to draw along {axis.label!r}")
    low, high = min(usable), max(usable)
    if exact and high > low:
        return low, high
    if axis.logarithmic:
        return low / 1.3, high * 1.3
    room = (high - low or abs(high) or 1.0) * 0.04
    return (low if low == 0 else low - room), high + room


def _ticks(axis: Axis, limits: tuple[float, float]) -> list[tuple[float, str]]:
    low, high = limits
    if axis.ticks is not None:
        return [(v, text) for v, text in axis.ticks if low <= v <= high]
    if axis.logarithmic:
        first, last = math.ceil(math.log10(low)), math.floor(math.log10(high))
        return [(10.0**power, _plain(10.0**power)) for power in range(first, last + 1)]
    rough = (high - low) / 6
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(index * step, _plain(index * step)) for index in range(first, last + 1)]


def _plain(value: float) -> str:
    if value and (abs(value) >= 1e6 or abs(value) < 1e-3):
        return f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e")
    return f"{value:,.6f}".rstrip("0").rstrip(".").replace(",", " ") or "0"


def _heading(title: str) -> str:
    words, lines = title.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 78:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    first = 32 if len(lines) == 1 else 20
    return "".join(
        f'<text class="head" x="16" y="{first + 19 * i}">{escape(text)}</text>'
        for i, text in enumerate(lines)
    )


def _axes(frame: _Frame, x: Axis, y: Axis, *, has_grid: bool) -> str:
    parts = []
    colour = "grid" if has_grid else "paper"
    for value, text in _ticks(y, frame.y_limits):
        level = frame.up(value)
        parts.append(
            f'<line x1="{frame.left}" x2="{frame.right}" y1="{level:.1f}" y2="{level:.1f}" '
            f'stroke="var(--{colour})"/><text class="tick" x="{frame.left - 8}" '
            f'y="{level + 4:.1f}" '
            f'text-anchor="end">{escape(text)}</text>'
        )
    for value, text in _ticks(x, frame.x_limits):
        place = frame.across(value)
        parts.append(
            f'<line x1="{place:.1f}" x2="{place:.1f}" y1="{frame.bottom}" '
            f'y2="{frame.bottom + 5}" stroke="var(--soft)"/><text class="tick" x="{place:.1f}" '
            f'y="{frame.bottom + 19}" text-anchor="middle">{escape(text)}</text>'
        )
    middle = (frame.left + frame.right) / 2
    height = (frame.top + frame.bottom) / 2
    parts.append(
        f'<line x1="{frame.left}" x2="{frame.right}" y1="{frame.bottom}" y2="{frame.bottom}" '
        f'stroke="var(--soft)"/><text x="{middle:.0f}" y="{frame.bottom + 40}" '
        f'text-anchor="middle">{escape(x.label)}</text>'
        f'<text transform="translate(18 {height:.0f}) rotate(-90)" '
        f'text-anchor="middle">{escape(y.label)}</text>'
    )
    return "".join(parts)


def _path(frame: _Frame, xs: list[float], ys: list[float], steps: bool) -> str:
    path, pen_down = [], False
    for a, b in zip(xs, ys, strict=True):
        if not (math.isfinite(a) and math.isfinite(b)):
            pen_down = False
            continue
        place, level = frame.across(a), frame.up(b)
        if pen_down and steps:
            path.append(f"H{place:.1f}")
        path.append(f"{'L' if pen_down else 'M'}{place:.1f} {level:.1f}")
        pen_down = True
    return "".join(path)


def _end_labels(frame: _Frame, labels: list[tuple[str, float, int]]) -> str:
    """Series names at the right end, moved apart so that no two lie on each other."""
    placed, lowest = [], -math.inf
    for text, value, colour in sorted(labels, key=lambda item: -item[1]):
        level = max(frame.top, min(frame.bottom, frame.up(value)), lowest + 16)
        placed.append((text, level, colour))
        lowest = level
    overflow = max(0.0, lowest - frame.bottom)
    return "".join(
        f'<text class="end" x="{frame.right + 8}" y="{level - overflow + 4:.1f}" '
        f'style="fill:var(--c{colour})">{escape(text)}</text>'
        for text, level, colour in placed
    )


def _shade(value: float, scale: tuple[float, float]) -> int:
    return round(SHADES * (value - scale[0]) / scale[1]) if math.isfinite(value) else 0


def _fill(shade: int, colours: tuple[int, int]) -> str:
    colour = colours[0] if shade >= 0 else colours[1]
    return f'fill="var(--c{colour})" fill-opacity="{0.85 * min(abs(shade), SHADES) / SHADES:.2f}"'


def _cells(
    frame: _Frame,
    rows: list[list[float]],
    x_edges: Sequence[float],
    y_edges: Sequence[float],
    scale: tuple[float, float],
    colours: tuple[int, int],
) -> str:
    """One rectangle for each run of equal shade, so that a fine grid stays a small file."""
    parts = []
    for i, row in enumerate(rows):
        foot, top = sorted((frame.up(y_edges[i]), frame.up(y_edges[i + 1])))[::-1]
        shades = [_shade(v, scale) for v in row]
        start = 0
        for j in range(1, len(row) + 1):
            if j < len(row) and shades[j] == shades[start]:
                continue
            if shades[start]:
                left, right = frame.across(x_edges[start]), frame.across(x_edges[j])
                parts.append(
                    f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
                    f'height="{foot - top:.1f}" {_fill(shades[start], colours)}/>'
                )
            start = j
    return "".join(parts)


def _numbers(
    frame: _Frame,
    rows: list[list[float]],
    x_edges: Sequence[float],
    y_edges: Sequence[float],
    style: str,
) -> str:
    parts = []
    for i, row in enumerate(rows):
        level = frame.up((y_edges[i] + y_edges[i + 1]) / 2) + 4
        for j, value in enumerate(row):
            place = frame.across((x_edges[j] + x_edges[j + 1]) / 2)
            text = format(value, style) if math.isfinite(value) else "–"
            # A halo of the paper's colour keeps the number legible on every shade.
            parts.append(
                f'<text x="{place:.1f}" y="{level:.1f}" text-anchor="middle" '
                f'style="paint-order:stroke;stroke:var(--paper);stroke-width:3px">{text}</text>'
            )
    return "".join(parts)


def _scale(
    frame: _Frame,
    low: float,
    high: float,
    scale: tuple[float, float],
    colours: tuple[int, int],
    label: str,
) -> str:
    """The key of a heat grid: a column of shades with the smallest and the largest value."""
    left, steps = frame.right + 24, 12
    height = (frame.bottom - frame.top - 60) / steps
    parts = [f'<text x="{left}" y="{frame.top + 8}">{escape(label)}</text>']
    for i in range(steps):
        value = high - (high - low) * (i + 0.5) / steps
        parts.append(
            f'<rect x="{left}" y="{frame.top + 30 + i * height:.1f}" width="18" '
            f'height="{height + 0.5:.1f}" {_fill(_shade(value, scale), colours)}/>'
        )
    for value, level in ((high, frame.top + 38), (low, frame.bottom - 30)):
        parts.append(f'<text class="tick" x="{left + 26}" y="{level:.1f}">{value:.3g}</text>')
    return "".join(parts)

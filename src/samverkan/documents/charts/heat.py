"""Places week by week: one strip a place, the count in each cell."""

from __future__ import annotations

from samverkan.documents.charts.model import HeatRow, HeatStrip
from samverkan.documents.charts.palette import Palette
from samverkan.documents.charts.sizes import Size
from samverkan.documents.charts.svg import Drawing

CELL_WIDTH = 30.0
CELL_HEIGHT = 24.0
GAP = 4.0
LABEL_WIDTH = 190
NOTE_GAP = 14.0
# At half strength the ink still reads on the colour, in both themes.
SHADES = ((1, 0.16), (2, 0.3), (4, 0.5))


def draw_heat_strip(chart: HeatStrip, size: Size, palette: Palette) -> str:
    drawing = Drawing(size, palette)
    labels_above = size.is_narrow
    left = 0.0 if labels_above else float(LABEL_WIDTH)
    # A row's note stands to the right of its cells, and on a phone above them.
    notes = max((size.text_width(row.note) for row in chart.rows if row.note), default=0.0)
    room = size.width - left - (0.0 if labels_above or not notes else notes + NOTE_GAP)
    wide = _cell_width(room, len(chart.columns), labels_above)
    row_height = CELL_HEIGHT + GAP + (size.text + 8 if labels_above else 2)
    height = 0.0
    for row in chart.rows:
        _row(drawing, row, height, left, wide, chart)
        height += row_height
    _columns(drawing, chart.columns, height + size.text, left, wide)
    return drawing.document(height + size.text + 8, chart.key, chart.title, chart.description)


def _row(
    drawing: Drawing, row: HeatRow, top: float, left: float, wide: float, chart: HeatStrip
) -> None:
    size, palette = drawing.size, drawing.palette
    baseline = top + CELL_HEIGHT / 2 + size.text * 0.35
    if size.is_narrow:
        drawing.text(0, top + size.text, row.label, colour=palette.ink)
        drawing.text(size.width, top + size.text, row.note, anchor="end")
        top += size.text + 6
        baseline = top + CELL_HEIGHT / 2 + size.text * 0.35
    else:
        drawing.text(0, baseline, _fitting(row.label, size, LABEL_WIDTH), colour=palette.ink)
    for at, count in enumerate(row.counts):
        x = left + at * (wide + GAP)
        if count:
            drawing.box(
                x, top, wide, CELL_HEIGHT, palette.of(chart.source_kind), opacity=_shade(count)
            )
            drawing.text(x + wide / 2, baseline, str(count), anchor="middle", colour=palette.ink)
        else:
            drawing.frame(x, top, wide, CELL_HEIGHT, palette.line)
            if count is None:
                drawing.text(x + wide / 2, baseline, "–", anchor="middle")
    if not size.is_narrow and row.note:
        drawing.text(left + len(row.counts) * (wide + GAP) + 10, baseline, row.note)


def _columns(
    drawing: Drawing, labels: tuple[str, ...], baseline: float, left: float, wide: float
) -> None:
    every = 1 if wide + GAP >= drawing.size.text_width("00") + 4 else 2
    for at, label in enumerate(labels):
        if (len(labels) - 1 - at) % every == 0:
            x = left + at * (wide + GAP) + wide / 2
            drawing.text(x, baseline, label, anchor="middle")


def _cell_width(room: float, columns: int, fills: bool) -> float:
    most = room / max(1, columns) - GAP
    return min(most, CELL_WIDTH if not fills else 2 * CELL_WIDTH)


def _fitting(label: str, size: Size, room: float) -> str:
    letters = int(room / size.text_width("x")) - 1
    return label if len(label) <= letters else label[: letters - 1].rstrip() + "…"


def _shade(count: int) -> float:
    return max(opacity for least, opacity in SHADES if count >= least)

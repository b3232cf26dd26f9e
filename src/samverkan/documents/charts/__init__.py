"""Charts drawn on the server: frozen descriptions in, SVG and a table out; no Django."""

from samverkan.documents.charts.bars import draw_bars
from samverkan.documents.charts.funnel import FunnelChart, FunnelLimit, FunnelPoint, draw_funnel
from samverkan.documents.charts.heat import draw_heat_strip
from samverkan.documents.charts.model import (
    Bar,
    Break,
    HeatRow,
    HeatStrip,
    IntervalBars,
    Observation,
    SeriesChart,
    SourceKind,
)
from samverkan.documents.charts.palette import PAPER, SCREEN, Palette
from samverkan.documents.charts.series import draw_series
from samverkan.documents.charts.shrinkage import ShrinkageChart, ShrunkPlace, draw_shrinkage
from samverkan.documents.charts.sizes import PAGE, PHONE, SLIDE, WIDE, Size
from samverkan.documents.charts.table import ChartTable, table_of

Chart = SeriesChart | HeatStrip | IntervalBars | FunnelChart | ShrinkageChart


def draw(chart: Chart, size: Size, palette: Palette) -> str:
    """The drawing of any chart as an SVG document."""
    if isinstance(chart, SeriesChart):
        return draw_series(chart, size, palette)
    if isinstance(chart, HeatStrip):
        return draw_heat_strip(chart, size, palette)
    if isinstance(chart, FunnelChart):
        return draw_funnel(chart, size, palette)
    if isinstance(chart, ShrinkageChart):
        return draw_shrinkage(chart, size, palette)
    return draw_bars(chart, size, palette)


__all__ = [
    "PAGE",
    "PAPER",
    "PHONE",
    "SCREEN",
    "SLIDE",
    "WIDE",
    "Bar",
    "Break",
    "Chart",
    "ChartTable",
    "FunnelChart",
    "FunnelLimit",
    "FunnelPoint",
    "HeatRow",
    "HeatStrip",
    "IntervalBars",
    "Observation",
    "Palette",
    "SeriesChart",
    "ShrinkageChart",
    "ShrunkPlace",
    "Size",
    "SourceKind",
    "draw",
    "table_of",
]

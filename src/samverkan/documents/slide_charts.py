"""Charts as PowerPoint's own: editable, with the figures in the workbook behind them."""

from __future__ import annotations

from typing import Any

from samverkan.documents.charts import (
    PAPER,
    Chart,
    FunnelChart,
    HeatStrip,
    IntervalBars,
    SeriesChart,
    ShrinkageChart,
)
from samverkan.documents.formats import Language, short_period

WORDS = {
    Language.SWEDISH: {
        "count": "Antal",
        "most": "Väntat, högst",
        "least": "Väntat, lägst",
        "places": "Kommuner",
        "observed": "Som anmält",
        "shrunk": "Utjämnat",
        "average": "Alla tillsammans",
    },
    Language.ENGLISH: {
        "count": "Count",
        "most": "Expected, most",
        "least": "Expected, least",
        "places": "Municipalities",
        "observed": "As reported",
        "shrunk": "Evened out",
        "average": "All together",
    },
}
TEXT_POINTS = 12


def add_chart(slide: Any, chart: Chart, box: tuple[int, int, int, int]) -> Any:
    """The chart on the slide in the box (left, top, width, height), with its alternative text."""
    kind, data = _data(chart)
    frame = slide.shapes.add_chart(kind, *box, data)
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("descr", f"{chart.title}. {chart.description}")
    properties.set("name", chart.key)
    _dress(frame.chart, chart)
    return frame


def _data(chart: Chart) -> tuple[Any, Any]:
    if isinstance(chart, SeriesChart):
        return _series(chart)
    if isinstance(chart, FunnelChart):
        return _funnel(chart)
    return _bars(chart)


def _series(chart: SeriesChart) -> tuple[Any, Any]:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    words = WORDS[chart.language]
    data = CategoryChartData(number_format="General")
    data.categories = [
        short_period(chart.period_kind, seen.start, chart.language) for seen in chart.observations
    ]
    data.add_series(words["count"], [seen.value for seen in chart.observations])
    if any(seen.has_band for seen in chart.observations):
        data.add_series(words["most"], [seen.upper for seen in chart.observations])
        data.add_series(words["least"], [seen.lower for seen in chart.observations])
    return XL_CHART_TYPE.LINE_MARKERS, data


def _funnel(chart: FunnelChart) -> tuple[Any, Any]:
    from pptx.chart.data import XyChartData
    from pptx.enum.chart import XL_CHART_TYPE

    words = WORDS[chart.language]
    data = XyChartData(number_format="General")
    own = [point for point in chart.points if point.is_own]
    others = [point for point in chart.points if not point.is_own]
    for name, points in ((words["places"], others), (own[0].label if own else "", own)):
        if not points:
            continue
        series = data.add_series(name)
        for point in points:
            if point.rate is not None:
                series.add_data_point(point.inhabitants, point.rate)
    for name, side in ((words["most"], "upper"), (words["least"], "lower")):
        series = data.add_series(name)
        for limit in chart.limits:
            series.add_data_point(limit.inhabitants, getattr(limit, side))
    return XL_CHART_TYPE.XY_SCATTER, data


def _bars(chart: IntervalBars | HeatStrip | ShrinkageChart) -> tuple[Any, Any]:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    words = WORDS[chart.language]
    data = CategoryChartData(number_format="General")
    if isinstance(chart, IntervalBars):
        bars = list(reversed(chart.bars))
        data.categories = [bar.label for bar in bars]
        data.add_series(words["count"], [bar.value for bar in bars])
    elif isinstance(chart, ShrinkageChart):
        places = list(reversed(chart.places))
        data.categories = [place.label for place in places]
        data.add_series(words["shrunk"], [place.shrunk for place in places])
        data.add_series(words["observed"], [place.observed for place in places])
    else:
        rows = list(reversed(chart.rows))
        data.categories = [row.label for row in rows]
        data.add_series(words["count"], [sum(each or 0 for each in row.counts) for row in rows])
    return XL_CHART_TYPE.BAR_CLUSTERED, data


def _dress(drawn: Any, chart: Chart) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    drawn.has_title = False
    drawn.font.size = Pt(TEXT_POINTS)
    drawn.font.color.rgb = _colour(PAPER.ink)
    series = list(drawn.plots[0].series)
    drawn.has_legend = len(series) > 1
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False
    drawn.value_axis.major_gridlines.format.line.color.rgb = _colour(PAPER.line)
    drawn.value_axis.minimum_scale = 0
    if isinstance(chart, SeriesChart):
        _dress_series(series, chart)
    elif isinstance(chart, FunnelChart):
        _dress_funnel(drawn, series, chart)
    else:
        _dress_bars(drawn, series, chart)


def _dress_series(series: list[Any], chart: SeriesChart) -> None:
    """Dots without a line between them: months are counts, not a movement."""
    from pptx.enum.chart import XL_MARKER_STYLE

    counts, *limits = series
    _dots(counts, _colour(PAPER.of(chart.source_kind)), 7)
    for at, seen in enumerate(chart.observations):
        if seen.value is not None and seen.is_unusual:
            counts.points[at].marker.format.fill.solid()
            counts.points[at].marker.format.fill.fore_color.rgb = _colour(PAPER.unusual)
        elif seen.value is not None and seen.is_preliminary:
            counts.points[at].marker.format.fill.solid()
            counts.points[at].marker.format.fill.fore_color.rgb = _colour(PAPER.paper)
    for limit in limits:
        limit.marker.style = XL_MARKER_STYLE.NONE
        limit.smooth = False
        _line(limit, PAPER.quiet_ink)


def _dress_funnel(drawn: Any, series: list[Any], chart: FunnelChart) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    has_own = any(point.is_own for point in chart.points)
    for at, each in enumerate(series):
        if at >= len(series) - 2:
            each.marker.style = XL_MARKER_STYLE.NONE
            _line(each, PAPER.quiet_ink)
        elif has_own and at == len(series) - 3:
            _dots(each, _colour(PAPER.unusual), 11)
        else:
            _dots(each, _colour(PAPER.of(chart.source_kind)), 6)
    drawn.category_axis.has_major_gridlines = False
    drawn.category_axis.tick_labels.number_format = "#,##0"
    drawn.category_axis.tick_labels.number_format_is_linked = False
    for axis, words in (
        (drawn.category_axis, chart.size_unit),
        (drawn.value_axis, chart.unit),
    ):
        axis.has_title = True
        axis.axis_title.text_frame.text = words


def _dress_bars(drawn: Any, series: list[Any], chart: Chart) -> None:
    drawn.plots[0].gap_width = 60
    for at, each in enumerate(series):
        each.format.fill.solid()
        each.format.fill.fore_color.rgb = _colour(
            PAPER.of(chart.source_kind) if at == 0 else PAPER.expected
        )
    if isinstance(chart, IntervalBars):
        drawn.plots[0].has_data_labels = True
        bars = list(reversed(chart.bars))
        _whiskers(series[0], [(bar.value, bar.lower, bar.upper) for bar in bars])
    elif isinstance(chart, ShrinkageChart):
        places = list(reversed(chart.places))
        _whiskers(series[0], [(place.shrunk, place.lower, place.upper) for place in places])


def _whiskers(series: Any, values: list[tuple[float | None, float | None, float | None]]) -> None:
    """The interval of each bar as error bars of its own numbers."""
    from pptx.oxml import parse_xml

    def points(reaches: list[float]) -> str:
        body = "".join(
            f'<c:pt idx="{at}"><c:v>{reach:g}</c:v></c:pt>' for at, reach in enumerate(reaches)
        )
        return f'<c:numLit><c:ptCount val="{len(reaches)}"/>{body}</c:numLit>'

    above = [max(0.0, (high or value or 0.0) - (value or 0.0)) for value, _low, high in values]
    below = [
        max(0.0, (value or 0.0) - (value or 0.0 if low is None else low))
        for value, low, _high in values
    ]
    bars = parse_xml(
        '<c:errBars xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{points(above)}</c:plus><c:minus>{points(below)}</c:minus></c:errBars>"
    )
    series._element.find("{http://schemas.openxmlformats.org/drawingml/2006/chart}cat").addprevious(
        bars
    )


def _dots(series: Any, colour: Any, size: int) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    series.format.line.fill.background()
    series.marker.style = XL_MARKER_STYLE.CIRCLE
    series.marker.size = size
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour


def _line(series: Any, colour: str) -> None:
    from pptx.util import Pt

    series.format.line.color.rgb = _colour(colour)
    series.format.line.width = Pt(1.25)


def _colour(written: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(written.removeprefix("#").upper())

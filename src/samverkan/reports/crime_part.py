"""The crime figures of a picture, from the statistics' findings."""

from __future__ import annotations

from samverkan.documents.formats import PeriodKind, period_label, plain
from samverkan.statistics.findings import GroupFindings, SeriesFinding
from samverkan.statistics.statements import language_now, source_line

from .content import Fact, FigureContent

FEWEST_PERIODS_DRAWN = 3


def crime_figures(groups: list[GroupFindings]) -> tuple[FigureContent, ...]:
    """One figure a crime group, counted in offences, in the order of presentation."""
    return tuple(_figure(finding) for finding in _crime(groups) if _can_be_drawn(finding))


def crime_notes(groups: list[GroupFindings]) -> tuple[str, ...]:
    """The groups that have too few periods for a picture, as sentences."""
    return tuple(
        f"{finding.sentence}. {source_line(finding.series)}"
        for finding in _crime(groups)
        if not _can_be_drawn(finding)
    )


def _crime(groups: list[GroupFindings]) -> list[SeriesFinding]:
    return [
        group.leading
        for group in groups
        if group.definition.is_crime and group.leading.series.is_count
    ]


def _can_be_drawn(finding: SeriesFinding) -> bool:
    known = [period for period in finding.judgement.periods if period.value is not None]
    return len(known) >= FEWEST_PERIODS_DRAWN


def development_figures(groups: list[GroupFindings]) -> tuple[FigureContent, ...]:
    """The years, for the groups whose leading figure is finer than that."""
    return tuple(
        _figure(finding)
        for group in groups
        if group.definition.is_crime
        for finding in group.all
        if finding.series.is_count
        and finding.series.period_kind is PeriodKind.YEAR
        and not finding.series.is_summed
        and finding is not group.leading
    )


def rates(groups: list[GroupFindings]) -> tuple[Fact, ...]:
    """The latest rate of each crime series that is given per inhabitants."""
    facts = []
    for group in groups:
        for finding in group.all:
            if group.definition.is_crime and group.definition.unit != "count":
                facts += _latest(finding)
    return tuple(facts)


def _latest(finding: SeriesFinding) -> list[Fact]:
    language = language_now()
    series = finding.series
    known = [figure for figure in series.figures if figure.value is not None]
    if not known:
        return []
    period = period_label(series.period_kind, known[-1].start, language)
    value = plain(known[-1].value or 0.0, language)
    name = series.definition.name(language)
    return [Fact(f"{name}, {period}", f"{value} ({series.source.citation(language)})")]


def _figure(finding: SeriesFinding) -> FigureContent:
    subtitle = " ".join(part for part in (finding.counted, finding.could_be_seen) if part)
    return FigureContent(
        key=finding.chart.key,
        title=finding.sentence,
        subtitle=subtitle,
        remarks=finding.remarks,
        source=source_line(finding.series),
        definition=finding.series.definition.definition(language_now()),
        chart=finding.chart,
        series_code=finding.code,
    )

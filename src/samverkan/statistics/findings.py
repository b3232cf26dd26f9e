"""A municipality's findings: each series judged beside the others, with sentence and picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from samverkan.documents.charts import Break, Observation, SeriesChart, SourceKind
from samverkan.documents.formats import PeriodKind, period_label
from samverkan.platform.access.actor import Actor

from . import statements
from .definitions import ComparabilityBreak, SeriesDefinition, comparability_breaks
from .judgement import Judgement, Level, Surprise
from .recompute import judged_together
from .selectors import FigureSeries, PartOfYear, PartsOfYears, figure_series, parts_of_years
from .statements import Statement

MONTHS_SHOWN = 36
QUARTERS_SHOWN = 20
# A month that lies further back does not tell of the picture's time.
STALE_AFTER_MONTHS = {PeriodKind.MONTH: 4, PeriodKind.QUARTER: 9, PeriodKind.YEAR: 36}


@dataclass(frozen=True)
class SeriesFinding:
    """One series from one source: judged, said and drawn."""

    series: FigureSeries
    judgement: Judgement
    sentence: str
    counted: str
    last_period: str
    could_be_seen: str
    cautions: tuple[str, ...]
    chart: SeriesChart
    average: str = ""
    places: str = ""
    unusual: str = ""
    parts: tuple[PartOfYear, ...] = ()
    longer: PartsOfYears | None = None

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is said beside the picture, in the order that it is read."""
        said = (self.average, self.places, self.last_period, self.unusual, *self.cautions)
        return tuple(part for part in said if part)

    def statements(self) -> tuple[Statement, ...]:
        """Each sentence by itself, with how it was found out."""
        return statements.statements_of(self.series, self.judgement, self.parts, self.longer)

    @property
    def code(self) -> str:
        return self.series.definition.code

    @property
    def name(self) -> str:
        return self.series.definition.name(statements.language_now())

    @property
    def is_changed(self) -> bool:
        return self.judgement.level in {Level.HIGHER, Level.LOWER}

    @property
    def is_surprising(self) -> bool:
        return self.judgement.surprise in {Surprise.MORE, Surprise.FEWER}


@dataclass(frozen=True)
class GroupFindings:
    """All that is known of one series: the finding to lead with, and every period kind."""

    definition: SeriesDefinition
    leading: SeriesFinding
    all: tuple[SeriesFinding, ...]


def group_findings(
    actor: Actor, municipality_code: str, *, until: date | None = None
) -> list[GroupFindings]:
    """Every series of the municipality in the order of presentation, judged together."""
    found = figure_series(actor, municipality_code, until=until)
    judgements = _judged(tuple(found))
    by_code: dict[str, list[SeriesFinding]] = {}
    for series, judgement in zip(found, judgements, strict=True):
        by_code.setdefault(series.definition.code, []).append(_finding(series, judgement))
    day = until or actor.at.date()
    return [_group(actor, findings, day) for findings in by_code.values()]


@lru_cache(maxsize=64)
def _judged(found: tuple[FigureSeries, ...]) -> tuple[Judgement, ...]:
    """All series together. The same figures give the same answer, whoever asks: kept by value."""
    return tuple(judged_together(found))


def series_findings(actor: Actor, municipality_code: str, series_code: str) -> GroupFindings | None:
    """One series, judged beside all the others so that every page says the same."""
    groups = group_findings(actor, municipality_code)
    return next((group for group in groups if group.definition.code == series_code), None)


def _finding(series: FigureSeries, judgement: Judgement) -> SeriesFinding:
    sentence = statements.finding(series, judgement)
    cautions = statements.cautions(series, judgement)
    return SeriesFinding(
        series=series,
        judgement=judgement,
        sentence=sentence,
        counted=statements.what_is_counted(series, judgement),
        last_period=statements.last_period(series, judgement),
        could_be_seen=statements.what_could_be_seen(series, judgement),
        cautions=tuple(cautions),
        average=statements.average_interval(series, judgement),
        unusual=_earlier_unusual(series, judgement),
        chart=_chart(series, judgement, sentence),
    )


def _earlier_unusual(series: FigureSeries, judgement: Judgement) -> str:
    """Unusual months before the last one, which has a sentence of its own."""
    last = judgement.periods[-1].start
    is_told = any(month.start != last for month in judgement.unusual)
    return statements.unusual_months(series, judgement) if is_told else ""


def _group(actor: Actor, findings: list[SeriesFinding], day: date) -> GroupFindings:
    chosen = _leading(findings, day)
    leading = _with_places(actor, chosen)
    return GroupFindings(
        definition=leading.series.definition,
        leading=leading,
        all=tuple(leading if finding is chosen else finding for finding in findings),
    )


def _with_places(actor: Actor, finding: SeriesFinding) -> SeriesFinding:
    """Where the last year's events took place, said beside the finding that leads."""
    series = finding.series
    if series.period_kind is not PeriodKind.MONTH or not series.is_count:
        return finding
    by_years = parts_of_years(actor, series.municipality_code, series.definition.code, series.last)
    last = by_years.get(1)
    if last is None:
        return finding
    longer = by_years[max(by_years)]
    words = statements.where_of_last_year(last.parts, last.total, longer)
    return replace(finding, places=words, parts=last.parts, longer=longer)


def _leading(findings: list[SeriesFinding], day: date) -> SeriesFinding:
    """The finest division of time that reaches the day, counts before rates; else the latest."""

    def is_fresh(finding: SeriesFinding) -> bool:
        last = finding.series.last
        age = (day.year - last.year) * 12 + day.month - last.month
        return age <= STALE_AFTER_MONTHS[finding.series.period_kind]

    given = [finding for finding in findings if not finding.series.is_summed] or findings
    fresh = [finding for finding in given if is_fresh(finding)] or given
    finest = list(PeriodKind)
    return max(
        fresh,
        key=lambda finding: (
            finding.series.is_count,
            finest.index(finding.series.period_kind),
            finding.series.last,
        ),
    )


def _chart(series: FigureSeries, judgement: Judgement, sentence: str) -> SeriesChart:
    language = statements.language_now()
    shown = {PeriodKind.MONTH: MONTHS_SHOWN, PeriodKind.QUARTER: QUARTERS_SHOWN}
    periods = judgement.periods[-shown.get(series.period_kind, len(judgement.periods)) :]
    unusual = {month.start for month in judgement.unusual}
    if judgement.surprise in {Surprise.MORE, Surprise.FEWER}:
        unusual.add(periods[-1].start)
    observations = tuple(
        Observation(
            start=period.start,
            value=period.value,
            lower=period.lower,
            upper=period.upper,
            is_preliminary=bool(period.figure and period.figure.is_preliminary),
            is_unusual=period.start in unusual,
        )
        for period in periods
    )
    breaks = tuple(
        Break(broken.on, _break_words(broken))
        for broken in comparability_breaks()
        if broken.concerns(series.definition.code)
        and periods[0].start < broken.on <= periods[-1].start
    )
    owner = series.source.code
    return SeriesChart(
        key=f"{series.definition.code}-{series.period_kind}-{owner}-{series.unit}",
        title=sentence,
        description=_description(series, observations, breaks),
        unit=statements.what_is_counted(series, judgement),
        period_kind=series.period_kind,
        observations=observations,
        language=language,
        source_kind=SourceKind.POLICE,
        breaks=breaks,
        decimals=0 if series.is_count else 1,
    )


def _break_words(broken: ComparabilityBreak) -> str:
    """The line's own words: a break that no source has confirmed is told as a possible one."""
    if broken.is_confirmed:
        return _("%(year)d: do not compare backwards") % {"year": broken.on.year}
    return _("%(year)d: a break, not confirmed") % {"year": broken.on.year}


def _description(
    series: FigureSeries, observations: tuple[Observation, ...], breaks: tuple[Break, ...]
) -> str:
    """What the picture shows, for whoever hears it."""
    language = statements.language_now()
    known = [seen.value for seen in observations if seen.value is not None]
    kind = series.period_kind
    if not known:
        return _("No figures.")
    outside = sum(
        seen.value < seen.lower or seen.value > seen.upper
        for seen in observations
        if seen.value is not None and seen.lower is not None and seen.upper is not None
    )
    told = _(
        "%(name)s from %(first)s to %(last)s: between %(smallest)d and %(largest)d; "
        "%(outside)d outside the expected band."
    ) % {
        "name": series.definition.name(language),
        "first": period_label(kind, observations[0].start, language),
        "last": period_label(kind, observations[-1].start, language),
        "smallest": min(known),
        "largest": max(known),
        "outside": outside,
    }
    for broken in breaks:
        label = period_label(kind, broken.start, language)
        told += " " + _("The series breaks at %(period)s: do not compare across.") % {
            "period": label
        }
    return told

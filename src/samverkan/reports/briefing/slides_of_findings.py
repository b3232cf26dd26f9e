"""Slides from the statistics' findings: which, in which order, and what stands on each."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samverkan.documents.charts import Bar, IntervalBars, SourceKind
from samverkan.documents.formats import PeriodKind
from samverkan.statistics.comparison.findings import Comparison, GroupComparison
from samverkan.statistics.comparison.rates import Standing
from samverkan.statistics.findings import GroupFindings, SeriesFinding
from samverkan.statistics.selectors import PartsOfYears
from samverkan.statistics.statements import (
    Statement,
    StatementKind,
    language_now,
    of_more_years,
    part_words,
    share_of,
    source_line,
    told_by_more_years,
)

from .content import BriefingSlide

MOST_GROUPS = 4
POINTS = (StatementKind.AVERAGE, StatementKind.SEEN, StatementKind.LAST, StatementKind.UNUSUAL)


def shown_groups(groups: list[GroupFindings]) -> list[GroupFindings]:
    """The groups that get a slide of their own: what has changed or surprises first, then in the
    order of presentation; a total and its parts are not shown as if they were different things."""
    counted = [group for group in groups if _can_be_shown(group)]
    finest = [group for group in counted if _is_monthly(group)] or counted
    by_need = sorted(
        finest,
        key=lambda group: not (group.leading.is_changed or group.leading.is_surprising),
    )
    chosen: list[GroupFindings] = []
    for group in by_need:
        kin = {each.definition.code for each in chosen} | {
            each.definition.part_of for each in chosen
        }
        if group.definition.code not in kin and len(chosen) < MOST_GROUPS:
            chosen.append(group)
    order = [group.definition.code for group in groups]
    return sorted(chosen, key=lambda group: order.index(group.definition.code))


def _is_monthly(group: GroupFindings) -> bool:
    return group.leading.series.period_kind is PeriodKind.MONTH


def _can_be_shown(group: GroupFindings) -> bool:
    finding = group.leading
    known = [period for period in finding.judgement.periods if period.value is not None]
    is_part_by_place = group.definition.setting.value in {"home", "public"} and bool(
        group.definition.part_of != "total" and group.definition.part_of
    )
    return (
        group.definition.is_crime
        and finding.series.is_count
        and bool(known)
        and not is_part_by_place
    )


def group_slide(finding: SeriesFinding) -> BriefingSlide:
    """One crime group: the finding as title, what is sure beside the picture, the rest in notes."""
    statements = finding.statements()
    points = [each.text for kind in POINTS for each in statements if each.kind is kind]
    return BriefingSlide(
        key=f"series-{finding.code}",
        title=finding.sentence,
        points=(*points, *finding.cautions[:1]),
        chart=finding.chart,
        source=source_line(finding.series),
        notes=_notes(finding, statements),
        series_code=finding.code,
    )


def _notes(finding: SeriesFinding, statements: tuple[Statement, ...]) -> str:
    definition = finding.series.definition.definition(language_now())
    lines = [
        _("Definition: %(text)s") % {"text": definition},
        source_line(finding.series),
        *(f"{each.text} {each.test}" for each in statements),
        *finding.cautions,
    ]
    return "\n\n".join(lines)


def places_slide(finding: SeriesFinding) -> BriefingSlide | None:
    """Where the last year's events of the series took place; None when that may not be told."""
    total = int(finding.judgement.recent_total)
    if not finding.parts or total <= 0:
        return None
    more = told_by_more_years(finding.parts, total, finding.longer)
    shown = PartsOfYears(1, total, finding.parts)
    title = part_words(finding.parts[0], total)
    if more and finding.longer is not None:
        # What the title says of five years is drawn for five years too.
        shown = finding.longer
        title = of_more_years(more[0][0], shown)
    title = title.removesuffix(".")
    tests = [each for each in finding.statements() if each.kind is StatementKind.PLACES]
    return BriefingSlide(
        key=f"places-{finding.code}",
        title=title,
        points=(*(each.text for each in tests), _reporting_caution()),
        chart=IntervalBars(
            key=f"places-{finding.code}",
            title=title,
            description=" ".join(part_words(part, shown.total) for part in shown.parts),
            unit=_time_of(shown),
            row_heading=_("Place"),
            bars=_place_bars(shown),
            language=language_now(),
            source_kind=SourceKind.POLICE,
        ),
        source=source_line(finding.series),
        notes="\n\n".join(f"{each.text} {each.test}" for each in tests),
        series_code=finding.code,
    )


def _time_of(shown: PartsOfYears) -> str:
    if shown.years == 1:
        return _("Reported offences in the last twelve months")
    return _("Reported offences in the last %(years)d years") % {"years": shown.years}


def _place_bars(shown: PartsOfYears) -> tuple[Bar, ...]:
    """Each part with what chance allows, and what is left of the total."""
    language = language_now()
    bars = []
    for at, part in enumerate(shown.parts):
        known = share_of(part.total, shown.total)
        name = part.definition.name(language)
        bars.append(Bar(name, part.total, known.lower, known.upper, at == 0))
    rest = shown.total - sum(part.total for part in shown.parts)
    if rest > 0:
        other = share_of(rest, shown.total)
        bars.append(Bar(_("Elsewhere or unknown"), rest, other.lower, other.upper))
    return tuple(bars)


def compared_group(comparison: Comparison | None) -> GroupComparison | None:
    """The crime group whose comparison is shown: one that stands out, or else the first."""
    if comparison is None or not comparison.groups:
        return None
    outside = {Standing.ABOVE, Standing.BELOW}
    return next(
        (group for group in comparison.groups if group.own.standing in outside),
        comparison.groups[0],
    )


def comparison_slide(group: GroupComparison, model: tuple[str, ...]) -> BriefingSlide:
    """The municipality in the funnel of like ones."""
    peers = ", ".join(each.place.name for each in group.compared.places)
    return BriefingSlide(
        key=group.funnel.key,
        title=group.sentence,
        points=(*group.remarks, *model[:1]),
        chart=group.funnel,
        source=group.source,
        notes="\n\n".join(
            [
                _("Definition: %(text)s") % {"text": group.definition},
                group.source,
                group.funnel.description,
                _("Compared with, in the order of their names: %(names)s.") % {"names": peers},
                _(
                    "The funnel is exact Poisson limits, widened by what usually differs between "
                    "municipalities (Spiegelhalter 2005). Evened out by gamma-Poisson shrinkage."
                ),
            ]
        ),
    )


def _reporting_caution() -> str:
    return _(
        "More reports of violence at home can mean that more dare to report, "
        "not that there is more."
    )

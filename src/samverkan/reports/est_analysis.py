"""What a quarter or a year of EST says: who reported, what and where, what was done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.methods.rates.comparison import compare_rates
from samverkan.platform.access.actor import Actor
from samverkan.situation.selectors import (
    ReportingStatus,
    WeekTable,
    incident_week_table,
    incidents_a_week,
    reporting_statuses,
)
from samverkan.situation.selectors.period import (
    MeasureInPeriod,
    measures_in_period,
    problems_before,
)
from samverkan.situation.selectors.problems import ProblemSummary
from samverkan.situation.weeks import monday_of, week_of
from samverkan.statistics.statements import language_now

from .content import Fact, FigureContent, SectionContent
from .est_figure import place_figure
from .est_part import by_place, enumeration, measures_words
from .kinds import Kind, earlier_start, end_of_period, period_words
from .sections import Section

RECURS_IN_SHARE = 3
RECURS_AT_LEAST = 3
# Two comparisons are made; together they call a difference wrongly at most one time in twenty.
ERROR_IN_EACH = 0.025


@dataclass(frozen=True)
class Comparison:
    """The period against an earlier one; `p_value` is None when nothing was reported earlier."""

    words: str
    earlier_label: str
    earlier: int
    p_value: float | None

    @property
    def is_different(self) -> bool:
        return self.p_value is not None and self.p_value < ERROR_IN_EACH


@dataclass(frozen=True)
class EstPeriod:
    """`recurring` are places with reports in at least a third of the weeks."""

    title: str
    lead: str
    figures: tuple[FigureContent, ...]
    total: int
    weeks: tuple[int, ...]
    recurring: tuple[str, ...]
    comparisons: tuple[Comparison, ...]
    statuses: tuple[ReportingStatus, ...]
    problems: tuple[ProblemSummary, ...]
    measures: tuple[MeasureInPeriod, ...]
    first: date
    after: date


def weeks_of_period(first: date, after: date, today: date) -> tuple[int, ...]:
    """The ISO weeks whose Thursday lies in [first, after), as far as they have begun."""
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday + timedelta(days=3) < after and monday <= today:
        if monday + timedelta(days=3) >= first:
            weeks.append(week_of(monday))
        monday += timedelta(weeks=1)
    return tuple(weeks)


def est_period(actor: Actor, code: str, kind: Kind, start: date) -> EstPeriod:
    """Everything the other rooms know of the period, in the language that is active."""
    after = end_of_period(kind, start)
    weeks = weeks_of_period(start, after, timezone.localdate(actor.at))
    table = _table(actor, code, weeks)
    places = by_place(table)
    need = max(RECURS_AT_LEAST, len(weeks) // RECURS_IN_SHARE)
    recurring = tuple(
        name for name, counts in places if name and sum(count > 0 for count in counts) >= need
    )
    known = EstPeriod(
        title="",
        lead="",
        figures=(place_figure(table, places, is_year=kind is Kind.EST_YEAR),) if places else (),
        total=table.total,
        weeks=weeks,
        recurring=recurring,
        comparisons=_comparisons(actor, code, kind, start, table.total, len(weeks)),
        statuses=tuple(reporting_statuses(actor, code, weeks)) if weeks else (),
        problems=problems_before(actor, code, after),
        measures=tuple(measures_in_period(actor, code, start, after)),
        first=start,
        after=after,
    )
    return replace(known, title=_title(known, kind, start), lead=_lead(known))


def with_est_content(plain: SectionContent, section: Section, known: EstPeriod) -> SectionContent:
    """What the system knows under the heading, beside what has been written."""
    fill = _FILLS.get(section)
    return fill(plain, known) if fill else plain


def _table(actor: Actor, code: str, weeks: Sequence[int]) -> WeekTable:
    if not weeks:
        return WeekTable((), ())
    return incident_week_table(actor, code, weeks[0], weeks[-1])


def _comparisons(
    actor: Actor, code: str, kind: Kind, start: date, total: int, weeks: int
) -> tuple[Comparison, ...]:
    """Against the period before, and against the same period a year earlier."""
    starts = [earlier_start(kind, start)]
    if kind is not Kind.EST_YEAR:
        starts.append(earlier_start(kind, start, by_years=1))
    return tuple(_comparison(actor, code, kind, each, total, weeks) for each in starts if weeks)


def _comparison(
    actor: Actor, code: str, kind: Kind, earlier: date, total: int, weeks: int
) -> Comparison:
    label = period_words(kind, earlier, language_now())
    past = weeks_of_period(earlier, end_of_period(kind, earlier), timezone.localdate(actor.at))
    count = sum(incidents_a_week(actor, code, past[0], past[-1]).values()) if past else 0
    if not count:
        words = _("There are no EST reports from %(period)s to compare with.") % {"period": label}
        return Comparison(words, label, 0, None)
    p_value = float(compare_rates(total, weeks, count, len(past)).p_value)
    found = Comparison("", label, count, p_value)
    return replace(found, words=_comparison_words(found, total, weeks, len(past)))


def _comparison_words(found: Comparison, total: int, weeks: int, past_weeks: int) -> str:
    counts = _("%(now)d reports in %(weeks)d weeks, against %(then)d in %(past)d weeks") % {
        "now": total,
        "weeks": weeks,
        "then": found.earlier,
        "past": past_weeks,
    }
    if not found.is_different:
        words = _("No certain difference from %(period)s: %(counts)s.")
    elif total / weeks > found.earlier / past_weeks:
        words = _("More reports than in %(period)s: %(counts)s.")
    else:
        words = _("Fewer reports than in %(period)s: %(counts)s.")
    return words % {"period": found.earlier_label, "counts": counts}


def _title(known: EstPeriod, kind: Kind, start: date) -> str:
    period = period_words(kind, start, language_now())
    if not known.total:
        return _("No EST reports from %(period)s") % {"period": period}
    if not known.recurring:
        return _("No place recurred in the EST reports of %(period)s") % {"period": period}
    if len(known.recurring) > 3:
        return ngettext(
            "%(count)d place recurred in the EST reports of %(period)s",
            "%(count)d places recurred in the EST reports of %(period)s",
            len(known.recurring),
        ) % {"count": len(known.recurring), "period": period}
    return _("%(places)s recurred in the EST reports of %(period)s") % {
        "places": enumeration(list(known.recurring)),
        "period": period,
    }


def _lead(known: EstPeriod) -> str:
    late = sum(1 for each in known.measures if each.summary.days_late)
    parts = [each.words for each in known.comparisons]
    if known.measures:
        parts.append(
            ngettext(
                "%(count)d measure was due or to be followed up in the period.",
                "%(count)d measures were due or to be followed up in the period.",
                len(known.measures),
            )
            % {"count": len(known.measures)}
        )
    if late:
        parts.append(
            ngettext("%(count)d of them is late.", "%(count)d of them are late.", late)
            % {"count": late}
        )
    return " ".join(parts)


def _coverage(plain: SectionContent, known: EstPeriod) -> SectionContent:
    expected = sum(len(status.units) for status in known.statuses)
    if not expected:
        return replace(plain, notes=(_("No unit is bound to report here."),))
    answered = sum(status.answered for status in known.statuses)
    missed: dict[str, int] = {}
    for status in known.statuses:
        for unit in status.missing:
            missed[unit.organisation] = missed.get(unit.organisation, 0) + 1
    facts = [
        Fact(
            _("Answers from units bound to report, week by week"),
            _("%(answered)d of %(all)d") % {"answered": answered, "all": expected},
        ),
        *(
            Fact(name, ngettext("silent %(n)d week", "silent %(n)d weeks", times) % {"n": times})
            for name, times in sorted(missed.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
    ]
    note = _("Silence is not safety: a unit that has not answered may have seen much.")
    return replace(plain, facts=tuple(facts), notes=(note,) if missed else ())


def _reports(plain: SectionContent, known: EstPeriod) -> SectionContent:
    if not known.total:
        return replace(plain, notes=(_("No unit has reported any incident in these weeks."),))
    caution = _("More reports can mean that more people report, not that more has happened.")
    notes = (*(each.words for each in known.comparisons), caution)
    return replace(plain, figures=known.figures, notes=notes)


def _places(plain: SectionContent, known: EstPeriod) -> SectionContent:
    if not known.recurring:
        return replace(plain, notes=(_("No place had reports in a third of the weeks."),))
    words = _("Reports in at least a third of the weeks: %(places)s.")
    return replace(plain, notes=(words % {"places": enumeration(list(known.recurring))},))


def _problems(plain: SectionContent, known: EstPeriod) -> SectionContent:
    facts = tuple(
        Fact(
            each.title,
            f"{each.state_label}. "
            + measures_words(each.measures, each.measures_done, each.measures_late),
        )
        for each in known.problems
    )
    return replace(plain, facts=facts)


def _measures(plain: SectionContent, known: EstPeriod) -> SectionContent:
    facts = tuple(
        Fact(
            each.summary.title,
            _("%(state)s. %(responsible)s, due %(date)s")
            % {
                "state": each.summary.state_label,
                "responsible": each.summary.responsible,
                "date": each.summary.due_on.isoformat(),
            },
        )
        for each in known.measures
    )
    notes = () if facts else (_("No measure was due or to be followed up in the period."),)
    return replace(plain, facts=facts, notes=notes)


def _outcomes(plain: SectionContent, known: EstPeriod) -> SectionContent:
    due = [
        each
        for each in known.measures
        if each.summary.follow_up_on and known.first <= each.summary.follow_up_on < known.after
    ]
    facts = tuple(
        Fact(each.summary.title, each.outcome or _("not followed up yet")) for each in due
    )
    notes = () if facts else (_("No measure was to be followed up in the period."),)
    return replace(plain, facts=facts, notes=notes)


def _gaps(plain: SectionContent, known: EstPeriod) -> SectionContent:
    notes = [_("What is never reported, to the police or to the municipality, is not seen.")]
    last = monday_of(known.weeks[-1]) + timedelta(days=7) if known.weeks else None
    if last is not None and last < known.after - timedelta(days=7):
        notes.insert(
            0,
            _("The period has not ended: the reports go up to %(date)s.")
            % {"date": (last - timedelta(days=1)).isoformat()},
        )
    return replace(plain, notes=tuple(notes))


_FILLS: dict[Section, Callable[[SectionContent, EstPeriod], SectionContent]] = {
    Section.METHOD: _coverage,
    Section.EST: _reports,
    Section.PLACES_AND_TIMES: _places,
    Section.PRIORITIES: _problems,
    Section.MEASURES: _measures,
    Section.OUTCOMES: _outcomes,
    Section.KNOWLEDGE_GAPS: _gaps,
}

"""The EST part: which places recur, how many reports, and who has not been heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.documents.charts import HeatRow, HeatStrip
from samverkan.documents.formats import week_label
from samverkan.platform.access.actor import Actor
from samverkan.situation.selectors import (
    ReportingStatus,
    SharedBlock,
    WeekTable,
    incident_week_table,
    is_counts_only,
    reporting_statuses,
    shared_blocks,
)
from samverkan.situation.sharing.blocks import BLOCK_WEEKS
from samverkan.situation.weeks import week_of, weeks_later
from samverkan.statistics.statements import language_now

from .content import Fact, FigureContent
from .rules import end_of_month

WEEKS_SHOWN = 8
PLACES_SHOWN = 10
RECURS_IN = 3
AMONG_LAST = 5


@dataclass(frozen=True)
class EstPart:
    """`recurring` are names of places; `unheard` says who has not reported, week by week."""

    figures: tuple[FigureContent, ...]
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    recurring: tuple[str, ...]
    unheard: tuple[str, ...]


def est_part(actor: Actor, municipality_code: str, period_start: date) -> EstPart:
    """EST reports of the weeks up to the end of the month, or up to now."""
    last_day = min(end_of_month(period_start) - timedelta(days=1), actor.at.date())
    last = week_of(last_day)
    first = weeks_later(last, 1 - WEEKS_SHOWN)
    table = incident_week_table(actor, municipality_code, first, last)
    statuses = reporting_statuses(actor, municipality_code, table.weeks[-AMONG_LAST:])
    has_duties = any(status.units for status in statuses)
    if not table.rows and is_counts_only(actor, municipality_code):
        return _counts_only(actor, municipality_code, first, last, statuses)
    if not table.rows and not has_duties:
        note = _("There are no EST reports for the weeks of this picture.")
        return EstPart((), (), (note,), (), ())
    places = by_place(table)
    recurring = tuple(name for name, counts in places if _recurs(counts))
    return EstPart(
        figures=(_figure(table, places, recurring),) if places else (),
        facts=_facts_of_answers(statuses),
        notes=() if table.rows else (_("No unit has reported any incident in these weeks."),),
        recurring=recurring,
        unheard=tuple(line for status in statuses if (line := _unheard(status))),
    )


def _counts_only(
    actor: Actor, municipality_code: str, first: int, last: int, statuses: list[ReportingStatus]
) -> EstPart:
    """What a clause about counts lets through: four weeks at a time, small counts hidden."""
    blocks = sorted(
        shared_blocks(actor, municipality_code, first, last), key=lambda block: block.first_week
    )
    said = _(
        "The agreement lets through counts of EST reports of four weeks at a time, with small "
        "counts hidden, and no single reports. Places and weeks can therefore not be shown here."
    )
    nothing_yet = _("No four weeks of the agreement's counts have ended in this picture.")
    return EstPart(
        figures=(),
        facts=(*(_fact_of(block) for block in blocks), *_facts_of_answers(statuses)),
        notes=(said,) if blocks else (said, nothing_yet),
        recurring=(),
        unheard=tuple(line for status in statuses if (line := _unheard(status))),
    )


def _fact_of(block: SharedBlock) -> Fact:
    language = language_now()
    last = weeks_later(block.first_week, BLOCK_WEEKS - 1)
    count = block.of_all
    if not count.is_partly_hidden:
        words = ngettext("%(count)d report", "%(count)d reports", count.known)
    elif count.known:
        words = ngettext(
            "at least %(count)d report, small counts are hidden",
            "at least %(count)d reports, small counts are hidden",
            count.known,
        )
    else:
        words = _("too few to be shown")
    return Fact(
        f"{_capital(week_label(block.first_week, language))}–{week_label(last, language)}",
        words % {"count": count.known},
    )


def by_place(table: WeekTable) -> list[tuple[str, tuple[int, ...]]]:
    """Counts of each named place, all categories together, the most frequent first."""
    totals: dict[str, list[int]] = {}
    for row in table.rows:
        counts = totals.setdefault(row.place or _("No place given"), [0] * len(table.weeks))
        for at, count in enumerate(row.counts):
            counts[at] += count
    return sorted(
        ((name, tuple(counts)) for name, counts in totals.items()),
        key=lambda place: -sum(place[1]),
    )


def _recurs(counts: tuple[int, ...]) -> bool:
    return sum(1 for count in counts[-AMONG_LAST:] if count) >= RECURS_IN


def _figure(
    table: WeekTable, places: list[tuple[str, tuple[int, ...]]], recurring: tuple[str, ...]
) -> FigureContent:
    shown = places[:PLACES_SHOWN]
    first, last = table.weeks[0], table.weeks[-1]
    title = _title(recurring)
    subtitle = _("EST reports per place, %(first)s to %(last)s. The figure in a cell is reports.")
    chart = HeatStrip(
        key="est-places",
        title=title,
        description=_("%(total)d reports in %(places)d places over %(weeks)d weeks.")
        % {"total": table.total, "places": len(places), "weeks": len(table.weeks)},
        unit=_("EST reports"),
        row_heading=_("Place"),
        columns=tuple(str(week % 100) for week in table.weeks),
        rows=tuple(
            HeatRow(
                name,
                counts,
                ngettext("%(count)d report", "%(count)d reports", sum(counts))
                % {"count": sum(counts)},
            )
            for name, counts in shown
        ),
        language=language_now(),
    )
    remarks: tuple[str, ...] = ()
    if len(places) > len(shown):
        remarks = (_("%(count)d more places had reports.") % {"count": len(places) - len(shown)},)
    language = language_now()
    return FigureContent(
        key=chart.key,
        title=title,
        subtitle=subtitle
        % {"first": week_label(first, language), "last": week_label(last, language)},
        remarks=remarks,
        source=_("Source: EST reports of the municipality."),
        definition=_(
            "An EST report is what a unit has seen or been told of at a place in a week. "
            "It is not a reported offence, and several reports may be of the same event."
        ),
        chart=chart,
    )


def _title(recurring: tuple[str, ...]) -> str:
    if not recurring:
        return _("No place recurs in the EST reports")
    if len(recurring) == 1:
        return _("%(place)s recurs in the EST reports: at least three of the last five weeks") % {
            "place": recurring[0]
        }
    if len(recurring) > 3:
        return _(
            "%(count)d places recur in the EST reports: at least three of the last five weeks"
        ) % {"count": len(recurring)}
    return _("%(places)s recur in the EST reports: at least three of the last five weeks") % {
        "places": enumeration(list(recurring))
    }


def enumeration(words: list[str]) -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _facts_of_answers(statuses: list[ReportingStatus]) -> tuple[Fact, ...]:
    language = language_now()
    facts = []
    for status in statuses:
        if status.units:
            answered = _("%(answered)d of %(all)d have answered") % {
                "answered": status.answered,
                "all": len(status.units),
            }
            facts.append(Fact(_capital(week_label(status.week, language)), answered))
    return tuple(facts)


def _unheard(status: ReportingStatus) -> str:
    if not status.missing:
        return ""
    return _("%(week)s: %(units)s") % {
        "week": _capital(week_label(status.week, language_now())),
        "units": enumeration([unit.organisation for unit in status.missing]),
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def measures_words(all_of_them: int, done: int, late: int) -> str:
    """How far a problem's measures have come, in a few words."""
    if not all_of_them:
        return _("no measure yet")
    parts = [
        ngettext("%(count)d measure", "%(count)d measures", all_of_them) % {"count": all_of_them},
        ngettext("%(count)d done", "%(count)d done", done) % {"count": done},
    ]
    if late:
        parts.append(ngettext("%(count)d late", "%(count)d late", late) % {"count": late})
    return ", ".join(parts)

"""Sentences that a politician can trust and repeat: the finding, and what could have been seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from samverkan.documents.formats import (
    Language,
    PeriodKind,
    number,
    period_label,
    plain,
    span,
)

from .judgement import Judgement, Level, Surprise
from .models import Figure
from .selectors import FigureSeries, PartOfYear

# The smallest ratio of each phrase, largest first.
SEEN = (
    (3.5, gettext_noop("A change of less than four times as many would not have been seen.")),
    (2.5, gettext_noop("A change of less than a tripling would not have been seen.")),
    (1.7, gettext_noop("A change of less than a doubling would not have been seen.")),
    (1.4, gettext_noop("A change of less than half as many again would not have been seen.")),
    (1.2, gettext_noop("A change of less than a third would not have been seen.")),
)


def language_now() -> Language:
    return Language.of(get_language() or "sv")


def finding(series: FigureSeries, judgement: Judgement) -> str:
    """The whole finding: how many, and whether that is usual."""
    amount, level = how_many(series, judgement), level_words(series, judgement)
    return _("%(amount)s; %(level)s") % {"amount": amount, "level": level} if level else amount


def how_many(series: FigureSeries, judgement: Judgement) -> str:
    """The last year in numbers: by the month, the quarters together, or the year itself."""
    if judgement.recent_per_period is None:
        return _("No figure for the last year of %(name)s") % {"name": _name(series).lower()}
    if not series.is_count:
        return _rate(series)
    if judgement.recent_total == 0:
        return _("No %(noun)s reported %(when)s") % {
            "noun": _noun(series, is_plural=True),
            "when": _recent_time(series, judgement),
        }
    if series.period_kind is PeriodKind.MONTH and judgement.recent_known > 1:
        return _("On average %(mean)s %(noun)s a month %(when)s") % {
            "mean": number(judgement.recent_per_period, language_now(), 1),
            "noun": _noun(series, is_plural=True),
            "when": _recent_time(series, judgement),
        }
    return _("%(count)s %(noun)s %(when)s") % {
        "count": number(judgement.recent_total, language_now()),
        "noun": _noun(series, is_plural=judgement.recent_total != 1),
        "when": _recent_time(series, judgement),
    }


def level_words(series: FigureSeries, judgement: Judgement) -> str:
    """How the last year stands against the years before it."""
    if not series.is_count or judgement.recent_per_period is None:
        return ""
    if judgement.level is Level.NOTHING_EARLIER or judgement.compared_from is None:
        return _("there is nothing earlier to compare with")
    since = judgement.compared_from.year
    if judgement.level is Level.STABLE:
        return _("within normal variation since %(year)d") % {"year": since}
    if judgement.level is Level.CANNOT_SAY:
        return _("too few to tell whether the level has changed since %(year)d") % {"year": since}
    return _changed(series, judgement) % {"year": since, "earlier": _earlier(series, judgement)}


def last_period(series: FigureSeries, judgement: Judgement) -> str:
    """The last month (or quarter) by itself: usual, or more or fewer than expected."""
    last = judgement.periods[-1]
    if last.value is None or last.lower is None or last.upper is None:
        return ""
    words = {
        Surprise.NONE: _("%(period)s: %(count)s, as expected (%(expected)s)."),
        Surprise.SLIGHT: _(
            "%(period)s: %(count)s, just outside the expected (%(expected)s), "
            "as happens now and then by chance."
        ),
        Surprise.MORE: _("%(period)s: %(count)s, more than expected (%(expected)s)."),
        Surprise.FEWER: _("%(period)s: %(count)s, fewer than expected (%(expected)s)."),
    }
    return words[judgement.surprise] % {
        "period": _capitalised(period_label(series.period_kind, last.start, language_now())),
        "count": number(last.value, language_now()),
        "expected": span(last.lower, last.upper, language_now()),
    }


def what_could_be_seen(series: FigureSeries, judgement: Judgement) -> str:
    """The smallest change that would have been noticed, and the count at which it would."""
    ratio, flagged = judgement.detectable_ratio, judgement.smallest_total_flagged
    if ratio is None or flagged is None:
        return ""
    phrase = next((words for least, words in SEEN if ratio >= least), "")
    limit = _("%(count)s or more in a year would have been called more than usual.") % {
        "count": number(flagged, language_now())
    }
    return " ".join(part for part in (_(phrase) if phrase else "", limit) if part)


def what_is_counted(series: FigureSeries, judgement: Judgement) -> str:
    """The line under the finding: what the picture counts and what the band is."""
    counted = {
        PeriodKind.MONTH: _("Reported offences a month."),
        PeriodKind.QUARTER: _("Reported offences a quarter."),
        PeriodKind.YEAR: _("Reported offences a year."),
    }[series.period_kind]
    if series.unit == Figure.Unit.PER_100000:
        counted = _("%(name)s per 100,000 inhabitants.") % {"name": _name(series)}
    elif not series.is_count:
        counted = _name(series) + "."
    has_band = any(period.upper is not None for period in judgement.periods)
    band = _("Shaded band: what is expected (95 %).") if has_band else ""
    return " ".join(part for part in (counted, band) if part)


def cautions(series: FigureSeries, judgement: Judgement) -> list[str]:
    """What the reader must know before repeating the figures."""
    language = language_now()
    found = []
    if series.is_summed:
        found.append(_("Complete years, summed from the months."))
    if series.preliminary_from is not None:
        label = period_label(series.period_kind, series.preliminary_from, language)
        found.append(_("Preliminary from %(period)s (hollow dots).") % {"period": label})
    absent = [period.start for period in judgement.periods if period.figure is None]
    if absent:
        found.append(_missing(series, absent, language))
    if any(figure.is_suppressed for figure in series.figures):
        found.append(_("Years with fewer than five are not shown: they could tell of persons."))
    return found


def _missing(series: FigureSeries, absent: list[date], language: Language) -> str:
    shown = [period_label(series.period_kind, start, language) for start in absent[-3:]]
    if len(absent) > len(shown):
        return _("Figures are missing for %(count)d periods, the last of them %(period)s.") % {
            "count": len(absent),
            "period": shown[-1],
        }
    return _("Figures are missing for %(periods)s.") % {"periods": ", ".join(shown)}


def _recent_time(series: FigureSeries, judgement: Judgement) -> str:
    language = language_now()
    last = judgement.recent[-1].start
    if series.period_kind is PeriodKind.YEAR:
        return _("in %(year)d") % {"year": last.year}
    if judgement.recent_known == 1:
        label = period_label(series.period_kind, last, language)
        return _("in %(period)s") % {"period": label}
    if judgement.recent_known < series.period_kind.per_year:
        return _("in the %(known)d periods known of the last year") % {
            "known": judgement.recent_known
        }
    if series.period_kind is PeriodKind.QUARTER:
        return _("in the last four quarters")
    return _("in the last year")


def _changed(series: FigureSeries, judgement: Judgement) -> str:
    is_higher = judgement.level is Level.HIGHER
    if series.period_kind is PeriodKind.MONTH:
        if is_higher:
            return _("more than in the years before (%(earlier)s a month since %(year)d)")
        return _("fewer than in the years before (%(earlier)s a month since %(year)d)")
    if is_higher:
        return _("more than in the years before (%(earlier)s a year since %(year)d)")
    return _("fewer than in the years before (%(earlier)s a year since %(year)d)")


def _earlier(series: FigureSeries, judgement: Judgement) -> str:
    mean = judgement.earlier_per_period or 0.0
    if series.period_kind is PeriodKind.QUARTER:
        mean *= PeriodKind.QUARTER.per_year
    return plain(mean, language_now())


def _rate(series: FigureSeries) -> str:
    last = next(figure for figure in reversed(series.figures) if figure.value is not None)
    phrase = (
        _("%(name)s: %(value)s per 100,000 inhabitants in %(period)s")
        if series.unit == Figure.Unit.PER_100000
        else _("%(name)s: %(value)s in %(period)s")
    )
    return phrase % {
        "name": _name(series),
        "value": plain(last.value or 0.0, language_now()),
        "period": period_label(series.period_kind, last.start, language_now()),
    }


def _name(series: FigureSeries) -> str:
    return series.definition.name(language_now())


def _noun(series: FigureSeries, *, is_plural: bool) -> str:
    return series.definition.noun(language_now(), is_plural=is_plural)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def source_line(series: FigureSeries) -> str:
    """Who published the figures, in which file they came, when it was fetched, by whom."""
    status = _("final figures")
    if series.preliminary_from is not None:
        label = period_label(series.period_kind, series.preliminary_from, language_now())
        status = _("preliminary from %(period)s") % {"period": label}
    origin = series.source.citation(language_now())
    if series.provenance:
        latest = max(series.provenance, key=lambda each: each.fetched_at)
        origin += ", " + _("file %(name)s, fetched %(date)s, put in by %(person)s") % {
            "name": latest.file_name,
            "date": f"{timezone.localdate(latest.fetched_at):%Y-%m-%d}",
            "person": latest.imported_by,
        }
    return f"{origin}; {status}."


def where_of_last_year(parts: Sequence[PartOfYear], total: int) -> str:
    """Where the last twelve months' events took place, as far as it may be told."""
    language = language_now()
    told = []
    for part in parts:
        noun = part.definition.noun(language, is_plural=part.total != 1)
        told.append(f"{number(part.total, language)} {noun}")
    if not told:
        return ""
    return _("In the last twelve months: %(parts)s, of %(total)s in all.") % {
        "parts": ", ".join(told),
        "total": number(total, language),
    }

"""How many, and whether that is like the years before."""

from __future__ import annotations

from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samverkan.documents.formats import PeriodKind, number, plain

from ..judgement import HeldBy, Judgement, Level
from ..selectors import FigureSeries
from .words import label_of, language_now, name_of, noun_of, recent_time, says_its_rate

# The smallest ratio of each phrase, largest first: for counts too few to bear a percentage.
SEEN = (
    (3.5, gettext_noop("A change of less than four times as many would not have been seen.")),
    (2.5, gettext_noop("A change of less than a tripling would not have been seen.")),
    (1.7, gettext_noop("A change of less than a doubling would not have been seen.")),
    (1.4, gettext_noop("A change of less than half as many again would not have been seen.")),
    (1.2, gettext_noop("A change of less than a third would not have been seen.")),
)
FEWEST_A_YEAR_FOR_PERCENT = 20
LARGEST_PERCENT = 95
PERCENT_STEP = 5


def finding(series: FigureSeries, judgement: Judgement) -> str:
    """The whole finding: how many, and whether that is usual."""
    amount, level = how_many(series, judgement), level_words(series, judgement)
    return _("%(amount)s; %(level)s") % {"amount": amount, "level": level} if level else amount


def how_many(series: FigureSeries, judgement: Judgement) -> str:
    """The last year in numbers: by the month, the quarters together, or the year itself."""
    if judgement.recent_per_period is None:
        return _("No figure for the last year of %(name)s") % {"name": name_of(series).lower()}
    if not series.is_count:
        return _rate(series)
    if judgement.recent_total == 0:
        return _("No %(noun)s reported %(when)s") % {
            "noun": noun_of(series, is_plural=True),
            "when": recent_time(series, judgement),
        }
    if series.period_kind is PeriodKind.MONTH and judgement.recent_known > 1:
        return _("On average %(mean)s %(noun)s a month %(when)s") % {
            "mean": number(judgement.recent_per_period, language_now(), 1),
            "noun": noun_of(series, is_plural=True),
            "when": recent_time(series, judgement),
        }
    return _("%(count)s %(noun)s %(when)s") % {
        "count": number(judgement.recent_total, language_now()),
        "noun": noun_of(series, is_plural=judgement.recent_total != 1),
        "when": recent_time(series, judgement),
    }


def average_interval(series: FigureSeries, judgement: Judgement) -> str:
    """Which levels the last year's count can come from."""
    if judgement.recent_interval is None or judgement.recent_known == 0:
        return ""
    low, high = judgement.recent_interval
    language = language_now()
    if series.period_kind is PeriodKind.MONTH:
        phrase = _("With chance allowed for, the level lies between %(low)s and %(high)s a month.")
        decimals = 1
    else:
        phrase = _("With chance allowed for, the level lies between %(low)s and %(high)s a year.")
        decimals = 0
        scale = 4 if series.period_kind is PeriodKind.QUARTER else 1
        low, high = low * scale, high * scale
    return phrase % {
        "low": number(low, language, decimals if low > 0 else 0),
        "high": number(high, language, decimals),
    }


def level_words(series: FigureSeries, judgement: Judgement) -> str:
    """How the last year stands against the years before it."""
    if not series.is_count or judgement.recent_per_period is None:
        return ""
    if judgement.level is Level.NOTHING_EARLIER or judgement.compared_from is None:
        return _("there is nothing earlier to compare with")
    since = judgement.compared_from.year
    if judgement.held_by is HeldBy.BREAK:
        return _("what differs from earlier years can come from changed offence codes")
    if judgement.held_by is HeldBy.PRELIMINARY:
        return _("too early to tell: the last figures are preliminary")
    if judgement.level is Level.STABLE:
        return _("within normal variation since %(year)d") % {"year": since}
    if judgement.level is Level.CANNOT_SAY:
        return _("too few to tell whether the level has changed since %(year)d") % {"year": since}
    return _changed(series, judgement) % {"year": since, "earlier": _earlier(series, judgement)}


def what_could_be_seen(series: FigureSeries, judgement: Judgement) -> str:
    """The smallest change that would have been noticed, and the counts at which it would."""
    ratio, flagged = judgement.detectable_ratio, judgement.smallest_total_flagged
    if ratio is None or flagged is None:
        return ""
    parts = [_smallest_change(series, judgement, ratio), _limits(judgement, flagged)]
    return " ".join(part for part in parts if part)


def _smallest_change(series: FigureSeries, judgement: Judgement, ratio: float) -> str:
    """An increase in per cent where a year has counts enough to bear it (it tells of the method,
    not of the crime); in words where it has not."""
    percent = ceil((ratio - 1) * 100 / PERCENT_STEP - 1e-9) * PERCENT_STEP
    a_year = (judgement.earlier_per_period or 0.0) * series.period_kind.per_year
    if a_year >= FEWEST_A_YEAR_FOR_PERCENT and percent <= LARGEST_PERCENT:
        return _("An increase of less than %(percent)d %% would not have been seen.") % {
            "percent": max(PERCENT_STEP, percent)
        }
    phrase = next((words for least, words in SEEN if ratio >= least), "")
    return _(phrase) if phrase else ""


def _limits(judgement: Judgement, flagged: float) -> str:
    language = language_now()
    fewest = judgement.largest_total_flagged
    if fewest is None:
        return _("%(count)s or more in a year would have been called more than usual.") % {
            "count": number(flagged, language)
        }
    return _(
        "%(count)s or more in a year would have been called more than usual; "
        "%(fewest)s or fewer, less than usual."
    ) % {"count": number(flagged, language), "fewest": number(fewest, language)}


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
        if says_its_rate(series)
        else _("%(name)s: %(value)s in %(period)s")
    )
    return phrase % {
        "name": name_of(series),
        "value": plain(last.value or 0.0, language_now()),
        "period": label_of(series, last.start),
    }

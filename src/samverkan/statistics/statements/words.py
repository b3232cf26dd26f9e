"""Words that every sentence about a series is built from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samverkan.documents.formats import Language, PeriodKind, period_label

from ..judgement import Judgement
from ..models import Figure
from ..selectors import FigureSeries


def language_now() -> Language:
    return Language.of(get_language() or "sv")


def name_of(series: FigureSeries) -> str:
    return series.definition.name(language_now())


def noun_of(series: FigureSeries, *, is_plural: bool) -> str:
    return series.definition.noun(language_now(), is_plural=is_plural)


def label_of(series: FigureSeries, start: date) -> str:
    return period_label(series.period_kind, start, language_now())


def says_its_rate(series: FigureSeries) -> bool:
    """Whether “per 100,000 inhabitants” must be said: a series of rates has it in its name."""
    rate = Figure.Unit.PER_100000
    return series.unit == rate and series.definition.unit != rate


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str]) -> str:
    """“a, b and c”."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def recent_time(series: FigureSeries, judgement: Judgement) -> str:
    last = judgement.recent[-1].start
    if series.period_kind is PeriodKind.YEAR:
        return _("in %(year)d") % {"year": last.year}
    if judgement.recent_known == 1:
        return _("in %(period)s") % {"period": label_of(series, last)}
    if judgement.recent_known < series.period_kind.per_year:
        return _("in the %(known)d periods known of the last year") % {
            "known": judgement.recent_known
        }
    if series.period_kind is PeriodKind.QUARTER:
        return _("in the last four quarters")
    return _("in the last year")

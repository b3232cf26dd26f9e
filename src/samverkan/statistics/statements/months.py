"""The last month by itself, and the months of the year that had more than expected."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from samverkan.documents.formats import PeriodKind, number, span

from ..judgement import Judgement, Surprise
from ..selectors import FigureSeries
from .words import capitalised, label_of, language_now, listed

LAST = {
    Surprise.NONE: gettext_noop("%(period)s: %(count)s, as expected (%(expected)s)."),
    Surprise.SLIGHT: gettext_noop(
        "%(period)s: %(count)s, just outside the expected (%(expected)s), "
        "as happens now and then by chance."
    ),
    Surprise.MORE: gettext_noop("%(period)s: %(count)s, more than expected (%(expected)s)."),
    Surprise.FEWER: gettext_noop("%(period)s: %(count)s, fewer than expected (%(expected)s)."),
}


def last_period(series: FigureSeries, judgement: Judgement) -> str:
    """The last month (or quarter) by itself: usual, or more or fewer than expected."""
    last = judgement.periods[-1]
    if last.value is None or last.lower is None or last.upper is None:
        return ""
    text = _(LAST[judgement.surprise])
    if last.figure is not None and last.figure.is_preliminary:
        text = _preliminary(text, is_low=last.value < last.lower)
    return text % {
        "period": capitalised(label_of(series, last.start)),
        "count": number(last.value, language_now()),
        "expected": span(last.lower, last.upper, language_now()),
    }


def _preliminary(text: str, *, is_low: bool) -> str:
    if is_low:
        return _(
            "%(period)s: %(count)s so far (expected %(expected)s). "
            "The figure is preliminary and can still grow: that it is low says nothing yet."
        )
    return text + " " + _("The figure is preliminary.")


def unusual_months(series: FigureSeries, judgement: Judgement) -> str:
    """The months of the last year with more than expected, or that there was none."""
    if series.period_kind is not PeriodKind.MONTH or judgement.months_looked_at == 0:
        return ""
    if not judgement.unusual:
        return ngettext(
            "The month that could be looked at was not unusual.",
            "None of the last %(count)d months was unusual.",
            judgement.months_looked_at,
        ) % {"count": judgement.months_looked_at}
    language = language_now()
    told = []
    for month in judgement.unusual:
        mark = ", " + _("preliminary") if month.is_preliminary else ""
        most = "–" if month.upper is None else number(month.upper, language)
        told.append(
            _("%(period)s (%(count)s, at most %(most)s expected%(mark)s)")
            % {
                "period": label_of(series, month.start),
                "count": number(month.value, language),
                "most": most,
                "mark": mark,
            }
        )
    return _("Unusually many in %(months)s.") % {"months": listed(told)}

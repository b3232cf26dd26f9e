"""What the figures count, who gave them, and what to know before repeating them."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.documents.formats import Language, PeriodKind, period_label

from ..judgement import Judgement
from ..selectors import FigureSeries
from .words import language_now, name_of, says_its_rate


def what_is_counted(series: FigureSeries, judgement: Judgement) -> str:
    """The line under the finding: what the picture counts and what the band is."""
    counted = {
        PeriodKind.MONTH: _("Reported offences a month."),
        PeriodKind.QUARTER: _("Reported offences a quarter."),
        PeriodKind.YEAR: _("Reported offences a year."),
    }[series.period_kind]
    if says_its_rate(series):
        counted = _("%(name)s per 100,000 inhabitants.") % {"name": name_of(series)}
    elif not series.is_count:
        counted = name_of(series) + "."
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
    if judgement.crossed_breaks:
        years = ", ".join(str(broken.year) for broken in judgement.crossed_breaks)
        found.append(
            _("Offence codes changed in %(years)s: small differences across it may come from that.")
            % {"years": years}
        )
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

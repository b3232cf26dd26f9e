"""How each sentence was found out: the method, the numbers that went in, what came out."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.documents.formats import number, plain

from ..judgement import HeldBy, Judgement
from ..selectors import FigureSeries, PartOfYear
from ..unusual_months import FALSE_ALARMS
from .words import language_now

SMALLEST_P_WRITTEN = 0.001


def of_level(series: FigureSeries, judgement: Judgement) -> str:
    """The comparison of the last year with the years before."""
    if not series.is_count:
        return _("A rate is given as the source gives it. It is not tested.")
    if judgement.p_value is None or judgement.earlier_total is None:
        return _("There are too few earlier figures for a test.")
    language = language_now()
    text = _(
        "Exact conditional test with mid-p: %(recent)s in %(recent_periods)d periods against "
        "%(earlier)s in %(earlier_periods)d periods before, the same seasons compared. "
        "p %(p_value)s; called changed below %(limit)s. Variance over mean: %(dispersion)s."
    ) % {
        "recent": number(judgement.recent_total, language),
        "recent_periods": judgement.recent_known,
        "earlier": number(judgement.earlier_total, language),
        "earlier_periods": judgement.earlier_known,
        "p_value": _p_value(judgement.p_value),
        "limit": number(0.05, language, 2),
        "dispersion": number(judgement.dispersion or 1.0, language, 2),
    }
    return " ".join([text, *_together(judgement), *_held(judgement)])


def _p_value(p_value: float) -> str:
    language = language_now()
    if p_value < SMALLEST_P_WRITTEN:
        return f"< {number(SMALLEST_P_WRITTEN, language, 3)}"
    return f"= {number(p_value, language, 3)}"


def _together(judgement: Judgement) -> list[str]:
    if judgement.series_together < 2:
        return []
    return [
        _(
            "%(count)d series were looked at together; a change is told only if it stands "
            "against that number (Benjamini and Hochberg)."
        )
        % {"count": judgement.series_together}
    ]


def _held(judgement: Judgement) -> list[str]:
    if judgement.held_by is HeldBy.BREAK:
        return [_("Without the figures from before the change of offence codes it does not stand.")]
    if judgement.held_by is HeldBy.PRELIMINARY:
        return [_("Without the last preliminary figures it does not stand.")]
    return []


def of_average(judgement: Judgement) -> str:
    text = _(
        "Exact 95 per cent Poisson interval (Garwood) of %(count)s in %(periods)d periods."
    ) % {
        "count": number(judgement.recent_total, language_now()),
        "periods": judgement.recent_known,
    }
    if (judgement.dispersion or 1.0) > 1.0:
        text += " " + _("Widened because the figures vary more than chance alone.")
    return text


def of_what_could_be_seen(judgement: Judgement) -> str:
    if judgement.detectable_ratio is None or judgement.power_to_see_doubling is None:
        return ""
    language = language_now()
    return _(
        "From the power of the same test: a change of %(ratio)s times is noticed four times of "
        "five. A doubling is noticed %(chance)s times of a hundred."
    ) % {
        "ratio": number(judgement.detectable_ratio, language, 2),
        "chance": plain(judgement.power_to_see_doubling * 100, language, 0),
    }


def of_last() -> str:
    return _(
        "The expected holds nineteen periods of twenty when the level is unchanged: gamma-Poisson "
        "prediction from the years before the last one."
    )


def of_unusual(judgement: Judgement) -> str:
    return (
        _(
            "A month is called unusual when so many or more would come at most once in "
            "%(rarity)d months like it (negative binomial prediction from the same season of "
            "five years), and that stands beside the other series of the month."
        )
        % {"rarity": round(1 / FALSE_ALARMS)}
        + " "
        + ngettext(
            "%(count)d month could be looked at.",
            "%(count)d months could be looked at.",
            judgement.months_looked_at,
        )
        % {"count": judgement.months_looked_at}
    )


def of_part(part: PartOfYear, total: int) -> str:
    return _(
        "Exact 95 per cent binomial interval (Clopper and Pearson) of %(count)d of %(total)d. "
        "“Most” is said when the whole interval lies above half, “very few” when it lies below a "
        "quarter."
    ) % {"count": part.total, "total": total}

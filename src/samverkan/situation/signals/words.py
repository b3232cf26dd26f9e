"""Signals as sentences: counts and what is usual, never a percentage."""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ..categories import categories
from .types import Signal, SignalKind, SignalReport, SubjectKind


def sentence(signal: Signal) -> str:
    if signal.kind is SignalKind.NEAR_REPEAT:
        return _(
            "What happens at a place has come back to the same place within a week more often "
            "than chance gives: %(observed)d times, where about %(expected)d are usual."
        ) % {"observed": signal.observed, "expected": round(signal.expected)}
    if signal.kind is SignalKind.CREEPING:
        return _(
            "The reports have become more, little by little: %(observed)d in the latest periods, "
            "where about %(expected)d were usual."
        ) % {"observed": signal.observed, "expected": round(signal.expected)}
    return _("%(subject)s: %(observed)s, more than expected. Up to %(bound)d is within chance.") % {
        "subject": subject(signal),
        "observed": _reports(signal.observed),
        "bound": signal.usual_at_most,
    }


def subject(signal: Signal) -> str:
    """The place, the category's name in the reader's language, or all together."""
    if signal.subject is SubjectKind.PLACE:
        return signal.name
    if signal.subject is SubjectKind.ALL:
        return _("All reports together")
    category = categories().get(signal.key)
    return category.name(get_language() or "sv") if category else signal.key


def summary(report: SignalReport) -> str:
    if not report.can_say:
        return _(
            "There are too few weeks behind to say what is unusual: at least eight are needed."
        )
    if not report.signals:
        return _("Nothing is outside what chance gives: within normal variation.")
    return ngettext(
        "%(number)d signal that chance alone would seldom give.",
        "%(number)d signals that chance alone would seldom give.",
        len(report.signals),
    ) % {"number": len(report.signals)}


def limits(report: SignalReport) -> str:
    """What could not have been seen."""
    if not report.can_say:
        return ""
    if not report.unseen:
        return _("A doubling would probably have been seen in everything that was looked at.")
    return ngettext(
        "%(judged)d place, category or total was looked at. For %(unseen)d of them there are too "
        "few reports: not even a doubling would have been seen.",
        "%(judged)d places, categories and totals were looked at. For %(unseen)d of them there "
        "are too few reports: not even a doubling would have been seen.",
        report.judged,
    ) % {"judged": report.judged, "unseen": report.unseen}


def _reports(number: int) -> str:
    return ngettext("%(number)d report", "%(number)d reports", number) % {"number": number}

"""The week in one sentence: the finding first."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .selectors.week import WeekPicture
from .signals import Signal, SignalKind, SubjectKind
from .signals.words import subject

NAMED = 3


def finding(picture: WeekPicture) -> str:
    """The page's title: what stands out, or that nothing does."""
    values = {"place": picture.municipality.name, "weeks": weeks_in_words(picture)}
    unusual = [each for each in picture.signals.signals if _has_subject(each)]
    if unusual:
        return _("More than expected in %(place)s %(weeks)s: %(what)s") % {
            **values,
            "what": listing([subject(each) for each in unusual[:NAMED]]),
        }
    if picture.units and not picture.total and len(picture.missing) == picture.units:
        return _("Nobody has been heard in %(place)s %(weeks)s") % values
    if picture.recurring:
        return _("Keeps coming back in %(place)s: %(what)s") % {
            **values,
            "what": listing([each.name for each in picture.recurring[:NAMED]]),
        }
    if picture.signals.signals or picture.total:
        return _("Nothing out of the ordinary in %(place)s %(weeks)s") % values
    return _("No incidents reported in %(place)s %(weeks)s") % values


def lead(picture: WeekPicture) -> str:
    """How much was reported, by how many, and what is late."""
    parts = [
        ngettext(
            "%(number)d incident was reported", "%(number)d incidents were reported", picture.total
        )
        % {"number": picture.total}
        + "."
    ]
    if picture.units:
        parts.append(heard(picture))
    if picture.late:
        parts.append(
            ngettext(
                "%(number)d decision is late.", "%(number)d decisions are late.", len(picture.late)
            )
            % {"number": len(picture.late)}
        )
    return " ".join(parts)


def heard(picture: WeekPicture) -> str:
    """Who has been heard; silence is not safety."""
    missing = len(picture.missing)
    if not missing:
        return _("All %(units)d units have been heard.") % {"units": picture.units}
    return ngettext(
        "%(missing)d of %(units)d units has not been heard: silence is not safety.",
        "%(missing)d of %(units)d units have not been heard: silence is not safety.",
        missing,
    ) % {"missing": missing, "units": picture.units}


def weeks_in_words(picture: WeekPicture) -> str:
    first, last = picture.period.first_week % 100, picture.period.last_week % 100
    if picture.period.first_week == picture.period.last_week:
        return _("in week %(week)d") % {"week": first}
    return _("in weeks %(first)d to %(last)d") % {"first": first, "last": last}


def listing(words: list[str]) -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _has_subject(signal: Signal) -> bool:
    return signal.kind is SignalKind.UNUSUAL and signal.subject is not SubjectKind.ALL

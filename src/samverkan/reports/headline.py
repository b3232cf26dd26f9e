"""The picture's title and first paragraph: the finding, not the name of the document."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samverkan.documents.formats import PeriodKind, month_name
from samverkan.statistics.findings import GroupFindings
from samverkan.statistics.judgement import Level, Surprise
from samverkan.statistics.statements import language_now

from .est_part import EstPart, enumeration


def headline(groups: list[GroupFindings], period_start: date) -> str:
    """What has changed, or that nothing has."""
    judged = _judged(groups)
    if not judged:
        return _("No crime figures that can be compared yet")
    changed = [group for group in judged if group.leading.is_changed]
    month = month_name(period_start, language_now(), with_year=False)
    if changed:
        return _changed(changed)
    surprising = [
        group for group in judged if group.leading.is_surprising and _is_of(group, period_start)
    ]
    if surprising:
        return _surprising(surprising, month)
    if all(_is_of(group, period_start) for group in judged):
        return _("Nothing stands out in the reported crime of %(month)s") % {"month": month}
    return _("Nothing stands out in the latest figures of reported crime")


def lead(groups: list[GroupFindings], est: EstPart, municipality: str) -> str:
    """Two or three sentences that stand by themselves."""
    return " ".join(
        part
        for part in (steady_words(groups, municipality), unsure_words(groups), _places(est))
        if part
    )


def _judged(groups: list[GroupFindings]) -> list[GroupFindings]:
    """Crime groups with something earlier to stand against.

    Years that we have summed ourselves are a part of a group that is judged by its months.
    """
    return [
        group
        for group in groups
        if group.definition.is_crime
        and group.leading.series.is_count
        and not group.leading.series.is_summed
        and group.leading.judgement.level is not Level.NOTHING_EARLIER
    ]


def _is_of(group: GroupFindings, period_start: date) -> bool:
    series = group.leading.series
    return series.period_kind is PeriodKind.MONTH and series.last == period_start


def _changed(changed: list[GroupFindings]) -> str:
    names = enumeration([_name(group) for group in changed[:3]])
    levels = {group.leading.judgement.level for group in changed}
    if levels == {Level.HIGHER}:
        return _("More than in the years before: %(names)s") % {"names": names}
    if levels == {Level.LOWER}:
        return _("Fewer than in the years before: %(names)s") % {"names": names}
    return _("The level has changed for %(names)s") % {"names": names}


def _surprising(surprising: list[GroupFindings], month: str) -> str:
    names = enumeration([_name(group) for group in surprising[:3]])
    if all(group.leading.judgement.surprise is Surprise.MORE for group in surprising):
        return _("More than expected in %(month)s: %(names)s") % {"month": month, "names": names}
    return _("Outside the expected in %(month)s: %(names)s") % {"month": month, "names": names}


def steady_words(groups: list[GroupFindings], municipality: str) -> str:
    steady = [group for group in _judged(groups) if group.leading.judgement.level is Level.STABLE]
    if not steady:
        return ""
    since = max(
        group.leading.judgement.compared_from.year
        for group in steady
        if group.leading.judgement.compared_from
    )
    return _("%(names)s lie within what is normal for %(municipality)s since %(year)d.") % {
        "names": _capital(enumeration([_name(group) for group in steady])),
        "municipality": municipality,
        "year": since,
    }


def unsure_words(groups: list[GroupFindings]) -> str:
    unsure = [
        group for group in _judged(groups) if group.leading.judgement.level is Level.CANNOT_SAY
    ]
    if not unsure:
        return ""
    return _("%(names)s are too few to tell.") % {
        "names": _capital(enumeration([_name(group) for group in unsure]))
    }


def _places(est: EstPart) -> str:
    if not est.recurring:
        return ""
    return _("In the EST reports %(places)s recur.") % {
        "places": enumeration(list(est.recurring[:4]))
    }


def _name(group: GroupFindings) -> str:
    name = group.definition.name(language_now())
    return name[:1].lower() + name[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

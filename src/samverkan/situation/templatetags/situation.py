"""Names of categories in the reader's language, and choices among weeks."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from samverkan.organisations.borders import LEAST_KILOMETRES
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.templatetags.design import number, year_and_week

from ..categories import categories, category_label
from ..geography import level
from ..models import Incident

register = template.Library()

SELECTED = SafeString(" selected")


@register.filter
def category_name(code: str) -> str:
    """The category's name; a code that the list does not have stands as it is."""
    category = categories().get(code)
    return category.name(get_language() or "sv") if category else code


@register.simple_tag
def incident_label(incident: Incident) -> str:
    """The category as it was called when it was chosen; the municipality's own word before it."""
    if incident.local_category is not None:
        return incident.local_category.name
    return category_label(incident.category, incident.category_version, get_language() or "sv")


@register.filter
def tone(incidents: int) -> int:
    """Which tone of the map's legend a count has, 0 to 4."""
    return level(incidents)


@register.filter
def border_distance(metres: float | None) -> str:
    """How far it is to a border, no finer than the simplified borders are true."""
    if metres is None:
        return gettext("not known")
    if metres == 0:
        return gettext("at the border")
    kilometres = round(metres / 1000)
    if kilometres < LEAST_KILOMETRES:
        return gettext("less than %(km)d km") % {"km": LEAST_KILOMETRES}
    return gettext("about %(km)s km") % {"km": number(kilometres)}


@register.simple_tag
def week_options(weeks: Sequence[int], chosen: int) -> SafeString:
    """The options of a choice among weeks: two years of them, so they are joined, not looped."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((week, SELECTED if week == chosen else "", year_and_week(week)) for week in weeks),
    )


@register.simple_tag
def may_answer(actor: Actor, incident: Incident) -> bool:
    """Whether the function answers the reporter of this incident."""
    return actor.may(Capability.INCIDENTS_REVIEW) and incident.owner_id == actor.party_id

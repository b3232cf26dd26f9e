"""What a reporter can choose among: places and categories of the municipality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from samverkan.organisations.selectors import municipalities_of, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.swedish.sorting import sort_key

from ..categories import categories, incident_categories
from ..models import LocalCategory, Place

REASON = "the named places of the municipality that the function reports for"


@dataclass(frozen=True)
class PlaceChoice:
    """A place that can be chosen; `area` names the one that it lies in, "" for an area."""

    ref: str
    name: str
    area: str
    area_ref: str
    latitude: float | None
    longitude: float | None
    radius_metres: int

    @property
    def is_area(self) -> bool:
        return not self.area


@dataclass(frozen=True)
class CategoryChoice:
    """`code` is the common one; `value` says the municipality's own word where it is one."""

    value: str
    code: str
    name: str
    is_local: bool


def report_municipalities(actor: Actor) -> list[tuple[str, str]]:
    """(code, name) of where the function reports."""
    return [(each.code, each.name) for each in municipalities_of(actor)]


def reportable_places(actor: Actor, code: str) -> list[PlaceChoice]:
    """Places that stand in the register today, in Swedish order, the named before the areas."""
    found = _places(actor, code).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=timezone.localdate(actor.at))
    )
    made = [_choice(each) for each in found]
    return sorted(made, key=lambda each: (each.is_area, sort_key(each.name)))


def reported_place(actor: Actor, code: str, ref: str) -> Place | None:
    """The place that a report names: also one that has been ended since it was written."""
    found: Place | None = _places(actor, code).filter(ref=ref).first()
    return found


def reportable_categories(actor: Actor, code: str) -> list[CategoryChoice]:
    """The common categories, each followed by the municipality's own words under it."""
    language = get_language() or "sv"
    own: dict[str, list[LocalCategory]] = {}
    for each in local_categories(actor, code):
        own.setdefault(each.category, []).append(each)
    made = []
    for common in incident_categories():
        made.append(CategoryChoice(common.code, common.code, common.name(language), False))
        made += [
            CategoryChoice(f"local:{each.ref}", common.code, each.name, True)
            for each in own.get(common.code, [])
        ]
    return made


def local_categories(actor: Actor, code: str) -> list[LocalCategory]:
    """The municipality's own categories that are in use today."""
    today = timezone.localdate(actor.at)
    found = (
        LocalCategory.objects.visible_to(actor)
        .filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=today),
            valid_from__lte=today,
            municipality__code=code,
        )
        .order_by("category", "name")
    )
    return list(found)


def chosen_category(actor: Actor, code: str, value: str) -> tuple[str, LocalCategory | None] | None:
    """The common code, and the municipality's own word; also one that has been ended since."""
    if value.startswith("local:"):
        own = (
            LocalCategory.objects.visible_to(actor)
            .filter(municipality__code=code, ref=value.removeprefix("local:"))
            .first()
        )
        return (own.category, own) if own else None
    found = categories().get(value)
    return (found.code, None) if found and found.is_incident else None


def _places(actor: Actor, code: str) -> Any:
    """Named places hold nothing protected; a housing company reports to the municipality's own."""
    if code not in actor.municipality_codes:
        return Place.objects.visible_to(actor).none()
    owner = party_of_municipality(actor, code)
    return (
        Place.objects.for_system(REASON)
        .filter(owner_id=owner.pk if owner else None, municipality__code=code)
        .select_related("area")
    )


def _choice(each: Place) -> PlaceChoice:
    return PlaceChoice(
        each.ref,
        each.name,
        each.area.name if each.area else "",
        each.area.ref if each.area else "",
        each.latitude,
        each.longitude,
        each.radius_metres,
    )

"""Which municipalities' situation the actor can look at, and the one that is being looked at."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.organisations.selectors import municipalities_of
from samverkan.platform.access.actor import Actor

from ..models import Place


@dataclass(frozen=True)
class MunicipalityChoice:
    code: str
    name: str


def municipalities_in_sight(actor: Actor) -> tuple[MunicipalityChoice, ...]:
    """Where the function acts, then the others whose places a clause in force shows."""
    own = [MunicipalityChoice(place.code, place.name) for place in municipalities_of(actor)]
    shown = (
        Place.objects.visible_to(actor)
        .exclude(municipality__code__in=actor.municipality_codes)
        .values_list("municipality__code", "municipality__name", "municipality__sort_key")
        .distinct()
        .order_by("municipality__sort_key")
    )
    return (*own, *(MunicipalityChoice(code, name) for code, name, _key in shown))

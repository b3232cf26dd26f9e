"""The register of named places."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import (
    Capability,
    Detail,
    Information,
    InformationClass,
)
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted


class PlaceQuerySet(ScopedQuerySet["Place"]):
    def visible_to(self, actor: Actor) -> Self:
        """Named places hold nothing protected; whoever reports or reads incidents needs them."""
        return self.filter(
            owned_or_granted(
                actor, Information.INCIDENTS, Capability.INCIDENTS_READ, detail=Detail.AGGREGATE
            )
            | owned_or_granted(actor, Information.INCIDENTS, Capability.INCIDENTS_REPORT)
        )


class Place(ScopedModel):
    """A named place of the register: never a home. An area is a place without a parent."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "reference"

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    search_key = models.CharField(max_length=120, db_index=True)
    area = models.ForeignKey("self", models.PROTECT, null=True, related_name="places")
    east = models.IntegerField(null=True)
    north = models.IntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    radius_metres = models.PositiveIntegerField(default=100)
    # A place that is no more keeps its past; nothing new is reported there.
    ended_on = models.DateField(null=True)

    objects = ScopedManager.over(PlaceQuerySet)

    def __str__(self) -> str:
        return self.name

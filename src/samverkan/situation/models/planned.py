"""What is known to come: an event with people, a match, a market."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Information, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted

from .places import Place


class PlannedEventQuerySet(ScopedQuerySet["PlannedEvent"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever reads the situation, and whoever reports: it is known in the town."""
        return self.filter(
            owned_or_granted(actor, Information.INCIDENTS, Capability.INCIDENTS_READ)
            | owned_or_granted(actor, Information.INCIDENTS, Capability.INCIDENTS_REPORT)
        )


class PlannedEvent(ScopedModel):
    """Something that will happen at a place between two days, both counted."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    where = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    expected_effect = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()
    # Counts the changes, so that two who change at once notice each other.
    revision = models.PositiveIntegerField(default=1)

    objects = ScopedManager.over(PlannedEventQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="planned_event_ends_after_start"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "ends_on"], name="planned_event_ahead")
        ]

    def __str__(self) -> str:
        return f"planned event {self.ref}"

"""Citizen pledges (medborgarlöften): what was promised, what was done, what came of it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet

from .agreement import StepOfLife

# States that inhabitants see: what was once promised in public stays in public.
PUBLIC_STATES = ("promised", "kept", "partly_kept", "not_kept", "withdrawn")


class PledgeQuerySet(ScopedQuerySet["Pledge"]):
    def visible_to(self, actor: Actor) -> Self:
        """What has been promised is for everybody; drafts are for the party that writes them."""
        if actor.is_system:
            return self
        allowed = Q(state__in=PUBLIC_STATES)
        if actor.may(Capability.AGREEMENTS_READ) and actor.party_id is not None:
            allowed |= Q(owner_id=actor.party_id)
        return self.filter(allowed)


class Pledge(ScopedModel):
    information_class: ClassVar[InformationClass] = InformationClass.PUBLIC
    retention: ClassVar[str] = "governance"

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    agreement = models.ForeignKey(
        "agreements.Agreement", models.PROTECT, null=True, related_name="pledges"
    )
    title = models.CharField(max_length=120)
    area = models.CharField(max_length=120)
    heard = models.TextField(blank=True)
    promised = models.TextField()
    measured_by = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    responsible = models.ManyToManyField("organisations.Function", related_name="+")
    state = models.CharField(max_length=20, default="draft")
    result = models.TextField(blank=True)
    feedback = models.TextField(blank=True)
    created_at = models.DateTimeField()

    objects = ScopedManager.over(PledgeQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-valid_from", "-id"]

    def __str__(self) -> str:
        return self.title


class PartOfPledgeQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(pledge__in=Pledge.objects.visible_to(actor).values("pk"))


class PledgeLogEntry(models.Model):
    """Something that was done for the pledge."""

    information_class: ClassVar[InformationClass] = InformationClass.PUBLIC
    retention: ClassVar[str] = "governance"

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="log")
    on = models.DateField()
    text = models.CharField(max_length=400)
    written_at = models.DateTimeField()
    function_title = models.CharField(max_length=120)

    objects = ScopedManager.over(PartOfPledgeQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "id"]

    def __str__(self) -> str:
        return f"entry of pledge {self.pledge_id}"


class PledgeEvent(StepOfLife):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="events")

    objects = ScopedManager.over(PartOfPledgeQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pledge", "number"], name="pledge_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.event} of pledge {self.pledge_id}"

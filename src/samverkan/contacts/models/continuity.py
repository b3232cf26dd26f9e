"""Planned absence, notes of a function, and the handover from one holder to the next."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet


class AbsenceQuerySet(ScopedQuerySet["Absence"]):
    def visible_to(self, actor: Actor) -> Self:
        """The own absence, and that of the own party's people for whoever plans around it."""
        if actor.is_system:
            return self
        seen = Q(user_id=actor.user_id) if actor.user_id is not None else Q(pk__in=())
        if actor.may(Capability.CONTINUITY_READ) and actor.party_id is not None:
            seen |= Q(party_id=actor.party_id)
        return self.filter(seen)


class Absence(ScopedModel):
    """Days [first_on, after_on) when a person is away. Why is nobody's business: not asked."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "operations"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    party = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    first_on = models.DateField()
    after_on = models.DateField()
    told_deputy_at = models.DateTimeField(null=True)
    told_holder_at = models.DateTimeField(null=True)

    objects = ScopedManager.over(AbsenceQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["first_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(after_on__gt=models.F("first_on")), name="absence_has_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"absence {self.ref}"


class OfFunctionQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        """The function itself, and those of its party who watch over continuity."""
        if actor.is_system:
            return self
        if actor.function_id is None:
            return self.none()
        seen = Q(function_id=actor.function_id)
        if actor.may(Capability.CONTINUITY_READ):
            seen |= Q(function__organisation_id=actor.party_id)
            seen |= Q(function__organisation__parent_id=actor.party_id)
        return self.filter(seen)


class FunctionNote(ScopedModel):
    """An unwritten rule, written down: what the next holder ought to know."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    function = models.ForeignKey("organisations.Function", models.CASCADE, related_name="+")
    text = models.CharField(max_length=2000)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=120)
    removed_at = models.DateTimeField(null=True)

    objects = ScopedManager.over(OfFunctionQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"note {self.ref}"


class Handover(ScopedModel):
    """What stood open in a function on the day that it was handed over."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    function = models.ForeignKey("organisations.Function", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)

    objects = ScopedManager.over(OfFunctionQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"handover {self.ref}"


class HandoverPointQuerySet(ScopedQuerySet["HandoverPoint"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(handover__in=Handover.objects.visible_to(actor).values("pk"))


class HandoverPoint(ScopedModel):
    """One thing that the successor takes over and says so."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=20)
    text = models.CharField(max_length=2000)
    note = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=120, blank=True)

    objects = ScopedManager.over(HandoverPointQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]

    def __str__(self) -> str:
        return f"point {self.ref} of handover {self.handover_id}"

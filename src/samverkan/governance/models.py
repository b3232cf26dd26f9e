"""Groups, their seats and meetings. The council stands over the working groups."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Information, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted


class GroupQuerySet(ScopedQuerySet["Group"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(owned_or_granted(actor, Information.MEETINGS, Capability.GROUPS_READ))


class Group(ScopedModel):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    class Kind(models.TextChoices):
        COUNCIL = "council", _("Strategic council")
        EST = "est", _("EST group")
        SSPF = "sspf", _("SSPF group")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=120)
    purpose = models.TextField()
    cadence = models.CharField(max_length=80)
    owner = models.ForeignKey("organisations.Organisation", models.PROTECT)
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT)

    objects = ScopedManager.over(GroupQuerySet)

    def __str__(self) -> str:
        return self.name


class PartOfGroupQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(group__in=Group.objects.visible_to(actor).values("pk"))


class Seat(models.Model):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    group = models.ForeignKey(Group, models.CASCADE, related_name="seats")
    function = models.ForeignKey("organisations.Function", models.PROTECT, related_name="seats")
    is_chair = models.BooleanField(default=False)
    is_leading_position = models.BooleanField(default=False)

    objects = ScopedManager.over(PartOfGroupQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["group", "function"], name="one_seat_a_function")
        ]

    def __str__(self) -> str:
        return f"seat of function {self.function_id} in group {self.group_id}"


class Meeting(ScopedModel):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    group = models.ForeignKey(Group, models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    notes = models.TextField(blank=True)

    objects = ScopedManager.over(PartOfGroupQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts_at"]

    def __str__(self) -> str:
        return f"meeting {self.ref}"


# Django looks for a room's models here.
from .duties.models import DutyRecord, WheelDone  # noqa: E402, F401

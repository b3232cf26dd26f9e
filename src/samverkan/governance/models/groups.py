"""Groups and the functions that have a seat in them. The council stands over the working groups."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Information, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted


class GroupQuerySet(ScopedQuerySet["Group"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(owned_or_granted(actor, Information.MEETINGS, Capability.GROUPS_READ))

    def in_use(self, day: date) -> Self:
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


class Group(ScopedModel):
    """`kind` is the name of a template file: a new kind of group is a new file, never new code.

    The rhythm is data as well (`cadence.py` reckons with it); `cadence` is what people call it,
    for groups whose rhythm nobody has said yet.
    """

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    purpose = models.TextField()
    cadence = models.CharField(max_length=80, blank=True)
    owner = models.ForeignKey("organisations.Organisation", models.PROTECT)
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT)
    rhythm = models.CharField(max_length=20, blank=True)
    meets_from = models.DateField(null=True, blank=True)
    meets_at = models.TimeField(null=True, blank=True)
    minutes_long = models.PositiveSmallIntegerField(default=60)
    summer_rhythm = models.CharField(max_length=20, blank=True)
    summer_from = models.CharField(max_length=5, blank=True)
    summer_to = models.CharField(max_length=5, blank=True)
    place = models.CharField(max_length=120, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = ScopedManager.over(GroupQuerySet)

    def __str__(self) -> str:
        return self.name


class PartOfGroupQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(group__in=Group.objects.visible_to(actor).values("pk"))


class SeatQuerySet(PartOfGroupQuerySet):
    def filled_on(self, day: date) -> Self:
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )


class Seat(models.Model):
    """A function's place in a group, for a mandate period [valid_from, valid_to)."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    class Role(models.TextChoices):
        POLITICIAN = "politician", _("Politician")
        OFFICIAL = "official", _("Official")
        POLICE = "police", _("Police")
        OTHER = "other", _("Other")

    group = models.ForeignKey(Group, models.CASCADE, related_name="seats")
    function = models.ForeignKey("organisations.Function", models.PROTECT, related_name="seats")
    deputy = models.ForeignKey(
        "organisations.Function", models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.OFFICIAL)
    is_chair = models.BooleanField(default=False)
    is_leading_position = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = ScopedManager.over(SeatQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["group", "function"],
                condition=Q(valid_to__isnull=True),
                name="one_seat_a_function",
            )
        ]

    def __str__(self) -> str:
        return f"seat of function {self.function_id} in group {self.group_id}"

"""What the municipality itself says that it has done: reports to the council, notes of evidence."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Information, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted


class DutyRecordQuerySet(ScopedQuerySet["DutyRecord"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(owned_or_granted(actor, Information.PLANS, Capability.PLANS_READ))


class DutyRecord(ScopedModel):
    """One thing done under the law that no other room knows of, with where it can be found."""

    information_class: ClassVar[InformationClass] = InformationClass.PUBLIC
    retention: ClassVar[str] = "governance"

    class Kind(models.TextChoices):
        REPORTED = "reported_to_council", _("Report to the municipal council (13 §)")
        PLAN = "decided_plan", _("Decided action plan (5 §)")
        FOLLOWED = "followed_up_plan", _("Followed-up action plan (6 §)")
        INTEGRATION = "noted_integration", _("Integrated with other planning (7 §)")
        INFORMATION = "noted_information", _("Information to the inhabitants (12 §)")

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    done_on = models.DateField()
    title = models.CharField(max_length=160)
    body = models.CharField(max_length=120, blank=True)
    reference_number = models.CharField(max_length=60, blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)

    objects = ScopedManager.over(DutyRecordQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-done_on", "-pk"]

    def __str__(self) -> str:
        return f"duty record {self.ref}"


class WheelDoneQuerySet(ScopedQuerySet["WheelDone"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(owned_or_granted(actor, Information.PLANS, Capability.PLANS_READ))


class WheelDone(models.Model):
    """That an item of the year wheel is done, or is left out this year with a reason."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    item = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    done_at = models.DateTimeField()
    done_by = models.CharField(max_length=120)
    reason_left_out = models.CharField(max_length=200, blank=True)

    objects = ScopedManager.over(WheelDoneQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner", "municipality", "item", "year"], name="one_end_an_item_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.year}"

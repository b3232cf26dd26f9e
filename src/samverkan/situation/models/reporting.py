"""Who is expected to report, and who said that there was nothing."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import (
    Capability,
    Information,
    InformationClass,
)
from samverkan.platform.access.models import ScopedManager, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted


class ReportingDutyQuerySet(ScopedQuerySet["ReportingDuty"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who has reported is as telling as an incident; and a unit sees its own duty."""
        allowed = owned_or_granted(actor, Information.INCIDENTS, Capability.INCIDENTS_READ)
        if actor.may(Capability.INCIDENTS_REPORT) and actor.organisation_id is not None:
            allowed |= Q(organisation_id=actor.organisation_id)
        return self.filter(allowed)


class ReportingDuty(models.Model):
    """That a unit is expected to report each week: silence is not safety."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = ScopedManager.over(ReportingDutyQuerySet)

    def __str__(self) -> str:
        return f"reporting duty of {self.organisation_id}"


class NothingReportedQuerySet(ScopedQuerySet["NothingReported"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(duty__in=ReportingDuty.objects.visible_to(actor).values("pk"))


class NothingReported(models.Model):
    """A unit's positive word that it had nothing to report in a week."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    duty = models.ForeignKey(ReportingDuty, models.CASCADE, related_name="silent_weeks")
    week = models.PositiveIntegerField()

    objects = ScopedManager.over(NothingReportedQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["duty", "week"], name="one_word_a_week")
        ]

    def __str__(self) -> str:
        return f"nothing in week {self.week}"

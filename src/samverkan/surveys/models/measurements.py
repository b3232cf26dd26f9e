"""Surveys that others have made of a sample, as imported or typed."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import (
    Capability,
    Detail,
    Information,
    InformationClass,
)
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted


class MeasurementQuerySet(ScopedQuerySet["Measurement"]):
    def visible_to(self, actor: Actor) -> Self:
        """The own party's, and what a clause lets through: shares are counts already."""
        return self.filter(
            owned_or_granted(
                actor, Information.SURVEYS, Capability.SURVEYS_READ, detail=Detail.AGGREGATE
            )
        )


class Measurement(ScopedModel):
    """One survey at one time: who was asked, how many answered, and what that is worth."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "statistics"

    class Reach(models.TextChoices):
        MUNICIPALITY = "municipality", _("the municipality")
        POLICE_AREA = "police_area", _("the whole local police area")
        AREA = "area", _("an area of the municipality")

    class Sampling(models.TextChoices):
        DRAWN = "drawn", _("a drawn sample")
        EVERYBODY = "everybody", _("everybody was asked")
        SELF_CHOSEN = "self_chosen", _("those who wanted to answer")

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=120)
    reach = models.CharField(max_length=12, choices=Reach.choices, default=Reach.MUNICIPALITY)
    area = models.CharField(max_length=80, blank=True)
    sampling = models.CharField(max_length=11, choices=Sampling.choices, default=Sampling.DRAWN)
    asked_from = models.DateField()
    asked_to = models.DateField()
    population = models.PositiveIntegerField(null=True)
    sample_size = models.PositiveIntegerField(null=True)
    answers = models.PositiveIntegerField()
    design_effect = models.FloatField(default=1.0)
    put_in_at = models.DateTimeField()
    put_in_by = models.CharField(max_length=160)
    batch = models.ForeignKey(
        "imports.ImportBatch", models.PROTECT, null=True, related_name="+", blank=True
    )

    objects = ScopedManager.over(MeasurementQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_to", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner", "municipality", "title", "area", "asked_from"],
                name="one_measurement_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"measurement {self.ref}"


class MeasuredShareQuerySet(ScopedQuerySet["MeasuredShare"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(measurement__in=Measurement.objects.visible_to(actor).values("pk"))


class MeasuredShare(models.Model):
    """Per cent of those who answered one question that are unsafe, worried or see a problem."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "statistics"

    measurement = models.ForeignKey(Measurement, models.CASCADE, related_name="shares")
    question = models.CharField(max_length=30)
    percent = models.FloatField()
    base = models.PositiveIntegerField()

    objects = ScopedManager.over(MeasuredShareQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["measurement", "question"], name="one_share_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.question} of measurement {self.measurement_id}"

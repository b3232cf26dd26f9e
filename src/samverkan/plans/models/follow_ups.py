"""Follow-ups of a decided plan (6 §), with what came of each measure."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet

from .parts import PlanMeasure
from .plan import PartOfPlanQuerySet, Plan


class PlanFollowUp(ScopedModel):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="follow_ups")
    number = models.PositiveIntegerField()
    followed_up_on = models.DateField()
    body = models.CharField(max_length=120)
    paragraph = models.CharField(max_length=20, blank=True)
    reference_number = models.CharField(max_length=60, blank=True)
    summary = models.TextField()
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=160)
    function_title = models.CharField(max_length=120)

    objects = ScopedManager.over(PartOfPlanQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_follow_up_once")
        ]

    def __str__(self) -> str:
        return f"follow-up {self.number} of plan {self.plan_id}"


class MeasureOutcomeQuerySet(ScopedQuerySet["MeasureOutcome"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(follow_up__plan__in=Plan.objects.visible_to(actor).values("pk"))


class MeasureOutcome(models.Model):
    """How a measure stood at a follow-up; `verdict` is what the figures said, if they had been
    asked, in the words of that day."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    class Kind(models.TextChoices):
        DONE = "done", pgettext_lazy("what became of a measure", "Done")
        ONGOING = "ongoing", _("Ongoing")
        DROPPED = "dropped", _("Dropped")
        REPLACED = "replaced", _("Replaced")

    follow_up = models.ForeignKey(PlanFollowUp, models.CASCADE, related_name="outcomes")
    measure = models.ForeignKey(PlanMeasure, models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    words = models.TextField(blank=True)
    verdict = models.TextField(blank=True)

    objects = ScopedManager.over(MeasureOutcomeQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["measure__problem__number", "measure__number", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["follow_up", "measure"], name="one_outcome_a_measure")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: measure {self.measure_id}"

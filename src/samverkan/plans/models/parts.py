"""What a plan consists of: problems as they were prioritised, and the measures against them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel

from .plan import PartOfPlanQuerySet, Plan


class PlanProblem(ScopedModel):
    """A problem as it stood when it was chosen: its name, its number in the grid and the reason.

    `problem_ref` is the situation's own. A deselected problem stands in the plan with its reason:
    to choose away is a documented result.
    """

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="problems")
    problem_ref = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    grid_number = models.PositiveIntegerField(null=True)
    is_deselected = models.BooleanField(default=False)
    name = models.CharField(max_length=160)
    place = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    goal = models.TextField(blank=True)
    edition = models.PositiveIntegerField(default=1)

    objects = ScopedManager.over(PartOfPlanQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["is_deselected", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "problem_ref"], name="plan_problem_once")
        ]

    def __str__(self) -> str:
        return f"problem {self.problem_ref} in plan {self.plan_id}"


class PlanMeasure(ScopedModel):
    """What is to be done, by which function, with whom, and how it is seen whether it helps.

    `measure_ref` is the situation's measure that it was taken from, empty when it is the plan's
    own; `carried_from` the same measure in the plan that this one revises. `parties` are names.
    """

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="measures")
    problem = models.ForeignKey(PlanProblem, models.CASCADE, related_name="measures")
    measure_ref = models.CharField(max_length=12, blank=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried_to")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    responsible = models.ForeignKey(
        "organisations.Function", models.PROTECT, null=True, related_name="+"
    )
    responsible_title = models.CharField(max_length=160, blank=True)
    parties: models.JSONField[Any, Any] = models.JSONField(default=list)
    indicator = models.CharField(max_length=200, blank=True)
    baseline = models.CharField(max_length=120, blank=True)
    target = models.CharField(max_length=120, blank=True)
    follow_up_on = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=1)

    objects = ScopedManager.over(PartOfPlanQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["problem__number", "number", "id"]

    def __str__(self) -> str:
        return f"measure {self.ref} of plan {self.plan_id}"


class EarlierMeasure(models.Model):
    """A measure of the plan before that was not taken along, and what became of it."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    class Fate(models.TextChoices):
        DONE = "done", pgettext_lazy("what became of a measure", "Done")
        DROPPED = "dropped", _("Dropped")
        REPLACED = "replaced", _("Replaced")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="earlier_measures")
    measure = models.ForeignKey(PlanMeasure, models.PROTECT, related_name="fates")
    fate = models.CharField(max_length=8, choices=Fate.choices)
    words = models.TextField()

    objects = ScopedManager.over(PartOfPlanQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["measure__problem__number", "measure__number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "measure"], name="one_fate_a_measure")
        ]

    def __str__(self) -> str:
        return f"{self.fate}: measure {self.measure_id} in plan {self.plan_id}"

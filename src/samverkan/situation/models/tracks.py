"""What has happened to problems and measures: steps, ratings, and levels they were moved to."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet

from .causes import PartOfProblemQuerySet
from .measures import Measure
from .problems import Problem

ONE_SUBJECT = Q(problem__isnull=False, measure__isnull=True) | Q(
    problem__isnull=True, measure__isnull=False
)


class OfProblemOrMeasureQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(
            Q(problem__in=Problem.objects.visible_to(actor).values("pk"))
            | Q(measure__in=Measure.objects.visible_to(actor).values("pk"))
        )


class StateChange(models.Model):
    """One step of a problem's or a measure's life. Rows are added, never changed.

    The first row of a life has no event and no source: the state in which it was begun.
    """

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    problem = models.ForeignKey(Problem, models.CASCADE, null=True, related_name="changes")
    measure = models.ForeignKey(Measure, models.CASCADE, null=True, related_name="changes")
    event = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=12, blank=True)
    target = models.CharField(max_length=12)
    at = models.DateTimeField()
    function_ref = models.CharField(max_length=12, blank=True)
    function_title = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)

    objects = ScopedManager.over(OfProblemOrMeasureQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="a_step_of_one_life")
        ]

    def __str__(self) -> str:
        return f"step {self.event} to {self.target}"


class Rating(models.Model):
    """How a problem is judged by one criterion of a version of the grid, 1 to 4."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="ratings")
    criterion = models.CharField(max_length=30)
    criteria_version = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()
    rated_at = models.DateTimeField()
    function_title = models.CharField(max_length=120)

    objects = ScopedManager.over(PartOfProblemQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["problem", "criterion", "criteria_version"], name="one_rating_a_criterion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion} of problem {self.problem_id}"


class Escalation(ScopedModel):
    """That a problem or a measure was moved to a level, why, and when it came back."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    class Level(models.TextChoices):
        UNIT = "unit", _("The unit")
        GROUP = "group", _("The EST group")
        COORDINATOR = "coordinator", _("Coordinator and community police officer")
        COUNCIL = "council", _("The strategic council")
        BOARD = "board", _("The municipal executive board")

    problem = models.ForeignKey(Problem, models.CASCADE, null=True, related_name="escalations")
    measure = models.ForeignKey(Measure, models.CASCADE, null=True, related_name="escalations")
    level = models.CharField(max_length=12, choices=Level.choices)
    rule = models.CharField(max_length=30)
    rules_version = models.CharField(max_length=20)
    # What the rule counted when it spoke: weeks or days.
    counted = models.PositiveIntegerField()
    raised_on = models.DateField()
    came_back_on = models.DateField(null=True)
    came_back_why = models.CharField(max_length=30, blank=True)

    objects = ScopedManager.over(OfProblemOrMeasureQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="one_thing_is_moved"),
            models.UniqueConstraint(
                fields=["problem", "rule", "level"],
                condition=Q(came_back_on__isnull=True, problem__isnull=False),
                name="a_problem_is_moved_once",
            ),
            models.UniqueConstraint(
                fields=["measure", "rule", "level"],
                condition=Q(came_back_on__isnull=True, measure__isnull=False),
                name="a_measure_is_moved_once",
            ),
        ]

    def __str__(self) -> str:
        return f"escalation {self.ref} to {self.level}"

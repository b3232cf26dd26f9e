"""Problems and the measures taken against them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import (
    Capability,
    Information,
    InformationClass,
)
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted

from .places import Place


class ProblemQuerySet(ScopedQuerySet["Problem"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(owned_or_granted(actor, Information.PROBLEMS, Capability.PROBLEMS_READ))


class Problem(ScopedModel):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        FOLLOWED = "followed", _("Being followed")
        CLOSED = "closed", _("Closed")

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    causes = models.TextField(blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    category = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField()

    objects = ScopedManager.over(ProblemQuerySet)

    def __str__(self) -> str:
        return f"problem {self.ref}"


class MeasureQuerySet(ScopedQuerySet["Measure"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(problem__in=Problem.objects.visible_to(actor).values("pk"))


class Measure(ScopedModel):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ONGOING = "ongoing", _("Ongoing")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="measures")
    title = models.CharField(max_length=160)
    responsible = models.ForeignKey("organisations.Function", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    indicator = models.CharField(max_length=200, blank=True)
    baseline = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    follow_up_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)

    objects = ScopedManager.over(MeasureQuerySet)

    def __str__(self) -> str:
        return f"measure {self.ref}"

"""Which incidents a problem gathers."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedQuerySet

from .incidents import Incident
from .problems import Problem


class GatheredIncidentQuerySet(ScopedQuerySet["GatheredIncident"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever may read both the problem and the incident."""
        return self.filter(
            problem__in=Problem.objects.visible_to(actor).values("pk"),
            incident__in=Incident.objects.visible_to(actor).values("pk"),
        )


class GatheredIncident(models.Model):
    """One incident in one problem; an incident may belong to several problems."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "est"

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="gathered")
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="gathered")
    gathered_at = models.DateTimeField()

    objects = ScopedManager.over(GatheredIncidentQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["problem", "incident"], name="gathered_once")
        ]

    def __str__(self) -> str:
        return f"incident {self.incident_id} in problem {self.problem_id}"

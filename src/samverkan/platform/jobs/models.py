"""Long work that somebody waits for: what it is, how far it has come, how it ended."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet


class JobQuerySet(ScopedQuerySet["Job"]):
    def visible_to(self, actor: Actor) -> Self:
        """A job is seen by the function that started it."""
        if actor.is_system:
            return self
        if not actor.function_ref:
            return self.none()
        return self.filter(function_ref=actor.function_ref)


class Job(ScopedModel):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "operations"

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=60)
    object_ref = models.CharField(max_length=40, blank=True)
    function_ref = models.CharField(max_length=12, blank=True, db_index=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    progress_done = models.PositiveBigIntegerField(default=0)
    progress_total = models.PositiveBigIntegerField(null=True)
    message = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = ScopedManager.over(JobQuerySet)

    def __str__(self) -> str:
        return f"job {self.ref} {self.kind} {self.state}"


class PeriodicRunQuerySet(ScopedQuerySet["PeriodicRun"]):
    def visible_to(self, actor: Actor) -> Self:
        """Housekeeping of the system alone."""
        return self if actor.is_system else self.none()


class PeriodicRun(models.Model):
    """When work that comes back is to be done next."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "operations"

    name = models.CharField(max_length=60, unique=True)
    next_at = models.DateTimeField()

    objects = ScopedManager.over(PeriodicRunQuerySet)

    def __str__(self) -> str:
        return f"{self.name} next at {self.next_at}"

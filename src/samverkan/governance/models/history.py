"""Every step that a meeting, its minutes or an assignment has taken, to be replayed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager

from .groups import Group, PartOfGroupQuerySet


class StateStep(models.Model):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    subject_kind = models.CharField(max_length=12)
    subject_ref = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=20)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.CharField(max_length=160)
    function_title = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)

    objects = ScopedManager.over(PartOfGroupQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_ref", "number"], name="one_step_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"step {self.number} of {self.subject_kind} {self.subject_ref}"

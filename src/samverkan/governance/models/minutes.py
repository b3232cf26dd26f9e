"""The minutes as they stood at each point in time, and who adjusts them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager

from .meetings import Meeting, PartOfMeetingQuerySet


class MinutesVersion(models.Model):
    """The whole minutes as data. The adjusted one is locked: its hash says that it is unchanged."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="minutes_versions")
    number = models.PositiveIntegerField()
    content: models.JSONField[Any, Any] = models.JSONField()
    content_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)
    function_title = models.CharField(max_length=120, blank=True)
    is_adjusted = models.BooleanField(default=False)

    objects = ScopedManager.over(PartOfMeetingQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_minutes_a_number")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of the minutes of meeting {self.meeting_id}"


class Adjuster(models.Model):
    """A function that is to read the minutes and say that they are right."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="adjusters")
    function = models.ForeignKey("organisations.Function", models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    approved_version = models.PositiveIntegerField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=160, blank=True)
    remark = models.TextField(blank=True)

    objects = ScopedManager.over(PartOfMeetingQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "function"], name="one_adjuster_a_function")
        ]

    def __str__(self) -> str:
        return f"adjuster {self.function_id} of meeting {self.meeting_id}"

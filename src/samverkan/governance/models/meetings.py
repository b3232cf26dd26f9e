"""Meetings, their agenda, who was there, and what was noted."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet

from ..states import MeetingState, MinutesState
from .groups import Group, PartOfGroupQuerySet


class Meeting(ScopedModel):
    """`notes` holds what was written of meetings held before the product kept their minutes."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    group = models.ForeignKey(Group, models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    minutes_long = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=120, blank=True)
    notes = models.TextField(blank=True)
    state = models.CharField(max_length=12, default=MeetingState.PLANNED)
    minutes_state = models.CharField(max_length=12, default=MinutesState.NONE)
    called_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    adjust_by = models.DateField(null=True, blank=True)
    adjusted_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over(PartOfGroupQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts_at"]

    def __str__(self) -> str:
        return f"meeting {self.ref}"


class PartOfMeetingQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(meeting__group__in=Group.objects.visible_to(actor).values("pk"))


class AgendaItem(ScopedModel):
    """One point of one meeting's agenda; `key` knows a room's point again."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    key = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    sentence = models.TextField(blank=True)
    url = models.CharField(max_length=200, blank=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_ref = models.CharField(max_length=40, blank=True)
    is_own = models.BooleanField(default=False)
    paper_title = models.CharField(max_length=160, blank=True)
    paper_text = models.TextField(blank=True)
    skipped_because = models.CharField(max_length=200, blank=True)

    objects = ScopedManager.over(PartOfMeetingQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "key"], name="one_point_a_key")
        ]

    def __str__(self) -> str:
        return f"agenda point {self.ref}"


class PartOfItemQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(item__meeting__group__in=Group.objects.visible_to(actor).values("pk"))


class PointNote(models.Model):
    """What was noted on a point, in every version: an edit makes a new one."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="note_versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=160)
    function_title = models.CharField(max_length=120, blank=True)
    on_behalf_of = models.CharField(max_length=160, blank=True)

    objects = ScopedManager.over(PartOfItemQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "number"], name="one_note_a_number")
        ]

    def __str__(self) -> str:
        return f"note {self.number} on point {self.item_id}"


class Attendance(models.Model):
    """A seat on the day: taken down when the meeting starts, whatever becomes of it later.

    A function that ends while the meeting goes on stays in the list with the time it left.
    """

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    class Presence(models.TextChoices):
        UNMARKED = "unmarked", _("Not marked")
        PRESENT = "present", _("Present")
        DEPUTY = "deputy", _("Deputy present")
        ABSENT = "absent", _("Absent")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    function = models.ForeignKey("organisations.Function", models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=120)
    position = models.CharField(max_length=120, blank=True)
    is_chair = models.BooleanField(default=False)
    is_leading_position = models.BooleanField(default=False)
    presence = models.CharField(max_length=10, choices=Presence.choices, default=Presence.UNMARKED)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over(PartOfMeetingQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-is_chair", "organisation_name", "title"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "function"], name="one_line_a_seat")
        ]

    def __str__(self) -> str:
        return f"attendance of function {self.function_id} at meeting {self.meeting_id}"

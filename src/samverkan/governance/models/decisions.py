"""What meetings decided, what became of it, and the formal decisions of other bodies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel

from ..states import AssignmentState
from .groups import Group, PartOfGroupQuerySet
from .meetings import AgendaItem, Meeting, PartOfMeetingQuerySet


class Decision(ScopedModel):
    """Typed once in the meeting; `result_ref` is the thing that its kind made of it."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    text = models.TextField()
    reason = models.TextField(blank=True)
    function = models.ForeignKey(
        "organisations.Function", models.PROTECT, null=True, blank=True, related_name="+"
    )
    function_title = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    follow_up_how = models.CharField(max_length=300, blank=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_ref = models.CharField(max_length=40, blank=True)
    result_ref = models.CharField(max_length=40, blank=True)
    result_title = models.CharField(max_length=200, blank=True)
    result_url = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=160)

    objects = ScopedManager.over(PartOfMeetingQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["meeting_id", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_decision_a_number")
        ]

    def __str__(self) -> str:
        return f"decision {self.ref}"


class FormalDecision(ScopedModel):
    """What a body with the right to decide has decided; the council only ever points to it."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    group = models.ForeignKey(Group, models.CASCADE, related_name="formal_decisions")
    decision = models.ForeignKey(
        Decision, models.SET_NULL, null=True, blank=True, related_name="formal_decisions"
    )
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=120)
    decided_on = models.DateField()
    paragraph = models.CharField(max_length=20, blank=True)
    reference_number = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=160)

    objects = ScopedManager.over(PartOfGroupQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-decided_on", "-id"]

    def __str__(self) -> str:
        return f"formal decision {self.ref}"


class Assignment(ScopedModel):
    """An uppdrag: proposed by a group, accepted by an organisation, done in a group, reported."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    group = models.ForeignKey(Group, models.CASCADE, related_name="assignments_given")
    to_group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    function = models.ForeignKey("organisations.Function", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    follow_up_how = models.CharField(max_length=300, blank=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_ref = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, default=AssignmentState.PROPOSED)
    proposed_at = models.DateTimeField()
    due_on = models.DateField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.CharField(max_length=160, blank=True)
    accepted_as = models.CharField(max_length=120, blank=True)
    report = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over(PartOfGroupQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "id"]

    def __str__(self) -> str:
        return f"assignment {self.ref}"

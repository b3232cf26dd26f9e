"""Whom to call about what, and what came of it each time."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Information, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted

from ..rules import CallState, Hours


class ContactPathQuerySet(ScopedQuerySet["ContactPath"]):
    def visible_to(self, actor: Actor) -> Self:
        """The own party's functions, and a party that a clause lets in."""
        return self.filter(owned_or_granted(actor, Information.CONTACTS, Capability.CONTACTS_READ))


class ContactPath(ScopedModel):
    """Whom to turn to about one matter in one municipality, step by step."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    matter = models.CharField(max_length=40)
    note = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = ScopedManager.over(ContactPathQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner", "municipality", "matter"], name="one_path_a_matter"
            )
        ]

    def __str__(self) -> str:
        return f"contact path {self.ref}"


class PartOfPathQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(path__in=ContactPath.objects.visible_to(actor).values("pk"))


class PathStep(models.Model):
    """One function to turn to; the next is tried after `wait_minutes` without an answer."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    path = models.ForeignKey(ContactPath, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    function = models.ForeignKey("organisations.Function", models.PROTECT, related_name="+")
    ways = models.JSONField(default=list)
    wait_minutes = models.PositiveSmallIntegerField(default=10)
    hours = models.CharField(max_length=6, default=Hours.ALWAYS.value)

    objects = ScopedManager.over(PartOfPathQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["path", "position"], name="one_step_a_position")
        ]

    def __str__(self) -> str:
        return f"step {self.position} of path {self.path_id}"


class CallQuerySet(ScopedQuerySet["Call"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever may see the path, and whoever sounded it or is asked to answer."""
        if actor.is_system:
            return self
        seen = Q(path__in=ContactPath.objects.visible_to(actor).values("pk"))
        if actor.function_id is not None:
            seen |= Q(sounded_by_id=actor.function_id)
            seen |= Q(path__steps__function_id=actor.function_id)
        return self.filter(seen).distinct()


class Call(ScopedModel):
    """One time that somebody was sought; a drill measures how long it takes to be answered."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "operations"

    path = models.ForeignKey(ContactPath, models.PROTECT, related_name="calls")
    # Sent twice by an impatient thumb, it is sounded once.
    key = models.CharField(max_length=40, unique=True)
    message = models.CharField(max_length=300, blank=True)
    is_drill = models.BooleanField(default=False)
    state = models.CharField(max_length=12, default=CallState.OPEN.value)
    sounded_by = models.ForeignKey("organisations.Function", models.PROTECT, related_name="+")
    sounded_at = models.DateTimeField(db_index=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        "organisations.Function", models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    objects = ScopedManager.over(CallQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-sounded_at", "-pk"]

    def __str__(self) -> str:
        return f"call {self.ref} {self.state}"


class AttemptQuerySet(ScopedQuerySet["Attempt"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(call__in=Call.objects.visible_to(actor).values("pk"))


class Attempt(models.Model):
    """One try to reach a function by one way: by the system, or by somebody who rang."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "operations"

    call = models.ForeignKey(Call, models.CASCADE, related_name="attempts")
    position = models.PositiveSmallIntegerField()
    function = models.ForeignKey("organisations.Function", models.PROTECT, related_name="+")
    is_deputy = models.BooleanField(default=False)
    way = models.CharField(max_length=8)
    at = models.DateTimeField()
    message_key = models.CharField(max_length=120, blank=True)
    result = models.CharField(max_length=12, blank=True)

    objects = ScopedManager.over(AttemptQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["call", "position", "way"],
                condition=Q(message_key__gt=""),
                name="one_message_a_step_and_way",
            )
        ]

    def __str__(self) -> str:
        return f"attempt of call {self.call_id} by {self.way}"

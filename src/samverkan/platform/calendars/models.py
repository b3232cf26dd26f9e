"""Addresses at which a function's calendar can be followed, and what they last said."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet


class CalendarFeedQuerySet(ScopedQuerySet["CalendarFeed"]):
    def visible_to(self, actor: Actor) -> Self:
        """A person sees the own addresses, those of the function that is acted in."""
        if actor.is_system:
            return self
        if actor.user_id is None or not actor.function_ref:
            return self.none()
        return self.filter(user_id=actor.user_id, function_ref=actor.function_ref)


class CalendarFeed(ScopedModel):
    """One holder's address to one function's calendar. Kept as a hash: it is shown once."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "account"

    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    function_ref = models.CharField(max_length=12, db_index=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_read_on = models.DateField(null=True)

    objects = ScopedManager.over(CalendarFeedQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"calendar feed {self.ref}"


class EntryStateQuerySet(ScopedQuerySet["EntryState"]):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_system:
            return self
        if not actor.function_ref:
            return self.none()
        return self.filter(function_ref=actor.function_ref)


class EntryState(models.Model):
    """What a calendar program was last told of an entry: a changed one gets the next number."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "operations"

    function_ref = models.CharField(max_length=12)
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = ScopedManager.over(EntryStateQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["function_ref", "key"], name="one_state_an_entry")
        ]

    def __str__(self) -> str:
        return f"entry {self.key} of function {self.function_ref}"

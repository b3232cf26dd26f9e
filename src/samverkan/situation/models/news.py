"""The police's news: for reading, never counted."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import (
    InformationClass,
)
from samverkan.platform.access.models import ScopedManager, ScopedQuerySet


class NewsEventQuerySet(ScopedQuerySet["NewsEvent"]):
    def visible_to(self, actor: Actor) -> Self:
        """Published by the police to everybody."""
        if actor.is_system or actor.has_function:
            return self
        return self.none()


class NewsEvent(models.Model):
    """An item of polisen.se: news for reading. Never counted, never put on a map."""

    information_class: ClassVar[InformationClass] = InformationClass.PUBLIC
    retention: ClassVar[str] = "news"

    police_id = models.PositiveBigIntegerField(unique=True)
    published_at = models.DateTimeField(db_index=True)
    event_type = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    is_summary_truncated = models.BooleanField(default=False)
    address = models.CharField(max_length=300, blank=True)
    municipality = models.ForeignKey(
        "organisations.Municipality", models.PROTECT, null=True, related_name="+"
    )
    county_code = models.CharField(max_length=2, blank=True)
    is_digest = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)
    revision = models.PositiveSmallIntegerField(default=1)
    batch = models.ForeignKey("imports.ImportBatch", models.PROTECT, related_name="+")

    objects = ScopedManager.over(NewsEventQuerySet)

    def __str__(self) -> str:
        return f"news {self.police_id}"

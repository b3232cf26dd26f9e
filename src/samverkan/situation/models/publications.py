"""What a municipality's counts look like to those who may have counts only."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import (
    Capability,
    Detail,
    Information,
    InformationClass,
)
from samverkan.platform.access.models import ScopedManager, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted


class CountPublicationQuerySet(ScopedQuerySet["CountPublication"]):
    def visible_to(self, actor: Actor) -> Self:
        """The owner's readers, and whoever a clause lets have counts."""
        return self.filter(
            owned_or_granted(
                actor, Information.INCIDENTS, Capability.INCIDENTS_READ, detail=Detail.AGGREGATE
            )
        )


class CountPublication(models.Model):
    """One owner's counts of four weeks that have ended, with what is small taken out.

    `content` is what may be shown; `basis` is what it was made from, kept so that the next edition
    hides what this one hid. The basis is never shown.
    """

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    first_week = models.PositiveIntegerField()
    edition = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    content = models.JSONField()
    basis = models.JSONField()

    objects = ScopedManager.over(CountPublicationQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner", "municipality", "first_week", "edition"],
                name="one_edition_of_a_publication",
            )
        ]

    def __str__(self) -> str:
        return f"counts from week {self.first_week}, edition {self.edition}"

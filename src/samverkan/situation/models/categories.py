"""A municipality's own categories, each under a common code."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import (
    Capability,
    Detail,
    Information,
    InformationClass,
)
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted


class LocalCategoryQuerySet(ScopedQuerySet["LocalCategory"]):
    def visible_to(self, actor: Actor) -> Self:
        """Words without anything protected: for whoever reports or reads incidents there."""
        return self.filter(
            owned_or_granted(
                actor, Information.INCIDENTS, Capability.INCIDENTS_READ, detail=Detail.AGGREGATE
            )
            | owned_or_granted(actor, Information.INCIDENTS, Capability.INCIDENTS_REPORT)
            | self._where_the_actor_reports(actor)
        )

    @staticmethod
    def _where_the_actor_reports(actor: Actor) -> Q:
        if not actor.may(Capability.INCIDENTS_REPORT):
            return Q(pk__in=())
        return Q(municipality__code__in=sorted(actor.municipality_codes))


class LocalCategory(ScopedModel):
    """The name never changes: another word is another row, and the old one keeps its incidents."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "reference"

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    # The common code that its incidents are counted under.
    category = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    valid_from = models.DateField()
    ended_on = models.DateField(null=True)

    objects = ScopedManager.over(LocalCategoryQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                condition=Q(ended_on__isnull=True),
                name="one_local_category_a_name",
            )
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.name}"

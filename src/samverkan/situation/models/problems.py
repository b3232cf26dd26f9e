"""Problems: what comes back, where, for whom, and what was decided to do about it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import (
    Capability,
    Information,
    InformationClass,
)
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted

from .places import Place


class ProblemQuerySet(ScopedQuerySet["Problem"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(owned_or_granted(actor, Information.PROBLEMS, Capability.PROBLEMS_READ))


class Problem(ScopedModel):
    """`state` lives by `lives.PROBLEM`; only `services.steps` changes it."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ANALYSED = "analysed", _("Causes analysed")
        MEASURES = "measures", _("Measures under way")
        FOLLOWED = "followed", _("Being followed")
        CLOSED = "closed", _("Closed")
        SET_ASIDE = "set_aside", _("Set aside")

    class NeighbourAnswer(models.TextChoices):
        YES = "yes", _("Yes, together")
        NO = "no", _("No, on our own")

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    # What was written before there was a cause tree; the tree's first cause was made from it.
    causes = models.TextField(blank=True)
    when_text = models.CharField(max_length=300, blank=True)
    affected = models.CharField(max_length=300, blank=True)
    goal = models.TextField(blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    category = models.CharField(max_length=8, blank=True)
    responsible = models.ForeignKey(
        "organisations.Function", models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField()
    # Counts every saved edit: whoever edits says which one it began from.
    edition = models.PositiveIntegerField(default=1)

    set_aside_reason = models.TextField(blank=True)
    reconsider_on = models.DateField(null=True)

    neighbours_answer = models.CharField(max_length=3, choices=NeighbourAnswer.choices, blank=True)
    neighbours_reason = models.TextField(blank=True)
    neighbours_answered_on = models.DateField(null=True)
    neighbours_answered_by = models.CharField(max_length=120, blank=True)
    neighbours = models.JSONField(default=list)

    objects = ScopedManager.over(ProblemQuerySet)

    def __str__(self) -> str:
        return f"problem {self.ref}"

"""Why a problem is there: the causes as a tree, each on a side of the crime triangle."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet

from .problems import Problem


class PartOfProblemQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(problem__in=Problem.objects.visible_to(actor).values("pk"))


class Cause(ScopedModel):
    """A likely cause; its parent is what it explains. `is_root` marks what can be acted on."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    class Kind(models.TextChoices):
        OFFENDER = "offender", _("Why somebody does it")
        TARGET = "target", _("What it happens to")
        PLACE = "place", _("The place")
        HANDLER = "handler", _("Nobody who holds back")
        GUARDIAN = "guardian", _("Nobody who watches over")
        MANAGER = "manager", _("Nobody who minds the place")
        UNSORTED = "unsorted", _("Not sorted yet")

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="cause_nodes")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.UNSORTED)
    text = models.CharField(max_length=300)
    evidence = models.TextField(blank=True)
    is_root = models.BooleanField(default=False)
    edition = models.PositiveIntegerField(default=1)

    objects = ScopedManager.over(PartOfProblemQuerySet)

    def __str__(self) -> str:
        return f"cause {self.ref}"

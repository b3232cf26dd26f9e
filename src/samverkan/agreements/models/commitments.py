"""What the parties have taken upon themselves, and how it goes."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet

from .agreement import Agreement, PartOfAgreementQuerySet, StepOfLife


class Commitment(ScopedModel):
    """`municipality` None: of the frame. `evidence_kinds` names what gathers itself."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="commitments")
    municipality = models.ForeignKey(
        "organisations.Municipality", models.PROTECT, null=True, related_name="+"
    )
    title = models.CharField(max_length=160)
    goal = models.CharField(max_length=300)
    indicator = models.CharField(max_length=200)
    responsible = models.ForeignKey("organisations.Function", models.PROTECT, related_name="+")
    begins_on = models.DateField()
    due_on = models.DateField()
    evidence_kinds = models.JSONField(default=list)
    state = models.CharField(max_length=20, default="on_track")
    outcome = models.TextField(blank=True)

    objects = ScopedManager.over(PartOfAgreementQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "id"]

    def __str__(self) -> str:
        return self.title


class PartOfCommitmentQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(commitment__in=Commitment.objects.visible_to(actor).values("pk"))


class CommitmentEvent(StepOfLife):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="events")

    objects = ScopedManager.over(PartOfCommitmentQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["commitment", "number"], name="commitment_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.event} of commitment {self.commitment_id}"

"""The action plan (åtgärdsplan) of the law's 5 §, and every step of its life."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Information, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted

from ..lives import DECIDED_STATES, IN_FORCE_STATES, RELEASED_STATES


class PlanQuerySet(ScopedQuerySet["Plan"]):
    def visible_to(self, actor: Actor) -> Self:
        """A draft is for its own party's writers; what is proposed for whoever reads plans, in
        another party only by a clause; what is decided also for the own party's auditor."""
        if actor.is_system:
            return self
        if actor.party_id is None:
            return self.none()
        readable = owned_or_granted(actor, Information.PLANS, Capability.PLANS_READ)
        allowed = readable & Q(state__in=RELEASED_STATES)
        if actor.may(Capability.PLANS_WRITE):
            allowed |= Q(owner_id=actor.party_id)
        if actor.may(Capability.AUDIT_READ):
            allowed |= Q(owner_id=actor.party_id, state__in=DECIDED_STATES)
        return self.filter(allowed)

    def in_force(self) -> Self:
        return self.filter(state__in=IN_FORCE_STATES)


class Plan(ScopedModel):
    """`state` lives by `lives.PLAN`; only `services` change it.

    `picture_version` is the one decided situational picture that the plan builds on; what it was
    called is kept in words, for readers who may not open it. `edition` counts saved edits.
    """

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    picture_version = models.ForeignKey(
        "reports.PictureVersion", models.PROTECT, null=True, related_name="+"
    )
    picture_words = models.CharField(max_length=200, blank=True)
    picture_decided_on = models.DateField(null=True)
    state = models.CharField(max_length=12, default="draft")
    revises = models.ForeignKey("self", models.PROTECT, null=True, related_name="revisions")
    edition = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    decided_on = models.DateField(null=True)
    decision_body = models.CharField(max_length=120, blank=True)
    decision_paragraph = models.CharField(max_length=20, blank=True)
    reference_number = models.CharField(max_length=60, blank=True)

    objects = ScopedManager.over(PlanQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner", "municipality", "number"], name="one_plan_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"plan {self.ref}"


class PartOfPlanQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(plan__in=Plan.objects.visible_to(actor).values("pk"))


class PlanStep(models.Model):
    """One step of the life: added, never changed. `content` is the plan as it stood, for the steps
    that send it on (proposed, decided)."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=20)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.CharField(max_length=160)
    function_title = models.CharField(max_length=120)
    reason = models.TextField(blank=True)
    content: models.JSONField[Any, Any] = models.JSONField(null=True)

    objects = ScopedManager.over(PartOfPlanQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.event} of plan {self.plan_id}"

"""Cooperation agreements: parties, purposes, areas, validity, and each step of their life."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet


class AgreementQuerySet(ScopedQuerySet["Agreement"]):
    def visible_to(self, actor: Actor) -> Self:
        """Parties see the agreements that they are, or were, party to.

        A draft is its author's until it is shared: with that it becomes a public document.
        """
        if actor.is_system:
            return self
        if not actor.may(Capability.AGREEMENTS_READ) or actor.party_id is None:
            return self.none()
        released = Q(shared_at__isnull=False) | Q(signed_on__isnull=False)
        own = Q(owner_id=actor.party_id)
        return self.filter(released | own, parties__organisation_id=actor.party_id).distinct()

    def in_force_on(self, day: date) -> Self:
        """Signed by all, begun, and not ended by its term, by notice or by its successor."""
        return self.filter(
            Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
            Q(terminated_on__isnull=True) | Q(terminated_on__gt=day),
            Q(renewed_on__isnull=True) | Q(renewed_on__gt=day),
            signed_on__isnull=False,
            signed_on__lte=day,
        )


class Agreement(ScopedModel):
    """`state` is what has been recorded; `rules.state_on` says how it stands on a day.

    `signed_on` is the day of the last signature: without it nothing of the agreement holds.
    """

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    title = models.CharField(max_length=160)
    purposes = models.TextField()
    areas = models.TextField()
    reference_number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    terminated_on = models.DateField(null=True, blank=True)
    # The day from which a successor holds in its place.
    renewed_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, default="draft")
    owner = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="agreements_drafted"
    )
    shared_at = models.DateTimeField(null=True)
    renews = models.ForeignKey("self", models.PROTECT, null=True, related_name="renewals")
    template_date = models.DateField(null=True)

    objects = ScopedManager.over(AgreementQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-valid_from", "-id"]

    def __str__(self) -> str:
        return self.title


class PartOfAgreementQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        agreements = Agreement.objects.visible_to(actor).values("pk")
        return self.filter(agreement__in=agreements)


class AgreementPartyQuerySet(PartOfAgreementQuerySet):
    def present_on(self, day: date) -> Self:
        """Bound on the day: a party that leaves is bound until the day before."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=day))


class AgreementParty(models.Model):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT)
    left_on = models.DateField(null=True, blank=True)
    left_reason = models.CharField(max_length=300, blank=True)
    # The function that signs for the party; none chosen: any of its functions that may sign.
    signatory = models.ForeignKey(
        "organisations.Function", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedManager.over(AgreementPartyQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="party_once")
        ]

    def __str__(self) -> str:
        return f"party {self.organisation_id} of agreement {self.agreement_id}"


class StepOfLife(models.Model):
    """One step of a life in states: added, never changed. `on` is the day that it took effect."""

    number = models.PositiveIntegerField()
    event = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=160, blank=True)
    function_title = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        abstract = True


class AgreementEvent(StepOfLife):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="events")

    objects = ScopedManager.over(PartOfAgreementQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "number"], name="one_event_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.event} of agreement {self.agreement_id}"

"""Cooperation agreements: parties, purposes, areas, validity, and the clauses that share."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Detail, Information, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet

INFORMATION_LABELS = {
    Information.INCIDENTS: _("EST incidents"),
    Information.POLICE_FIGURES: _("The police's own figures"),
    Information.SITUATIONAL_PICTURES: _("Situational pictures"),
    Information.PROBLEMS: _("Problems and measures"),
    Information.MEETINGS: _("Groups and meetings"),
}
DETAIL_LABELS = {Detail.DETAIL: _("in detail"), Detail.AGGREGATE: _("as counts")}


class AgreementQuerySet(ScopedQuerySet["Agreement"]):
    def visible_to(self, actor: Actor) -> Self:
        """Parties see the agreements that they are, or were, party to."""
        if actor.is_system:
            return self
        if not actor.may(Capability.AGREEMENTS_READ) or actor.party_id is None:
            return self.none()
        return self.filter(parties__organisation_id=actor.party_id).distinct()

    def in_force_on(self, day: date) -> Self:
        return self.filter(
            Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
            Q(terminated_on__isnull=True) | Q(terminated_on__gt=day),
            signed_on__isnull=False,
            signed_on__lte=day,
        )


class Agreement(ScopedModel):
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

    objects = ScopedManager.over(AgreementQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-valid_from", "-id"]

    def __str__(self) -> str:
        return self.title


class PartOfAgreementQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        agreements = Agreement.objects.visible_to(actor).values("pk")
        return self.filter(agreement__in=agreements)


class AgreementParty(models.Model):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT)
    left_on = models.DateField(null=True, blank=True)

    objects = ScopedManager.over(PartOfAgreementQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="party_once")
        ]

    def __str__(self) -> str:
        return f"party {self.organisation_id} of agreement {self.agreement_id}"


class SharingClause(ScopedModel):
    """What kind of information, from whom, to whom, single objects or counts."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="clauses")
    information = models.CharField(
        max_length=30, choices=[(key.value, label) for key, label in INFORMATION_LABELS.items()]
    )
    detail = models.CharField(
        max_length=10, choices=[(key.value, label) for key, label in DETAIL_LABELS.items()]
    )
    from_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="clauses_given"
    )
    to_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="clauses_received"
    )
    municipalities = models.ManyToManyField("organisations.Municipality", related_name="clauses")
    revoked_on = models.DateField(null=True, blank=True)

    objects = ScopedManager.over(PartOfAgreementQuerySet)

    def __str__(self) -> str:
        return f"clause {self.ref}: {self.information} {self.detail}"

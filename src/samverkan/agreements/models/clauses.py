"""What parties share: clauses that both ends have accepted, and proposals on their way."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.capabilities import Detail, Information, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel

from .agreement import Agreement, PartOfAgreementQuerySet

INFORMATION_LABELS = {
    Information.INCIDENTS: _("EST incidents"),
    Information.POLICE_FIGURES: _("The police's own figures"),
    Information.SITUATIONAL_PICTURES: _("Situational pictures"),
    Information.PROBLEMS: _("Problems and measures"),
    Information.MEETINGS: _("Groups and meetings"),
    Information.PLANS: _("Action plans"),
    Information.SURVEYS: _("Safety surveys"),
    Information.CONTACTS: _("Contact paths"),
}
DETAIL_LABELS = {Detail.DETAIL: _("in detail"), Detail.AGGREGATE: _("as counts")}


class SharedInformation(ScopedModel):
    """What kind of information, from whom, to whom, single objects or counts."""

    information = models.CharField(
        max_length=30, choices=[(key.value, label) for key, label in INFORMATION_LABELS.items()]
    )
    detail = models.CharField(
        max_length=10, choices=[(key.value, label) for key, label in DETAIL_LABELS.items()]
    )

    class Meta:
        abstract = True


class SharingClause(SharedInformation):
    """A clause stands here only when it is agreed: by the signatures, or by both ends later."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="clauses")
    from_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="clauses_given"
    )
    to_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="clauses_received"
    )
    municipalities = models.ManyToManyField("organisations.Municipality", related_name="clauses")
    # None: part of the text that was signed.
    agreed_on = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=300, blank=True)

    objects = ScopedManager.over(PartOfAgreementQuerySet)

    def __str__(self) -> str:
        return f"clause {self.ref}: {self.information} {self.detail}"


class ClauseProposal(SharedInformation):
    """A clause that one end has proposed: it shares nothing until both ends have said yes."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="proposals")
    from_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+"
    )
    to_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+"
    )
    municipalities = models.ManyToManyField("organisations.Municipality", related_name="+")
    why = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="clauses_proposed"
    )
    function_title = models.CharField(max_length=120)
    accepted_by_giver_at = models.DateTimeField(null=True)
    accepted_by_receiver_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    clause = models.ForeignKey(SharingClause, models.PROTECT, null=True, related_name="proposals")

    objects = ScopedManager.over(PartOfAgreementQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-proposed_at", "-id"]

    def __str__(self) -> str:
        return f"proposal {self.ref}: {self.information} {self.detail}"

    @property
    def is_open(self) -> bool:
        return self.clause_id is None and self.declined_at is None

"""How a report came in, once, and what was changed in it since."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedQuerySet

from .incidents import Incident


class ReportReceiptQuerySet(ScopedQuerySet["ReportReceipt"]):
    def visible_to(self, actor: Actor) -> Self:
        """The person who sent it."""
        if actor.is_system:
            return self
        return self.filter(user_id=actor.user_id) if actor.user_id else self.none()


class ReportReceipt(models.Model):
    """That a report with this key has come in: a second one with the same key is the same one."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "est"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    function = models.ForeignKey("organisations.Function", models.PROTECT, related_name="+")
    key = models.UUIDField()
    incident = models.OneToOneField(Incident, models.CASCADE, related_name="receipt")
    received_at = models.DateTimeField()
    # How far the sender's clock was ahead of ours, in seconds; ours was used.
    clock_ahead = models.IntegerField(default=0)

    objects = ScopedManager.over(ReportReceiptQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "key"], name="one_report_a_key")
        ]

    def __str__(self) -> str:
        return f"receipt of incident {self.incident_id}"


class IncidentChangeQuerySet(ScopedQuerySet["IncidentChange"]):
    def visible_to(self, actor: Actor) -> Self:
        """The owner's reviewers, and the unit that sent the report."""
        if actor.is_system:
            return self
        own = Q(pk__in=())
        if actor.may(Capability.INCIDENTS_REVIEW) and actor.party_id is not None:
            own |= Q(incident__owner_id=actor.party_id)
        if actor.may(Capability.INCIDENTS_REPORT) and actor.organisation_id is not None:
            own |= Q(incident__reporting_organisation_id=actor.organisation_id)
        return self.filter(own)


class IncidentChange(models.Model):
    """One step in a report's life after it came in."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "est"

    class Kind(models.TextChoices):
        EDITED = "edited", _("Changed")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Sent back with a question")
        ANSWERED = "answered", _("Answered by the reporter")
        DUPLICATE = "duplicate", _("Marked as told before")
        REDACTED = "redacted", _("Taken out of the report")

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=160)
    note = models.CharField(max_length=300, blank=True)
    # The text as it stood before this change; emptied when the text is redacted.
    text_before = models.CharField(max_length=400, blank=True)

    objects = ScopedManager.over(IncidentChangeQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} of incident {self.incident_id}"

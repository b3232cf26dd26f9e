"""Every version of an agreement's texts, and what the parties say about them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel

from .agreement import Agreement, PartOfAgreementQuerySet


class AgreementVersion(models.Model):
    """All texts at one point, by "part:section": an edit makes a new version."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField(default=dict)
    changed_sections = models.JSONField(default=list)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=160)
    function_title = models.CharField(max_length=120)
    on_behalf_of = models.CharField(max_length=160, blank=True)
    # The number of the earlier version whose texts this one brought back.
    restored_from = models.PositiveIntegerField(null=True, blank=True)

    objects = ScopedManager.over(PartOfAgreementQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "number"], name="one_text_a_number")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of agreement {self.agreement_id}"


class SectionComment(ScopedModel):
    """What a party's function says about one section; answered by whoever writes."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="comments")
    key = models.CharField(max_length=60)
    version_number = models.PositiveIntegerField()
    text = models.TextField()
    party = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    function_title = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)

    objects = ScopedManager.over(PartOfAgreementQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["written_at", "id"]

    def __str__(self) -> str:
        return f"comment {self.ref} on {self.key}"

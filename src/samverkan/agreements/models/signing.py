"""The exact documents that were signed, and who signed them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel

from .agreement import Agreement, PartOfAgreementQuerySet


class KeptDocument(ScopedModel):
    """A PDF in the data folder, under its own SHA-256: compared each time it is read."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    class Kind(models.TextChoices):
        TO_SIGN = "to_sign", _("For signature")
        SIGNED = "signed", _("Signed")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    version_number = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    objects = ScopedManager.over(PartOfAgreementQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"document {self.ref} of agreement {self.agreement_id}"


class Signature(ScopedModel):
    """A function's signature for its party under one exact document."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    class Method(models.TextChoices):
        DRAWN = "drawn", _("Drawn by hand")
        TYPED = "typed", _("Typed name")
        REFERENCE = "reference", _("E-signature elsewhere")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    document = models.ForeignKey(KeptDocument, models.PROTECT, related_name="signatures")
    party = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    function_ref = models.CharField(max_length=12)
    function_title = models.CharField(max_length=120)
    on_behalf_of = models.CharField(max_length=160, blank=True)
    signer_name = models.CharField(max_length=160)
    method = models.CharField(max_length=10, choices=Method.choices)
    strokes = models.JSONField(default=list)
    reference = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField()
    document_sha256 = models.CharField(max_length=64)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)

    objects = ScopedManager.over(PartOfAgreementQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["signed_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["document", "party"],
                condition=models.Q(voided_at__isnull=True),
                name="a_party_signs_once",
            )
        ]

    def __str__(self) -> str:
        return f"signature {self.ref} of function {self.function_ref}"

"""The append-only, hash-chained log of what was written and of protected things that were read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedQuerySet


class AuditEntryQuerySet(ScopedQuerySet["AuditEntry"]):
    def visible_to(self, actor: Actor) -> AuditEntryQuerySet:
        """The auditor of a party sees what its functions did, and who touched what it owns."""
        if actor.is_system:
            return self
        if not actor.may(Capability.AUDIT_READ) or not actor.party_ref:
            return self.none()
        return self.filter(Q(actor_party_ref=actor.party_ref) | Q(owner_party_ref=actor.party_ref))


class AuditEntry(models.Model):
    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "audit"

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=60, db_index=True)
    actor_user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=160)
    actor_party_ref = models.CharField(max_length=12, blank=True, db_index=True)
    function_ref = models.CharField(max_length=12, blank=True, db_index=True)
    function_title = models.CharField(max_length=160, blank=True)
    on_behalf_of = models.CharField(max_length=160, blank=True)
    object_type = models.CharField(max_length=60, db_index=True)
    object_ref = models.CharField(max_length=40, blank=True, db_index=True)
    owner_party_ref = models.CharField(max_length=12, blank=True, db_index=True)
    reason = models.CharField(max_length=400, blank=True)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    entry_hash = models.CharField(max_length=64, unique=True)

    objects = ScopedManager.over(AuditEntryQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.object_type} {self.object_ref}"


class AuditHead(models.Model):
    """The chain's last link: the one row that every writer must lock."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "audit"

    sequence = models.PositiveBigIntegerField(default=0)
    entry_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"head at {self.sequence}"

"""What a municipality has published: dated versions that are never changed, only withdrawn."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet


class PublishedVersionQuerySet(ScopedQuerySet["PublishedVersion"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody sees what is published; its owner also what has been withdrawn."""
        if actor.is_system:
            return self
        allowed = Q(withdrawn_at__isnull=True)
        if actor.may(Capability.PUBLICATION_WRITE) and actor.party_id is not None:
            allowed |= Q(owner_id=actor.party_id)
        return self.filter(allowed)


class PublishedVersion(ScopedModel):
    """The content as it was published, with its fingerprint. Holds nothing that was hidden."""

    information_class: ClassVar[InformationClass] = InformationClass.PUBLIC
    retention: ClassVar[str] = "statistics"

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    content: models.JSONField[Any, Any] = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    function_title = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = ScopedManager.over(PublishedVersionQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner", "municipality", "number"], name="one_publication_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"publication {self.number} of municipality {self.municipality_id}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class VersionGroundQuerySet(ScopedQuerySet["VersionGround"]):
    def visible_to(self, actor: Actor) -> Self:
        """Only whoever publishes for the party: here stands what was hidden."""
        if actor.is_system:
            return self
        if not actor.may(Capability.PUBLICATION_WRITE) or actor.party_id is None:
            return self.none()
        return self.filter(version__owner_id=actor.party_id)


class VersionGround(models.Model):
    """What the next publication must know of this one: hidden counts too, and who published."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "statistics"

    version = models.OneToOneField(PublishedVersion, models.PROTECT, related_name="ground")
    cells: models.JSONField[Any, Any] = models.JSONField()
    chosen: models.JSONField[Any, Any] = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    published_by = models.CharField(max_length=160)
    on_behalf_of = models.CharField(max_length=160, blank=True)
    withdrawn_by = models.CharField(max_length=160, blank=True)

    objects = ScopedManager.over(VersionGroundQuerySet)

    def __str__(self) -> str:
        return f"ground of publication {self.version_id}"

"""The situational picture (and its kin, the EST analysis), and every version of its texts."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import (
    Capability,
    Detail,
    Information,
    InformationClass,
)
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted

from .kinds import Kind


def _is_released(prefix: str = "") -> Q:
    """Decided, or shared as a draft: what another party may get at all."""
    return Q(**{f"{prefix}decided_on__isnull": False}) | Q(**{f"{prefix}shared_at__isnull": False})


class SituationalPictureQuerySet(ScopedQuerySet["SituationalPicture"]):
    def visible_to(self, actor: Actor) -> Self:
        """The own party's; and another party's that a clause lets through, once it is decided or
        shared."""
        if actor.is_system:
            return self
        allowed = self.filter(
            owned_or_granted(
                actor,
                Information.SITUATIONAL_PICTURES,
                Capability.PICTURES_READ,
                detail=Detail.AGGREGATE,
            )
        )
        released = PictureVersion.objects.for_system("whether a picture has left its owner").filter(
            _is_released(), picture=OuterRef("pk")
        )
        return allowed.filter(Q(owner_id=actor.party_id) | Exists(released))


class SituationalPicture(ScopedModel):
    """What the law's 4 § asks for, of one municipality, up to and including one month.

    Its kin is the EST analysis of a quarter or a year, written by the same machinery.
    """

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, default=Kind.PICTURE.value)
    period_start = models.DateField()
    created_at = models.DateTimeField()

    objects = ScopedManager.over(SituationalPictureQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-period_start", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner", "municipality", "kind", "period_start"],
                name="one_document_a_kind_and_period",
            )
        ]

    def __str__(self) -> str:
        return f"situational picture {self.ref}"


class PictureVersionQuerySet(ScopedQuerySet["PictureVersion"]):
    def visible_to(self, actor: Actor) -> Self:
        """All versions of the own party's pictures; of others' only what has left its owner."""
        pictures = SituationalPicture.objects.visible_to(actor).values("pk")
        within = self.filter(picture__in=pictures)
        if actor.is_system:
            return within
        return within.filter(Q(picture__owner_id=actor.party_id) | _is_released())


class PictureVersion(ScopedModel):
    """All texts at one point: an edit makes a new version, nothing is overwritten."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    picture = models.ForeignKey(SituationalPicture, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField(default=dict)
    changed_sections = models.JSONField(default=list)
    restored_from = models.PositiveIntegerField(null=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=160)
    function_title = models.CharField(max_length=120)
    on_behalf_of = models.CharField(max_length=160, blank=True)
    shared_at = models.DateTimeField(null=True)
    shared_by = models.CharField(max_length=160, blank=True)
    decided_on = models.DateField(null=True)
    decision_body = models.CharField(max_length=120, blank=True)
    decision_paragraph = models.CharField(max_length=20, blank=True)
    reference_number = models.CharField(max_length=60, blank=True)
    marked_as_decided_at = models.DateTimeField(null=True)
    marked_as_decided_by = models.CharField(max_length=160, blank=True)
    # The whole content as it was when it was shared or decided, in each language.
    frozen_content: models.JSONField[Any, Any] = models.JSONField(null=True)

    objects = ScopedManager.over(PictureVersionQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["picture", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of situational picture {self.picture_id}"

    @property
    def is_decided(self) -> bool:
        return self.decided_on is not None

    @property
    def is_shared(self) -> bool:
        return self.shared_at is not None

"""Incidents, and their counts kept in step."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import (
    Capability,
    Information,
    InformationClass,
)
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted

from .places import Place


class Review(models.TextChoices):
    """How far a report has come. Only what is reviewed crosses a party's border."""

    PENDING = "pending", _("Waits for review")
    RETURNED = "returned", _("Sent back with a question")
    REVIEWED = "reviewed", _("Reviewed")
    DUPLICATE = "duplicate", _("Told before")
    REMOVED = "removed", _("Removed")


# The others were reported twice or taken away: kept for the trail, in no list and in no count.
STANDING = (Review.PENDING, Review.RETURNED, Review.REVIEWED)
UNDER_REVIEW = (Review.PENDING, Review.RETURNED)


def _own_or_reviewed(actor: Actor, allowed: Q, reviewed: Q) -> Q:
    """Of another party only what a reviewer has seen; of one's own party and unit everything."""
    if actor.is_system:
        return allowed
    rule = allowed & (Q(owner_id=actor.party_id) | reviewed)
    if actor.may(Capability.INCIDENTS_REPORT) and actor.organisation_id is not None:
        rule |= Q(reporting_organisation_id=actor.organisation_id)
    return rule


class IncidentQuerySet(ScopedQuerySet["Incident"]):
    def visible_to(self, actor: Actor) -> Self:
        """The owner's readers, whoever a clause lets see single incidents, and a unit its own.

        A report that no reviewer has seen stays with the owner and the unit that sent it.
        """
        allowed = owned_or_granted(actor, Information.INCIDENTS, Capability.INCIDENTS_READ)
        rule = _own_or_reviewed(actor, allowed, Q(review=Review.REVIEWED))
        return self.filter(rule, review__in=STANDING)

    def set_aside_too(self, actor: Actor) -> Self:
        """Also duplicates and removed ones: for the owner's reviewers and the unit that sent."""
        own = Q(pk__in=())
        if actor.may(Capability.INCIDENTS_REVIEW) and actor.party_id is not None:
            own |= Q(owner_id=actor.party_id)
        if actor.may(Capability.INCIDENTS_REPORT) and actor.organisation_id is not None:
            own |= Q(reporting_organisation_id=actor.organisation_id)
        return self.filter(own)


class Incident(ScopedModel):
    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "est"

    class Certainty(models.TextChoices):
        SEEN = "seen", _("Seen myself")
        TOLD = "told", _("Told by somebody")
        UNCLEAR = "unclear", _("Unclear")

    class Setting(models.TextChoices):
        PUBLIC = "public", _("Public place")
        SEMI_PUBLIC = "semi_public", _("Semi-public place")
        HOME = "home", _("Home")
        DIGITAL = "digital", _("Digital")
        UNKNOWN = "unknown", _("Unknown")

    class Reach(models.TextChoices):
        SPOT = "spot", _("At the place")
        STRETCH = "stretch", _("Along a stretch")
        AREA = "area", _("Somewhere in the area")

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    reporting_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+"
    )
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    category = models.CharField(max_length=8)
    # The list that the category was chosen from, and the municipality's own word under it.
    category_version = models.CharField(max_length=16, default="2026-1", db_default="2026-1")
    local_category = models.ForeignKey(
        "situation.LocalCategory", models.PROTECT, null=True, related_name="+"
    )
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    reach = models.CharField(
        max_length=8, choices=Reach.choices, default=Reach.SPOT, db_default=Reach.SPOT
    )
    # Where a stretch ends; it begins at `place`.
    place_until = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    occurred_from = models.DateTimeField()
    occurred_to = models.DateTimeField(null=True)
    reported_at = models.DateTimeField()
    # ISO year times 100 plus week, in Swedish time: computed once, on the way in.
    week = models.PositiveIntegerField()
    text = models.CharField(max_length=400, blank=True)
    severity = models.PositiveSmallIntegerField(null=True)
    effect_on_safety = models.PositiveSmallIntegerField(null=True)
    certainty = models.CharField(max_length=8, choices=Certainty.choices, blank=True)
    setting = models.CharField(max_length=12, choices=Setting.choices, default=Setting.UNKNOWN)
    police_report_made = models.BooleanField(null=True)
    batch = models.ForeignKey("imports.ImportBatch", models.PROTECT, null=True, related_name="+")
    # Tells a repeated row of the same owner; empty for what was typed in.
    fingerprint = models.CharField(max_length=32, blank=True)
    # What a file or the demo brought in was reviewed by whoever put it in.
    review = models.CharField(
        max_length=10, choices=Review.choices, default=Review.REVIEWED, db_default=Review.REVIEWED
    )
    # The reviewer's question, while the report is sent back.
    question = models.CharField(max_length=300, blank=True, default="", db_default="")
    duplicate_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    redacted_at = models.DateTimeField(null=True)
    # Counts the changes, so that two who change at once notice each other.
    revision = models.PositiveIntegerField(default=1, db_default=1)

    objects = ScopedManager.over(IncidentQuerySet)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "-occurred_from", "-id"], name="incident_newest"),
            models.Index(
                fields=["owner", "reported_at"],
                condition=Q(review__in=("pending", "returned")),
                name="incident_review_queue",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner", "fingerprint"],
                condition=Q(fingerprint__gt=""),
                name="one_incident_a_fingerprint",
            )
        ]

    def __str__(self) -> str:
        return f"incident {self.ref}"

    @property
    def is_standing(self) -> bool:
        return self.review in STANDING

    @property
    def is_under_review(self) -> bool:
        return self.review in UNDER_REVIEW


class IncidentCountQuerySet(ScopedQuerySet["IncidentCount"]):
    def visible_to(self, actor: Actor) -> Self:
        """Exact counts follow the rule of single incidents, and a unit has its own.

        Whoever may have counts only gets them from `CountPublication`, without what is small.
        What is not reviewed is counted by its owner and the unit that sent it, by nobody else.
        """
        allowed = owned_or_granted(actor, Information.INCIDENTS, Capability.INCIDENTS_READ)
        return self.filter(_own_or_reviewed(actor, allowed, Q(is_reviewed=True)))


class IncidentCount(models.Model):
    """Incidents per owner, unit, place, category and week, kept in step by the services.

    Those that are reviewed are counted apart from those that are not yet.
    """

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    reporting_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+"
    )
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    category = models.CharField(max_length=8)
    week = models.PositiveIntegerField()
    is_reviewed = models.BooleanField(default=True, db_default=True)
    incidents = models.PositiveIntegerField()

    objects = ScopedManager.over(IncidentCountQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=[
                    "owner",
                    "week",
                    "municipality",
                    "reporting_organisation",
                    "category",
                    "place",
                    "is_reviewed",
                ],
                nulls_distinct=False,
                name="one_count_a_cell",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            # SQLite does not build the constraint, whose empty places count as equal.
            models.Index(
                fields=[
                    "owner",
                    "week",
                    "municipality",
                    "reporting_organisation",
                    "category",
                    "place",
                    "is_reviewed",
                ],
                name="count_by_cell",
            )
        ]

    def __str__(self) -> str:
        return f"{self.incidents} incidents in week {self.week}"

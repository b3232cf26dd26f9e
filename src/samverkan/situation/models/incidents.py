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


class IncidentQuerySet(ScopedQuerySet["Incident"]):
    def visible_to(self, actor: Actor) -> Self:
        """The owner's readers, whoever a clause lets see single incidents, and a unit its own."""
        allowed = owned_or_granted(actor, Information.INCIDENTS, Capability.INCIDENTS_READ)
        if actor.may(Capability.INCIDENTS_REPORT) and actor.organisation_id is not None:
            allowed |= Q(reporting_organisation_id=actor.organisation_id)
        return self.filter(allowed)


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

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    reporting_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+"
    )
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    category = models.CharField(max_length=8)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
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

    objects = ScopedManager.over(IncidentQuerySet)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "-occurred_from", "-id"], name="incident_newest"),
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


class IncidentCountQuerySet(ScopedQuerySet["IncidentCount"]):
    def visible_to(self, actor: Actor) -> Self:
        """Exact counts follow the rule of single incidents, and a unit has its own.

        Whoever may have counts only gets them from `CountPublication`, without what is small.
        """
        allowed = owned_or_granted(actor, Information.INCIDENTS, Capability.INCIDENTS_READ)
        if actor.may(Capability.INCIDENTS_REPORT) and actor.organisation_id is not None:
            allowed |= Q(reporting_organisation_id=actor.organisation_id)
        return self.filter(allowed)


class IncidentCount(models.Model):
    """Incidents per owner, unit, place, category and week, kept in step by the services."""

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
                ],
                name="count_by_cell",
            )
        ]

    def __str__(self) -> str:
        return f"{self.incidents} incidents in week {self.week}"

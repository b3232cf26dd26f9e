"""EST: places, incidents, problems and measures; and the police's news, which are neither."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import (
    Capability,
    Detail,
    Information,
    InformationClass,
)
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import owned_or_granted


class PlaceQuerySet(ScopedQuerySet["Place"]):
    def visible_to(self, actor: Actor) -> Self:
        """Named places hold nothing protected; whoever reports or reads incidents needs them."""
        return self.filter(
            owned_or_granted(
                actor, Information.INCIDENTS, Capability.INCIDENTS_READ, detail=Detail.AGGREGATE
            )
            | owned_or_granted(actor, Information.INCIDENTS, Capability.INCIDENTS_REPORT)
        )


class Place(ScopedModel):
    """A named place of the register: never a home. An area is a place without a parent."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "reference"

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    search_key = models.CharField(max_length=120, db_index=True)
    area = models.ForeignKey("self", models.PROTECT, null=True, related_name="places")
    east = models.IntegerField(null=True)
    north = models.IntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    radius_metres = models.PositiveIntegerField(default=100)

    objects = ScopedManager.over(PlaceQuerySet)

    def __str__(self) -> str:
        return self.name


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
        """Counts follow clauses that let counts through, and a unit's own reports."""
        allowed = owned_or_granted(
            actor, Information.INCIDENTS, Capability.INCIDENTS_READ, detail=Detail.AGGREGATE
        )
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


class ProblemQuerySet(ScopedQuerySet["Problem"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(owned_or_granted(actor, Information.PROBLEMS, Capability.PROBLEMS_READ))


class Problem(ScopedModel):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        FOLLOWED = "followed", _("Being followed")
        CLOSED = "closed", _("Closed")

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    causes = models.TextField(blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    category = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField()

    objects = ScopedManager.over(ProblemQuerySet)

    def __str__(self) -> str:
        return f"problem {self.ref}"


class MeasureQuerySet(ScopedQuerySet["Measure"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(problem__in=Problem.objects.visible_to(actor).values("pk"))


class Measure(ScopedModel):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ONGOING = "ongoing", _("Ongoing")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="measures")
    title = models.CharField(max_length=160)
    responsible = models.ForeignKey("organisations.Function", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    indicator = models.CharField(max_length=200, blank=True)
    baseline = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    follow_up_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)

    objects = ScopedManager.over(MeasureQuerySet)

    def __str__(self) -> str:
        return f"measure {self.ref}"


class ReportingDutyQuerySet(ScopedQuerySet["ReportingDuty"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who has reported follows the counts; and a unit sees its own duty."""
        allowed = owned_or_granted(
            actor, Information.INCIDENTS, Capability.INCIDENTS_READ, detail=Detail.AGGREGATE
        )
        if actor.may(Capability.INCIDENTS_REPORT) and actor.organisation_id is not None:
            allowed |= Q(organisation_id=actor.organisation_id)
        return self.filter(allowed)


class ReportingDuty(models.Model):
    """That a unit is expected to report each week: silence is not safety."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = ScopedManager.over(ReportingDutyQuerySet)

    def __str__(self) -> str:
        return f"reporting duty of {self.organisation_id}"


class NothingReportedQuerySet(ScopedQuerySet["NothingReported"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(duty__in=ReportingDuty.objects.visible_to(actor).values("pk"))


class NothingReported(models.Model):
    """A unit's positive word that it had nothing to report in a week."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    duty = models.ForeignKey(ReportingDuty, models.CASCADE, related_name="silent_weeks")
    week = models.PositiveIntegerField()

    objects = ScopedManager.over(NothingReportedQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["duty", "week"], name="one_word_a_week")
        ]

    def __str__(self) -> str:
        return f"nothing in week {self.week}"


class NewsEventQuerySet(ScopedQuerySet["NewsEvent"]):
    def visible_to(self, actor: Actor) -> Self:
        """Published by the police to everybody."""
        if actor.is_system or actor.has_function:
            return self
        return self.none()


class NewsEvent(models.Model):
    """An item of polisen.se: news for reading. Never counted, never put on a map."""

    information_class: ClassVar[InformationClass] = InformationClass.PUBLIC
    retention: ClassVar[str] = "news"

    police_id = models.PositiveBigIntegerField(unique=True)
    published_at = models.DateTimeField(db_index=True)
    event_type = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    is_summary_truncated = models.BooleanField(default=False)
    address = models.CharField(max_length=300, blank=True)
    municipality = models.ForeignKey(
        "organisations.Municipality", models.PROTECT, null=True, related_name="+"
    )
    county_code = models.CharField(max_length=2, blank=True)
    is_digest = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)
    revision = models.PositiveSmallIntegerField(default=1)
    batch = models.ForeignKey("imports.ImportBatch", models.PROTECT, related_name="+")

    objects = ScopedManager.over(NewsEventQuerySet)

    def __str__(self) -> str:
        return f"news {self.police_id}"

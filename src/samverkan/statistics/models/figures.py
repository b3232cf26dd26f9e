"""Figures with their provenance. A revision supersedes; the earlier figure stays readable."""

from __future__ import annotations

from datetime import date
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
from samverkan.platform.access.models import ScopedManager, ScopedQuerySet
from samverkan.platform.access.rules import NOTHING, owned_or_granted


class FigureQuerySet(ScopedQuerySet["Figure"]):
    def visible_to(self, actor: Actor) -> Self:
        """Published statistics for every function that reads statistics; the police's own figures
        for the owner and whoever a clause lets have them."""
        if not (actor.is_system or actor.may(Capability.STATISTICS_READ)):
            return self.filter(NOTHING)
        own = owned_or_granted(
            actor,
            Information.POLICE_FIGURES,
            Capability.STATISTICS_READ,
            detail=Detail.AGGREGATE,
        )
        return self.filter(Q(is_published=True) | own)

    def current(self) -> Self:
        """Figures that nothing has superseded and whose import stands."""
        return self.filter(is_current=True)

    def for_municipality(self, code: str) -> Self:
        return self.filter(municipality__code=code)

    def between(self, first: date, end: date) -> Self:
        return self.filter(period_start__gte=first, period_start__lt=end)


class Figure(models.Model):
    """One number: what, where, when, from whom, and from which file."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "statistics"

    class PeriodKind(models.TextChoices):
        YEAR = "year", _("year")
        QUARTER = "quarter", _("quarter")
        MONTH = "month", _("month")

    class Unit(models.TextChoices):
        COUNT = "count", _("reported offences")
        PER_100000 = "per_100000", _("per 100,000 inhabitants")
        PERCENT = "percent", _("per cent")
        OTHER = "other", _("other")

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    series_code = models.CharField(max_length=60)
    subgroup = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=12, choices=Unit.choices, default=Unit.COUNT)
    period_kind = models.CharField(max_length=7, choices=PeriodKind.choices)
    period_start = models.DateField()
    value = models.FloatField(null=True)
    missing_reason = models.CharField(max_length=20, blank=True)
    # Of surveys: half the published 95 % interval, how many answered, and the area asked.
    margin = models.FloatField(null=True)
    sample_size = models.PositiveIntegerField(null=True)
    area_name = models.CharField(max_length=120, blank=True)
    source_code = models.CharField(max_length=40)
    is_preliminary = models.BooleanField(default=False)
    is_published = models.BooleanField(default=False)
    fetched_at = models.DateTimeField()
    batch = models.ForeignKey("imports.ImportBatch", models.PROTECT, related_name="+")
    line = models.PositiveIntegerField(default=0)
    is_current = models.BooleanField(default=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    objects = ScopedManager.over(FigureQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=[
                    "municipality",
                    "series_code",
                    "period_kind",
                    "period_start",
                    "unit",
                    "subgroup",
                    "source_code",
                    "owner",
                ],
                condition=Q(is_current=True),
                name="one_current_figure",
            )
        ]

    def __str__(self) -> str:
        return f"{self.series_code} {self.municipality_id} {self.period_kind} {self.period_start}"

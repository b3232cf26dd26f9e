"""Municipalities, police areas, parties and their units, functions and who holds them when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet


class PublicQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        """Reference data: names and codes that any register tells anybody."""
        return self


class Municipality(models.Model):
    information_class: ClassVar[InformationClass] = InformationClass.PUBLIC
    retention: ClassVar[str] = "reference"

    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=120, db_index=True)
    county_code = models.CharField(max_length=2)
    county_name = models.CharField(max_length=60)

    objects = ScopedManager.over(PublicQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["sort_key"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Population(models.Model):
    """Inhabitants on 31 December of the year."""

    information_class: ClassVar[InformationClass] = InformationClass.PUBLIC
    retention: ClassVar[str] = "reference"

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField()
    inhabitants = models.PositiveIntegerField()
    source = models.CharField(max_length=120)

    objects = ScopedManager.over(PublicQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "year"], name="one_population_a_year")
        ]

    def __str__(self) -> str:
        return f"population {self.municipality_id} {self.year}"


class Organisation(ScopedModel):
    """A party (no parent) or a unit of one. Parties own information; units report and act."""

    information_class: ClassVar[InformationClass] = InformationClass.PUBLIC
    retention: ClassVar[str] = "reference"

    class Kind(models.TextChoices):
        MUNICIPAL_ADMINISTRATION = "municipal_administration", _("Municipal administration")
        POLICE = "police", _("Police")
        HOUSING_COMPANY = "housing_company", _("Housing company")
        REGION = "region", _("Region")
        ASSOCIATION = "association", _("Association")
        OTHER = "other", _("Other")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="units")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, related_name="organisations"
    )

    objects = ScopedManager.over(PublicQuerySet)

    def __str__(self) -> str:
        return self.name

    @property
    def party_id(self) -> int:
        return self.parent_id or self.pk


class LocalPoliceArea(ScopedModel):
    information_class: ClassVar[InformationClass] = InformationClass.PUBLIC
    retention: ClassVar[str] = "reference"

    name = models.CharField(max_length=80)
    police_region = models.CharField(max_length=80)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="police_areas")
    municipalities = models.ManyToManyField(
        Municipality, through="PoliceAreaCoverage", related_name="police_areas"
    )

    objects = ScopedManager.over(PublicQuerySet)

    def __str__(self) -> str:
        return self.name


class Period(models.Model):
    """Half-open [valid_from, valid_to); an open end means until further notice."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def in_force_on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class PoliceAreaCoverage(Period):
    information_class: ClassVar[InformationClass] = InformationClass.PUBLIC
    retention: ClassVar[str] = "reference"

    police_area = models.ForeignKey(LocalPoliceArea, models.CASCADE, related_name="coverages")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="coverages")

    objects = ScopedManager.over(PublicQuerySet)

    def __str__(self) -> str:
        return f"{self.police_area_id} covers {self.municipality_id}"


class FunctionQuerySet(ScopedQuerySet["Function"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who can be reached in which function is for everybody who holds one."""
        if actor.is_system or actor.has_function:
            return self
        return self.none()


class Function(ScopedModel):
    """Work, tasks, rights and contacts belong to the function; persons hold it for a time."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "governance"

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="functions")
    municipalities = models.ManyToManyField(Municipality, related_name="functions")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = ScopedManager.over(FunctionQuerySet)

    def __str__(self) -> str:
        return self.title


class HoldingQuerySet(ScopedQuerySet["Holding"]):
    def visible_to(self, actor: Actor) -> Self:
        """A person's own holdings, and those of the functions of the own party."""
        if actor.is_system:
            return self
        if actor.user_id is None:
            return self.none()
        mine = Q(user_id=actor.user_id)
        if actor.party_id is not None:
            party = actor.party_id
            mine |= Q(function__organisation_id=party) | Q(function__organisation__parent_id=party)
        return self.filter(mine)


class Holding(Period):
    """That a person holds a function, or stands in for its holder, from one date to another."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "governance"

    class Role(models.TextChoices):
        HOLDER = "holder", _("Holder")
        DEPUTY = "deputy", _("Deputy")

    function = models.ForeignKey(Function, models.CASCADE, related_name="holdings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="holdings")
    role = models.CharField(max_length=6, choices=Role.choices, default=Role.HOLDER)

    objects = ScopedManager.over(HoldingQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="holding_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} of function {self.function_id}"

"""Simple surveys for a safety walk or a school: answered without signing in, by nobody."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
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


class OpenSurveyQuerySet(ScopedQuerySet["OpenSurvey"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(
            owned_or_granted(
                actor, Information.SURVEYS, Capability.SURVEYS_READ, detail=Detail.AGGREGATE
            )
        )


class OpenSurvey(ScopedModel):
    """Its `code` stands in the address that is answered at; the `ref` in the house's own."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "statistics"

    class Occasion(models.TextChoices):
        WALK = "walk", _("Safety walk")
        SCHOOL = "school", _("School")
        OTHER = "other", _("Other occasion")

    class Way(models.TextChoices):
        OPEN = "open", _("Anybody with the address")
        SHEETS = "sheets", _("One answer for each printed sheet")

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=120)
    area = models.CharField(max_length=80, blank=True)
    occasion = models.CharField(max_length=6, choices=Occasion.choices)
    way = models.CharField(max_length=6, choices=Way.choices, default=Way.OPEN)
    questions: models.JSONField[Any, Any] = models.JSONField()
    asks_group = models.BooleanField(default=False)
    opens_on = models.DateField()
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    function_title = models.CharField(max_length=120)

    objects = ScopedManager.over(OpenSurveyQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"open survey {self.ref}"


class OfSurveyQuerySet(ScopedQuerySet[Any]):
    """Single answers are for nobody: they are counted by the system, and only counts are read."""

    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_system else self.none()


class Sheet(models.Model):
    """A printed sheet's token, as a fingerprint; `is_used` says that it has answered, not what."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "operations"

    survey = models.ForeignKey(OpenSurvey, models.CASCADE, related_name="sheets")
    fingerprint = models.CharField(max_length=64)
    is_used = models.BooleanField(default=False)

    objects = ScopedManager.over(OfSurveyQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["survey", "fingerprint"], name="one_sheet_a_token")
        ]

    def __str__(self) -> str:
        return f"sheet of open survey {self.survey_id}"


class Answer(models.Model):
    """What somebody chose: no name, no address, no time. `once` keeps a doubled sending out."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "statistics"

    id = models.UUIDField(primary_key=True)
    survey = models.ForeignKey(OpenSurvey, models.CASCADE, related_name="given_answers")
    choices: models.JSONField[Any, Any] = models.JSONField()
    group = models.CharField(max_length=10, blank=True)

    objects = ScopedManager.over(OfSurveyQuerySet)

    def __str__(self) -> str:
        return f"answer of open survey {self.survey_id}"

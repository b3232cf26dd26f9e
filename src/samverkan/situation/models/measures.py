"""Measures against a problem's causes, the parties that share them, and what came of them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet

from .causes import Cause
from .problems import Problem


class MeasureQuerySet(ScopedQuerySet["Measure"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever may read the problem, the responsible function, and each party with a part.

        These read the measure, never the problem behind it; across a party's border only while
        some clause in force binds them and the owner: what the agreement allows stops with it.
        """
        allowed = Q(problem__in=Problem.objects.visible_to(actor).values("pk"))
        if actor.party_id is not None and not actor.is_system:
            bound = Q(problem__owner_id__in={actor.party_id, *(g.party_id for g in actor.grants)})
            if actor.function_id is not None:
                allowed |= Q(responsible_id=actor.function_id) & bound
            if actor.may(Capability.PROBLEMS_READ):
                parts = MeasureParty.objects.for_system("a joint measure is read by its parties")
                mine = parts.filter(organisation_id=actor.party_id)
                allowed |= Q(pk__in=mine.values("measure_id")) & bound
        return self.filter(allowed)


class Measure(ScopedModel):
    """`state` lives by `lives.MEASURE`; only `services.steps` changes it."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        READY = "ready", _("Ready for decision")
        DECIDED = "decided", pgettext_lazy("state of a measure", "Decided")
        ONGOING = "ongoing", _("Ongoing")
        DONE = "done", pgettext_lazy("state of a measure", "Done")
        FOLLOWED_UP = "followed_up", pgettext_lazy("state of a measure", "Followed up")
        STOPPED = "stopped", _("Stopped")

    class Approach(models.TextChoices):
        SITUATIONAL = "situational", _("Situational: changes the place or the occasion")
        SOCIAL = "social", _("Social: changes what people want or can do")

    class Horizon(models.TextChoices):
        SHORT = "short", _("Short term: an effect within months")
        LONG = "long", _("Long term: an effect after years")

    class IndicatorKind(models.TextChoices):
        INCIDENTS = "incidents", _("Incidents of the problem's kind at its place")
        OTHER = "other", _("Something else, followed up by hand")

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="measures")
    cause = models.ForeignKey(Cause, models.SET_NULL, null=True, related_name="measures")
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    approach = models.CharField(max_length=12, choices=Approach.choices, blank=True)
    horizon = models.CharField(max_length=5, choices=Horizon.choices, blank=True)
    responsible = models.ForeignKey("organisations.Function", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    indicator = models.CharField(max_length=200, blank=True)
    indicator_kind = models.CharField(
        max_length=10, choices=IndicatorKind.choices, default=IndicatorKind.OTHER
    )
    baseline = models.CharField(max_length=120, blank=True)
    target = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    follow_up_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)
    cost_kronor = models.PositiveIntegerField(null=True)
    meeting_ref = models.CharField(max_length=12, blank=True)
    edition = models.PositiveIntegerField(default=1)

    objects = ScopedManager.over(MeasureQuerySet)

    def __str__(self) -> str:
        return f"measure {self.ref}"


class PartOfMeasureQuerySet(ScopedQuerySet[models.Model]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(measure__in=Measure.objects.visible_to(actor).values("pk"))


class MeasureParty(models.Model):
    """An organisation that takes part in a measure; `share_kronor` is its part of the cost."""

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    share_kronor = models.PositiveIntegerField(null=True)

    objects = ScopedManager.over(PartOfMeasureQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["measure", "organisation"], name="one_part_a_party")
        ]

    def __str__(self) -> str:
        return f"organisation {self.organisation_id} in measure {self.measure_id}"


class EffectVerdict(ScopedModel):
    """What could be said of a measure's effect on a day: words, figures and what went in.

    `category` and `approach` are kept beside, so that the next problem of the kind finds it.
    """

    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "est"

    class Verdict(models.TextChoices):
        DECREASE = "decrease", _("fewer incidents than could be expected")
        SIGN_OF_DECREASE = "sign of decrease", _("signs of a decrease")
        NO_CHANGE_SEEN = "no change seen", _("no certain change")
        TOO_FEW_TO_TELL = "too few to tell", _("too few incidents to tell")
        SIGN_OF_INCREASE = "sign of increase", _("signs of an increase")
        INCREASE = "increase", _("more incidents than could be expected")

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="verdicts")
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    judged_at = models.DateTimeField()
    function_title = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    category = models.CharField(max_length=8, blank=True)
    approach = models.CharField(max_length=12, blank=True)
    inputs = models.JSONField()
    result = models.JSONField()

    objects = ScopedManager.over(PartOfMeasureQuerySet)

    def __str__(self) -> str:
        return f"verdict {self.ref}"

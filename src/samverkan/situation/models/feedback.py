"""What the coordinator answers a reporter about one report."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedQuerySet

from .incidents import Incident


class ReportAnswerQuerySet(ScopedQuerySet["ReportAnswer"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever may read the report: its reporter, its owner's readers, whom a clause lets."""
        return self.filter(incident__in=Incident.objects.visible_to(actor).values("pk"))


class ReportAnswer(models.Model):
    """A word to the reporter; the latest one counts, the earlier ones are kept."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "est"

    class Kind(models.TextChoices):
        WORD = "word", _("A word back")
        NOT_TAKEN = "not_taken", _("Not taken further, with the reason")

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.CharField(max_length=300)
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=120)

    objects = ScopedManager.over(ReportAnswerQuerySet)

    def __str__(self) -> str:
        return f"answer to incident {self.incident_id}"

"""Each time somebody, or the schedule, asked a publisher for figures: what came of it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet
from samverkan.platform.access.rules import NOTHING


class FetchRunQuerySet(ScopedQuerySet["FetchRun"]):
    def visible_to(self, actor: Actor) -> Self:
        """A party's functions that read statistics see what the party has fetched."""
        if actor.is_system:
            return self
        if not actor.may(Capability.STATISTICS_READ) or actor.party_id is None:
            return self.filter(NOTHING)
        return self.filter(owner_id=actor.party_id)


class FetchRun(ScopedModel):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "provenance"

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Under way")
        DONE = "done", _("New figures")
        UNCHANGED = "unchanged", _("Nothing new")
        FAILED = "failed", _("Failed")

    owner = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    # The table of what can be fetched holds it: kolada, scb_population.
    fetch_code = models.CharField(max_length=40)
    municipality_codes = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    job_ref = models.CharField(max_length=12, blank=True)
    asked_by = models.CharField(max_length=160)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    batch = models.ForeignKey("imports.ImportBatch", models.PROTECT, null=True, related_name="+")
    requests = models.PositiveIntegerField(default=0)
    unmodified = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=400, blank=True)

    objects = ScopedManager.over(FetchRunQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"fetch {self.ref} {self.fetch_code} {self.state}"

"""A file that somebody put in: what it was, where it came from, what became of it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet


class ImportBatchQuerySet(ScopedQuerySet["ImportBatch"]):
    def visible_to(self, actor: Actor) -> Self:
        """A party's importing functions see the party's imports."""
        if actor.is_system:
            return self
        if not actor.may(Capability.IMPORTS_WRITE) or not actor.party_ref:
            return self.none()
        return self.filter(party_ref=actor.party_ref)


class ImportBatch(ScopedModel):
    information_class: ClassVar[InformationClass] = InformationClass.INTERNAL
    retention: ClassVar[str] = "provenance"

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        CHECKED = "checked", _("Checked")
        RUNNING = "running", _("Importing")
        DONE = "done", _("Imported")
        FAILED = "failed", _("Failed")
        UNDONE = "undone", _("Undone")

    kind = models.CharField(max_length=40)
    party_ref = models.CharField(max_length=12, db_index=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.UPLOADED)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.PositiveBigIntegerField()
    stored_as = models.CharField(max_length=255, blank=True)
    source_code = models.CharField(max_length=40)
    definition = models.TextField(blank=True)
    is_preliminary = models.BooleanField(default=False)
    fetched_at = models.DateTimeField()
    options = models.JSONField(default=dict)
    rows_read = models.PositiveBigIntegerField(default=0)
    rows_added = models.PositiveBigIntegerField(default=0)
    rows_revised = models.PositiveBigIntegerField(default=0)
    rows_unchanged = models.PositiveBigIntegerField(default=0)
    # The first problems; the numbers count all of them.
    problems = models.JSONField(default=list)
    error_count = models.PositiveBigIntegerField(default=0)
    note_count = models.PositiveBigIntegerField(default=0)
    faulty_line_count = models.PositiveBigIntegerField(default=0)
    # What the kind needs to take the import back, where the rows themselves do not tell.
    undo_data = models.JSONField(default=dict)
    imported_by_user_id = models.BigIntegerField(null=True)
    imported_by = models.CharField(max_length=160)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = ScopedManager.over(ImportBatchQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"import {self.ref} {self.kind} {self.state}"

    @property
    def is_open(self) -> bool:
        """Sent in, and neither imported nor undone: may still be changed and confirmed."""
        return self.state in (self.State.UPLOADED, self.State.CHECKED, self.State.FAILED)

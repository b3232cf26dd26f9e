"""Access tokens: a function's own rights, narrowed to a scope, until an end date."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet


class ApiTokenQuerySet(ScopedQuerySet["ApiToken"]):
    def visible_to(self, actor: Actor) -> Self:
        """A function's tokens are seen by whoever acts in it."""
        if actor.is_system:
            return self
        if not actor.may(Capability.API_TOKENS_WRITE):
            return self.none()
        return self.filter(function_ref=actor.function_ref)


class ApiToken(ScopedModel):
    """The token itself is never kept, only its hash: who loses it makes a new one."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "account"

    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    function_ref = models.CharField(max_length=12, db_index=True)
    scope = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)

    objects = ScopedManager.over(ApiTokenQuerySet)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"token {self.ref}"

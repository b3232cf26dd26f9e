"""When a person last looked in, so that the overview can say what changed since."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedQuerySet


class VisitQuerySet(ScopedQuerySet["Visit"]):
    def visible_to(self, actor: Actor) -> Self:
        """A person's own visits and nobody else's."""
        if actor.is_system:
            return self
        if actor.user_id is None:
            return self.none()
        return self.filter(user_id=actor.user_id)


class Visit(models.Model):
    """The latest visit of a person in a function, and when the one before it ended."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "account"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    function_ref = models.CharField(max_length=12)
    last_seen_at = models.DateTimeField()
    previous_seen_at = models.DateTimeField(null=True)

    objects = ScopedManager.over(VisitQuerySet)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "function_ref"], name="one_visit_a_function")
        ]

    def __str__(self) -> str:
        return f"visit of user {self.user_id}"

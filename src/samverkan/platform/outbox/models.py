"""Messages that leave the house: each is put down first, sent once, and keeps how it went."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedModel, ScopedQuerySet

from .rules import Channel, State


class OutgoingMessageQuerySet(ScopedQuerySet["OutgoingMessage"]):
    def visible_to(self, actor: Actor) -> Self:
        """A message is seen by the function that sent it."""
        if actor.is_system:
            return self
        if not actor.function_ref:
            return self.none()
        return self.filter(function_ref=actor.function_ref)


class OutgoingMessage(ScopedModel):
    """One message to one address. `key` names what it is about: a key is never sent twice."""

    information_class: ClassVar[InformationClass] = InformationClass.PROTECTED
    retention: ClassVar[str] = "operations"

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=8)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=160, blank=True)
    body = models.TextField()
    function_ref = models.CharField(max_length=12, blank=True, db_index=True)
    state = models.CharField(max_length=10, default=State.WAITING.value, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, db_index=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    gateway_ref = models.CharField(max_length=120, blank=True)
    last_problem = models.CharField(max_length=200, blank=True)

    objects = ScopedManager.over(OutgoingMessageQuerySet)

    def __str__(self) -> str:
        return f"message {self.ref} {self.state}"

    @property
    def as_channel(self) -> Channel:
        return Channel(self.channel)

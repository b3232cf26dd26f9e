"""Who is on duty in a function right now, and how that function is reached."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from samverkan.organisations.stands import Stand, functions_in_use, stands_of
from samverkan.platform.access.actor import Actor

from .models import Absence
from .rules import Way, on_duty


@dataclass(frozen=True)
class Post:
    """A function at a moment: `stand` None means that nobody is there, which must be said."""

    function_id: int
    function_ref: str
    title: str
    organisation: str
    phone: str
    email: str
    stand: Stand | None

    @property
    def is_deputy(self) -> bool:
        return self.stand is not None and self.stand.is_deputy

    def address(self, way: Way) -> str:
        """Where a message or a call goes: to the function, or by mail to whoever stands in."""
        if way is not Way.EMAIL:
            return self.phone
        stand_in = self.stand.email if self.stand is not None and self.is_deputy else ""
        return stand_in or self.email


def absent_people(actor: Actor) -> set[int]:
    """Who is away on the actor's day."""
    day = timezone.localdate(actor.at)
    away = Absence.objects.for_system("who is away today").filter(
        first_on__lte=day, after_on__gt=day
    )
    return set(away.values_list("user_id", flat=True))


def posts_of(actor: Actor, function_ids: Collection[int]) -> dict[int, Post]:
    """Each function with whoever is on duty in it at the actor's moment."""
    stands = stands_of(actor, function_ids)
    absent = absent_people(actor)
    return {
        facts.pk: Post(
            function_id=facts.pk,
            function_ref=facts.ref,
            title=facts.title,
            organisation=facts.organisation,
            phone=facts.phone,
            email=facts.email,
            stand=on_duty(stands[facts.pk], absent),
        )
        for facts in functions_in_use(actor)
        if facts.pk in stands
    }

"""Who stands in a function on a day: its holder and its deputies, for whoever must reach them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from samverkan.platform.access.actor import Actor

from .models import Function, Holding, in_force_on


@dataclass(frozen=True)
class Stand:
    """One person in a function: the holder, or a deputy. Names are given at home only."""

    function_id: int
    user_id: int
    name: str
    email: str
    is_deputy: bool
    since: date


@dataclass(frozen=True)
class FunctionFacts:
    """A function as another room needs it."""

    pk: int
    ref: str
    kind: str
    title: str
    organisation: str
    party_id: int
    email: str
    phone: str


def stands_of(actor: Actor, function_ids: Collection[int]) -> dict[int, list[Stand]]:
    """Holders and deputies at the actor's moment; each function asked for is in the answer."""
    found: dict[int, list[Stand]] = {pk: [] for pk in function_ids}
    holdings = (
        Holding.objects.for_system("who is reached in a function today")
        .filter(in_force_on(timezone.localdate(actor.at)), function_id__in=function_ids)
        .select_related("user", "function__organisation")
        .order_by("-role", "valid_from", "pk")
    )
    for holding in holdings:
        is_home = actor.is_system or holding.function.organisation.party_id == actor.party_id
        found[holding.function_id].append(
            Stand(
                function_id=holding.function_id,
                user_id=holding.user_id,
                name=holding.user.display_name if is_home else "",
                email=holding.user.email if is_home else "",
                is_deputy=holding.role == Holding.Role.DEPUTY,
                since=holding.valid_from,
            )
        )
    return found


def functions_of_person(actor: Actor, user_id: int) -> list[int]:
    """The functions of the actor's party that the person stands in at the actor's moment."""
    return list(
        Holding.objects.visible_to(actor)
        .filter(in_force_on(timezone.localdate(actor.at)), user_id=user_id)
        .values_list("function_id", flat=True)
        .distinct()
    )


def function_facts(actor: Actor, ref: str) -> FunctionFacts | None:
    """The function of that ref, if it is in use at the actor's moment."""
    return next(iter(_facts(actor, Q(ref=ref))), None)


def functions_of_kind(actor: Actor, kind: str, municipality_code: str) -> list[FunctionFacts]:
    """The functions of the kind that the municipality's own administration has in use."""
    return _facts(
        actor,
        Q(kind=kind, municipalities__code=municipality_code)
        & Q(organisation__municipality__code=municipality_code),
    )


def functions_in_use(actor: Actor, *, own_only: bool = False) -> list[FunctionFacts]:
    """Every function in use; `own_only` keeps to the actor's own party."""
    own = Q(organisation_id=actor.party_id) | Q(organisation__parent_id=actor.party_id)
    return _facts(actor, own if own_only else Q())


def _facts(actor: Actor, which: Q) -> list[FunctionFacts]:
    day = timezone.localdate(actor.at)
    found = (
        Function.objects.visible_to(actor)
        .filter(which)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
        .select_related("organisation")
        .order_by("title", "pk")
    )
    return [
        FunctionFacts(
            pk=each.pk,
            ref=each.ref,
            kind=each.kind,
            title=each.title,
            organisation=each.organisation.name,
            party_id=each.organisation.party_id,
            email=each.email,
            phone=each.phone,
        )
        for each in found
    ]

"""Who holds what in the own party, now and later."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from samverkan.organisations.models import Function, FunctionQuerySet, Holding
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability


@dataclass(frozen=True)
class Staffed:
    """A function with its holdings of now and later; `is_vacant` when nobody holds it today."""

    function: Function
    holdings: tuple[Holding, ...]
    is_vacant: bool


def staffed_functions(actor: Actor) -> list[Staffed]:
    """Every function of the actor's party, by unit and title."""
    holdings: dict[int, list[Holding]] = {}
    day = timezone.localdate(actor.at)
    for holding in (
        Holding.objects.visible_to(actor)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
        .select_related("user")
        .order_by("-role", "valid_from", "pk")
    ):
        holdings.setdefault(holding.function_id, []).append(holding)
    return [
        Staffed(
            function,
            tuple(holdings.get(function.pk, ())),
            not any(
                each.role == Holding.Role.HOLDER and each.valid_from <= day
                for each in holdings.get(function.pk, ())
            ),
        )
        for function in _own(actor).order_by("organisation__name", "title", "pk")
    ]


def own_function(actor: Actor, ref: str) -> Function | None:
    found: Function | None = _own(actor).filter(ref=ref).first()
    return found


def own_holding(actor: Actor, function: Function, number: int) -> Holding | None:
    found: Holding | None = (
        Holding.objects.visible_to(actor)
        .filter(function=function, pk=number)
        .select_related("function__organisation", "user")
        .first()
    )
    return found


def _own(actor: Actor) -> FunctionQuerySet:
    functions: FunctionQuerySet = Function.objects.visible_to(actor).select_related("organisation")
    if not actor.may(Capability.ORGANISATIONS_WRITE):
        return functions.none()
    return functions.filter(
        Q(organisation_id=actor.party_id) | Q(organisation__parent_id=actor.party_id)
    )

"""Who holds which function, and the actor that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.grants import grants_for
from samverkan.platform.accounts.models import User

from .function_kinds import function_kinds
from .models import (
    Function,
    Holding,
    LocalPoliceArea,
    Municipality,
    Organisation,
    PoliceAreaCoverage,
    in_force_on,
)


@dataclass(frozen=True)
class HeldFunction:
    """A function that a person may act in now, as its holder or as deputy for somebody."""

    ref: str
    title: str
    organisation: str
    is_deputy: bool
    on_behalf_of: str


def functions_held(user: User, at: datetime) -> list[HeldFunction]:
    """The functions that the person holds or stands in for at the moment, own ones first."""
    return [
        HeldFunction(
            ref=holding.function.ref,
            title=holding.function.title,
            organisation=holding.function.organisation.name,
            is_deputy=holding.role == Holding.Role.DEPUTY,
            on_behalf_of=_represented(holding, at),
        )
        for holding in _holdings(user, at)
    ]


def actor_for(user: User, function_ref: str, at: datetime) -> Actor:
    """The actor that the person is at the moment.

    In the named function if the person holds it then; in the only one if there is just one;
    otherwise signed in without a function, who may choose one and nothing else.
    """
    holdings = _holdings(user, at)
    chosen = next((held for held in holdings if held.function.ref == function_ref), None)
    if chosen is None and len(holdings) == 1:
        chosen = holdings[0]
    if chosen is None:
        return Actor(at=at, user_id=user.pk, user_label=user.display_name, language=user.language)
    return _actor_in(chosen, user, at)


def actor_in_function(function_ref: str, purpose: str, at: datetime) -> Actor:
    """The system acting for a function (a job that the function started, a command line).

    It has the function's rights, no more; the trail names the purpose in place of a person.
    """
    function: Function = (
        Function.objects.for_system("resolve an actor")
        .select_related("organisation__parent")
        .get(ref=function_ref)
    )
    return _actor_of(function, at, user_id=None, label=purpose, on_behalf_of="", language="sv")


def municipality(actor: Actor, code: str) -> Municipality | None:
    found: Municipality | None = Municipality.objects.visible_to(actor).filter(code=code).first()
    return found


def municipalities_of(actor: Actor) -> list[Municipality]:
    """Where the actor's function acts, in Swedish order."""
    return list(Municipality.objects.visible_to(actor).filter(code__in=actor.municipality_codes))


def party_of_municipality(actor: Actor, code: str) -> Organisation | None:
    """The municipal administration that owns the municipality's own information."""
    found: Organisation | None = (
        Organisation.objects.visible_to(actor)
        .filter(
            municipality__code=code,
            kind=Organisation.Kind.MUNICIPAL_ADMINISTRATION,
            parent__isnull=True,
        )
        .first()
    )
    return found


def police_areas_of(actor: Actor, code: str) -> list[LocalPoliceArea]:
    """The local police areas that cover the municipality at the actor's moment."""
    in_force = PoliceAreaCoverage.objects.visible_to(actor).filter(
        in_force_on(timezone.localdate(actor.at)), municipality__code=code
    )
    return list(LocalPoliceArea.objects.visible_to(actor).filter(coverages__in=in_force).distinct())


def _holdings(user: User, at: datetime) -> list[Holding]:
    day = timezone.localdate(at)
    return list(
        Holding.objects.for_system("what a person may act in is asked before there is an actor")
        .filter(in_force_on(day), user_id=user.pk)
        .exclude(function__ended_on__lte=day)
        .select_related("function__organisation__parent")
        .order_by("-role", "function__title", "pk")
    )


def _represented(holding: Holding, at: datetime) -> str:
    """On whose behalf a deputy acts: the holder's name, or the function when nobody holds it."""
    if holding.role != Holding.Role.DEPUTY:
        return ""
    day = timezone.localdate(at)
    holder = (
        Holding.objects.for_system("name the holder that a deputy stands in for")
        .filter(in_force_on(day), function_id=holding.function_id, role=Holding.Role.HOLDER)
        .select_related("user")
        .first()
    )
    return holder.user.display_name if holder else holding.function.title


def _actor_in(holding: Holding, user: User, at: datetime) -> Actor:
    return _actor_of(
        holding.function,
        at,
        user_id=user.pk,
        label=user.display_name,
        on_behalf_of=_represented(holding, at),
        language=user.language,
    )


def _actor_of(
    function: Function,
    at: datetime,
    *,
    user_id: int | None,
    label: str,
    on_behalf_of: str,
    language: str,
) -> Actor:
    organisation = function.organisation
    party = organisation.parent or organisation
    codes = function.municipalities.through.objects.filter(function_id=function.pk).values_list(
        "municipality__code", flat=True
    )
    kind = function_kinds().get(function.kind)
    return Actor(
        at=at,
        user_id=user_id,
        user_label=label,
        function_id=function.pk,
        function_ref=function.ref,
        function_title=function.title,
        function_kind=function.kind,
        organisation_id=organisation.pk,
        organisation_name=organisation.name,
        party_id=party.pk,
        party_ref=party.ref,
        party_name=party.name,
        municipality_codes=frozenset(codes),
        capabilities=kind.capabilities if kind else frozenset(),
        grants=grants_for(party.pk, at),
        on_behalf_of=on_behalf_of,
        purpose="" if user_id else label,
        language=language,
    )

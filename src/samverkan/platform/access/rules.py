"""The one access rule: what crosses a party's border crosses because a clause in force says so."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from .actor import Actor
from .capabilities import Capability, Detail, Information

NOTHING = Q(pk__in=())


def owned_or_granted(
    actor: Actor,
    information: Information,
    capability: Capability,
    *,
    detail: Detail = Detail.DETAIL,
    owner: str = "owner",
    municipality: str = "municipality",
) -> Q:
    """Rows of the actor's own party, and rows that a clause in force lets through.

    A clause that lets single objects through lets their counts through as well, not the reverse.
    `owner` and `municipality` name the fields that hold the owning party and the place.
    """
    if actor.is_system:
        return Q()
    if not actor.may(capability) or actor.party_id is None:
        return NOTHING
    allowed = Q(**{f"{owner}_id": actor.party_id})
    for grant in actor.grants:
        if grant.information != information:
            continue
        if detail is Detail.DETAIL and grant.detail is not Detail.DETAIL:
            continue
        granted = Q(**{f"{owner}_id": grant.party_id})
        if grant.municipality_codes:
            granted &= Q(**{f"{municipality}__code__in": sorted(grant.municipality_codes)})
        allowed |= granted
    return allowed


def sees_rows_of(
    actor: Actor,
    information: Information,
    capability: Capability,
    *,
    owner_id: int,
    municipality_code: str,
    detail: Detail = Detail.DETAIL,
) -> bool:
    """Whether `owned_or_granted` lets through this owner's rows in this municipality.

    For a page that must tell "there is none" from "there may be one that you do not see".
    """
    if actor.is_system:
        return True
    if not actor.may(capability) or actor.party_id is None:
        return False
    return actor.party_id == owner_id or any(
        grant.information == information
        and grant.party_id == owner_id
        and (detail is not Detail.DETAIL or grant.detail is Detail.DETAIL)
        and (not grant.municipality_codes or municipality_code in grant.municipality_codes)
        for grant in actor.grants
    )


def require(actor: Actor, capability: Capability) -> None:
    """Refuse whoever lacks the capability; services call it first."""
    if not (actor.is_system or actor.may(capability)):
        raise PermissionDenied(str(capability))

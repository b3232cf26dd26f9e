"""Parties and functions as facts: for rooms that name who is bound and who answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.swedish.sorting import sort_key

from .function_kinds import function_kinds
from .models import Function, Organisation


@dataclass(frozen=True)
class PartyFacts:
    """A legal party. `municipality_code` is empty unless it is a municipality's own."""

    pk: int
    ref: str
    name: str
    is_municipal: bool
    municipality_code: str
    municipality_name: str


@dataclass(frozen=True)
class FunctionFacts:
    pk: int
    ref: str
    title: str
    party_id: int
    party_name: str
    capabilities: frozenset[Capability]


def parties(actor: Actor) -> list[PartyFacts]:
    """Every party, in Swedish order."""
    found = (
        Organisation.objects.visible_to(actor)
        .filter(parent__isnull=True)
        .select_related("municipality")
    )
    return sorted((_party(each) for each in found), key=lambda party: sort_key(party.name))


def functions_of_parties(actor: Actor, party_ids: Collection[int]) -> list[FunctionFacts]:
    """The functions of the parties and their units that are in use, in Swedish order."""
    within = Q(organisation_id__in=party_ids) | Q(organisation__parent_id__in=party_ids)
    return _functions(actor, within)


def functions_by_ref(actor: Actor, refs: Collection[str]) -> list[FunctionFacts]:
    return _functions(actor, Q(ref__in=refs))


def _functions(actor: Actor, wanted: Q) -> list[FunctionFacts]:
    day = timezone.localdate(actor.at)
    found = (
        Function.objects.visible_to(actor)
        .filter(wanted, Q(ended_on__isnull=True) | Q(ended_on__gt=day))
        .select_related("organisation__parent")
    )
    return sorted((_function(each) for each in found), key=lambda each: sort_key(each.title))


def _party(each: Organisation) -> PartyFacts:
    is_municipal = (
        each.kind == Organisation.Kind.MUNICIPAL_ADMINISTRATION and each.municipality is not None
    )
    return PartyFacts(
        pk=each.pk,
        ref=each.ref,
        name=each.name,
        is_municipal=is_municipal,
        municipality_code=each.municipality.code if is_municipal and each.municipality else "",
        municipality_name=each.municipality.name if is_municipal and each.municipality else "",
    )


def _function(each: Function) -> FunctionFacts:
    party = each.organisation.parent or each.organisation
    kind = function_kinds().get(each.kind)
    return FunctionFacts(
        pk=each.pk,
        ref=each.ref,
        title=each.title,
        party_id=party.pk,
        party_name=party.name,
        capabilities=kind.capabilities if kind else frozenset(),
    )

"""Who is who: every function with its organisation, contact ways and, at home, its holders."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from samverkan.platform.access.actor import Actor
from samverkan.swedish.sorting import search_key, sort_key

from .models import Function, Holding, in_force_on


@dataclass(frozen=True)
class DirectoryEntry:
    """A function as one looks it up. Names are given for the own party's functions only."""

    ref: str
    title: str
    organisation: str
    email: str
    phone: str
    holders: tuple[str, ...]
    deputies: tuple[str, ...]
    is_own_party: bool


@dataclass(frozen=True)
class PartyEntry:
    """A party with its functions, in Swedish order."""

    name: str
    is_own: bool
    functions: tuple[DirectoryEntry, ...]


def directory(actor: Actor) -> list[PartyEntry]:
    """All functions that are in use at the actor's moment, own party first."""
    names = _names(actor)
    parties: dict[tuple[bool, str], list[DirectoryEntry]] = {}
    for function in _functions(actor):
        party = function.organisation.parent or function.organisation
        is_own = party.pk == actor.party_id
        entry = _entry(function, names, is_own)
        parties.setdefault((is_own, party.name), []).append(entry)
    return [
        PartyEntry(
            name=name,
            is_own=is_own,
            functions=tuple(sorted(entries, key=lambda entry: sort_key(entry.title))),
        )
        for (is_own, name), entries in sorted(
            parties.items(), key=lambda item: (not item[0][0], sort_key(item[0][1]))
        )
    ]


def functions_matching(actor: Actor, query: str, limit: int) -> list[DirectoryEntry]:
    """Functions whose title or organisation holds the words, in Swedish order."""
    wanted = search_key(query)
    found = [
        _entry(function, {}, False)
        for function in _functions(actor)
        if wanted in search_key(f"{function.title} {function.organisation.name}")
    ]
    return sorted(found, key=lambda entry: sort_key(entry.title))[:limit]


def _functions(actor: Actor) -> list[Function]:
    day = timezone.localdate(actor.at)
    return list(
        Function.objects.visible_to(actor)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
        .select_related("organisation__parent")
    )


def _names(actor: Actor) -> dict[tuple[int, str], list[str]]:
    holdings = (
        Holding.objects.visible_to(actor)
        .filter(in_force_on(timezone.localdate(actor.at)))
        .select_related("user")
        .order_by("user__display_name")
    )
    names: dict[tuple[int, str], list[str]] = {}
    for holding in holdings:
        names.setdefault((holding.function_id, holding.role), []).append(holding.user.display_name)
    return names


def _entry(
    function: Function, names: dict[tuple[int, str], list[str]], is_own: bool
) -> DirectoryEntry:
    return DirectoryEntry(
        ref=function.ref,
        title=function.title,
        organisation=function.organisation.name,
        email=function.email,
        phone=function.phone,
        holders=tuple(names.get((function.pk, Holding.Role.HOLDER), ())),
        deputies=tuple(names.get((function.pk, Holding.Role.DEPUTY), ())),
        is_own_party=is_own,
    )

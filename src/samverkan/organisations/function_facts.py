"""Functions as other rooms need them: who they are, whose they are, whether they are in use."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from samverkan.platform.access.actor import Actor
from samverkan.swedish.sorting import sort_key

from .models import Function


@dataclass(frozen=True)
class FunctionFacts:
    """One function with its organisation and party; `is_municipal` tells a municipality's own."""

    pk: int
    ref: str
    title: str
    kind: str
    email: str
    organisation_id: int
    organisation_name: str
    party_id: int
    party_name: str
    is_municipal: bool
    ended_on: date | None

    def is_in_use(self, day: date) -> bool:
        return self.ended_on is None or self.ended_on > day


def functions_of_municipality(actor: Actor, code: str, day: date) -> list[FunctionFacts]:
    """Every function in use that acts in the municipality, in Swedish order."""
    found = _facts(
        Function.objects.visible_to(actor)
        .filter(municipalities__code=code)
        .select_related("organisation__parent")
    )
    return sorted(
        (each for each in found if each.is_in_use(day)), key=lambda each: sort_key(each.title)
    )


def function_facts(actor: Actor, refs: Collection[str]) -> dict[str, FunctionFacts]:
    """The functions by ref; unknown refs are left out."""
    found = Function.objects.visible_to(actor).filter(ref__in=refs)
    return {each.ref: each for each in _facts(found.select_related("organisation__parent"))}


def function_facts_by_pk(actor: Actor, pks: Collection[int]) -> dict[int, FunctionFacts]:
    found = Function.objects.visible_to(actor).filter(pk__in=pks)
    return {each.pk: each for each in _facts(found.select_related("organisation__parent"))}


def _facts(functions: Iterable[Function]) -> list[FunctionFacts]:
    return [_fact(function) for function in functions]


def _fact(function: Function) -> FunctionFacts:
    organisation = function.organisation
    party = organisation.parent or organisation
    return FunctionFacts(
        pk=function.pk,
        ref=function.ref,
        title=function.title,
        kind=function.kind,
        email=function.email,
        organisation_id=organisation.pk,
        organisation_name=organisation.name,
        party_id=party.pk,
        party_name=party.name,
        is_municipal=party.kind == "municipal_administration",
        ended_on=function.ended_on,
    )

"""Who can be made responsible for something in a municipality, and who can take part in it."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.platform.access.actor import Actor
from samverkan.swedish.sorting import sort_key

from .models import Function, Organisation


@dataclass(frozen=True)
class Choice:
    """A row as a form's choice has it; `organisation` says where it belongs."""

    pk: int
    ref: str
    name: str
    organisation: str = ""


def functions_acting_in(actor: Actor, municipality_code: str) -> tuple[Choice, ...]:
    """The standing functions that act in the municipality, in Swedish order."""
    links = Function.municipalities.through.objects.filter(municipality__code=municipality_code)
    found = (
        Function.objects.visible_to(actor)
        .filter(ended_on=None, pk__in=links.values("function_id"))
        .values_list("pk", "ref", "title", "organisation__name")
    )
    made = [Choice(*row) for row in found]
    return tuple(sorted(made, key=lambda each: sort_key(each.name)))


def organisations_near(actor: Actor) -> tuple[Choice, ...]:
    """Parties and units that can take part in something, in Swedish order."""
    found = Organisation.objects.visible_to(actor).values_list("pk", "ref", "name")
    made = [Choice(pk, ref, name) for pk, ref, name in found]
    return tuple(sorted(made, key=lambda each: sort_key(each.name)))


def parties_by_municipality(actor: Actor) -> dict[str, Choice]:
    """The municipal administrations by the code of their municipality."""
    found = Organisation.objects.visible_to(actor).filter(
        kind=Organisation.Kind.MUNICIPAL_ADMINISTRATION,
        parent__isnull=True,
        municipality__isnull=False,
    )
    return {
        code: Choice(pk, ref, name)
        for pk, ref, name, code in found.values_list("pk", "ref", "name", "municipality__code")
    }

"""Changes to municipalities, functions and who holds them."""

from __future__ import annotations

from django.db import transaction

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record
from samverkan.swedish.sorting import sort_key

from .models import Municipality, Population
from .reference import POPULATION_SOURCE, POPULATION_YEAR, municipality_facts


@transaction.atomic
def load_municipalities(actor: Actor) -> int:
    """Put in the shipped municipalities that are missing; how many were put in.

    A population that somebody has imported since is left as it is.
    """
    require(actor, Capability.ORGANISATIONS_WRITE)
    known = set(
        Municipality.objects.for_system("load reference data").values_list("code", flat=True)
    )
    facts = [fact for code, fact in municipality_facts().items() if code not in known]
    added = Municipality.objects.bulk_create(
        [
            Municipality(
                code=fact.code,
                name=fact.name,
                sort_key=sort_key(fact.name),
                county_code=fact.county_code,
                county_name=fact.county_name,
            )
            for fact in facts
        ]
    )
    Population.objects.bulk_create(
        [
            Population(
                municipality=municipality,
                year=POPULATION_YEAR,
                inhabitants=fact.inhabitants,
                source=POPULATION_SOURCE,
            )
            for municipality, fact in zip(added, facts, strict=True)
        ]
    )
    if added:
        record(actor, "municipalities.loaded", "municipality", details={"added": len(added)})
    return len(added)


def begin_acting(actor: Actor) -> None:
    """Leave a trace that the person began to act in this function."""
    with transaction.atomic():
        record(actor, "function.entered", "function", actor.function_ref)

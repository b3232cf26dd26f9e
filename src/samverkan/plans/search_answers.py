"""What this room answers to a search."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.search.registry import SearchHit
from samverkan.swedish.sorting import search_key

from .lives import PLAN
from .selectors import plans


def action_plans(actor: Actor, query: str, limit: int) -> list[SearchHit]:
    """By title, reference number or municipality."""
    wanted = search_key(query)
    found = [
        each
        for each in plans(actor)
        if wanted in search_key(f"{each.title} {each.reference_number} {each.municipality.name}")
    ]
    return [
        SearchHit(
            title=each.title,
            kind_label=_("Action plan"),
            url=reverse("plans:plan", args=[each.ref]),
            context=", ".join(
                part for part in (str(PLAN.state(each.state).label), each.reference_number) if part
            ),
        )
        for each in found[:limit]
    ]

"""What this room answers to a search."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.search.registry import SearchHit

from .pages import agreements_matching


def agreements(actor: Actor, query: str, limit: int) -> list[SearchHit]:
    return [
        SearchHit(
            title=each.title,
            kind_label=_("Agreement"),
            url=reverse("agreements:agreement", args=[each.ref]),
            context=each.reference_number,
        )
        for each in agreements_matching(actor, query, limit)
    ]

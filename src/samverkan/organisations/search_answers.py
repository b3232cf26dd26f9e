"""What this room answers to a search: functions, never the persons who hold them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.search.registry import SearchHit

from .directory import functions_matching


def functions(actor: Actor, query: str, limit: int) -> list[SearchHit]:
    return [
        SearchHit(
            title=entry.title,
            kind_label=_("Function"),
            url=f"{reverse('functions')}#{entry.ref}",
            context=entry.organisation,
        )
        for entry in functions_matching(actor, query, limit)
    ]

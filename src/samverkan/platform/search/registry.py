"""Who answers a search. Each room registers a provider that reads through its own access rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from samverkan.platform.access.actor import Actor


@dataclass(frozen=True)
class SearchHit:
    """One thing found: what it is called, what kind of thing it is, and where it lives."""

    title: str
    kind_label: str | Promise
    url: str
    context: str = ""


Provider = Callable[[Actor, str, int], list[SearchHit]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider: `provider(actor, query, limit)` gives at most `limit` hits, best first.

    `query` comes as the person typed it. Match with `swedish.sorting.search_key`, and read only
    through `visible_to(actor)`: what the list page does not show, the search does not find.
    """
    if provider not in _providers:
        _providers.append(provider)


def hits_for(actor: Actor, query: str, limit: int) -> list[SearchHit]:
    """At most `limit` hits of every kind, in the order that the rooms were registered."""
    return [hit for provider in _providers for hit in provider(actor, query, limit)]

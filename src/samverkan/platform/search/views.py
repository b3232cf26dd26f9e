"""The search's page, and its suggestions while somebody types: the same rule for both."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samverkan.platform.access.http import ActorRequest, requires

from .registry import SearchHit, hits_for

SHORTEST_QUERY = 2
LONGEST_QUERY = 100
HITS_OF_A_KIND = 20
SUGGESTIONS_OF_A_KIND = 3


@require_GET
@requires()
def results(request: ActorRequest) -> HttpResponse:
    query = _query(request)
    hits = _hits(request, query, HITS_OF_A_KIND)
    context = {
        "query": query,
        "found": len(hits),
        "is_too_short": 0 < len(query) < SHORTEST_QUERY,
        "groups": _by_kind(hits),
    }
    return render(request, "search/results.html", context)


@require_GET
@requires()
def suggestions(request: ActorRequest) -> HttpResponse:
    query = _query(request)
    hits = _hits(request, query, SUGGESTIONS_OF_A_KIND)
    return render(request, "search/suggestions.html", {"query": query, "hits": hits})


def _query(request: ActorRequest) -> str:
    return " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]


def _hits(request: ActorRequest, query: str, limit: int) -> list[SearchHit]:
    if len(query) < SHORTEST_QUERY:
        return []
    return hits_for(request.actor, query, limit)


def _by_kind(hits: list[SearchHit]) -> dict[str, list[SearchHit]]:
    kinds: dict[str, list[SearchHit]] = {}
    for hit in hits:
        kinds.setdefault(str(hit.kind_label), []).append(hit)
    return kinds

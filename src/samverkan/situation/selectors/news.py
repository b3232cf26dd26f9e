"""The police's news: for reading. Nothing here counts them or places them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from samverkan.platform.access.actor import Actor

from ..models import NewsEvent

PAGE = 40


class NewsReach(StrEnum):
    """How near a news item is known to be."""

    MUNICIPALITY = "municipality"
    COUNTY = "county"
    ALL = "all"


def news(
    actor: Actor, reach: NewsReach, municipality_code: str, county_code: str, page: int = 1
) -> tuple[Sequence[NewsEvent], bool]:
    """One page of news, the latest first, and whether there is an older one."""
    found = NewsEvent.objects.visible_to(actor).filter(is_current=True)
    if reach is NewsReach.MUNICIPALITY:
        found = found.filter(municipality__code=municipality_code)
    if reach is NewsReach.COUNTY:
        found = found.filter(county_code=county_code)
    start = (page - 1) * PAGE
    rows = list(
        found.select_related("municipality").order_by("-published_at", "-pk")[
            start : start + PAGE + 1
        ]
    )
    return rows[:PAGE], len(rows) > PAGE

"""What this room answers to a search: places, problems and measures that one may see."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.search.registry import SearchHit

from .selectors.measures import may_read_problem
from .selectors.places import places_matching
from .selectors.problems import measures_matching, problems_matching


def places(actor: Actor, query: str, limit: int) -> list[SearchHit]:
    return [
        SearchHit(
            title=place.name,
            kind_label=_("Place"),
            url=reverse("situation:place", args=[place.ref]),
            context=place.municipality.name,
        )
        for place in places_matching(actor, query, limit)
    ]


def problems(actor: Actor, query: str, limit: int) -> list[SearchHit]:
    return [
        SearchHit(
            title=problem.title,
            kind_label=_("Problem"),
            url=reverse("situation:problem", args=[problem.ref]),
            context=problem.get_state_display(),
        )
        for problem in problems_matching(actor, query, limit)
    ]


def measures(actor: Actor, query: str, limit: int) -> list[SearchHit]:
    return [
        SearchHit(
            title=measure.title,
            kind_label=_("Measure"),
            url=reverse("situation:measure", args=[measure.ref]),
            context=measure.problem.title if may_read_problem(actor, measure) else "",
        )
        for measure in measures_matching(actor, query, limit)
    ]


PROVIDERS = (places, problems, measures)

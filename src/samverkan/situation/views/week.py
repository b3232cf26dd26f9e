"""The week's page: the latest period that has ended, or the one that the address names."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from ..selectors.municipalities import MunicipalityChoice
from ..selectors.places import most_frequent, places_with_counts
from ..selectors.week import (
    WeekPicture,
    last_period,
    municipalities_with_weeks,
    week_picture,
)
from ..week_words import finding, heard, lead
from ..weeks import address_of, period_after, period_before, read_address, week_of
from .choices import Chosen, Span
from .map import map_context


@require_GET
@requires(Capability.INCIDENTS_READ)
def this_week(request: ActorRequest) -> HttpResponse:
    chosen = _chosen(request)
    if chosen.municipality is None:
        return render(request, "situation/week_none.html")
    week = last_period(request.actor, chosen.code).last_week
    return _page(request, chosen, chosen.municipality, week)


@require_GET
@requires(Capability.INCIDENTS_READ)
def one_week(request: ActorRequest, address: str) -> HttpResponse:
    chosen = _chosen(request)
    week = read_address(address)
    if week is None or chosen.municipality is None or week > _running(request):
        raise Http404
    return _page(request, chosen, chosen.municipality, week)


def _page(
    request: ActorRequest, chosen: Chosen, place: MunicipalityChoice, week: int
) -> HttpResponse:
    picture = week_picture(request.actor, place, week)
    first, last = picture.period.first_week, picture.period.last_week
    places = tuple(
        each
        for each in places_with_counts(request.actor, place.code, first, last)
        if each.incidents
    )
    asked = {"kommun": place.code, "fran": first, "till": last}
    context = {
        "chosen": chosen,
        "picture": picture,
        "finding": finding(picture),
        "lead": lead(picture),
        "heard": heard(picture),
        "places": places,
        "most": most_frequent(places),
        "span": Span(len(picture.period.weeks), first, last),
        "may_plan": request.actor.may(Capability.INCIDENTS_REVIEW)
        and place.code in request.actor.municipality_codes,
        **_neighbours(request, picture),
        **map_context(f"{reverse('situation:map_data')}?{urlencode(asked)}"),
    }
    return render(request, "situation/week.html", context)


def _neighbours(request: ActorRequest, picture: WeekPicture) -> dict[str, str]:
    """Addresses of the periods before and after."""
    query = urlencode({"kommun": picture.municipality.code})
    before = period_before(picture.period, picture.cadence)
    after = period_after(picture.period, picture.cadence)

    def address(week: int) -> str:
        return f"{reverse('situation:one_week', args=[address_of(week)])}?{query}"

    is_ahead = after.first_week > _running(request)
    return {
        "older_url": address(before.first_week),
        "newer_url": "" if is_ahead else address(after.first_week),
    }


def _chosen(request: ActorRequest) -> Chosen:
    choices = municipalities_with_weeks(request.actor)
    code = request.GET.get("kommun", "")
    if not code:
        return Chosen(choices[0] if choices else None, choices)
    for choice in choices:
        if choice.code == code:
            return Chosen(choice, choices)
    raise Http404


def _running(request: ActorRequest) -> int:
    return week_of(timezone.localdate(request.actor.at))

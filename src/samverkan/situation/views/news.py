"""What the police have published. News for reading, never statistics."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from samverkan.organisations.selectors import municipality
from samverkan.platform.access.http import ActorRequest, requires

from ..selectors.news import NewsReach, news
from .choices import chosen_municipality

REACHES = (
    (NewsReach.MUNICIPALITY, _("The municipality")),
    (NewsReach.COUNTY, _("The county")),
    (NewsReach.ALL, _("Everything fetched")),
)


@require_GET
@requires()
def news_list(request: ActorRequest) -> HttpResponse:
    chosen = chosen_municipality(request)
    place = municipality(request.actor, chosen.code)
    asked = request.GET.get("omfang", "")
    reach = NewsReach(asked) if asked in list(NewsReach) else NewsReach.COUNTY
    number = _page_number(request)
    items, has_older = news(
        request.actor, reach, chosen.code, place.county_code if place else "", number
    )
    context = {
        "chosen": chosen,
        "county": place.county_name if place else "",
        "reach": reach,
        "reaches": REACHES,
        "items": items,
        "number": number,
        "newer": number - 1,
        "older": number + 1 if has_older else 0,
    }
    return render(request, "situation/news_list.html", context)


def _page_number(request: ActorRequest) -> int:
    asked = request.GET.get("sida", "")
    return min(int(asked), 10_000) if asked.isdigit() and len(asked) < 6 and int(asked) else 1

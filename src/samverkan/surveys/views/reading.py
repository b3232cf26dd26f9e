"""What surveys say, area by area."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samverkan.organisations.selectors import municipalities_of, municipality
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.statistics.statements import language_now

from .. import selectors
from ..area_page import area_named, area_page, area_slug, fear_sentence
from ..questions import GROUPS
from ..rules import Phase
from ..selectors import UNSAFE
from .qr import qr_drawing


@require_GET
@requires(Capability.SURVEYS_READ)
def index(request: ActorRequest) -> HttpResponseBase:
    found = selectors.measurements(request.actor)
    codes = {each.municipality_code: each.municipality for each in found}
    codes |= {place.code: place.name for place in municipalities_of(request.actor)}
    areas = sorted({(each.municipality_code, each.area) for each in found if each.area})
    context = {
        "measurements": found,
        "surveys": selectors.open_surveys(request.actor),
        "places": sorted(codes.items(), key=lambda each: each[1]),
        "areas": [(code, area_slug(area), area, codes[code]) for code, area in areas],
        "may_write": request.actor.may(Capability.SURVEYS_WRITE),
    }
    return render(request, "surveys/index.html", context)


@require_GET
@requires(Capability.SURVEYS_READ)
def area(request: ActorRequest, code: str, name: str = "") -> HttpResponseBase:
    place = municipality(request.actor, code)
    if place is None:
        raise Http404
    asked = area_named(request.actor, code, name) if name else ""
    if asked is None:
        raise Http404
    page = area_page(request.actor, code, asked)
    if not page.pairs and code not in request.actor.municipality_codes and not page.areas:
        raise Http404
    context = {
        "place": place,
        "area": asked,
        "page": page,
        "areas": [(area_slug(each), each) for each in page.areas],
        "may_write": request.actor.may(Capability.SURVEYS_WRITE),
    }
    return render(request, "surveys/area.html", context)


@require_GET
@requires(Capability.SURVEYS_READ)
def measurement(request: ActorRequest, ref: str) -> HttpResponseBase:
    found = selectors.measurement(request.actor, ref)
    if found is None:
        raise Http404
    rows = [(figure, fear_sentence(found, figure)) for figure in found.figures]
    return render(request, "surveys/measurement.html", {"measurement": found, "rows": rows})


@require_GET
@requires(Capability.SURVEYS_READ)
def survey(request: ActorRequest, ref: str) -> HttpResponseBase:
    result = selectors.survey_result(request.actor, ref, language_now())
    if result is None:
        raise Http404
    is_own = result.survey.owner_id == request.actor.party_id
    address = request.build_absolute_uri(f"/trygghet/svara/{result.survey.code}/")
    crossing = result.crossing
    crossed = [
        (counts.question.text(language_now()), crossing.counts[counts.question.code][UNSAFE])
        for counts in result.questions
        if crossing is not None
    ]
    context = {
        "result": result,
        "survey": result.survey,
        "is_open": result.phase is Phase.OPEN,
        "is_closed": result.phase is Phase.CLOSED,
        "address": address,
        "qr": qr_drawing(address) if result.phase is not Phase.CLOSED else "",
        "questions": [
            (counts.question.text(language_now()), counts) for counts in result.questions
        ],
        "groups": (
            [
                (GROUPS[each], size)
                for each, size in zip(crossing.groups, crossing.totals, strict=True)
            ]
            if crossing
            else []
        ),
        "crossed": crossed,
        "may_write": is_own and request.actor.may(Capability.SURVEYS_WRITE),
    }
    return render(request, "surveys/survey.html", context)

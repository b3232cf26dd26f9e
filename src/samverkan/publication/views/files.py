"""The files: open to everybody, from any page on the web, without cookies."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from samverkan.platform.access.http import ActorRequest, public

from .. import selectors
from ..catalogue import catalogue as make_catalogue
from ..files import csv_file, csv_metadata, json_file
from ..selectors import Publication

AN_HOUR = "public, max-age=3600"
FORMATS = {
    "rdf": ("application/rdf+xml; charset=utf-8", "pretty-xml"),
    "ttl": ("text/turtle; charset=utf-8", "turtle"),
    "jsonld": ("application/ld+json; charset=utf-8", "json-ld"),
}
ACCEPTED = {"text/turtle": "ttl", "application/ld+json": "jsonld", "application/rdf+xml": "rdf"}


@require_safe
@public
def download(
    request: ActorRequest, code: str, key: str, ending: str, number: str = ""
) -> HttpResponseBase:
    found = selectors.publication(request.actor, code, int(number) if number else None)
    if found is None:
        raise Http404
    csv_url = request.build_absolute_uri(_address(code, number, key, "csv"))
    if ending == "csv":
        file = csv_file(found, key)
    elif ending == "json":
        file = json_file(found, key)
    else:
        file = csv_metadata(found, key, csv_url)
    if file is None:
        raise Http404
    response = _answer(request, file.content, file.media_type, file.sha256, found.published_at)
    if ending == "csv":
        response["Link"] = f'<{csv_url}-metadata.json>; rel="describedby"'
        name = f"{key}-{code}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@public
def catalogue(request: ActorRequest, code: str = "", ending: str = "") -> HttpResponseBase:
    """Everything that the installation publishes, or one municipality's; 404 when nothing is."""
    found = selectors.latest_publications(request.actor)
    if code:
        found = [each for each in found if each.municipality_code == code]
    if not found:
        raise Http404
    chosen = ending or _accepted(request)
    media_type, writer = FORMATS[chosen]
    base_url = request.build_absolute_uri("/")
    address = request.build_absolute_uri(
        reverse("publication:dcat_of", args=[code]) if code else reverse("publication:dcat_rdf")
    )
    graph = make_catalogue(found, base_url, address)
    text = graph.serialize(format=writer)
    response = _answer(request, text.encode(), media_type, _tag(found, chosen), _newest(found))
    if not ending:
        patch_vary_headers(response, ["Accept"])
    return response


def _address(code: str, number: str, key: str, ending: str) -> str:
    place = reverse("publication:municipality", args=[code])
    return f"{place}{number}/{key}.{ending}" if number else f"{place}{key}.{ending}"


def _accepted(request: ActorRequest) -> str:
    """The form that is asked for; RDF/XML, which the harvesters read, when none is."""
    for accepted in request.accepted_types:
        chosen = ACCEPTED.get(f"{accepted.main_type}/{accepted.sub_type}")
        if chosen:
            return chosen
    return "rdf"


def _tag(found: list[Publication], chosen: str) -> str:
    return f"{chosen}-" + "-".join(each.sha256[:12] for each in found)


def _newest(found: list[Publication]) -> datetime:
    return max(each.published_at for each in found)


def _answer(
    request: ActorRequest, content: bytes, media_type: str, tag: str, changed: datetime
) -> HttpResponseBase:
    whole = HttpResponse(content, content_type=media_type)
    moment = int(changed.timestamp())
    # By the tag alone: after a withdrawal an earlier version is the newest, with an earlier time.
    response = get_conditional_response(request, etag=f'"{tag}"', response=whole) or whole
    response["ETag"] = f'"{tag}"'
    response["Last-Modified"] = http_date(moment)
    response["Cache-Control"] = AN_HOUR
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    return response

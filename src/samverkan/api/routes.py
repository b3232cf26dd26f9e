"""The API's reading routes. Each asks the same selectors as the pages, as the same actor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from ninja import NinjaAPI, Query, Router
from ninja.errors import HttpError

from samverkan import __version__
from samverkan.documents.formats import Language
from samverkan.organisations.selectors import municipalities_of
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.audit.services import record, record_read
from samverkan.reports.content import to_json
from samverkan.reports.kinds import Kind
from samverkan.reports.selectors import picture, picture_content, pictures, version
from samverkan.situation.selectors.incidents import IncidentFilter, incident, incident_page
from samverkan.situation.selectors.places import places_with_counts
from samverkan.situation.weeks import is_week
from samverkan.statistics.selectors import FigureSeries, figure_series

from .authentication import BrowserAuthentication, TokenAuthentication, acting
from .schemas import (
    Feature,
    FeatureCollection,
    FigureOut,
    Geometry,
    IncidentOut,
    IncidentPageOut,
    InvalidRequest,
    MunicipalityOut,
    PictureOut,
    Problem,
    ProvenanceOut,
    SeriesOut,
    SourceOut,
)

if TYPE_CHECKING:
    from samverkan.situation.models import Incident

PAGE_SIZE = 200
ERRORS: dict[int, Any] = {401: Problem, 403: Problem, 422: InvalidRequest}
WITH_OBJECT: dict[int, Any] = {**ERRORS, 404: Problem}

api = NinjaAPI(
    title="Samverkan",
    version=__version__,
    description=(
        "Reads what the function of the token may read. Every route passes through the same "
        "access rule as the pages. What is suppressed on the pages is suppressed here."
    ),
    auth=[TokenAuthentication(), BrowserAuthentication()],
    urls_namespace="api",
    docs_url=None,
)
router = Router()


@router.get("/municipalities", response={200: list[MunicipalityOut], **ERRORS})
def municipalities(request: HttpRequest) -> Any:
    """The municipalities in which the function acts."""
    actor = acting(request, *Capability)
    return municipalities_of(actor)


@router.get("/incidents", response={200: IncidentPageOut, **WITH_OBJECT})
def incidents(
    request: HttpRequest,
    municipality: str = Query(..., pattern="^[0-9]{4}$"),
    first_week: int = Query(0, ge=0, le=999_999),
    last_week: int = Query(0, ge=0, le=999_999),
    category: str = Query("", max_length=8),
    place: str = Query("", max_length=12),
    before: str = Query("", max_length=12),
) -> Any:
    """Single EST incidents, the newest first. Free text is left out: it may tell of persons."""
    actor = _reader_of_incidents(request)
    _within(actor, municipality)
    wanted = IncidentFilter(municipality, _week(first_week), _week(last_week), category, place)
    page = incident_page(actor, wanted, before=before, size=PAGE_SIZE)
    with transaction.atomic():
        record(actor, "incident.exported", "incident", details={"rows": len(page.incidents)})
    return {
        "incidents": [_incident(each, municipality) for each in page.incidents],
        "next": _next(request, page.incidents[-1].ref) if page.has_older else None,
    }


@router.get("/incidents/{ref}", response={200: IncidentOut, **WITH_OBJECT})
def one_incident(request: HttpRequest, ref: str) -> Any:
    actor = _reader_of_incidents(request)
    found = incident(actor, ref)
    if found is None:
        raise HttpError(404, "no such incident")
    record_read(actor, "incident", found.ref, owner_party_ref=found.owner.ref)
    return _incident(found, found.municipality.code)


@router.get("/places", response={200: FeatureCollection, **WITH_OBJECT})
def places(
    request: HttpRequest,
    municipality: str = Query(..., pattern="^[0-9]{4}$"),
    first_week: int = Query(..., ge=190_001, le=999_953),
    last_week: int = Query(..., ge=190_001, le=999_953),
) -> Any:
    """GeoJSON: the register's places with their counts in the weeks asked for.

    A point is the middle of an area of `radius_metres`: an uncertain place, not a spot.
    """
    actor = _reader_of_incidents(request)
    _within(actor, municipality)
    found = places_with_counts(actor, municipality, _week(first_week), _week(last_week))
    return FeatureCollection(
        features=[
            Feature(
                id=each.ref,
                geometry=Geometry(coordinates=[each.longitude, each.latitude]),
                properties={
                    "name": each.name,
                    "area": each.area,
                    "radius_metres": each.radius_metres,
                    "incidents": each.incidents,
                },
            )
            for each in found
            if each.latitude is not None and each.longitude is not None
        ]
    )


@router.get("/statistics", response={200: list[SeriesOut], **WITH_OBJECT})
def statistics(
    request: HttpRequest,
    municipality: str = Query(..., pattern="^[0-9]{4}$"),
    series: str = Query("", max_length=60),
) -> Any:
    """Figures with their source, definition and the file that each came in with."""
    actor = acting(request, Capability.STATISTICS_READ)
    _within(actor, municipality)
    return [_series(each) for each in figure_series(actor, municipality, codes=_codes(series))]


@router.get("/situational-pictures", response={200: list[PictureOut], **ERRORS})
def situational_pictures(request: HttpRequest) -> Any:
    """The situational pictures that the function may see, the latest month first."""
    actor = acting(request, Capability.PICTURES_READ)
    found = [(each, version(actor, each, None)) for each in pictures(actor, Kind.PICTURE)]
    return [
        PictureOut(
            ref=each.ref,
            municipality=each.municipality.code,
            period=f"{each.period_start:%Y-%m}",
            version=latest.number,
            decided_on=latest.decided_on,
        )
        for each, latest in found
        if latest is not None
    ]


@router.get("/situational-pictures/{ref}", response={200: dict[str, Any], **WITH_OBJECT})
def one_picture(
    request: HttpRequest, ref: str, language: str = Query("sv", pattern="^(sv|en)$")
) -> Any:
    """The latest version whole: sentences, figures, sources, texts; the same JSON as the file."""
    actor = acting(request, Capability.PICTURES_READ)
    found = picture(actor, ref)
    content = None
    if found is not None:
        content = picture_content(
            actor,
            found.municipality.code,
            found.period_start,
            Language(language),
            kind=Kind(found.kind),
        )
    if content is None:
        raise HttpError(404, "no such situational picture")
    return to_json(content)


def _reader_of_incidents(request: HttpRequest) -> Actor:
    return acting(request, Capability.INCIDENTS_READ, Capability.INCIDENTS_REPORT)


def _within(actor: Actor, municipality: str) -> None:
    """Outside the function's municipalities and what clauses name, a place is not found."""
    granted = {code for grant in actor.grants for code in grant.municipality_codes}
    widely = any(not grant.municipality_codes for grant in actor.grants)
    if municipality not in actor.municipality_codes | granted and not widely:
        raise HttpError(404, "no such municipality for this function")


def _week(number: int) -> int:
    if number and not is_week(number):
        raise HttpError(422, "a week is written as 202648")
    return number


def _codes(series: str) -> list[str]:
    return [series] if series else []


def _next(request: HttpRequest, ref: str) -> str:
    query = {**request.GET.dict(), "before": ref}
    return f"{reverse('api:incidents')}?{urlencode(query)}"


def _incident(each: Incident, municipality: str) -> IncidentOut:
    return IncidentOut(
        ref=each.ref,
        municipality=municipality,
        category=each.category,
        place=each.place.name if each.place else None,
        place_ref=each.place.ref if each.place else None,
        occurred_from=each.occurred_from,
        occurred_to=each.occurred_to,
        week=each.week,
        reported_by=each.reporting_organisation.name,
        severity=each.severity,
        effect_on_safety=each.effect_on_safety,
        setting=each.setting,
    )


def _series(found: FigureSeries) -> SeriesOut:
    return SeriesOut(
        series=found.definition.code,
        name=found.definition.name_en,
        definition=found.definition.definition_en,
        municipality=found.municipality_code,
        unit=found.unit,
        period_kind=found.period_kind,
        source=SourceOut(
            code=found.source.code, name=found.source.name_en, citation=found.source.citation_en
        ),
        figures=[
            FigureOut(
                period=figure.start,
                value=figure.value,
                preliminary=figure.is_preliminary,
                suppressed=figure.is_suppressed,
            )
            for figure in found.figures
        ],
        provenance=[
            ProvenanceOut(
                file_name=each.file_name,
                sha256=each.sha256,
                fetched_at=each.fetched_at,
                imported_by=each.imported_by,
                definition=each.definition,
            )
            for each in found.provenance
        ],
    )


api.add_router("", router)

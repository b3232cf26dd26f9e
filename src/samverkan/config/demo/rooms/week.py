"""The week in the demo: what is planned, which reports became problems, answers to reporters."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from samverkan.config.demo.people import REASON, STOCKHOLM, Cast
from samverkan.situation.models import (
    GatheredIncident,
    Incident,
    Place,
    PlannedEvent,
    Problem,
    ReportAnswer,
)

ORDER = 40
GATHERED_PER_PROBLEM = 12
PLANNED = (
    ("1760", "Julmarknad", "Busstorget", 11, 1, "Mycket folk och trafik. Belysningen ses över."),
    ("1760", "Derby i ishallen", "", 4, 0, "Bortasupportrar med buss, klart klockan 21."),
    ("1760", "Luciatåg", "Biblioteket", 17, 0, "Stängda gator mellan 17 och 19."),
    ("1781", "Nattöppet i gallerian", "Centrumgallerian", 9, 0, "Öppet till midnatt."),
    ("1782", "Höstmarknad", "Stortorget", 6, 1, "Torget avstängt för bilar."),
)
ANSWERS = (
    ("word", "Tack. Fältarna går dit på torsdag och fredag kväll."),
    ("not_taken", "Lampan hör till regionen. Felanmälan är gjord, så den tas inte vidare här."),
)


def build(cast: Cast, today: date) -> None:
    _plan(cast, today)
    _gather(today)
    _answer(cast, today)


def _plan(cast: Cast, today: date) -> None:
    places = {
        (place.municipality_id, place.name): place for place in Place.objects.for_system(REASON)
    }
    PlannedEvent.objects.bulk_create(
        [
            PlannedEvent(
                owner=cast.parties[code],
                municipality=cast.municipalities[code],
                title=title,
                place=places.get((cast.municipalities[code].pk, place)),
                where="" if place else "Ishallen",
                starts_on=today + timedelta(days=days),
                ends_on=today + timedelta(days=days + longer),
                expected_effect=effect,
                added_at=_noon(today),
            )
            for code, title, place, days, longer, effect in PLANNED
        ]
    )


def _gather(today: date) -> None:
    """The latest reports from a problem's place belong to it."""
    links = []
    for problem in Problem.objects.for_system(REASON).filter(place__isnull=False):
        incidents = (
            Incident.objects.for_system(REASON)
            .filter(place_id=problem.place_id)
            .exclude(gathered__problem=problem)
            .order_by("-occurred_from")[:GATHERED_PER_PROBLEM]
        )
        links += [
            GatheredIncident(problem=problem, incident=incident, gathered_at=_noon(today))
            for incident in incidents
        ]
    GatheredIncident.objects.bulk_create(links)


def _answer(cast: Cast, today: date) -> None:
    """The school hears back about its two latest reports."""
    latest = (
        Incident.objects.for_system(REASON)
        .filter(reporting_organisation=cast.functions["1760", "school"].organisation)
        .order_by("-occurred_from")[: len(ANSWERS)]
    )
    ReportAnswer.objects.bulk_create(
        [
            ReportAnswer(
                incident=incident,
                kind=kind,
                text=text,
                answered_at=_noon(today),
                answered_by=cast.functions["1760", "coordinator"].title,
            )
            for incident, (kind, text) in zip(latest, ANSWERS, strict=False)
        ]
    )


def _noon(today: date) -> datetime:
    return datetime.combine(today - timedelta(days=1), time(12), STOCKHOLM)

"""Reports of the running week that wait for review, a question, an own category, a gone place."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from samverkan.config.demo.people import Cast
from samverkan.situation.models import Incident, IncidentChange, LocalCategory, Place
from samverkan.situation.models.incidents import Review
from samverkan.situation.services import counting
from samverkan.situation.weeks import week_of
from samverkan.swedish.sorting import search_key

ORDER = 20
STORFORS = "1760"
REASON = "build the demo world"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
QUESTION = "Var på skolgården var det, och hur ofta har det hänt?"
# Who reports, what, where, how many days ago, at which hour, in which words, how reviewed.
REPORTS = (
    ("housing", "E51", "Hyreshusens gård", 3, 22, "Hög musik och skräp på gården.", "pending"),
    ("library", "E50", "Biblioteket", 2, 19, "Samling vid entrén, besökare vände.", "pending"),
    ("leisure", "E60", "Badplatsen", 2, 21, "Mopeder på gångvägen ner mot vattnet.", "pending"),
    ("parks", "E10", "Gamla kiosken", 1, 7, "Sönderslagna plankor, glas på marken.", "pending"),
    ("school", "E11", "Skolgården", 4, 8, "Nytt klotter.", "returned"),
)


def build(cast: Cast, today: date) -> None:
    owner, municipality = cast.parties[STORFORS], cast.municipalities[STORFORS]
    area = Place.objects.for_system(REASON).get(owner=owner, name="Centrum", area=None)
    Place.objects.create(
        owner=owner,
        municipality=municipality,
        name="Gamla kiosken",
        search_key=search_key("Gamla kiosken"),
        area=area,
        latitude=59.5330,
        longitude=14.2738,
        ended_on=today - timedelta(days=10),
    )
    for category, name in (("E51", "Skräp i motionsspåret"), ("E60", "A-traktorer vid torget")):
        LocalCategory.objects.create(
            owner=owner,
            municipality=municipality,
            category=category,
            name=name,
            valid_from=today - timedelta(days=200),
        )
    for report in REPORTS:
        _report(cast, today, *report)


def _report(
    cast: Cast, today: date, key: str, category: str, place: str, days: int, hour: int,
    text: str, review: str,
) -> None:  # fmt: skip
    owner = cast.parties[STORFORS]
    occurred = datetime.combine(today - timedelta(days=days), time(hour, 15), STOCKHOLM)
    is_returned = review == Review.RETURNED
    incident = Incident.objects.create(
        owner=owner,
        municipality=cast.municipalities[STORFORS],
        reporting_organisation_id=cast.functions[STORFORS, key].organisation_id,
        category=category,
        place=Place.objects.for_system(REASON).get(owner=owner, name=place),
        occurred_from=occurred,
        reported_at=occurred + timedelta(hours=9),
        week=week_of(occurred.date()),
        text=text,
        severity=2,
        effect_on_safety=2,
        certainty="seen",
        setting="public",
        review=review,
        question=QUESTION if is_returned else "",
    )
    counting.move(None, counting.cell_of(incident))
    if is_returned:
        IncidentChange.objects.create(
            incident=incident,
            kind=IncidentChange.Kind.RETURNED,
            changed_at=occurred + timedelta(hours=12),
            changed_by="Säkerhetssamordnare, Storfors",
            note=QUESTION,
        )

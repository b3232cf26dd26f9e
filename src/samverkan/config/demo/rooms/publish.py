"""Surveys of perceived safety, and what Storfors has published: two years' versions."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from samverkan.config.demo.people import Cast
from samverkan.organisations.models import Holding
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import Actor, anonymous
from samverkan.platform.imports.reception import FileRequest, receive
from samverkan.platform.imports.services import commit_import
from samverkan.publication import pledge_sources
from samverkan.publication import services as publication
from samverkan.publication.composition import Choice, compose
from samverkan.surveys import services as surveys
from samverkan.surveys.models import Measurement, OpenSurvey

ORDER = 90
CODE = "1760"
REASON = "build the demo world"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
SERIES = (
    "violence",
    "violence_home",
    "violence_public",
    "theft_excluding_shoplifting",
    "burglary",
    "shoplifting",
    "vandalism",
)
CONSENT = "Polisen (LPO Kristinehamn) har godkänt årssiffrorna, samrådsmöte {year}-02-12"


BURGLARIES = (9, 7, 8, 3, 6)
"""Of five years, the fourth with so few that it is not shown."""


@dataclass(frozen=True)
class DemoPledge:
    """A promise to read about, where no other room of the demo has made any."""

    ref: str
    title: str
    promised: str
    done: str
    result: str
    valid_from: date
    valid_to: date | None
    state: str


def build(cast: Cast, today: date) -> None:
    _measurements(cast, today)
    _school_survey(cast, today)
    _safety_walk(cast, today)
    _burglaries(cast, today)
    if not pledge_sources.published_pledges(anonymous(_at(today)), CODE):
        pledge_sources.register(_pledges)
    for year in (today.year - 1, today.year):
        _publish(cast, date(year, 3, 16))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9, 40), STOCKHOLM)


def _pledges(actor: Actor, municipality_code: str) -> list[DemoPledge]:
    if municipality_code != CODE:
        return []
    year = actor.at.year - 1
    return [
        DemoPledge(
            "demo-ljus",
            "Bättre ljus runt busstorget",
            "Före årets slut ska alla lampor runt busstorget och gångvägen till biblioteket lysa.",
            f"{year}-09-04: Sju lampor byttes och två nya stolpar sattes upp.\n"
            f"{year}-10-16: Polis och kommun gick en trygghetsvandring med arton boende.",
            "Alla lampor lyser. Färre säger sig vara otrygga ute på kvällen, men skillnaden är "
            "inte större än slumpen kan ge.",
            date(year, 1, 1),
            date(year + 1, 1, 1),
            "kept",
        ),
        DemoPledge(
            "demo-kvallar",
            "Vuxna ute på torsdagar och fredagar",
            "Två vuxna från kommunen eller föreningar ska vara ute två kvällar i veckan.",
            f"{year}-11-06: Nattvandring 61 av 74 planerade kvällar.",
            "",
            date(year, 8, 1),
            None,
            "promised",
        ),
    ]


def _burglaries(cast: Cast, today: date) -> None:
    """Brå's yearly figures of a small series (invented), through the same import as in the web."""
    lines = ["kommun;period;serie;antal"]
    first = today.year - len(BURGLARIES)
    lines += [f"{CODE};{first + at};burglary;{count}" for at, count in enumerate(BURGLARIES)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bra-bostadsinbrott.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        actor = _coordinator(cast, date(today.year, 3, 2))
        batch = receive(actor, FileRequest(path, "statistics", "bra"))
        if not commit_import(actor, batch.ref).is_done:
            raise RuntimeError("the demo's own figures were refused")


def _coordinator(cast: Cast, day: date) -> Actor:
    function = cast.functions[CODE, "coordinator"]
    holding = Holding.objects.for_system(REASON).get(function=function, role=Holding.Role.HOLDER)
    return actor_for(holding.user, function.ref, _at(day))


def _measurements(cast: Cast, today: date) -> None:
    """Invented figures of a mail survey, two years apart, and NTU's for the police area."""
    for year, percents in (
        (today.year - 3, (29.0, 12.0, 9.0, 31.0)),
        (today.year - 1, (26.0, 11.0, 8.0, 38.0)),
    ):
        questions = ("alone_outdoors", "worry_burglary", "worry_violence", "littering_damage")
        answers = 412 if year % 2 else 398
        _put_in(
            cast,
            year,
            title=f"Trygghetsmätning {year}",
            source="Polisen, region Bergslagen (påhittade siffror)",
            shares={
                question: (percent, answers - 7 * at)
                for at, (question, percent) in enumerate(zip(questions, percents, strict=True))
            },
            answers=answers,
            sample_size=900,
            population=3010,
            design_effect=1.32,
        )
    year = today.year - 1
    _put_in(
        cast,
        year,
        title=f"NTU {year}",
        source="Brå, Nationella trygghetsundersökningen (påhittade siffror)",
        reach=Measurement.Reach.POLICE_AREA,
        shares={"alone_outdoors": (24.0, 690), "worry_burglary": (13.0, 688)},
        answers=701,
        sample_size=1700,
        population=29_800,
        design_effect=1.18,
    )
    _put_in(
        cast,
        year,
        title=f"Hyresgästenkät {year}",
        source="Demobostäder i Storfors (påhittade siffror)",
        reach=Measurement.Reach.AREA,
        area="Norra området",
        sampling=Measurement.Sampling.SELF_CHOSEN,
        shares={
            "alone_outdoors": (41.0, 58),
            "littering_damage": (52.0, 60),
            "worry_violence": (20.0, 19),
        },
        answers=61,
        sample_size=None,
        population=None,
        design_effect=1.0,
    )


def _put_in(cast: Cast, year: int, **fields: object) -> None:
    new = surveys.NewMeasurement(
        municipality_code=CODE,
        asked_from=date(year, 9, 7),
        asked_to=date(year, 11, 2),
        **{
            "reach": Measurement.Reach.MUNICIPALITY,
            "area": "",
            "sampling": Measurement.Sampling.DRAWN,
            **fields,
        },  # type: ignore[arg-type]
    )
    surveys.put_in_measurement(_coordinator(cast, date(year, 11, 20)), new)


def _school_survey(cast: Cast, today: date) -> None:
    """Answered by forty pupils, and closed."""
    opened = today - timedelta(days=40)
    survey = surveys.open_survey(
        _coordinator(cast, opened),
        surveys.NewSurvey(
            municipality_code=CODE,
            title="Trygghet på skolgården, högstadiet",
            area="Centrum",
            occasion=OpenSurvey.Occasion.SCHOOL,
            way=OpenSurvey.Way.SHEETS,
            questions=("this_place", "adults_near", "lighting"),
            asks_group=True,
            opens_on=opened,
            closes_on=opened + timedelta(days=14),
        ),
    )
    tokens = surveys.make_sheets(_coordinator(cast, opened), survey.ref, 60)
    chance = random.Random(1760)  # noqa: S311
    nobody = anonymous(datetime.combine(opened + timedelta(days=1), time(10, 0), STOCKHOLM))
    for token in tokens[:44]:
        group = chance.choices(("girl", "boy"), (24, 20))[0]
        unsafe = 0.38 if group == "girl" else 0.2
        place = "rather_unsafe" if chance.random() < unsafe else "rather_safe"
        place = "very_safe" if place == "rather_safe" and chance.random() < 0.4 else place
        choices = {
            "this_place": place,
            "adults_near": chance.choices(("yes", "sometimes", "no"), (14, 20, 10))[0],
            "lighting": chance.choices(("good", "partly", "poor"), (8, 14, 18))[0],
        }
        surveys.receive_answer(nobody, survey.code, choices, group, token=token)


def _safety_walk(cast: Cast, today: date) -> None:
    """Open still, with a few answers."""
    survey = surveys.open_survey(
        _coordinator(cast, today),
        surveys.NewSurvey(
            municipality_code=CODE,
            title="Trygghetsvandring runt Busstorget",
            area="Centrum",
            occasion=OpenSurvey.Occasion.WALK,
            way=OpenSurvey.Way.OPEN,
            questions=("this_place", "lighting", "littering_damage"),
            asks_group=False,
            opens_on=today,
            closes_on=today + timedelta(days=21),
        ),
    )
    nobody = anonymous(datetime.combine(today, time(18, 0), STOCKHOLM))
    for at in range(7):
        choices = {
            "this_place": "rather_unsafe" if at % 3 else "rather_safe",
            "lighting": "poor" if at % 2 else "partly",
            "littering_damage": "some",
        }
        surveys.receive_answer(nobody, survey.code, choices, "", once=f"demo{at}")


def _publish(cast: Cast, day: date) -> None:
    """Chosen and previewed as on the page, then published."""
    actor = _coordinator(cast, day)
    choice = Choice(
        series=SERIES,
        with_pledges=True,
        with_answers=True,
        with_picture=True,
        contact_name="Säkerhetssamordnare, Storfors kommun",
        contact_email="sakerhetssamordnare@storfors.demo.example",
        consent=CONSENT.format(year=day.year),
    )
    draft = compose(actor, CODE, choice)
    publication.publish(actor, CODE, choice, previewed=draft.fingerprint)

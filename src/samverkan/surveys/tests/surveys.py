"""Surveys for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from samverkan.platform.access.actor import Actor, anonymous
from samverkan.surveys import services
from samverkan.surveys.models import Measurement, OpenSurvey
from samverkan.surveys.services import NewMeasurement, NewSurvey
from tests.world import NOW, World

TODAY = date(2026, 11, 23)
MEASURED = NewMeasurement(
    municipality_code="1760",
    title="Trygghetsmätning 2026",
    source="Polisen",
    reach=Measurement.Reach.MUNICIPALITY,
    area="",
    sampling=Measurement.Sampling.DRAWN,
    asked_from=date(2026, 9, 7),
    asked_to=date(2026, 10, 30),
    answers=400,
    sample_size=900,
    population=3000,
    design_effect=1.3,
    shares={"alone_outdoors": (27.0, 395), "worry_violence": (9.0, 12)},
)
OPENED = NewSurvey(
    municipality_code="1760",
    title="Trygghetsvandring",
    area="Centrum",
    occasion=OpenSurvey.Occasion.WALK,
    way=OpenSurvey.Way.OPEN,
    questions=("this_place", "lighting"),
    asks_group=False,
    opens_on=TODAY,
    closes_on=TODAY + timedelta(days=7),
)
CHOICES = {"this_place": "rather_safe", "lighting": "poor"}


def open_survey(world: World, **changes: object) -> OpenSurvey:
    actor = world.actor("safety_coordinator")
    return services.open_survey(actor, replace(OPENED, **changes))


def answer(survey: OpenSurvey, number: int, *, at: datetime = NOW, **changes: object) -> None:
    """Different people, each with a form of their own."""
    for each in range(number):
        services.receive_answer(
            anonymous(at),
            survey.code,
            {**CHOICES, **changes.get("choices", {})},
            str(changes.get("group", "")),
            once=f"{changes}{each}",
        )


def later(actor: Actor, days: int) -> Actor:
    return replace(actor, at=actor.at + timedelta(days=days))

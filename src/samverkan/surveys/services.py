"""Putting surveys in, opening and closing simple ones, and receiving an answer from nobody."""

from __future__ import annotations

import hmac
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from samverkan.organisations.selectors import municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record
from samverkan.platform.imports.models import ImportBatch
from samverkan.platform.refs import new_ref

from .models import Answer, MeasuredShare, Measurement, OpenSurvey, Sheet
from .rules import MOST_SHEETS, Phase, phase

ANSWERED = "whoever answers is nobody: the address alone leads to the survey"


class UnknownMunicipalityError(LookupError):
    """Not a municipality of the actor's function."""


class AlreadyThereError(ValueError):
    """The same survey at the same time has been put in before."""


class ClosedError(ValueError):
    """The survey takes no answers now."""


class SheetError(ValueError):
    """The sheet is not one of this survey's, or has answered already."""


@dataclass(frozen=True)
class NewMeasurement:
    """A survey as it was reported: shares in per cent by question, with their bases."""

    municipality_code: str
    title: str
    source: str
    reach: str
    area: str
    sampling: str
    asked_from: date
    asked_to: date
    answers: int
    sample_size: int | None
    population: int | None
    design_effect: float
    shares: Mapping[str, tuple[float, int]]


@dataclass(frozen=True)
class NewSurvey:
    municipality_code: str
    title: str
    area: str
    occasion: str
    way: str
    questions: tuple[str, ...]
    asks_group: bool
    opens_on: date
    closes_on: date


@transaction.atomic
def put_in_measurement(
    actor: Actor, new: NewMeasurement, *, batch: ImportBatch | None = None
) -> Measurement:
    """Keep a survey that somebody else has made. Raises AlreadyThereError for a doubled one."""
    require(actor, Capability.SURVEYS_WRITE)
    owner, place = _own_municipality(actor, new.municipality_code)
    existing = Measurement.objects.visible_to(actor).filter(
        owner_id=actor.party_id,
        municipality_id=place,
        title=new.title,
        area=new.area,
        asked_from=new.asked_from,
    )
    if existing.exists():
        raise AlreadyThereError
    measurement: Measurement = Measurement.objects.create(
        owner_id=owner,
        municipality_id=place,
        title=new.title,
        source=new.source,
        reach=new.reach,
        area=new.area,
        sampling=new.sampling,
        asked_from=new.asked_from,
        asked_to=new.asked_to,
        population=new.population,
        sample_size=new.sample_size,
        answers=new.answers,
        design_effect=new.design_effect,
        put_in_at=actor.at,
        put_in_by=actor.user_label,
        batch=batch,
    )
    MeasuredShare.objects.bulk_create(
        MeasuredShare(measurement=measurement, question=question, percent=percent, base=base)
        for question, (percent, base) in new.shares.items()
    )
    record(
        actor,
        "measurement.put_in",
        "measurement",
        measurement.ref,
        details={"municipality": new.municipality_code, "questions": sorted(new.shares)},
    )
    return measurement


@transaction.atomic
def open_survey(actor: Actor, new: NewSurvey, *, code: str = "") -> OpenSurvey:
    """Make a simple survey; `code` is the form's own, so that a doubled sending makes one."""
    require(actor, Capability.SURVEYS_WRITE)
    owner, place = _own_municipality(actor, new.municipality_code)
    code = code or new_ref()
    made: OpenSurvey | None = (
        OpenSurvey.objects.visible_to(actor).filter(code=code, owner_id=actor.party_id).first()
    )
    if made is not None:
        return made
    survey: OpenSurvey = OpenSurvey.objects.create(
        owner_id=owner,
        municipality_id=place,
        code=code,
        title=new.title,
        area=new.area,
        occasion=new.occasion,
        way=new.way,
        questions=list(new.questions),
        asks_group=new.asks_group,
        opens_on=new.opens_on,
        closes_on=new.closes_on,
        created_at=actor.at,
        function_title=actor.function_title,
    )
    record(actor, "survey.opened", "survey", survey.ref, details={"occasion": new.occasion})
    return survey


@transaction.atomic
def close_survey(actor: Actor, ref: str) -> OpenSurvey:
    """No answer after this; now the counts are shown. It is not opened again."""
    require(actor, Capability.SURVEYS_WRITE)
    survey = _own_survey(actor, ref)
    if survey.closed_at is None:
        survey.closed_at = actor.at
        survey.save(update_fields=["closed_at"])
        record(actor, "survey.closed", "survey", survey.ref)
    return survey


@transaction.atomic
def make_sheets(actor: Actor, ref: str, number: int) -> list[str]:
    """Tokens for printed sheets. They are handed out here once; only fingerprints are kept."""
    require(actor, Capability.SURVEYS_WRITE)
    survey = _own_survey(actor, ref)
    if survey.way != OpenSurvey.Way.SHEETS or not 1 <= number <= MOST_SHEETS:
        raise ValueError(number)
    tokens = [new_ref() for _sheet in range(number)]
    Sheet.objects.bulk_create(
        Sheet(survey=survey, fingerprint=_sealed(survey.code, token)) for token in tokens
    )
    record(actor, "survey.sheets_made", "survey", survey.ref, details={"sheets": number})
    return tokens


@transaction.atomic
def receive_answer(
    actor: Actor,
    code: str,
    choices: Mapping[str, str],
    group: str,
    *,
    once: str = "",
    token: str = "",
) -> bool:
    """Keep an answer, and nothing of who gave it; False when it had been sent already.

    `once` is the form's own word: the same form sent twice is one answer. No entry in the log:
    it would say when somebody answered.
    """
    survey: OpenSurvey | None = (
        OpenSurvey.objects.for_system(ANSWERED).select_for_update(of=("self",)).filter(code=code)
    ).first()
    if survey is None or survey_phase(survey, actor) is not Phase.OPEN:
        raise ClosedError
    if survey.way == OpenSurvey.Way.SHEETS:
        _use_sheet(survey, token)
        key = uuid.uuid4()
    else:
        key = uuid.UUID(_sealed(survey.code, once or secrets.token_hex(16))[:32])
    try:
        with transaction.atomic():
            Answer.objects.create(id=key, survey=survey, choices=dict(choices), group=group)
    except IntegrityError:
        return False
    return True


def survey_phase(survey: OpenSurvey, actor: Actor) -> Phase:
    return phase(
        survey.opens_on,
        survey.closes_on,
        is_closed=survey.closed_at is not None,
        today=timezone.localdate(actor.at),
    )


def _use_sheet(survey: OpenSurvey, token: str) -> None:
    used = (
        Sheet.objects.for_system(ANSWERED)
        .filter(survey=survey, fingerprint=_sealed(survey.code, token), is_used=False)
        .update(is_used=True)
    )
    if used != 1:
        raise SheetError


def _sealed(code: str, word: str) -> str:
    """The word so that nobody who reads the database can use it."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{code} {word}".encode(), sha256).hexdigest()


def _own_municipality(actor: Actor, code: str) -> tuple[int, int]:
    """The party that will own, and the place, by their row ids."""
    place = municipality(actor, code)
    if place is None or code not in actor.municipality_codes or actor.party_id is None:
        raise UnknownMunicipalityError(code)
    return actor.party_id, int(place.pk)


def _own_survey(actor: Actor, ref: str) -> OpenSurvey:
    survey: OpenSurvey = (
        OpenSurvey.objects.visible_to(actor).select_for_update(of=("self",)).get(ref=ref)
    )
    if survey.owner_id != actor.party_id:
        raise PermissionDenied
    return survey

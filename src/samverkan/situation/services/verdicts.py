"""Keeping what was said of a measure's effect, with everything that went in."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from django.db import transaction

from samverkan.documents.plain_text import clean
from samverkan.platform.access.actor import Actor
from samverkan.platform.audit.services import record

from ..effect_words import sentence_of
from ..free_text import refuse_persons
from ..models import EffectVerdict
from ..rules.comparison import ALPHA, BUFFER_METRES, Choice
from ..selectors.effects import Effect, effect_of
from .own import own_measure


class NothingToJudgeError(ValueError):
    """The measure has not begun, or nothing is counted for its problem."""


@transaction.atomic
def keep_verdict(
    actor: Actor, ref: str, choice: Choice, note: str = "", municipality: str = ""
) -> EffectVerdict:
    """Judge the measure as of now and keep it; earlier verdicts stay as they were."""
    measure = own_measure(actor, ref)
    refuse_persons([note])
    effect = effect_of(actor, measure, choice, municipality)
    if effect is None:
        raise NothingToJudgeError(ref)
    made: EffectVerdict = EffectVerdict.objects.create(
        measure=measure,
        verdict=effect.verdict,
        judged_at=actor.at,
        function_title=actor.function_title,
        note=clean(note).strip(),
        category=measure.problem.category,
        approach=measure.approach,
        inputs=_inputs(effect),
        result=_result(effect),
    )
    record(
        actor,
        "measure.judged",
        "measure",
        measure.ref,
        details={"verdict": effect.verdict, "comparison": str(effect.choice)},
    )
    return made


def _inputs(effect: Effect) -> dict[str, Any]:
    span = effect.windows
    return {
        "before_from": span.before_from.isoformat(),
        "start": span.start.isoformat(),
        "after_to": span.after_to.isoformat(),
        "comparison": str(effect.choice),
        "municipality": effect.elsewhere.code if effect.elsewhere else "",
        "places_compared": effect.places_compared,
        "places_nearby": effect.places_nearby,
        "buffer_metres": BUFFER_METRES,
        "alpha": ALPHA,
    }


def _result(effect: Effect) -> dict[str, Any]:
    interval = [_finite(each) for each in effect.interval] if effect.interval else None
    return {
        "sentence": sentence_of(effect),
        "target": asdict(effect.target),
        "comparison": asdict(effect.comparison) if effect.comparison else None,
        "nearby": asdict(effect.nearby) if effect.nearby else None,
        "expected_after": _finite(effect.expected_after),
        "interval": interval,
        "is_chosen_at_a_peak": effect.is_chosen_at_a_peak,
        "moved": str(effect.moved.course) if effect.moved else "",
        "displacement_quotient": _finite(effect.moved.quotient) if effect.moved else None,
    }


def _finite(value: float | None) -> float | None:
    return round(value, 3) if value is not None and math.isfinite(value) else None

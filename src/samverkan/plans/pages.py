"""What the room's pages show, in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.design.tones import Tone

from . import selectors
from .lives import IN_FORCE_STATES, PLAN
from .models import Plan
from .rules import Clock, Lack, Missing

TONES = {
    "draft": Tone.NEUTRAL,
    "proposed": Tone.WARN,
    "decided": Tone.OK,
    "followed_up": Tone.OK,
    "revised": Tone.NEUTRAL,
    "ended": Tone.NEUTRAL,
    "discarded": Tone.NEUTRAL,
}


@dataclass(frozen=True)
class PlanLine:
    ref: str
    number: int
    title: str
    place: str
    owner: str
    first: date
    last: date
    state: str
    state_label: str
    tone: Tone
    is_in_force: bool
    picture: str


@dataclass(frozen=True)
class ClockLine:
    """One of the two clocks of the law's 6 §, said in a sentence."""

    title: str
    sentence: str
    label: str
    tone: Tone


@dataclass(frozen=True)
class PlaceClocks:
    code: str
    place: str
    lines: tuple[ClockLine, ...]


@dataclass(frozen=True)
class StepLine:
    words: str
    at: datetime
    function: str
    reason: str


@dataclass(frozen=True)
class MissingLine:
    words: str
    url: str


def lines(actor: Actor) -> list[PlanLine]:
    """Every plan that the actor may see: what holds first, then what is on its way."""
    found = [line(each) for each in selectors.plans(actor)]
    return sorted(
        found, key=lambda each: (not each.is_in_force, each.state in ("revised", "ended"))
    )


def line(each: Plan) -> PlanLine:
    return PlanLine(
        ref=each.ref,
        number=each.number,
        title=each.title,
        place=each.municipality.name,
        owner=each.owner.name,
        first=each.valid_from,
        last=each.valid_to - timedelta(days=1),
        state=each.state,
        state_label=str(PLAN.state(each.state).label),
        tone=TONES[each.state],
        is_in_force=each.state in IN_FORCE_STATES,
        picture=each.picture_words,
    )


def clocks(actor: Actor) -> list[PlaceClocks]:
    return [
        PlaceClocks(
            each.code,
            each.place,
            (
                _clock_line(
                    _("The situational picture"),
                    each.picture,
                    _("Decided %(began)s, to be updated by %(due)s at the latest."),
                    _("No picture is decided here: the clock has not begun."),
                ),
                _clock_line(
                    _("The action plan"),
                    each.plan,
                    _("Decided or followed up %(began)s, to be followed up by %(due)s."),
                    _("No plan is decided here: the clock has not begun."),
                ),
            ),
        )
        for each in selectors.law_clocks(actor)
    ]


def _clock_line(title: str, clock: Clock, words: str, unset: str) -> ClockLine:
    if clock.began_on is None or clock.due_on is None:
        return ClockLine(title, unset, _("not begun"), Tone.WARN)
    sentence = words % {"began": clock.began_on.isoformat(), "due": clock.due_on.isoformat()}
    if clock.is_over:
        return ClockLine(title, sentence, _("has run out"), Tone.STOP)
    if clock.is_soon:
        return ClockLine(title, sentence, _("due soon"), Tone.WARN)
    return ClockLine(title, sentence, _("in time"), Tone.OK)


def history(actor: Actor, plan: Plan) -> list[StepLine]:
    return [
        StepLine(str(PLAN.event(each.event).label), each.at, each.function_title, each.reason)
        for each in selectors.steps(actor, plan)
    ]


def missing_lines(plan: Plan, missing: Sequence[Missing]) -> list[MissingLine]:
    """What is lacking, each where it is mended."""
    return [MissingLine(_missing_words(each), _missing_url(plan, each)) for each in missing]


def _missing_words(each: Missing) -> str:
    words = {
        Lack.PICTURE: _("The plan refers to no decided situational picture."),
        Lack.PROBLEM: _("No prioritised problem is chosen."),
        Lack.MEASURE: _("“%(subject)s” has no measure."),
        Lack.RESPONSIBLE: _("“%(subject)s” has no responsible function."),
        Lack.INDICATOR: _("“%(subject)s” has no indicator."),
        Lack.BASELINE: _("“%(subject)s” has no baseline."),
        Lack.FOLLOW_UP_DATE: _("“%(subject)s” has no date for its follow-up."),
    }[each.lack]
    return words % {"subject": each.subject} if each.subject else words


def _missing_url(plan: Plan, each: Missing) -> str:
    if each.lack is Lack.PICTURE:
        return reverse("plans:facts", args=[plan.ref])
    if each.lack is Lack.PROBLEM:
        return reverse("plans:problems", args=[plan.ref])
    if each.lack is Lack.MEASURE:
        return reverse("plans:measure_new", args=[plan.ref, each.ref])
    return reverse("plans:measure", args=[plan.ref, each.ref])

"""What a plan is built from: prioritised problems and their measures, decided pictures, verdicts.

Read by the actor's own access in the rooms that own them; a plan keeps what it takes in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samverkan.documents.formats import Language, month_name
from samverkan.platform.access.actor import Actor
from samverkan.reports.decided import DecidedVersion, decided_versions
from samverkan.situation.selectors.measures import measure, parties_of, verdicts_of
from samverkan.situation.selectors.priority import RatedProblem, priority_grid, quarter_words
from samverkan.situation.selectors.problems import measures_of, problem

# What somebody still intends to do; what is done or stopped is no plan.
INTENDED = ("draft", "ready", "decided", "ongoing")


@dataclass(frozen=True)
class Candidate:
    """A prioritised problem that a plan can take up, with the reason that the grid gives."""

    ref: str
    title: str
    place: str
    grid_number: int
    reason: str
    goal: str
    measures: int


@dataclass(frozen=True)
class Deselected:
    """A problem set aside with a reason, until the day when it is considered again."""

    ref: str
    name: str
    place: str
    reason: str


@dataclass(frozen=True)
class Candidates:
    """`unjudged` are titles of open problems that have no place in the grid yet."""

    prioritised: tuple[Candidate, ...]
    deselected: tuple[Deselected, ...]
    unjudged: tuple[str, ...]


@dataclass(frozen=True)
class SourceMeasure:
    """A measure of the situation as a plan takes it up."""

    ref: str
    title: str
    description: str
    responsible_id: int
    responsible_title: str
    parties: tuple[str, ...]
    indicator: str
    baseline: str
    target: str
    follow_up_on: date | None


def candidates(actor: Actor, municipality_code: str) -> Candidates:
    """The own party's problems by the grid, the most pressing first; and those set aside."""
    grid = priority_grid(actor, municipality_code)
    with override("sv"):
        return Candidates(
            prioritised=tuple(
                _candidate(actor, each)
                for each in grid.rated
                if each.problem.owner_id == actor.party_id
            ),
            deselected=tuple(
                _deselected(each) for each in grid.set_aside if each.owner_id == actor.party_id
            ),
            unjudged=tuple(each.title for each in grid.unrated if each.owner_id == actor.party_id),
        )


def _candidate(actor: Actor, each: RatedProblem) -> Candidate:
    found = each.problem
    return Candidate(
        ref=found.ref,
        title=found.title,
        place=found.place.name if found.place else "",
        grid_number=each.number or 0,
        reason=_reason(each),
        goal=found.goal,
        measures=len(intended_measures(actor, found.ref)),
    )


def _reason(each: RatedProblem) -> str:
    standing = each.standing
    if standing is None:
        return ""
    return _("%(quarter)s. Judged by %(answered)d of %(asked)d criteria.") % {
        "quarter": quarter_words(standing.quarter),
        "answered": standing.answered,
        "asked": standing.asked,
    }


def _deselected(found: Any) -> Deselected:
    reason = found.set_aside_reason.strip()
    if found.reconsider_on:
        again = _("Considered again %(day)s.") % {"day": found.reconsider_on.isoformat()}
        reason = f"{reason} {again}".strip()
    place = found.place.name if found.place else ""
    return Deselected(found.ref, found.title, place, reason)


def intended_measures(actor: Actor, problem_ref: str) -> list[SourceMeasure]:
    """The problem's measures that remain to be carried out, the first due first."""
    found = problem(actor, problem_ref)
    if found is None:
        return []
    return [
        SourceMeasure(
            ref=each.ref,
            title=each.title,
            description=each.description,
            responsible_id=each.responsible_id,
            responsible_title=each.responsible.title,
            parties=tuple(part.organisation.name for part in parties_of(actor, each)),
            indicator=each.indicator,
            baseline=each.baseline,
            target=each.target,
            follow_up_on=each.follow_up_on,
        )
        for each in measures_of(actor, found)
        if each.state in INTENDED
    ]


@dataclass(frozen=True)
class MeasureNow:
    """How the situation's measure stands today: its state, its outcome, and the latest verdict."""

    state_label: str
    outcome: str
    verdict: str


def measure_now(actor: Actor, measure_ref: str) -> MeasureNow | None:
    """None where the plan's measure comes from no other, or the actor may not read it."""
    found = measure(actor, measure_ref) if measure_ref else None
    if found is None:
        return None
    verdicts = verdicts_of(actor, found)
    return MeasureNow(
        state_label=found.get_state_display(),
        outcome=found.outcome,
        verdict=_verdict_words(verdicts[0]) if verdicts else "",
    )


def _verdict_words(verdict: Any) -> str:
    """What was said of the effect, with the counts that it rests on, and when."""
    label = str(verdict.get_verdict_display())
    sentence = str(verdict.result.get("sentence", "")) or f"{label[:1].upper()}{label[1:]}."
    day = timezone.localdate(verdict.judged_at).isoformat()
    return _("%(sentence)s (judged %(day)s)") % {"sentence": sentence, "day": day}


def own_decided_pictures(actor: Actor, municipality_code: str) -> list[DecidedVersion]:
    """The decided pictures that the actor's party may build a plan on, the latest first."""
    found = decided_versions(actor, municipality_code)
    return [each for each in found if actor.is_system or each.owner_id == actor.party_id]


def picture_words(version: DecidedVersion) -> str:
    """Which picture it is, which version, and who decided it when."""
    with override("sv"):
        month = month_name(version.period_start, Language.SWEDISH)
        return _(
            "Situational picture of %(month)s, version %(number)d, "
            "%(body)s § %(paragraph)s, %(day)s"
        ) % {
            "month": month,
            "number": version.number,
            "body": version.body,
            "paragraph": version.paragraph,
            "day": version.decided_on.isoformat(),
        }

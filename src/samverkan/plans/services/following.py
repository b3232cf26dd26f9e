"""Following up a decided plan: what came of each measure, before which body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samverkan.documents.plain_text import clean
from samverkan.platform.access.actor import Actor

from ..content import MeasureContent, content_of
from ..guard import refuse_persons
from ..lives import PLAN
from ..models import MeasureOutcome, Plan, PlanFollowUp
from ..rules import unanswered
from ..sources import measure_now
from .common import one_line, own_plan, take_step


@dataclass(frozen=True)
class Outcome:
    kind: str
    words: str = ""


@dataclass(frozen=True)
class FollowUpText:
    """`outcomes` by the plan measure's ref: one for each measure that is still open."""

    followed_up_on: date
    body: str
    summary: str
    outcomes: Mapping[str, Outcome]
    paragraph: str = ""
    reference_number: str = ""


@transaction.atomic
def follow_up(
    actor: Actor, ref: str, text: FollowUpText, *, is_confirmed: bool = False
) -> PlanFollowUp:
    """Keep the follow-up with an outcome of every open measure, and what the figures have said."""
    plan = own_plan(actor, ref)
    PLAN.transition(plan.state, "follow_up")
    measures = content_of(actor, plan).open_measures
    body, summary = one_line(text.body), clean(text.summary).strip()
    said = {key: clean(each.words).strip() for key, each in text.outcomes.items()}
    _check(actor, plan, text, body, summary)
    _check_outcomes(measures, text.outcomes, said)
    texts = {"body": body, "summary": summary}
    texts |= {f"words_{key}": words for key, words in said.items()}
    refuse_persons(texts, is_confirmed=is_confirmed)
    rows = PlanFollowUp.objects.for_system("number the follow-ups").filter(plan=plan)
    made: PlanFollowUp = PlanFollowUp.objects.create(
        plan=plan,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        followed_up_on=text.followed_up_on,
        body=body[:120],
        paragraph=one_line(text.paragraph)[:20],
        reference_number=one_line(text.reference_number)[:60],
        summary=summary,
        registered_at=actor.at,
        registered_by=actor.user_label,
        function_title=actor.function_title,
    )
    _keep(actor, made, measures, text.outcomes, said)
    answered = {each.pk for each in measures if each.ref in text.outcomes}
    has_outcomes = not unanswered({each.pk for each in measures}, answered)
    take_step(actor, plan, "follow_up", {"has_outcomes": has_outcomes}, reason=summary)
    return made


def _keep(
    actor: Actor,
    made: PlanFollowUp,
    measures: tuple[MeasureContent, ...],
    outcomes: Mapping[str, Outcome],
    said: Mapping[str, str],
) -> None:
    with override("sv"):
        now = {each.ref: measure_now(actor, each.measure_ref) for each in measures}
    MeasureOutcome.objects.bulk_create(
        [
            MeasureOutcome(
                follow_up=made,
                measure_id=each.pk,
                kind=outcomes[each.ref].kind,
                words=said[each.ref],
                verdict=standing.verdict if (standing := now[each.ref]) else "",
            )
            for each in measures
        ]
    )


def _check(actor: Actor, plan: Plan, text: FollowUpText, body: str, summary: str) -> None:
    faults = {}
    if not body:
        faults["body"] = _("Write which body followed it up.")
    if not summary:
        faults["summary"] = _("Write what the follow-up showed.")
    if text.followed_up_on > timezone.localdate(actor.at):
        faults["followed_up_on"] = _("The day cannot lie ahead in time.")
    elif plan.decided_on and text.followed_up_on < plan.decided_on:
        faults["followed_up_on"] = _("The plan was decided on %(day)s, after that day.") % {
            "day": plan.decided_on.isoformat()
        }
    elif _is_known(actor, plan, text.followed_up_on, body):
        faults["followed_up_on"] = _("That follow-up is registered already.")
    if faults:
        raise ValidationError(faults)


def _is_known(actor: Actor, plan: Plan, day: date, body: str) -> bool:
    same = PlanFollowUp.objects.visible_to(actor).filter(plan=plan, followed_up_on=day)
    return bool(same.filter(body=body).exists())


def _check_outcomes(
    measures: tuple[MeasureContent, ...], outcomes: Mapping[str, Outcome], said: Mapping[str, str]
) -> None:
    faults = {}
    for each in measures:
        given = outcomes.get(each.ref)
        if given is None or given.kind not in MeasureOutcome.Kind.values:
            faults[f"kind_{each.ref}"] = _("Choose how the measure stands.")
        elif given.kind != MeasureOutcome.Kind.ONGOING and not said[each.ref]:
            faults[f"words_{each.ref}"] = _("Write what came of it, or why it ended.")
    if set(outcomes) - {each.ref for each in measures}:
        faults["__all__"] = _("The plan has changed meanwhile. Open the page again.")
    if faults:
        raise ValidationError(faults)

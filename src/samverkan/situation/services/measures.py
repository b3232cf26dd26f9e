"""Writing measures, and the parties and shares of a joint one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from samverkan.documents.plain_text import clean
from samverkan.platform.access.actor import Actor
from samverkan.platform.audit.services import record

from ..free_text import refuse_persons
from ..models import Cause, Measure, MeasureParty
from ..rules.gates import Gap, gaps_before_decision
from ..rules.shares import ShareFault, share_fault
from .own import own_measure, own_problem
from .problems import Clash
from .steps import GateError, begin_history, measure_facts

TEXTS = ("title", "description", "indicator", "baseline", "target")
# A decided measure may be edited, but not so that it would fall behind the gates again.
BEHIND_THE_GATES = frozenset({"draft", "stopped"})


class ShareError(ValueError):
    """The shares do not make up the cost."""

    def __init__(self, fault: ShareFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class MeasureText:
    """What is typed about a measure; `shares` by organisation id, None for a party that pays no
    part.
    """

    title: str
    responsible_id: int
    due_on: date
    description: str = ""
    cause_ref: str = ""
    approach: str = ""
    horizon: str = ""
    indicator: str = ""
    indicator_kind: str = "other"
    baseline: str = ""
    target: str = ""
    follow_up_on: date | None = None
    cost_kronor: int | None = None
    shares: Mapping[int, int | None] | None = None


@transaction.atomic
def draft_measure(
    actor: Actor, problem_ref: str, text: MeasureText, *, meeting_ref: str = ""
) -> Measure:
    """A new measure as a draft: it may lack anything but what it is, whose, and by when."""
    problem = own_problem(actor, problem_ref)
    measure = Measure(problem=problem, meeting_ref=meeting_ref)
    _fill(actor, measure, text)
    measure.save()
    _share(actor, measure, text)
    begin_history(actor, measure)
    record(actor, "measure.drafted", "measure", measure.ref, details={"problem": problem.ref})
    return measure


@transaction.atomic
def edit_measure(actor: Actor, ref: str, text: MeasureText, edition: int) -> Measure | Clash:
    """Save what was typed, or hand back what stands now; GateError if a gate would open again."""
    measure = own_measure(actor, ref)
    if measure.edition != edition:
        return Clash({name: getattr(measure, name) for name in TEXTS}, measure.edition)
    _fill(actor, measure, text)
    if measure.state not in BEHIND_THE_GATES:
        gaps: tuple[Gap, ...] = gaps_before_decision(measure_facts(actor, measure))
        if gaps:
            raise GateError(gaps)
    measure.edition += 1
    measure.save()
    _share(actor, measure, text)
    record(actor, "measure.edited", "measure", measure.ref)
    return measure


def _fill(actor: Actor, measure: Measure, text: MeasureText) -> None:
    cleaned = {name: clean(getattr(text, name)).strip() for name in TEXTS}
    refuse_persons(cleaned.values())
    for name, value in cleaned.items():
        setattr(measure, name, value)
    causes = Cause.objects.visible_to(actor).filter(problem=measure.problem)
    measure.cause = causes.filter(ref=text.cause_ref).first() if text.cause_ref else None
    measure.approach, measure.horizon = text.approach, text.horizon
    measure.indicator_kind = Measure.IndicatorKind(text.indicator_kind)
    measure.responsible_id = text.responsible_id
    measure.due_on, measure.follow_up_on = text.due_on, text.follow_up_on
    measure.cost_kronor = text.cost_kronor


def _share(actor: Actor, measure: Measure, text: MeasureText) -> None:
    """The parties as typed, once their shares make up the cost."""
    if text.shares is None:
        return
    fault = share_fault(
        text.cost_kronor, {str(party): share for party, share in text.shares.items()}
    )
    if fault is not None:
        raise ShareError(fault)
    before = MeasureParty.objects.visible_to(actor).filter(measure=measure)
    old = dict(before.values_list("organisation_id", "share_kronor"))
    if old == dict(text.shares):
        return
    before.delete()
    MeasureParty.objects.bulk_create(
        [
            MeasureParty(measure=measure, organisation_id=party, share_kronor=share)
            for party, share in text.shares.items()
        ]
    )
    record(
        actor,
        "measure.shared",
        "measure",
        measure.ref,
        details={"parties": len(text.shares), "cost_kronor": text.cost_kronor},
    )

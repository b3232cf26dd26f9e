"""The kinds of decisions that this room carries out itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverkan.platform.access.actor import Actor
from samverkan.platform.design.tones import Tone

from .decision_kinds import DecisionDraft, DecisionKind, DecisionResult, DecisionStanding, Text
from .models import Assignment
from .services.assignments import AssignmentDraft, propose_assignment
from .state_words import STATE_LABELS, STATE_TONES
from .states import AssignmentState

DONE = (AssignmentState.CLOSED, AssignmentState.DECLINED)


class AssignmentKind:
    """An uppdrag, which the function's organisation is asked to accept."""

    key = "assignment"
    label: Text = gettext_lazy("Assignment, for an organisation to accept")
    needs_work = True

    def problems_with(self, actor: Actor, draft: DecisionDraft) -> dict[str, Text]:
        if draft.due_on < timezone.localdate(actor.at):
            return {"due_on": _("The date has passed.")}
        return {}

    def carry_out(self, actor: Actor, draft: DecisionDraft) -> DecisionResult:
        made = propose_assignment(
            actor,
            AssignmentDraft(
                group_ref=draft.group_ref,
                text=draft.text,
                function_ref=draft.function_ref,
                due_on=draft.due_on,
                follow_up_how=draft.follow_up_how,
                subject_kind=draft.subject_kind,
                subject_ref=draft.subject_ref,
            ),
        )
        return DecisionResult(made.ref, made.title, _url(made.ref))

    def standings(self, actor: Actor, refs: Iterable[str]) -> dict[str, DecisionStanding]:
        today = timezone.localdate(actor.at)
        found = Assignment.objects.visible_to(actor).filter(ref__in=list(refs))
        return {each.ref: _standing(each, each.due_on < today) for each in found}


@dataclass
class SaidKind:
    """What is said and nothing more: it needs no function, no date and no doing."""

    key: str
    label: Text
    needs_work: bool = False

    def problems_with(self, actor: Actor, draft: DecisionDraft) -> dict[str, Text]:
        return {}

    def carry_out(self, actor: Actor, draft: DecisionDraft) -> DecisionResult:
        return DecisionResult("", "", "")

    def standings(self, actor: Actor, refs: Iterable[str]) -> dict[str, DecisionStanding]:
        return {}


KINDS: tuple[DecisionKind, ...] = (
    AssignmentKind(),
    SaidKind("statement", gettext_lazy("Position taken")),
    SaidKind("recommendation", gettext_lazy("Recommendation")),
    SaidKind("decision", gettext_lazy("Decision of the group")),
)


def _standing(assignment: Assignment, is_past: bool) -> DecisionStanding:
    state = AssignmentState(assignment.state)
    is_done = state in DONE
    is_late = is_past and not is_done and state != AssignmentState.REPORTED
    return DecisionStanding(
        label=_("late") if is_late else STATE_LABELS[state],
        tone=Tone.STOP if is_late else STATE_TONES[state],
        is_done=is_done,
        url=_url(assignment.ref),
    )


def _url(ref: str) -> str:
    return reverse("governance:assignment", args=[ref])

"""A decision that is a measure: typed once in the meeting, and through both gates at once.

The measure is decided the moment it is made, so nothing may be missing: a problem with a cause
(or the cause typed with the decision), an indicator, a baseline and a date for the follow-up. A
point that is no problem becomes one, named after the point, with the typed cause as its first.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samverkan.governance.decision_kinds import (
    DecisionDraft,
    DecisionResult,
    DecisionStanding,
    Text,
)
from samverkan.organisations.function_choices import functions_acting_in
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.tones import Tone

from .free_text import screen
from .models import Cause, Measure, Place, Problem
from .selectors.measures import measure
from .selectors.problems import days_late, problem
from .selectors.tracks import may_write
from .services.causes import CauseText, add_cause
from .services.measures import MeasureText, draft_measure
from .services.problems import ProblemText, open_problem
from .services.steps import has_cause, step_measure

TITLE = 160
DONE = frozenset({Measure.State.DONE, Measure.State.FOLLOWED_UP, Measure.State.STOPPED})


class MeasureDecision:
    """`follow_up_how` is the indicator; `cause` and `baseline` hold the gates."""

    key = "measure"
    label: Text = gettext_lazy("A measure")

    def problems_with(self, actor: Actor, draft: DecisionDraft) -> dict[str, Text]:
        found: dict[str, Text] = {}
        if not actor.may(Capability.PROBLEMS_WRITE):
            found[""] = _("Your function may not write measures. Let the coordinator write it in.")
            return found
        subject = _subject(actor, draft)
        if subject is not None and not may_write(actor, subject.owner_id):
            found[""] = _("The problem belongs to another party.")
        if subject is None and draft.municipality_code not in actor.municipality_codes:
            found[""] = _("Your function does not act in this municipality.")
        lacks_cause = subject is None or not has_cause(actor, subject)
        if lacks_cause and not draft.cause.strip():
            found["cause"] = _("Write a likely cause: a measure acts on a cause.")
        if not draft.follow_up_how.strip():
            found["follow_up_how"] = _("Write how it is followed up: what is counted?")
        if not draft.baseline.strip():
            found["baseline"] = _("Write how much it is now, before the measure begins.")
        if draft.follow_up_on < draft.due_on:
            found["follow_up_on"] = _("The follow-up comes after the measure.")
        if _function_id(actor, draft) is None:
            found["function_ref"] = _("Choose a function that acts in the municipality.")
        for name in ("text", "cause", "baseline", "follow_up_how"):
            if screen(getattr(draft, name)).hard:
                found[name] = _("The text points out a person. Take it out.")
        return found

    @transaction.atomic
    def carry_out(self, actor: Actor, draft: DecisionDraft) -> DecisionResult:
        function_id = _function_id(actor, draft)
        if self.problems_with(actor, draft) or function_id is None:
            raise ValueError("the draft has problems: ask problems_with first")
        subject = _subject(actor, draft) or _opened(actor, draft)
        if draft.cause.strip() and not has_cause(actor, subject):
            text = CauseText(draft.cause[:300], Cause.Kind.UNSORTED)
            add_cause(actor, subject.ref, text)
        text_of = " ".join(draft.text.split())
        made = draft_measure(
            actor,
            subject.ref,
            MeasureText(
                title=text_of[:TITLE],
                description=draft.text if len(text_of) > TITLE else "",
                responsible_id=function_id,
                due_on=draft.due_on,
                indicator=draft.follow_up_how[:200],
                indicator_kind="incidents" if subject.category or subject.place_id else "other",
                baseline=draft.baseline[:120],
                follow_up_on=draft.follow_up_on,
            ),
            meeting_ref=draft.meeting_ref,
        )
        step_measure(actor, made.ref, "submit")
        step_measure(actor, made.ref, "decide")
        url = reverse("situation:measure", args=[made.ref])
        return DecisionResult(made.ref, made.title, url)

    def standings(self, actor: Actor, refs: Iterable[str]) -> dict[str, DecisionStanding]:
        found = Measure.objects.visible_to(actor).filter(ref__in=list(refs))
        today = timezone.localdate(actor.at)
        return {each.ref: _standing(each, days_late(each, today)) for each in found}


def _standing(each: Measure, late: int) -> DecisionStanding:
    if late:
        label: Text = ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}
        tone = Tone.STOP
    else:
        label = each.get_state_display()
        tone = Tone.OK if each.state in DONE - {Measure.State.STOPPED} else Tone.NEUTRAL
    url = reverse("situation:measure", args=[each.ref])
    return DecisionStanding(label, tone, each.state in DONE, url)


def _subject(actor: Actor, draft: DecisionDraft) -> Problem | None:
    """The problem that the point is about, also by way of one of its measures."""
    if draft.subject_kind == "problem":
        return problem(actor, draft.subject_ref)
    if draft.subject_kind == "measure":
        found = measure(actor, draft.subject_ref)
        return found.problem if found else None
    return None


def _opened(actor: Actor, draft: DecisionDraft) -> Problem:
    """A problem made from a point that was none: a place, a signal, or nothing at all."""
    place = None
    if draft.subject_kind == "place":
        place = Place.objects.visible_to(actor).filter(ref=draft.subject_ref).first()
    title = " ".join(draft.text.split())
    if place is not None:
        title = _("%(place)s: %(what)s") % {"place": place.name, "what": title}
    return open_problem(
        actor,
        draft.municipality_code,
        ProblemText(
            title=title[:TITLE],
            description=_("Opened by a decision in a meeting. The scanning remains to be written."),
            place_ref=place.ref if place else "",
        ),
    )


def _function_id(actor: Actor, draft: DecisionDraft) -> int | None:
    for each in functions_acting_in(actor, draft.municipality_code):
        if each.ref == draft.function_ref:
            return each.pk
    return None

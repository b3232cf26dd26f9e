"""What was decided, and how it stands today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.design.tones import Tone

from ..decision_kinds import DecisionStanding, Text, kinds
from ..models import Decision, FormalDecision, Group, Meeting
from ..state_words import ADJUSTED, UNADJUSTED
from ..states import MinutesState


@dataclass(frozen=True)
class DecisionView:
    """One decision with its standing, in the reader's words."""

    ref: str
    kind: str
    kind_label: Text
    text: str
    reason: str
    function_title: str
    due_on: date | None
    follow_up_on: date | None
    decided_at: datetime
    group_name: str
    group_ref: str
    meeting_ref: str
    meeting_url: str
    subject_kind: str
    subject_ref: str
    result_ref: str
    standing: DecisionStanding


def decisions_since(actor: Actor, group_ref: str, since: date) -> list[DecisionView]:
    """What the group has decided since the day, the latest first, each with how it stands."""
    found = Decision.objects.visible_to(actor).filter(
        meeting__group__ref=group_ref, decided_at__date__gte=since
    )
    return _views(actor, found)


def decisions_about(actor: Actor, subject_kind: str, subject_ref: str) -> list[DecisionView]:
    """What any group that one may see has decided about the thing, the latest first."""
    found = Decision.objects.visible_to(actor).filter(
        subject_kind=subject_kind, subject_ref=subject_ref
    )
    return _views(actor, found)


def decisions_with_results(actor: Actor, refs: Iterable[str]) -> dict[str, DecisionView]:
    """The decisions that made the things with these refs: a measure asks where it comes from."""
    found = Decision.objects.visible_to(actor).filter(result_ref__in=list(refs))
    return {view.result_ref: view for view in _views(actor, found)}


def open_decisions(actor: Actor, group_ref: str) -> list[DecisionView]:
    """Decisions of earlier meetings that are not done yet, the oldest first."""
    found = Decision.objects.visible_to(actor).filter(meeting__group__ref=group_ref)
    return [view for view in reversed(_views(actor, found)) if not view.standing.is_done]


def standings_of_meeting(actor: Actor, one: Meeting) -> dict[str, DecisionStanding]:
    """How the meeting's decisions stand, by their refs."""
    found = Decision.objects.visible_to(actor).filter(meeting=one)
    return {view.ref: view.standing for view in _views(actor, found)}


def formal_decisions(actor: Actor, one: Group) -> list[FormalDecision]:
    return list(
        FormalDecision.objects.visible_to(actor).filter(group=one).select_related("decision")
    )


def _views(actor: Actor, found: QuerySet[Decision]) -> list[DecisionView]:
    rows = list(
        found.select_related("meeting__group")
        .prefetch_related(_formal(actor))
        .order_by("-decided_at", "-number")
    )
    by_kind: dict[str, list[str]] = {}
    for row in rows:
        if row.result_ref:
            by_kind.setdefault(row.kind, []).append(row.result_ref)
    known = {kind.key: kind for kind in kinds()}
    standings: dict[tuple[str, str], DecisionStanding] = {}
    for key, refs in by_kind.items():
        if key in known:
            for ref, standing in known[key].standings(actor, refs).items():
                standings[key, ref] = standing
    today = timezone.localdate(actor.at)
    return [
        _view(
            row,
            known[row.kind].label if row.kind in known else row.kind,
            standings.get((row.kind, row.result_ref)) or _plain_standing(row, today),
        )
        for row in rows
    ]


def _formal(actor: Actor) -> Prefetch[str]:
    return Prefetch("formal_decisions", FormalDecision.objects.visible_to(actor))


def _plain_standing(row: Decision, today: date) -> DecisionStanding:
    """What only says something is done when it is said."""
    if not row.result_ref:
        return _said_standing(row)
    if row.due_on is not None and row.due_on < today:
        return DecisionStanding(_("standing not visible to you"), Tone.NEUTRAL, is_done=True)
    return DecisionStanding(_("under way"), Tone.NEUTRAL, is_done=False)


def _said_standing(row: Decision) -> DecisionStanding:
    """A word of the group holds as the minutes say when they are adjusted, or a body decides."""
    formal = next(iter(row.formal_decisions.all()), None)
    if formal is not None:
        words = _("decided by %(body)s %(day)s") % {
            "body": formal.body,
            "day": formal.decided_on.isoformat(),
        }
        return DecisionStanding(words, Tone.OK, is_done=True)
    if row.meeting.minutes_state != MinutesState.ADJUSTED:
        return DecisionStanding(UNADJUSTED[row.kind], Tone.WARN, is_done=True)
    return DecisionStanding(ADJUSTED[row.kind], Tone.OK, is_done=True)


def _view(row: Decision, label: Text, standing: DecisionStanding) -> DecisionView:
    return DecisionView(
        ref=row.ref,
        kind=row.kind,
        kind_label=label,
        text=row.text,
        reason=row.reason,
        function_title=row.function_title,
        due_on=row.due_on,
        follow_up_on=row.follow_up_on,
        decided_at=row.decided_at,
        group_name=row.meeting.group.name,
        group_ref=row.meeting.group.ref,
        meeting_ref=row.meeting.ref,
        meeting_url=reverse("governance:meeting", args=[row.meeting.ref]),
        subject_kind=row.subject_kind,
        subject_ref=row.subject_ref,
        result_ref=row.result_ref,
        standing=standing,
    )

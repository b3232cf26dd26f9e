"""What a function has to know of decisions: its groups', its own, and other bodies' formal ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.work.registry import TakenDecision

from .decision_kinds import kinds
from .models import Decision, FormalDecision, Seat


def group_decisions(actor: Actor, refs: frozenset[str], since: date) -> Iterator[TakenDecision]:
    """What the groups decided where the functions have a seat, and what the functions got."""
    seated = _seated(actor, refs)
    found = (
        Decision.objects.visible_to(actor)
        .filter(Q(meeting__group__in=seated) | Q(function__ref__in=refs))
        .filter(decided_at__date__gte=since)
        .select_related("meeting__group", "function")
    )
    labels = {kind.key: kind.label for kind in kinds()}
    for each in found:
        own = each.function.ref if each.function and each.function.ref in refs else ""
        for ref in {own} if own else seated.get(each.meeting.group_id, set()):
            yield TakenDecision(
                key=f"decision-{each.ref}",
                title=f"{labels.get(each.kind, each.kind)}: {each.text}",
                reason=each.reason,
                url=reverse("governance:meeting", args=[each.meeting.ref]),
                function_ref=ref,
                decided_on=timezone.localdate(each.decided_at),
                where=each.meeting.group.name,
            )


def formal_decisions(actor: Actor, refs: frozenset[str], since: date) -> Iterator[TakenDecision]:
    """What other bodies have decided that the functions' groups point to."""
    seated = _seated(actor, refs)
    found = (
        FormalDecision.objects.visible_to(actor)
        .filter(group__in=seated, decided_on__gte=since)
        .select_related("group", "decision")
    )
    for each in found:
        for ref in seated[each.group_id]:
            yield TakenDecision(
                key=f"formal-decision-{each.ref}",
                title=each.title,
                reason=each.decision.reason if each.decision else "",
                url=reverse("governance:group", args=[each.group.ref]),
                function_ref=ref,
                decided_on=each.decided_on,
                where=_("%(body)s, %(number)s")
                % {"body": each.body, "number": each.reference_number},
            )


def _seated(actor: Actor, refs: frozenset[str]) -> dict[int, set[str]]:
    """The groups where the functions have a seat today, each with whose it is."""
    seats = (
        Seat.objects.visible_to(actor)
        .filled_on(timezone.localdate(actor.at))
        .filter(function__ref__in=refs)
        .values_list("group_id", "function__ref")
    )
    found: dict[int, set[str]] = {}
    for group, ref in seats:
        found.setdefault(group, set()).add(ref)
    return found


PROVIDERS = (group_decisions, formal_decisions)

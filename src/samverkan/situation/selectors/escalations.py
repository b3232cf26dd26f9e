"""What stands at which level, why, and what has come back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.platform.access.actor import Actor

from ..models import Escalation, Measure, Problem
from ..rules.escalation import LEVELS


@dataclass(frozen=True)
class EscalationLine:
    """One move as lists show it; `came_back_on` None while it stands."""

    ref: str
    subject_kind: str
    subject_ref: str
    title: str
    url: str
    level: str
    level_label: str
    sentence: str
    raised_on: date
    came_back_on: date | None
    came_back_label: str
    municipality_code: str


def standing_escalations(
    actor: Actor, municipality_codes: Collection[str], levels: Collection[str] = LEVELS
) -> tuple[EscalationLine, ...]:
    """The highest standing move of each problem and measure, the highest level first."""
    found = _in(actor, municipality_codes).filter(came_back_on=None)
    highest: dict[tuple[str, int], Any] = {}
    for each in found:
        key = ("problem", each.problem_id) if each.problem_id else ("measure", each.measure_id)
        if key not in highest or _rank(each) > _rank(highest[key]):
            highest[key] = each
    chosen = [each for each in highest.values() if each.level in levels]
    chosen.sort(key=lambda each: (-_rank(each), each.raised_on, each.pk))
    return tuple(_line(each) for each in chosen)


def past_escalations(
    actor: Actor, municipality_codes: Collection[str], at_most: int = 50
) -> tuple[EscalationLine, ...]:
    """Moves that have come back, the latest first."""
    found = _in(actor, municipality_codes).filter(came_back_on__isnull=False)
    return tuple(_line(each) for each in found.order_by("-came_back_on", "-pk")[:at_most])


def escalations_of(actor: Actor, subject: Problem | Measure) -> tuple[EscalationLine, ...]:
    """The standing moves of one problem or measure: the highest of each rule."""
    which = {"problem": subject} if isinstance(subject, Problem) else {"measure": subject}
    found = _with_subjects(Escalation.objects.visible_to(actor)).filter(came_back_on=None, **which)
    by_rule: dict[str, Any] = {}
    for each in found:
        if each.rule not in by_rule or _rank(each) > _rank(by_rule[each.rule]):
            by_rule[each.rule] = each
    return tuple(_line(each) for each in by_rule.values())


def reason_of(rule: str, counted: int) -> str:
    """Why it was moved, in words."""
    if rule == "problem_stays":
        words = ngettext(
            "The problem has been open for %(counted)d week.",
            "The problem has been open for %(counted)d weeks.",
            counted,
        )
    elif rule == "problem_recurs":
        words = _("The problem was closed and has come back.")
    elif rule == "measure_late":
        words = ngettext(
            "The measure was %(counted)d day late.",
            "The measure was %(counted)d days late.",
            counted,
        )
    else:
        words = ngettext(
            "The follow-up was %(counted)d day late.",
            "The follow-up was %(counted)d days late.",
            counted,
        )
    return words % {"counted": counted} if "%(counted)d" in words else words


def _in(actor: Actor, municipality_codes: Collection[str]) -> Any:
    here = Q(problem__municipality__code__in=municipality_codes) | Q(
        measure__problem__municipality__code__in=municipality_codes
    )
    return _with_subjects(Escalation.objects.visible_to(actor).filter(here))


def _with_subjects(found: Any) -> Any:
    return found.select_related(
        "problem__municipality", "measure__problem__municipality", "measure"
    )


def _rank(each: Any) -> int:
    return LEVELS.index(each.level)


def _line(each: Escalation) -> EscalationLine:
    problem, measure = each.problem, each.measure
    subject: Any = problem or measure
    kind = "problem" if problem is not None else "measure"
    code = (problem or subject.problem).municipality.code
    back = {
        "solved": _("solved, or set aside"),
        "done": _("done"),
        "rule": _("no longer asked for"),
    }
    level = str(each.get_level_display())
    return EscalationLine(
        ref=each.ref,
        subject_kind=kind,
        subject_ref=subject.ref,
        title=subject.title,
        url=reverse(f"situation:{kind}", args=[subject.ref]),
        level=each.level,
        level_label=level,
        sentence=_("Moved to: %(level)s, %(day)s. %(why)s")
        % {
            "level": level,
            "day": each.raised_on.isoformat(),
            "why": reason_of(each.rule, each.counted),
        },
        raised_on=each.raised_on,
        came_back_on=each.came_back_on,
        came_back_label=back.get(each.came_back_why, each.came_back_why),
        municipality_code=code,
    )

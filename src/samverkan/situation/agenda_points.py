"""What a meeting should talk about: problems, measures that are due or late, what was moved up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.governance.agenda_sources import AgendaPart, AgendaPoint, MeetingFrame
from samverkan.platform.access.actor import Actor

from .models import Measure, Problem
from .selectors.escalations import standing_escalations
from .selectors.problems import AT_REST, measures_due

GROUPS_OF_PROBLEMS = {"est"}
LEVEL_OF_GROUP = {"est": ("group", "coordinator"), "council": ("council", "board")}
AHEAD = timedelta(days=14)


def problems(actor: Actor, frame: MeetingFrame) -> Iterable[AgendaPoint]:
    """Open problems, and those whose day to be considered again has come."""
    if frame.group_kind not in GROUPS_OF_PROBLEMS:
        return
    day = timezone.localdate(frame.starts_at)
    here = Problem.objects.visible_to(actor).filter(municipality__code=frame.municipality_code)
    for each in here.exclude(state__in=AT_REST).order_by("opened_on", "pk"):
        yield _problem_point(each, str(each.get_state_display()))
    due = here.filter(state=Problem.State.SET_ASIDE, reconsider_on__lte=day)
    for each in due.order_by("reconsider_on", "pk"):
        yield _problem_point(each, _("Set aside; the day to consider it again has come."))


def measures(actor: Actor, frame: MeetingFrame) -> Iterable[AgendaPoint]:
    """Measures that are late or fall due before the next meeting, and follow-ups that are due."""
    if frame.group_kind not in GROUPS_OF_PROBLEMS:
        return
    day = timezone.localdate(frame.starts_at)
    for each in measures_due(actor, frame.municipality_code, day + AHEAD):
        late = (day - each.due_on).days
        sentence = (
            ngettext("%(days)d day late.", "%(days)d days late.", late) % {"days": late}
            if late > 0
            else _("Due %(day)s.") % {"day": each.due_on.isoformat()}
        )
        yield _measure_point(each.ref, each.title, f"{sentence} {each.responsible}")
    done = Measure.objects.visible_to(actor).filter(
        problem__municipality__code=frame.municipality_code,
        state=Measure.State.DONE,
        follow_up_on__lte=day + AHEAD,
    )
    for one in done.select_related("responsible").order_by("follow_up_on", "pk"):
        words = _("To be followed up: did it work?")
        yield _measure_point(one.ref, one.title, f"{words} {one.responsible.title}")


def moved_up(actor: Actor, frame: MeetingFrame) -> Iterable[AgendaPoint]:
    """What the rules have moved to the level of this group."""
    levels = LEVEL_OF_GROUP.get(frame.group_kind, ())
    if not levels:
        return
    for each in standing_escalations(actor, {frame.municipality_code}, levels):
        yield AgendaPoint(
            key=f"escalated-{each.subject_kind}-{each.subject_ref}",
            part=AgendaPart.PROBLEMS if each.subject_kind == "problem" else AgendaPart.MEASURES,
            title=each.title,
            sentence=each.sentence,
            url=each.url,
            subject_kind=each.subject_kind,
            subject_ref=each.subject_ref,
        )


SOURCES = (moved_up, problems, measures)


def _problem_point(each: Problem, sentence: str) -> AgendaPoint:
    return AgendaPoint(
        key=f"problem-{each.ref}",
        part=AgendaPart.PROBLEMS,
        title=each.title,
        sentence=sentence,
        url=reverse("situation:problem", args=[each.ref]),
        subject_kind="problem",
        subject_ref=each.ref,
    )


def _measure_point(ref: str, title: str, sentence: str) -> AgendaPoint:
    return AgendaPoint(
        key=f"measure-{ref}",
        part=AgendaPart.MEASURES,
        title=title,
        sentence=sentence,
        url=reverse("situation:measure", args=[ref]),
        subject_kind="measure",
        subject_ref=ref,
    )

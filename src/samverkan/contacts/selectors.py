"""Who to call, what came of it, and what stops when somebody is away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import get_language

from samverkan.organisations.selectors import municipalities_of
from samverkan.organisations.stands import (
    FunctionFacts,
    Stand,
    function_facts,
    functions_in_use,
    stands_of,
)
from samverkan.platform.access.actor import Actor, system
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.outbox.selectors import states_of
from samverkan.platform.work.registry import WorkItem, appointments, open_work

from .duty import Post, absent_people, posts_of
from .matters import Matter, matters
from .models import (
    Absence,
    Attempt,
    Call,
    ContactPath,
    FunctionNote,
    Handover,
    HandoverPoint,
    PathStep,
)
from .rules import CallState, Hours, StepPlan, Way, on_duty, seconds_to_acknowledge, steps_open


@dataclass(frozen=True)
class PathLine:
    """A matter of a municipality; `ref` empty where no path has been laid out."""

    matter: Matter
    name: str
    ref: str
    first: str


@dataclass(frozen=True)
class PlaceLines:
    code: str
    name: str
    lines: tuple[PathLine, ...]

    @property
    def has_paths(self) -> bool:
        return any(line.ref for line in self.lines)


@dataclass(frozen=True)
class StepView:
    position: int
    post: Post
    ways: tuple[Way, ...]
    wait_minutes: int
    hours: Hours
    is_open_now: bool


@dataclass(frozen=True)
class PathView:
    path: ContactPath
    name: str
    advice: str
    steps: tuple[StepView, ...]


@dataclass(frozen=True)
class AttemptView:
    attempt: Attempt
    way: Way
    result: str


@dataclass(frozen=True)
class CallView:
    call: Call
    name: str
    attempts: tuple[AttemptView, ...]
    seconds: int | None
    is_asked: bool


def places_with_paths(actor: Actor) -> list[PlaceLines]:
    """Every matter of each municipality that the actor acts in or is let into."""
    found = (
        ContactPath.objects.visible_to(actor)
        .select_related("municipality")
        .prefetch_related(with_steps(actor))
        .order_by("municipality__sort_key", "pk")
    )
    names = {place.code: place.name for place in municipalities_of(actor)}
    paths: dict[tuple[str, str], ContactPath] = {}
    for path in found:
        names.setdefault(path.municipality.code, path.municipality.name)
        paths[path.municipality.code, path.matter] = path
    language = get_language() or "sv"
    return [
        PlaceLines(
            code,
            name,
            tuple(
                _line(matter, paths.get((code, matter.key)), language)
                for matter in matters().values()
            ),
        )
        for code, name in names.items()
    ]


def with_steps(actor: Actor) -> Prefetch[str]:
    """The steps of paths, read through the access rule, each with its function."""
    steps = PathStep.objects.visible_to(actor).select_related("function")
    return Prefetch("steps", queryset=steps)


def _with_points(actor: Actor) -> Prefetch[str]:
    return Prefetch("points", queryset=HandoverPoint.objects.visible_to(actor))


def _line(matter: Matter, path: ContactPath | None, language: str) -> PathLine:
    steps = list(path.steps.all()) if path else []
    return PathLine(
        matter,
        matter.name(language),
        path.ref if path else "",
        steps[0].function.title if steps else "",
    )


def path_view(actor: Actor, ref: str) -> PathView | None:
    """Whom to call now about the matter: each step with whoever is on duty."""
    path = (
        ContactPath.objects.visible_to(actor)
        .filter(ref=ref)
        .select_related("municipality", "owner")
        .first()
    )
    if path is None or path.matter not in matters():
        return None
    language = get_language() or "sv"
    matter = matters()[path.matter]
    return PathView(path, matter.name(language), matter.advice(language), _steps(actor, path))


def _steps(actor: Actor, path: ContactPath) -> tuple[StepView, ...]:
    steps = list(PathStep.objects.visible_to(actor).filter(path=path))
    posts = posts_of(actor, [step.function_id for step in steps])
    plans = [StepPlan(step.position, step.wait_minutes, Hours(step.hours)) for step in steps]
    open_now = {plan.position for plan in steps_open(plans, timezone.localtime(actor.at))}
    return tuple(
        StepView(
            step.position,
            posts[step.function_id],
            tuple(Way(way) for way in step.ways),
            step.wait_minutes,
            Hours(step.hours),
            step.position in open_now,
        )
        for step in steps
        if step.function_id in posts
    )


def calls_of_path(actor: Actor, path: ContactPath, limit: int = 10) -> list[Call]:
    return list(
        Call.objects.visible_to(actor)
        .filter(path=path)
        .select_related("sounded_by", "acknowledged_by")[:limit]
    )


def drill_seconds(actor: Actor, path: ContactPath) -> tuple[int, ...]:
    """How long each drill took to be answered, the latest first."""
    drills = Call.objects.visible_to(actor).filter(path=path, is_drill=True)
    found = (seconds_to_acknowledge(each.sounded_at, each.acknowledged_at) for each in drills)
    return tuple(seconds for seconds in found if seconds is not None)


def middle(seconds: Iterable[int]) -> int | None:
    values = list(seconds)
    return round(median(values)) if values else None


def calls_waiting(actor: Actor) -> list[Call]:
    """Open calls where the actor's function is asked to answer."""
    if actor.function_id is None:
        return []
    return list(
        Call.objects.visible_to(actor)
        .filter(
            state__in=(CallState.OPEN, CallState.EXHAUSTED),
            path__steps__function_id=actor.function_id,
        )
        .select_related("path__municipality")
        .distinct()
    )


def call_view(actor: Actor, ref: str) -> CallView | None:
    call = (
        Call.objects.visible_to(actor)
        .filter(ref=ref)
        .select_related("path__municipality", "path__owner", "sounded_by", "acknowledged_by")
        .first()
    )
    if call is None:
        return None
    attempts = list(Attempt.objects.visible_to(actor).filter(call=call).select_related("function"))
    states = states_of([each.message_key for each in attempts if each.message_key], actor.at)
    asked = PathStep.objects.for_system("who is asked to answer").filter(
        path_id=call.path_id, function_id=actor.function_id
    )
    return CallView(
        call=call,
        name=matters()[call.path.matter].name(get_language() or "sv"),
        attempts=tuple(
            AttemptView(each, Way(each.way), each.result or states.get(each.message_key, "waiting"))
            for each in attempts
        ),
        seconds=seconds_to_acknowledge(call.sounded_at, call.acknowledged_at),
        is_asked=actor.function_id is not None and asked.exists(),
    )


@dataclass(frozen=True)
class Stop:
    """One function of the own party, and what stops in it when its holder is away."""

    function: FunctionFacts
    holder: Stand | None
    deputy: Stand | None
    work: tuple[WorkItem, ...]
    meetings: int
    paths: int

    @property
    def is_unheld(self) -> bool:
        return self.holder is None

    @property
    def stops(self) -> bool:
        """Nobody goes on with it, and there is something to go on with."""
        return self.deputy is None and bool(self.work or self.meetings or self.paths)


def what_stops(actor: Actor, days: int | None) -> list[Stop]:
    """For each function of the own party: what stops if its holder is away from today on.

    `days` None means for good. Work without a date counts then only.
    """
    functions = functions_in_use(actor, own_only=True)
    today = timezone.localdate(actor.at)
    until = today + timedelta(days=days) if days is not None else None
    refs = [each.ref for each in functions]
    work = open_work(actor, refs)
    meetings = appointments(actor, refs, today, until or today + timedelta(days=365))
    stands = stands_of(actor, [each.pk for each in functions])
    steps = PathStep.objects.visible_to(actor).values_list("function_id", flat=True)
    paths = list(steps)
    return [
        Stop(
            function=each,
            holder=next((stand for stand in stands[each.pk] if not stand.is_deputy), None),
            deputy=on_duty([stand for stand in stands[each.pk] if stand.is_deputy], set()),
            work=tuple(
                item
                for item in work
                if item.function_ref == each.ref and _falls_within(item.due_on, until)
            ),
            meetings=sum(1 for one in meetings if one.function_ref == each.ref),
            paths=paths.count(each.pk),
        )
        for each in functions
    ]


def _falls_within(due_on: date | None, until: date | None) -> bool:
    return until is None or (due_on is not None and due_on < until)


def unheld_functions(actor: Actor) -> list[FunctionFacts]:
    """Functions of the own party that nobody holds at the actor's moment."""
    functions = functions_in_use(actor, own_only=True)
    stands = stands_of(actor, [each.pk for each in functions])
    return [each for each in functions if not any(not stand.is_deputy for stand in stands[each.pk])]


@dataclass(frozen=True)
class AbsenceView:
    absence: Absence
    name: str
    is_own: bool


def absences_ahead(actor: Actor) -> list[AbsenceView]:
    """Absences that have not passed, the next first."""
    today = timezone.localdate(actor.at)
    found = Absence.objects.visible_to(actor).filter(after_on__gt=today).select_related("user")
    return [
        AbsenceView(each, each.user.display_name, each.user_id == actor.user_id) for each in found
    ]


def notes_of(actor: Actor, function_ref: str) -> list[FunctionNote]:
    return list(
        FunctionNote.objects.visible_to(actor).filter(
            function__ref=function_ref, removed_at__isnull=True
        )
    )


def handovers_of(actor: Actor, function_ref: str) -> list[Handover]:
    return list(
        Handover.objects.visible_to(actor)
        .filter(function__ref=function_ref)
        .prefetch_related(_with_points(actor))
    )


def handover(actor: Actor, ref: str) -> Handover | None:
    found: Handover | None = (
        Handover.objects.visible_to(actor)
        .filter(ref=ref)
        .select_related("function__organisation")
        .prefetch_related(_with_points(actor))
        .first()
    )
    return found


def may_watch(actor: Actor, function_ref: str) -> bool:
    """Whether the actor may see the function's open work: its own, or its party's."""
    facts = function_facts(actor, function_ref)
    if facts is None:
        return False
    if facts.pk == actor.function_id:
        return True
    return actor.may(Capability.CONTINUITY_READ) and facts.party_id == actor.party_id


def standing_in(actor: Actor) -> list[FunctionFacts]:
    """The functions whose work is the actor's today because their holder is away."""
    if actor.user_id is None:
        return []
    functions = functions_in_use(actor)
    stands = stands_of(system("who stands in today", actor.at), [each.pk for each in functions])
    absent = absent_people(actor)
    found = []
    for each in functions:
        duty = on_duty(stands[each.pk], absent)
        has_holder = any(not stand.is_deputy for stand in stands[each.pk])
        if has_holder and duty is not None and duty.is_deputy and duty.user_id == actor.user_id:
            found.append(each)
    return found

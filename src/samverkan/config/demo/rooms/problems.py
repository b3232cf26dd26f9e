"""Storfors' problems in the demo: causes, a grid, what was set aside, judged and moved up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from samverkan.config.demo.people import REASON, Cast
from samverkan.organisations.models import Holding
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import Actor
from samverkan.situation.models import Incident, Measure, Problem, StateChange
from samverkan.situation.rules.comparison import Choice
from samverkan.situation.rules.gates import Given
from samverkan.situation.services.causes import CauseText, add_cause
from samverkan.situation.services.escalation import escalate
from samverkan.situation.services.measures import MeasureText, draft_measure
from samverkan.situation.services.priority import rate_problem
from samverkan.situation.services.problems import (
    ProblemText,
    answer_neighbours,
    gather,
    open_problem,
)
from samverkan.situation.services.steps import Said, step_measure, step_problem
from samverkan.situation.services.verdicts import keep_verdict

ORDER = 40
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def build(cast: Cast, today: date) -> None:
    bus, library = Problem.objects.for_system(REASON).order_by("pk")[:2]
    now = _actor(cast, today)
    _bus(cast, today, now, bus)
    _library(now, library)
    _field_workers(cast, today)
    _joint(cast, today, now, library)
    _set_aside(today, now)
    for days in (60, 30, 0):
        escalate(_moment(today - timedelta(days=days)))


def _bus(cast: Cast, today: date, now: Actor, bus: Problem) -> None:
    Problem.objects.for_system(REASON).filter(pk=bus.pk).update(
        causes="",
        when_text="Kvällar torsdag till lördag, mest efter sista bussen.",
        affected="Resenärer, boende runt torget och den som städar.",
        goal="Färre skador och fler som vågar vänta på bussen efter klockan 18.",
        responsible=cast.functions["1760", "coordinator"],
    )
    dark = add_cause(
        now,
        bus.ref,
        CauseText(
            "Torget är mörkt och syns inte från gatan",
            "place",
            "Mätt vid trygghetsvandring i september.",
        ),
    )
    add_cause(
        now,
        bus.ref,
        CauseText(
            "Två stolpar har varit trasiga sedan våren",
            "manager",
            is_root=True,
            parent_ref=dark.ref,
        ),
    )
    adults = add_cause(now, bus.ref, CauseText("Ingen vuxennärvaro efter klockan 18", "guardian"))
    add_cause(
        now,
        bus.ref,
        CauseText(
            "Kiosken stänger innan sista bussen går",
            "guardian",
            is_root=True,
            parent_ref=adults.ref,
        ),
    )
    add_cause(now, bus.ref, CauseText("Skyddsglasen är lätta att sparka sönder", "target"))
    _gather(now, bus, today)
    answer_neighbours(
        now, bus.ref, "no", "Orsakerna är platsens egna: belysning och kioskens tider.", ()
    )
    rate_problem(
        now,
        bus.ref,
        {"extent": 3, "harm": 2, "safety": 3, "influence": 4, "resources": 3, "spread": 2},
    )
    done = bus.measures.model.objects.for_system(REASON).get(title="Belysning vid Busstorget")
    _begin(done, today - timedelta(days=150), today - timedelta(days=90))
    Measure.objects.for_system(REASON).filter(pk=done.pk).update(
        approach="situational",
        horizon="short",
        indicator_kind="incidents",
        target="Högst 2 per månad",
        follow_up_on=today + timedelta(days=5),
    )
    early = _actor(cast, today - timedelta(days=30))
    keep_verdict(early, done.ref, Choice.BY_RULE, "Höstlovet ligger i perioden efter.")


def _library(now: Actor, library: Problem) -> None:
    Problem.objects.for_system(REASON).filter(pk=library.pk).update(causes="")
    dry = add_cause(
        now,
        library.ref,
        CauseText("Platsen är torr och upplyst när fritidsgården är stängd", "place"),
    )
    add_cause(
        now,
        library.ref,
        CauseText(
            "Fritidsgården stänger klockan 18 på torsdagar",
            "handler",
            is_root=True,
            parent_ref=dry.ref,
        ),
    )
    rate_problem(now, library.ref, {"extent": 4, "harm": 1, "safety": 4, "influence": 3})


def _field_workers(cast: Cast, today: date) -> None:
    """Half a year of field workers on Thursdays: enough to be compared."""
    found = Measure.objects.for_system(REASON).filter(title="Fältare torsdagar")
    begun = today - timedelta(weeks=26)
    found.update(started_on=begun, approach="social", horizon="short", indicator_kind="incidents")
    measure = found.get()
    StateChange.objects.create(
        measure=measure,
        target="ongoing",
        at=_moment(begun),
        function_title=measure.responsible.title,
    )
    early = _actor(cast, today - timedelta(days=14))
    keep_verdict(early, measure.ref, Choice.BY_RULE, "Ingen annan insats.")


def _joint(cast: Cast, today: date, now: Actor, library: Problem) -> None:
    """A field worker that Storfors and Kristinehamn pay together."""
    made = draft_measure(
        now,
        library.ref,
        MeasureText(
            title="Gemensam fältare med Kristinehamn",
            responsible_id=cast.functions["1760", "coordinator"].pk,
            due_on=today + timedelta(days=45),
            description="En fältare på halvtid som delar kvällarna mellan kommunerna.",
            approach="social",
            horizon="long",
            indicator="Händelser vid entrén per månad",
            indicator_kind="incidents",
            baseline="6 per månad",
            target="Högst 3 per månad",
            follow_up_on=today + timedelta(days=200),
            cost_kronor=240_000,
            shares={cast.parties["1760"].pk: 90_000, cast.parties["1781"].pk: 150_000},
        ),
    )
    step_measure(now, made.ref, "submit")
    answer_neighbours(
        now, library.ref, "yes", "Samma slag av händelser samma kvällar.", ["Kristinehamn"]
    )


def _set_aside(today: date, now: Actor) -> None:
    noise = open_problem(
        now,
        "1760",
        ProblemText(
            "Samlingar med hög musik vid Idrottsplatsen",
            "Några kvällar om sommaren.",
            category="E50",
        ),
    )
    reason = "Få händelser och få som berörs. Vi följer rapporterna och tar upp det före sommaren."
    given = Given(reason, date(today.year + 1, 5, 4))
    step_problem(now, noise.ref, "set_aside", Said(given))


def _gather(now: Actor, problem: Problem, today: date) -> None:
    found = Incident.objects.for_system(REASON).filter(
        place=problem.place, category=problem.category
    )
    gather(
        now, problem.ref, list(found.order_by("-occurred_from").values_list("ref", flat=True)[:8])
    )


def _begin(measure: Measure, started: date, finished: date) -> None:
    Measure.objects.for_system(REASON).filter(pk=measure.pk).update(
        started_on=started, finished_on=finished
    )
    rows = (
        ("", "", "decided", started - timedelta(days=14)),
        ("start", "decided", "ongoing", started),
        ("finish", "ongoing", "done", finished),
    )
    StateChange.objects.bulk_create(
        [
            StateChange(
                measure=measure,
                event=event,
                source=source,
                target=target,
                at=_moment(day),
                function_title=measure.responsible.title,
            )
            for event, source, target, day in rows
        ]
    )


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9), STOCKHOLM)


def _actor(cast: Cast, day: date) -> Actor:
    function = cast.functions["1760", "coordinator"]
    holding = Holding.objects.for_system(REASON).get(function=function, role=Holding.Role.HOLDER)
    return actor_for(holding.user, function.ref, _moment(day))

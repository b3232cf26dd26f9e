"""Storfors' action plan: decided last summer, followed up this month, and its revision as a draft.

Built after the pictures, since a plan stands on a decided one.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from samverkan.config.demo.people import REASON, Cast
from samverkan.organisations.models import Holding
from samverkan.organisations.selectors import actor_for
from samverkan.plans.content import content_of
from samverkan.plans.models import Plan, PlanMeasure, PlanProblem
from samverkan.plans.services import building, deciding, following, measures, revising
from samverkan.plans.services.building import PlanFacts
from samverkan.plans.services.deciding import PlanDecision
from samverkan.plans.services.following import FollowUpText, Outcome
from samverkan.plans.services.measures import MeasureText
from samverkan.plans.sources import own_decided_pictures
from samverkan.platform.access.actor import Actor
from samverkan.platform.months import months_after
from samverkan.situation.models import Measure, Problem

CODE = "1760"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
SUMMARY = (
    "Planen samlar det som kommunen, polisen och bostadsbolaget gör tillsammans vid Busstorget. "
    "Målet är färre skador och att fler vågar vänta på bussen på kvällen. Varje åtgärd har en "
    "ansvarig funktion och följs upp mot sitt utgångsläge."
)
KIOSK = "Kiosken håller öppet till sista bussen"
WALK = "Trygghetsvandring vid Busstorget varje kvartal"
FOLLOWED_UP = (
    "Belysningen är klar och torget är lugnare. Saneringen går snabbare än förut men når inte "
    "målet. Kiosken kan inte hålla öppet, och vuxennärvaron behöver lösas på ett annat sätt."
)


def write_plans(cast: Cast, today: date) -> None:
    bus, library = Problem.objects.for_system(REASON).order_by("pk")[:2]
    plan = _decided(cast, today, bus)
    _followed_up(cast, today, plan)
    _revised(cast, today, plan, [bus.ref, library.ref])


def _decided(cast: Cast, today: date, bus: Problem) -> Plan:
    writing = _coordinator(cast, today - timedelta(days=110))
    first = (today - timedelta(days=80)).replace(day=1)
    plan = building.begin_plan(
        writing,
        CODE,
        PlanFacts(
            title=f"Åtgärdsplan mot brott i Storfors {first.year}–{first.year + 2}",
            summary=SUMMARY,
            valid_from=first,
            valid_to=months_after(first, 24),
            picture_ref=own_decided_pictures(writing, CODE)[0].ref,
        ),
    )
    building.choose_problems(writing, plan.ref, [bus.ref])
    _measures(cast, today, plan, bus, writing)
    deciding.propose(_coordinator(cast, today - timedelta(days=104)), plan.ref)
    decision = PlanDecision(
        "Kommunstyrelsen", today - timedelta(days=95), "94", f"KS {today.year}/112"
    )
    deciding.decide(_coordinator(cast, today - timedelta(days=94)), plan.ref, decision)
    return plan


def _measures(cast: Cast, today: date, plan: Plan, bus: Problem, writing: Actor) -> None:
    """Beside the one that came in: the lights, which are done by now, and two of the plan's own."""
    lights = Measure.objects.for_system(REASON).get(problem=bus, title="Belysning vid Busstorget")
    row = PlanProblem.objects.for_system(REASON).get(plan=plan, problem_ref=bus.ref)
    PlanMeasure.objects.create(
        plan=plan,
        problem=row,
        measure_ref=lights.ref,
        number=0,
        title=lights.title,
        description="Nya armaturer vid hållplatsen och längs gångvägen.",
        responsible=cast.functions[CODE, "parks"],
        responsible_title=cast.functions[CODE, "parks"].title,
        parties=["Storfors kommun"],
        indicator=lights.indicator,
        baseline=lights.baseline,
        target=lights.target,
        follow_up_on=today - timedelta(days=20),
    )
    coordinator = cast.functions[CODE, "coordinator"].ref
    for title, parties, indicator, baseline, target, days in (
        (KIOSK, ("Storforsbostäder AB",), "Öppna kvällar i veckan", "0", "3", -15),
        (
            WALK,
            ("Storfors kommun", "Lokalpolisområde Kristinehamn"),
            "Genomförda vandringar per år",
            "1",
            "4",
            40,
        ),
    ):
        text = MeasureText(
            title=title,
            responsible_ref=coordinator,
            parties=parties,
            indicator=indicator,
            baseline=baseline,
            target=target,
            follow_up_on=today + timedelta(days=days),
        )
        measures.add_measure(writing, plan.ref, row.ref, text, is_confirmed=True)


def _followed_up(cast: Cast, today: date, plan: Plan) -> None:
    actor = _coordinator(cast, today - timedelta(days=10))
    said = {
        "Belysning vid Busstorget": Outcome("done", "Alla armaturer är på plats sedan i somras."),
        "Klottersanering inom två dygn": Outcome("ongoing", "I snitt fyra dygn, mot nio förut."),
        KIOSK: Outcome("dropped", "Kiosken har inte personal till kvällarna."),
        WALK: Outcome("ongoing", "En vandring är gjord, nästa är i januari."),
    }
    found = Plan.objects.for_system(REASON).select_related("municipality", "owner", "revises")
    content = content_of(actor, found.get(pk=plan.pk))
    text = FollowUpText(
        followed_up_on=today - timedelta(days=12),
        body="Kommunstyrelsen",
        paragraph="131",
        reference_number=f"KS {today.year}/112",
        summary=FOLLOWED_UP,
        outcomes={each.ref: said[each.title] for each in content.open_measures},
    )
    following.follow_up(actor, plan.ref, text, is_confirmed=True)


def _revised(cast: Cast, today: date, plan: Plan, problem_refs: list[str]) -> None:
    """One measure kept, one changed, one replaced; what is done or dropped stands by itself."""
    actor = _coordinator(cast, today - timedelta(days=4))
    first = date(today.year + 1, 1, 1)
    made = revising.begin_revision(actor, plan.ref, first, months_after(first, 24))
    facts = PlanFacts(
        title=f"Åtgärdsplan mot brott i Storfors {first.year}–{first.year + 1}",
        summary=SUMMARY,
        valid_from=first,
        valid_to=months_after(first, 24),
        picture_ref=own_decided_pictures(actor, CODE)[0].ref,
    )
    building.edit_facts(actor, made.ref, facts, 1)
    building.choose_problems(actor, made.ref, problem_refs)
    rows = {each.title: each for each in PlanMeasure.objects.for_system(REASON).filter(plan=made)}
    cleaning = rows["Klottersanering inom två dygn"]
    changed = MeasureText(
        title=cleaning.title,
        description="Ett gemensamt avtal för kommunens och bostadsbolagets fasader.",
        responsible_ref=cast.functions[CODE, "parks"].ref,
        parties=("Storfors kommun", "Storforsbostäder AB"),
        indicator=cleaning.indicator,
        baseline="4",
        target="2",
        follow_up_on=first + timedelta(days=180),
    )
    measures.edit_measure(actor, made.ref, cleaning.ref, changed, 1, is_confirmed=True)
    why = "Ersätts av fältare på kvällarna, som möter de unga i stället för att gå en runda."
    measures.remove_measure(
        actor, made.ref, rows[WALK].ref, fate="replaced", words=why, is_confirmed=True
    )


def _coordinator(cast: Cast, day: date) -> Actor:
    function = cast.functions[CODE, "coordinator"]
    holding = Holding.objects.for_system(REASON).get(function=function, role=Holding.Role.HOLDER)
    return actor_for(holding.user, function.ref, datetime.combine(day, time(14), STOCKHOLM))

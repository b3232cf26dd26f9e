"""Storfors with two prioritised problems, one deselected, and a decided situational picture."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from samverkan.governance.models import Group
from samverkan.governance.services.groups import GroupDraft, RhythmDraft, SeatDraft, start_group
from samverkan.organisations.models import Function
from samverkan.plans.content import PlanContent, content_of
from samverkan.plans.models import Plan, PlanStep
from samverkan.plans.services import building, deciding, following, measures
from samverkan.plans.services.building import PlanFacts
from samverkan.plans.services.deciding import PlanDecision
from samverkan.plans.services.following import FollowUpText, Outcome
from samverkan.plans.services.measures import MeasureText
from samverkan.plans.sources import own_decided_pictures
from samverkan.platform.access.actor import Actor
from samverkan.reports.models import PictureVersion, SituationalPicture
from samverkan.situation.models import Problem
from samverkan.situation.services.priority import rate_problem
from samverkan.situation.tests.factories import make_measure, make_problem
from tests.world import World

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DECISION = PlanDecision("Kommunstyrelsen", date(2026, 11, 22), "118", "KS 2026/160")
FIRST, LAST = date(2027, 1, 1), date(2029, 1, 1)


def moment(day: date) -> datetime:
    return datetime.combine(day, time(9), STOCKHOLM)


@dataclass
class Room:
    world: World
    actor: Actor = field(init=False)
    function: Function = field(init=False)
    square: Problem = field(init=False)
    library: Problem = field(init=False)

    def __post_init__(self) -> None:
        world = self.world
        self.actor = world.actor("safety_coordinator")
        self.function = Function.objects.for_system("test").get(pk=self.actor.function_id)
        self.square = make_problem(world.storfors, "Skadegörelse vid torget", goal="Färre skador")
        self.library = make_problem(world.storfors, "Oro vid biblioteket")
        make_problem(
            world.storfors,
            "Buller vid badet",
            state="set_aside",
            set_aside_reason="Få händelser.",
            reconsider_on=date(2027, 5, 1),
        )
        for problem, step in ((self.square, 4), (self.library, 3)):
            rate_problem(self.actor, problem.ref, {"extent": step, "influence": step})
        self.light = make_measure(
            self.square,
            self.function,
            "Bättre belysning",
            indicator="Skador per månad",
            baseline="4 per månad",
            target="Högst 1",
            follow_up_on=date(2027, 6, 1),
        )
        self.evenings = make_measure(self.library, self.function, "Öppet på kvällen")
        make_measure(self.square, self.function, "Kameror", state="stopped")
        self._decided_picture()

    def _decided_picture(self) -> None:
        """As if it had been written and decided: its content plays no part here."""
        picture = SituationalPicture.objects.create(
            owner=self.world.storfors,
            municipality=self.world.storfors_municipality,
            period_start=date(2026, 10, 1),
            created_at=self.actor.at,
        )
        PictureVersion.objects.create(
            picture=picture,
            number=3,
            written_at=self.actor.at,
            written_by="x",
            function_title="x",
            decided_on=date(2026, 11, 20),
            decision_body="Kommunstyrelsen",
            decision_paragraph="112",
            reference_number="KS 2026/145",
        )

    def start_council(self) -> Group:
        chair = self.world.function("council_politician")
        seats = (
            SeatDraft(chair.ref, is_chair=True, is_leading_position=True),
            SeatDraft(self.function.ref),
        )
        return start_group(self.actor, GroupDraft("council", "Rådet", "1760", seats, RhythmDraft()))

    def at(self, day: date) -> Actor:
        return replace(self.actor, at=moment(day))

    def facts(self, **changed: object) -> PlanFacts:
        picture = own_decided_pictures(self.actor, "1760")[0].ref
        return replace(PlanFacts("Åtgärdsplan", "Ljus.", FIRST, LAST, picture), **changed)  # type: ignore[arg-type]

    def begun(self, *problems: Problem) -> Plan:
        plan = building.begin_plan(self.actor, "1760", self.facts())
        refs = [each.ref for each in problems or (self.square,)]
        building.choose_problems(self.actor, plan.ref, refs)
        return self.again(plan)

    def proposed(self) -> Plan:
        plan = self.begun()
        deciding.propose(self.actor, plan.ref)
        return self.again(plan)

    def decided(self) -> Plan:
        plan = self.proposed()
        deciding.decide(self.actor, plan.ref, DECISION)
        return self.again(plan)

    def with_second_measure(self) -> Plan:
        """Decided, with a measure of the plan's own beside the one that came in."""
        plan = self.begun()
        problem = content_of(self.actor, plan).problems[0]
        text = MeasureText(
            "Klottersanering",
            responsible_ref=self.function.ref,
            indicator="Dagar till sanering",
            baseline="9 dagar",
            follow_up_on=date(2027, 3, 1),
        )
        measures.add_measure(self.actor, plan.ref, problem.ref, text)
        deciding.propose(self.actor, plan.ref)
        deciding.decide(self.actor, plan.ref, DECISION)
        return self.again(plan)

    def follow_up(self, plan: Plan, day: date, **kinds: str) -> None:
        """`kinds` by the measure's place in the plan ("first", "second"); the rest are ongoing."""
        content = self.content(plan)
        names = dict(zip(("first", "second"), content.measures, strict=False))
        wanted = {names[key].ref: kind for key, kind in kinds.items()}
        outcomes = {
            each.ref: Outcome(wanted.get(each.ref, "ongoing"), f"Sagt om {each.title}")
            for each in content.open_measures
        }
        text = FollowUpText(day, "Kommunstyrelsen", "Det går framåt.", outcomes)
        following.follow_up(self.at(day), plan.ref, text)

    def content(self, plan: Plan) -> PlanContent:
        return content_of(self.actor, self.again(plan))

    def again(self, plan: Plan) -> Plan:
        found: Plan = (
            Plan.objects.for_system("test")
            .select_related("municipality", "owner", "revises")
            .get(pk=plan.pk)
        )
        return found

    def history(self, plan: Plan) -> list[PlanStep]:
        return list(PlanStep.objects.for_system("test").filter(plan=plan))

"""A small municipality's four years: who comes, goes and falls due, made with the services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from samverkan.agreements.models import Agreement, SharingClause
from samverkan.agreements.services import signing, writing
from samverkan.contacts.services.continuity import Period, plan_absence
from samverkan.governance.duties.services import Doing, write_down
from samverkan.governance.models import Group
from samverkan.governance.services import agenda, meetings
from samverkan.governance.services.groups import GroupDraft, RhythmDraft, SeatDraft, start_group
from samverkan.organisations.models import Function, Holding
from samverkan.organisations.staffing.services import Takeover, assign, end_holding
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Detail, Information
from samverkan.platform.accounts.models import User
from tests.world import UserFactory, World

STOCKHOLM = ZoneInfo("Europe/Stockholm")
BEGINS, LAPSES = date(2026, 1, 15), date(2028, 2, 29)
# Meetings at nine on the days when the clocks have gone forward or back.
COUNCILS = (date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31))
KINDS = {
    "coordinator": "safety_coordinator",
    "kommunpolis": "community_police",
    "chief": "police_area_chief",
    "chair": "council_politician",
    "politician": "council_politician",
    "official": "council_official",
    "neighbour": "safety_coordinator",
}


def morning(day: date) -> datetime:
    return datetime.combine(day, time(8), STOCKHOLM)


@dataclass
class Life:
    """The functions by the names of the table, and what happens to them day by day."""

    world: World
    functions: dict[str, Function] = field(default_factory=dict)
    group: Group = field(default_factory=Group)
    agreement: Agreement = field(default_factory=Agreement)

    def ref(self, name: str) -> str:
        return self.functions[name].ref

    def holder(self, name: str, day: date) -> User | None:
        """Who holds the function on the day, deputies left aside."""
        rows = Holding.objects.for_system("test").filter(
            function=self.functions[name], role="holder", valid_from__lte=day
        )
        held = rows.exclude(valid_to__lte=day).select_related("user").order_by("valid_from").last()
        return held.user if held else None

    def acting(self, name: str, day: date) -> Actor:
        from samverkan.organisations.selectors import actor_for

        user = self.holder(name, day)
        if user is None:
            raise LookupError(f"nobody holds {name} on {day}")
        return actor_for(user, self.ref(name), morning(day))


def begin(world: World) -> Life:
    """The first day: people take office, the agreement is signed, the clocks of the law start."""
    life = Life(world)
    for name, kind in {**KINDS, "administrator": "administrator"}.items():
        party = {"kommunpolis": world.police, "chief": world.police}.get(name, world.storfors)
        if name == "neighbour":
            party = world.kristinehamn
        life.functions[name] = _take_office(world, name, kind, life, party)
    deputy = UserFactory(display_name="Stina Ställföreträdare")
    Holding.objects.create(
        function=life.functions["coordinator"], user=deputy, role="deputy", valid_from=BEGINS
    )
    _sign(life)
    _start_the_council(life)
    for kind in ("decided_plan", "followed_up_plan"):
        write_down(life.acting("coordinator", BEGINS), "1760", Doing(kind, BEGINS, "Åtgärdsplan"))
    return life


def _take_office(world: World, name: str, kind: str, life: Life, party: object) -> Function:
    function = world.function(kind, party)  # type: ignore[arg-type]
    function.title, function.email = name.capitalize(), f"{name}@functions.example"
    function.save(update_fields=["title", "email"])
    user = UserFactory(display_name=f"{name} A")
    Holding.objects.create(function=function, user=user, role="holder", valid_from=BEGINS)
    return function


def _sign(life: Life) -> None:
    """Two years to the leap day, with a clause that lets the police meet Storfors' incidents."""
    world, writer = life.world, life.acting("coordinator", BEGINS)
    made = writing.begin_agreement(
        writer,
        writing.Beginning("Avtalet", [world.police.ref, world.kristinehamn.ref], BEGINS, LAPSES),
    )
    for number, key in enumerate(("frame:purposes", "frame:areas"), 1):
        writing.edit_section(writer, made.ref, key, "Text.", based_on=number)
    clauses = (
        (Information.INCIDENTS, Detail.DETAIL, world.storfors, world.police),
        (Information.MEETINGS, Detail.DETAIL, world.storfors, world.police),
        (Information.PROBLEMS, Detail.AGGREGATE, world.storfors, world.kristinehamn),
    )
    for information, detail, giver, receiver in clauses:
        SharingClause.objects.create(
            agreement=made,
            information=information,
            detail=detail,
            from_organisation=giver,
            to_organisation=receiver,
        )
    signing.send_for_signature(writer, made.ref)
    for name in ("coordinator", "chief", "neighbour"):
        actor = life.acting(name, BEGINS)
        document = signing.document_to_sign(actor, made)
        assert document is not None
        signing.sign_agreement(
            actor, made.ref, document.ref, signing.NameSigned("typed", f"Namn {name}")
        )
    life.agreement = Agreement.objects.for_system("test").get(pk=made.pk)


def _start_the_council(life: Life) -> None:
    actor = life.acting("coordinator", BEGINS)
    seats = ("chair", "politician", "official", "chief", "coordinator")
    life.group = start_group(
        actor,
        GroupDraft(
            kind="council",
            name="Rådet",
            municipality_code="1760",
            seats=tuple(
                SeatDraft(life.ref(name), is_chair=name == "chair", is_leading_position=True)
                for name in seats
            ),
            rhythm=RhythmDraft(),
        ),
    )
    nine = [meetings.PlannedTime(datetime.combine(day, time(9), STOCKHOLM), 90) for day in COUNCILS]
    for meeting in meetings.plan_meetings(actor, life.group.ref, nine):
        agenda.build_agenda(actor, meeting.ref)


def _call_the_council(life: Life, day: date) -> None:
    """The notice of the first meeting goes out."""
    from samverkan.governance.models import Meeting

    first = Meeting.objects.for_system("test").earliest("starts_at")
    meetings.call_meeting(life.acting("coordinator", day), first.ref)


def _succeed(name: str) -> Callable[[Life, date], None]:
    def act(life: Life, day: date) -> None:
        administrator = life.acting("administrator", day)
        takeover = Takeover(f"{name}.b@person.example", f"{name} B", "holder", day)
        assign(administrator, life.functions[name], takeover)

    return act


def _resign(name: str) -> Callable[[Life, date], None]:
    """A term ends, and nobody follows."""

    def act(life: Life, day: date) -> None:
        holding = Holding.objects.for_system("test").get(
            function=life.functions[name], role="holder", valid_to__isnull=True
        )
        from samverkan.platform.access.actor import system

        actor = system("the terms of the council", morning(day))
        if life.functions[name].organisation == life.world.storfors:
            actor = life.acting("administrator", day)
            end_holding(actor, holding, day)
        else:
            holding.valid_to = day
            holding.save(update_fields=["valid_to"])

    return act


def _go_away(life: Life, day: date) -> None:
    """Three weeks in July, said a month ahead."""
    actor = life.acting("coordinator", day)
    assert actor.user_id is not None
    plan_absence(actor, actor.user_id, Period(date(2027, 7, 5), date(2027, 7, 26)))


# What somebody does on a day, before the day is looked at.
DEEDS: dict[date, Callable[[Life, date], None]] = {
    date(2026, 3, 28): _call_the_council,
    date(2026, 10, 15): lambda life, day: (
        _succeed("chair")(life, day),
        _resign("politician")(life, day),
    )[0],
    date(2027, 1, 1): _succeed("politician"),
    date(2027, 6, 1): lambda life, day: (
        _succeed("coordinator")(life, day),
        _go_away(life, day),
    )[0],
    date(2028, 3, 26): _resign("chief"),
}

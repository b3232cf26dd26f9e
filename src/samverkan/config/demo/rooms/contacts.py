"""Contact paths of Storfors, a drill that was answered, an absence, unwritten rules, a handover."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from samverkan.config.demo.people import REASON, Cast
from samverkan.contacts.models import Absence, ContactPath, HandoverPoint
from samverkan.contacts.rules import Hours, Way
from samverkan.contacts.services.calls import acknowledge, sound
from samverkan.contacts.services.continuity import confirm_point, make_handover, write_note
from samverkan.contacts.services.paths import Step, lay_out_path
from samverkan.organisations.models import Function, Holding
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import Actor

ORDER = 80
CODE = "1760"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
# Numbers that the Swedish authority for telephony keeps free for films and books.
NUMBERS = {
    "coordinator": "070-174 06 05",
    "school": "070-174 06 10",
    "leisure": "070-174 06 12",
    "housing": "070-174 06 15",
    "chief": "070-174 06 20",
    "officer": "070-174 06 25",
    "police_chief": "070-174 06 30",
}
PATHS = {
    "ongoing_crime": ("officer", "police_chief"),
    "unrest": ("officer", "coordinator", "leisure"),
    "youth_concern": ("school", "leisure"),
    "threat_to_staff": ("coordinator", "chief"),
    "vandalism": ("housing", "coordinator"),
    "media": ("chief",),
}
NOTES = (
    "Ring alltid Bovärd före ett möte om Norra området: då är underlaget med.",
    "Rektorns rapport kommer på torsdagar. Saknas den på fredag hjälper ett sms.",
)


def build(cast: Cast, today: date) -> None:
    functions = {key: cast.functions[CODE, key] for key in NUMBERS if (CODE, key) in cast.functions}
    functions["officer"] = cast.functions["police", "officer"]
    functions["police_chief"] = cast.functions["police", "chief"]
    for key, function in functions.items():
        function.phone = NUMBERS[key]
        function.save(update_fields=["phone"])
    coordinator = _actor(functions["coordinator"], today - timedelta(days=20))
    for matter, keys in PATHS.items():
        steps = [
            Step(
                functions[key].ref,
                (Way.PHONE, Way.SMS) if matter == "ongoing_crime" else (Way.PHONE, Way.EMAIL),
                10,
                Hours.OFFICE if key in {"school", "housing"} else Hours.ALWAYS,
            )
            for number, key in enumerate(keys)
        ]
        lay_out_path(coordinator, CODE, matter, steps)
    for text in NOTES:
        write_note(coordinator, functions["coordinator"].ref, text)
    _drill(coordinator, functions["officer"], today)
    holder = Holding.objects.for_system(REASON).get(
        function=functions["school"], role=Holding.Role.HOLDER
    )
    Absence.objects.create(
        user=holder.user,
        party=cast.parties[CODE],
        first_on=today + timedelta(days=12),
        after_on=today + timedelta(days=19),
    )
    _handover(functions["coordinator"], today)


def _handover(coordinator: Function, today: date) -> None:
    """The coordinator's, half confirmed: its successor has come to the meetings ahead."""
    made = make_handover(_actor(coordinator, today - timedelta(days=3)), coordinator.ref)
    successor = _actor(coordinator, today - timedelta(days=1))
    points = list(HandoverPoint.objects.for_system(REASON).filter(handover=made))
    for point in points[: len(points) // 2]:
        confirm_point(successor, point.ref)


def _drill(coordinator: Actor, officer: Function, today: date) -> None:
    path = ContactPath.objects.for_system(REASON).get(matter="unrest")
    call = sound(coordinator, path.ref, "0" * 24, "Övning: stök vid Busstorget.", is_drill=True)
    answering = _actor(officer, today - timedelta(days=20), minute=19)
    acknowledge(answering, call.ref)


def _actor(function: Function, day: date, minute: int = 15) -> Actor:
    holding = Holding.objects.for_system(REASON).get(function=function, role=Holding.Role.HOLDER)
    at = datetime.combine(day, time(10, minute), STOCKHOLM)
    return actor_for(holding.user, function.ref, at)

"""How the law's duties stand, and what the year holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samverkan.organisations.selectors import municipalities_of, party_of_municipality
from samverkan.organisations.stands import functions_of_kind
from samverkan.platform.access.actor import Actor
from samverkan.platform.work.registry import WorkItem

from ..models import Meeting
from ..states import MeetingState
from .evidence import evidence_for, hidden_kinds
from .law import law
from .models import DutyRecord, WheelDone
from .rules import DutyState, Standing, state_of
from .year_wheel import WheelEntry, WheelGroup, merged, wheel_items

WORK_AHEAD_DAYS = 60


@dataclass(frozen=True)
class Ledger:
    municipality_code: str
    states: tuple[DutyState, ...]

    def count(self, standing: Standing) -> int:
        return sum(state.standing is standing for state in self.states)


def ledger(actor: Actor, municipality_code: str) -> Ledger:
    """Every duty of the law as it stands on the actor's day, with what shows it."""
    today = timezone.localdate(actor.at)
    pieces = evidence_for(actor, municipality_code)
    hidden = hidden_kinds(actor, municipality_code)
    states = tuple(state_of(duty, pieces, today, hidden) for duty in law().on(today))
    return Ledger(municipality_code, states)


def records_of(actor: Actor, municipality_code: str) -> list[DutyRecord]:
    return list(
        DutyRecord.objects.visible_to(actor).filter(
            municipality__code=municipality_code, withdrawn_at__isnull=True
        )
    )


def wheel(actor: Actor, year: int) -> list[WheelEntry]:
    """The year of the actor's municipalities: what they share stands once, with their names."""
    entries: list[WheelEntry] = []
    for place in municipalities_of(actor):
        entries += _wheel_of(actor, place.code, place.name, year)
    return merged(entries)


def _wheel_of(actor: Actor, code: str, name: str, year: int) -> list[WheelEntry]:
    language = get_language() or "sv"
    done = set(
        WheelDone.objects.visible_to(actor)
        .filter(municipality__code=code, year=year)
        .values_list("item", flat=True)
    )
    from_data = [
        WheelEntry(
            key=item.key,
            title=item.title(language),
            due_on=item.due_on(year),
            group=WheelGroup(item.group),
            places=(name,),
            is_done=item.key in done,
            is_unconfirmed=item.is_unconfirmed,
        )
        for item in wheel_items()
        if item.falls_in(year)
    ]
    return [*from_data, *_clocks(actor, code, name, year), *_councils(actor, code, name, year)]


def _clocks(actor: Actor, code: str, name: str, year: int) -> list[WheelEntry]:
    """The law's clocks and the agreement's end that fall due in the year."""
    language = get_language() or "sv"
    return [
        WheelEntry(
            key=f"law-{state.duty.key}-{code}",
            title=_("%(duty)s (%(paragraph)s §)")
            % {"duty": state.duty.title(language), "paragraph": state.duty.paragraph},
            due_on=state.due_on,
            group=WheelGroup.LAW,
            url=reverse("duties:ledger", args=[code]),
            places=(name,),
        )
        for state in ledger(actor, code).states
        if state.due_on is not None and state.due_on.year == year
    ]


def _councils(actor: Actor, code: str, name: str, year: int) -> list[WheelEntry]:
    """The council's meetings of the year, each once also where several municipalities share it."""
    meetings = (
        Meeting.objects.visible_to(actor)
        .filter(group__kind="council", group__municipality__code=code, starts_at__year=year)
        .exclude(state=MeetingState.CANCELLED)
        .select_related("group")
        .order_by("starts_at")
    )
    return [
        WheelEntry(
            key=f"meeting-{meeting.ref}",
            title=_("Meeting of %(group)s") % {"group": meeting.group.name},
            due_on=timezone.localdate(meeting.starts_at),
            group=WheelGroup.COUNCIL,
            url=reverse("governance:meeting", args=[meeting.ref]),
            places=(name,),
            is_done=meeting.starts_at < actor.at,
        )
        for meeting in meetings
    ]


def work(actor: Actor, refs: frozenset[str]) -> list[WorkItem]:
    """Items of the wheel that have come close, as work for the functions that they name.

    An item becomes work sixty days before it is due, and stays until it is done or left out. The
    first holder of the kind in the municipality has it.
    """
    today = timezone.localdate(actor.at)
    found: list[WorkItem] = []
    for place in municipalities_of(actor):
        if party_of_municipality(actor, place.code) is None:
            continue
        began = _began_on(actor, place.code)
        for year in (today.year - 1, today.year, today.year + 1):
            found += _work_of(actor, place.code, year, today, began, refs)
    return found


def _work_of(
    actor: Actor, code: str, year: int, today: date, began: date | None, refs: frozenset[str]
) -> list[WorkItem]:
    language = get_language() or "sv"
    done = set(
        WheelDone.objects.visible_to(actor)
        .filter(municipality__code=code, year=year)
        .values_list("item", flat=True)
    )
    items = [
        item
        for item in wheel_items()
        if item.falls_in(year)
        and item.key not in done
        and (item.due_on(year) - today).days <= WORK_AHEAD_DAYS
        and (began is None or item.due_on(year) >= began)
    ]
    made = []
    for item in items:
        functions = functions_of_kind(actor, item.kind, code)
        if functions and functions[0].ref in refs:
            made.append(
                WorkItem(
                    key=f"wheel-{code}-{year}-{item.key}",
                    kind_label=_("The year wheel"),
                    title=item.title(language),
                    url=f"{reverse('duties:wheel')}?ar={year}",
                    function_ref=functions[0].ref,
                    due_on=item.due_on(year),
                    municipality_code=code,
                )
            )
    return made


def _began_on(actor: Actor, code: str) -> date | None:
    """What fell due before the municipality came here is not its late work."""
    first = (
        WheelDone.objects.visible_to(actor)
        .filter(municipality__code=code)
        .aggregate(first=Min("done_at"))["first"]
    )
    if first is None:
        return timezone.localdate(actor.at)
    return timezone.localdate(first)

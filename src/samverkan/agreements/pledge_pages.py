"""What the pages of pledges show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samverkan.platform.access.actor import Actor
from samverkan.platform.design.tones import Tone

from .lives import PLEDGE
from .models import Pledge, PledgeEvent, PledgeLogEntry

TONES = {
    "draft": Tone.NEUTRAL,
    "promised": Tone.NEUTRAL,
    "kept": Tone.OK,
    "partly_kept": Tone.WARN,
    "not_kept": Tone.STOP,
    "withdrawn": Tone.WARN,
    "discarded": Tone.NEUTRAL,
}


@dataclass(frozen=True)
class PledgeLine:
    ref: str
    title: str
    area: str
    place: str
    valid_from: date
    valid_to: date
    state: str
    state_label: str
    tone: Tone


def lines(actor: Actor) -> list[PledgeLine]:
    """The pledges of the actor's municipalities, the running ones first."""
    rows = (
        Pledge.objects.visible_to(actor)
        .filter(municipality__code__in=actor.municipality_codes)
        .exclude(state="discarded")
        .select_related("municipality")
    )
    return sorted((line(each) for each in rows), key=lambda each: each.state != "promised")


def line(each: Pledge) -> PledgeLine:
    return PledgeLine(
        ref=each.ref,
        title=each.title,
        area=each.area,
        place=each.municipality.name,
        valid_from=each.valid_from,
        valid_to=each.valid_to,
        state=each.state,
        state_label=str(PLEDGE.state(each.state).label),
        tone=TONES[each.state],
    )


def deeds(actor: Actor, found: Pledge) -> list[PledgeLogEntry]:
    return list(PledgeLogEntry.objects.visible_to(actor).filter(pledge=found))


def events(actor: Actor, found: Pledge) -> list[dict[str, object]]:
    rows = PledgeEvent.objects.visible_to(actor).filter(pledge=found)
    return [
        {"on": row.on, "words": PLEDGE.event(row.event).label, "function": row.function_title}
        for row in reversed(rows)
    ]


def responsible(found: Pledge) -> list[str]:
    links = Pledge.responsible.through.objects.filter(pledge_id=found.pk)
    return list(links.order_by("function__title").values_list("function__title", flat=True))


def responsible_refs(found: Pledge) -> list[str]:
    links = Pledge.responsible.through.objects.filter(pledge_id=found.pk)
    return list(links.values_list("function__ref", flat=True))

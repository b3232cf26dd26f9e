"""Pledges as inhabitants and their authors read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samverkan.platform.access.actor import Actor

from ..models import Pledge as PledgeRow
from ..models import PledgeLogEntry
from ..models.pledges import PUBLIC_STATES


@dataclass(frozen=True)
class PledgeDeed:
    """Something that was done for a pledge, and when."""

    on: date
    text: str


@dataclass(frozen=True)
class Pledge:
    """A pledge as it is told in public: what was promised, what was done, what came of it.

    `result` is the public feedback, empty until it is told; `state` is one of promised, kept,
    partly_kept, not_kept, withdrawn; the period is half-open.
    """

    ref: str
    title: str
    promised: str
    done: tuple[PledgeDeed, ...]
    result: str
    valid_from: date
    valid_to: date
    state: str
    area: str = ""
    heard: str = ""
    measured_by: str = ""
    owner: str = ""
    responsible: tuple[str, ...] = ()


def published_pledges(actor: Actor, municipality_code: str) -> list[Pledge]:
    """What has been promised in the municipality, the newest first. Anybody may ask."""
    rows = list(
        PledgeRow.objects.visible_to(actor)
        .filter(municipality__code=municipality_code, state__in=PUBLIC_STATES)
        .select_related("owner")
    )
    done = _done(actor, rows)
    functions = _functions(rows)
    return [
        Pledge(
            ref=row.ref,
            title=row.title,
            promised=row.promised,
            done=tuple(done.get(row.pk, ())),
            result=row.feedback,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            state=row.state,
            area=row.area,
            heard=row.heard,
            measured_by=row.measured_by,
            owner=row.owner.name,
            responsible=tuple(functions.get(row.pk, ())),
        )
        for row in rows
    ]


def _done(actor: Actor, rows: list[PledgeRow]) -> dict[int, list[PledgeDeed]]:
    found: dict[int, list[PledgeDeed]] = {}
    for entry in PledgeLogEntry.objects.visible_to(actor).filter(pledge__in=rows):
        found.setdefault(entry.pledge_id, []).append(PledgeDeed(entry.on, entry.text))
    return found


def _functions(rows: list[PledgeRow]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    links = PledgeRow.responsible.through.objects.filter(pledge__in=rows)
    for pk, title in links.order_by("function__title").values_list("pledge_id", "function__title"):
        found.setdefault(pk, []).append(title)
    return found

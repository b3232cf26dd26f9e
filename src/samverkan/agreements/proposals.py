"""Clauses on their way, as the page of sharing shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samverkan.organisations.parties import parties
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Detail, Information

from .content import content_of
from .models import Agreement, ClauseProposal
from .services.common import present_parties
from .words import clause_sentence


@dataclass(frozen=True)
class ProposalLine:
    """A proposal as a sentence, who has said yes, and whether the reader's yes is awaited."""

    ref: str
    sentence: str
    why: str
    proposed_by: str
    proposed_at: datetime
    yes_from: tuple[str, ...]
    awaits: tuple[str, ...]
    awaits_reader: bool
    is_readers: bool
    is_agreed: bool
    answer: str


def party_choices(actor: Actor, agreement: Agreement) -> list[tuple[str, str]]:
    present = present_parties(actor, agreement)
    return [(each.ref, each.name) for each in parties(actor) if each.pk in present]


def place_choices(actor: Actor, agreement: Agreement) -> list[tuple[str, str]]:
    content = content_of(actor, agreement)
    return [(code, content.place(code)) for code in content.codes]


def open_ones(actor: Actor, agreement: Agreement) -> list[ProposalLine]:
    rows = _rows(actor, agreement)
    return [_line(actor, row, places) for row, places in rows if row.is_open]


def answered(actor: Actor, agreement: Agreement) -> list[ProposalLine]:
    rows = _rows(actor, agreement)
    return [_line(actor, row, places) for row, places in rows if not row.is_open]


def _rows(actor: Actor, agreement: Agreement) -> list[tuple[ClauseProposal, list[str]]]:
    rows = ClauseProposal.objects.visible_to(actor).filter(agreement=agreement)
    places: dict[int, list[str]] = {}
    for pk, name in rows.filter(municipalities__isnull=False).values_list(
        "pk", "municipalities__name"
    ):
        places.setdefault(pk, []).append(name)
    found = rows.select_related("from_organisation", "to_organisation", "proposed_by")
    return [(row, places.get(row.pk, [])) for row in found]


def _line(actor: Actor, row: ClauseProposal, places: list[str]) -> ProposalLine:
    ends = (
        (row.from_organisation, row.accepted_by_giver_at),
        (row.to_organisation, row.accepted_by_receiver_at),
    )
    awaits = [party for party, accepted in ends if accepted is None]
    writes = actor.may(Capability.AGREEMENTS_WRITE)
    is_end = actor.party_id in {party.pk for party, _accepted in ends}
    return ProposalLine(
        ref=row.ref,
        sentence=clause_sentence(
            row.from_organisation.name,
            row.to_organisation.name,
            Information(row.information),
            Detail(row.detail),
            places,
        ),
        why=row.why,
        proposed_by=row.proposed_by.name,
        proposed_at=row.proposed_at,
        yes_from=tuple(party.name for party, accepted in ends if accepted is not None),
        awaits=tuple(party.name for party in awaits),
        awaits_reader=writes and actor.party_id in {party.pk for party in awaits},
        is_readers=writes and is_end,
        is_agreed=row.clause_id is not None,
        answer=row.answer,
    )

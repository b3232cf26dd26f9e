"""Clauses one by one: proposed by one end, agreed by both, revoked by the one that gives."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.documents.plain_text import clean
from samverkan.organisations.parties import parties
from samverkan.organisations.selectors import municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Detail, Information
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from ..models import Agreement, ClauseProposal, SharingClause
from .common import locked, own_party, present_parties


class NotOpenError(RuntimeError):
    """The proposal is answered already, or the agreement is past the point where it can be."""


@dataclass(frozen=True)
class WantedClause:
    """A clause as it is asked for; no municipalities means everywhere."""

    information: Information
    detail: Detail
    giver_ref: str
    receiver_ref: str
    municipality_codes: Collection[str] = ()
    why: str = ""


@transaction.atomic
def propose_clause(actor: Actor, ref: str, wanted: WantedClause) -> ClauseProposal | SharingClause:
    """In a draft the clause is part of the text that all sign; later both ends must say yes."""
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    giver, receiver = _ends(actor, agreement, wanted)
    if _is_there(actor, agreement, wanted, giver, receiver):
        raise ValidationError({"information": _("That is shared, or proposed, already.")})
    if agreement.state == "draft":
        return _draft_clause(actor, agreement, wanted, giver, receiver)
    if agreement.state not in {"signed", "in_force", "expiring"}:
        raise NotOpenError
    if not actor.is_system and actor.party_id not in (giver, receiver):
        raise PermissionDenied
    proposal: ClauseProposal = ClauseProposal.objects.create(
        agreement=agreement,
        information=wanted.information,
        detail=wanted.detail,
        from_organisation_id=giver,
        to_organisation_id=receiver,
        why=clean(wanted.why).strip()[:300],
        proposed_at=actor.at,
        proposed_by_id=own_party(actor),
        function_title=actor.function_title,
        accepted_by_giver_at=actor.at if actor.party_id == giver else None,
        accepted_by_receiver_at=actor.at if actor.party_id == receiver else None,
    )
    _limit(actor, proposal, wanted.municipality_codes)
    _record(actor, "clause.proposed", agreement, proposal.ref)
    return proposal


@transaction.atomic
def accept_clause(actor: Actor, ref: str, proposal_ref: str) -> SharingClause | None:
    """Say yes for the own end; with both ends' yes the clause holds at once."""
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    proposal = _open_proposal(actor, agreement, proposal_ref)
    if agreement.state not in {"signed", "in_force", "expiring"}:
        raise NotOpenError
    if actor.party_id == proposal.from_organisation_id:
        proposal.accepted_by_giver_at = proposal.accepted_by_giver_at or actor.at
    if actor.party_id == proposal.to_organisation_id:
        proposal.accepted_by_receiver_at = proposal.accepted_by_receiver_at or actor.at
    if proposal.accepted_by_giver_at and proposal.accepted_by_receiver_at:
        proposal.clause = _clause_of(actor, proposal)
    proposal.save()
    _record(actor, "clause.accepted", agreement, proposal.ref, holds=bool(proposal.clause_id))
    return proposal.clause


@transaction.atomic
def decline_clause(actor: Actor, ref: str, proposal_ref: str, answer: str) -> ClauseProposal:
    """Say no, or take the own proposal back; with that it is closed."""
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    proposal = _open_proposal(actor, agreement, proposal_ref)
    proposal.declined_at, proposal.answer = actor.at, clean(answer).strip()[:300]
    proposal.save(update_fields=["declined_at", "answer"])
    _record(actor, "clause.declined", agreement, proposal.ref)
    return proposal


@transaction.atomic
def revoke_clause(actor: Actor, ref: str, clause_ref: str, reason: str) -> SharingClause:
    """The one that gives stops giving: nothing comes through from this moment."""
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    clause: SharingClause = SharingClause.objects.visible_to(actor).get(
        ref=clause_ref, agreement=agreement
    )
    if not actor.is_system and actor.party_id != clause.from_organisation_id:
        raise PermissionDenied
    if agreement.state == "draft":
        clause_ref_gone = clause.ref
        SharingClause.municipalities.through.objects.filter(sharingclause_id=clause.pk).delete()
        clause.delete()
        _record(actor, "clause.revoked", agreement, clause_ref_gone, draft=True)
        return clause
    if agreement.state == "for_signature":
        raise NotOpenError
    if clause.revoked_on is None:
        clause.revoked_on = timezone.localdate(actor.at)
        clause.revoked_reason = clean(reason).strip()[:300]
        clause.save(update_fields=["revoked_on", "revoked_reason"])
        _record(actor, "clause.revoked", agreement, clause.ref)
    return clause


def _draft_clause(
    actor: Actor, agreement: Agreement, wanted: WantedClause, giver: int, receiver: int
) -> SharingClause:
    clause: SharingClause = SharingClause.objects.create(
        agreement=agreement,
        information=wanted.information,
        detail=wanted.detail,
        from_organisation_id=giver,
        to_organisation_id=receiver,
    )
    _limit(actor, clause, wanted.municipality_codes)
    _record(actor, "clause.drafted", agreement, clause.ref)
    return clause


def _clause_of(actor: Actor, proposal: ClauseProposal) -> SharingClause:
    clause: SharingClause = SharingClause.objects.create(
        agreement_id=proposal.agreement_id,
        information=proposal.information,
        detail=proposal.detail,
        from_organisation_id=proposal.from_organisation_id,
        to_organisation_id=proposal.to_organisation_id,
        agreed_on=timezone.localdate(actor.at),
    )
    rows = ClauseProposal.municipalities.through.objects.filter(clauseproposal_id=proposal.pk)
    through = SharingClause.municipalities.through
    through.objects.bulk_create(
        [
            through(sharingclause_id=clause.pk, municipality_id=pk)
            for pk in rows.values_list("municipality_id", flat=True)
        ]
    )
    return clause


def _limit(actor: Actor, row: ClauseProposal | SharingClause, codes: Collection[str]) -> None:
    """Write down where the clause holds; nothing means everywhere."""
    places = [place for code in codes if (place := municipality(actor, code)) is not None]
    through: Any = type(row).municipalities.through
    own = f"{type(row).__name__.lower()}_id"
    through.objects.bulk_create(
        [through(**{own: row.pk, "municipality_id": place.pk}) for place in places]
    )


def _ends(actor: Actor, agreement: Agreement, wanted: WantedClause) -> tuple[int, int]:
    present = present_parties(actor, agreement)
    by_ref = {party.ref: party.pk for party in parties(actor) if party.pk in present}
    giver, receiver = by_ref.get(wanted.giver_ref), by_ref.get(wanted.receiver_ref)
    if giver is None or receiver is None:
        raise ValidationError({"giver": _("Both ends must be parties to the agreement.")})
    if giver == receiver:
        raise ValidationError({"receiver": _("Choose two different parties.")})
    return giver, receiver


def _is_there(
    actor: Actor, agreement: Agreement, wanted: WantedClause, giver: int, receiver: int
) -> bool:
    same = {
        "agreement": agreement,
        "information": wanted.information,
        "detail": wanted.detail,
        "from_organisation_id": giver,
        "to_organisation_id": receiver,
    }
    clauses = SharingClause.objects.visible_to(actor).filter(revoked_on__isnull=True, **same)
    proposals = ClauseProposal.objects.visible_to(actor).filter(
        clause__isnull=True, declined_at__isnull=True, **same
    )
    if wanted.municipality_codes:
        # A clause for some municipalities may stand beside one for others.
        wanted_codes = set(wanted.municipality_codes)
        rows = [*clauses.filter(municipalities__isnull=True), *proposals]
        limited = clauses.filter(municipalities__code__in=wanted_codes)
        return bool(rows or limited.exists())
    everywhere = clauses.filter(municipalities__isnull=True)
    return bool(everywhere.exists() or proposals.exists())


def _open_proposal(actor: Actor, agreement: Agreement, ref: str) -> ClauseProposal:
    rows = ClauseProposal.objects.visible_to(actor).filter(agreement=agreement)
    proposal: ClauseProposal = rows.select_for_update(of=("self",)).get(ref=ref)
    if actor.party_id not in (proposal.from_organisation_id, proposal.to_organisation_id):
        raise PermissionDenied
    if not proposal.is_open:
        raise NotOpenError
    return proposal


def _record(
    actor: Actor, action: str, agreement: Agreement, clause_ref: str, **details: object
) -> None:
    record(actor, action, "agreement", agreement.ref, details={"clause": clause_ref, **details})

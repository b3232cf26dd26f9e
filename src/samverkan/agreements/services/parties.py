"""Who is bound: parties of a draft, who signs for each, and a party that leaves."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.documents.plain_text import clean
from samverkan.organisations.parties import PartyFacts, functions_by_ref, parties
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from ..models import Agreement, AgreementParty, ClauseProposal, Commitment, SharingClause
from .common import always, locked, own_party, present_parties, take_step
from .writing import NotADraftError

LONGEST_REASON = 300
FEWEST = 2


class NoSuchPartyError(LookupError):
    """The party is not there, or not one of the agreement's."""


@transaction.atomic
def add_party(actor: Actor, ref: str, party_ref: str) -> Agreement:
    """One more party of a draft; a municipality gets its annex with that."""
    agreement = _draft(actor, ref)
    party = _party(actor, party_ref)
    if party.pk in present_parties(actor, agreement):
        raise ValidationError({"party": _("It is a party already.")})
    AgreementParty.objects.create(agreement=agreement, organisation_id=party.pk)
    take_step(actor, agreement, "change_parties", always, added=party.name)
    record(actor, "agreement.party_added", "agreement", ref, details={"party": party.ref})
    return agreement


@transaction.atomic
def remove_party(actor: Actor, ref: str, party_ref: str) -> Agreement:
    """Take a party out of a draft, with the clauses that name it; its annex is kept in history."""
    agreement = _draft(actor, ref)
    party = _party(actor, party_ref)
    row = _row(agreement, party)
    if party.pk == agreement.owner_id:
        raise ValidationError({"party": _("The party that began the draft stays in it.")})
    if len(present_parties(actor, agreement)) <= FEWEST:
        raise ValidationError({"party": _("An agreement needs at least one other party.")})
    _refuse_with_commitments(agreement, party)
    clauses = _drop_clauses(agreement, party)
    row.delete()
    take_step(actor, agreement, "change_parties", always, removed=party.name)
    record(
        actor,
        "agreement.party_removed",
        "agreement",
        ref,
        details={"party": party.ref, "clauses": clauses},
    )
    return agreement


@transaction.atomic
def choose_signatory(actor: Actor, ref: str, party_ref: str, function_ref: str) -> AgreementParty:
    """Which function signs for the party; an empty ref leaves it to any that may sign."""
    agreement = _draft(actor, ref)
    row = _row(agreement, _party(actor, party_ref))
    row.signatory_id = _signer(actor, row.organisation_id, function_ref) if function_ref else None
    row.save(update_fields=["signatory"])
    record(
        actor,
        "agreement.signatory_chosen",
        "agreement",
        ref,
        details={"party": party_ref, "function": function_ref},
    )
    return row


@transaction.atomic
def leave_agreement(actor: Actor, ref: str, left_on: date, reason: str) -> Agreement:
    """The actor's own party leaves from a day on: what it gave and got stops, the rest goes on."""
    require(actor, Capability.AGREEMENTS_SIGN)
    agreement = locked(actor, ref)
    row = AgreementParty.objects.for_system("the party that leaves").get(
        agreement=agreement, organisation_id=own_party(actor)
    )
    words = clean(reason).strip()[:LONGEST_REASON]
    if not words:
        raise ValidationError({"reason": _("Write why you leave the agreement.")})
    _check_day(agreement, row, left_on, timezone.localdate(actor.at))
    take_step(
        actor,
        agreement,
        "leave",
        always,
        reason=words,
        party=actor.party_name,
        left_on=left_on.isoformat(),
    )
    row.left_on, row.left_reason = left_on, words
    row.save(update_fields=["left_on", "left_reason"])
    return agreement


def _check_day(agreement: Agreement, row: AgreementParty, left_on: date, today: date) -> None:
    if row.left_on is not None:
        raise ValidationError({"left_on": _("Your organisation leaves already.")})
    if left_on < today:
        raise ValidationError({"left_on": _("The day cannot lie in the past.")})
    ends = [day for day in (agreement.valid_to, agreement.terminated_on) if day is not None]
    if ends and left_on >= min(ends):
        raise ValidationError({"left_on": _("The agreement runs out before that day anyway.")})
    staying = AgreementParty.objects.for_system("who stays").filter(
        agreement=agreement, left_on__isnull=True
    )
    if staying.count() <= FEWEST:
        raise ValidationError(_("Only one party would be left. Give notice instead."))


def _draft(actor: Actor, ref: str) -> Agreement:
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    if agreement.state != "draft":
        raise NotADraftError
    return agreement


def _party(actor: Actor, party_ref: str) -> PartyFacts:
    found = next((each for each in parties(actor) if each.ref == party_ref), None)
    if found is None:
        raise NoSuchPartyError(party_ref)
    return found


def _row(agreement: Agreement, party: PartyFacts) -> AgreementParty:
    rows = AgreementParty.objects.for_system("a party of the locked draft")
    row: AgreementParty | None = rows.filter(agreement=agreement, organisation_id=party.pk).first()
    if row is None:
        raise NoSuchPartyError(party.ref)
    return row


def _signer(actor: Actor, party_id: int, function_ref: str) -> int:
    found = next(iter(functions_by_ref(actor, {function_ref})), None)
    if found is None or found.party_id != party_id:
        raise PermissionDenied
    if Capability.AGREEMENTS_SIGN not in found.capabilities:
        raise ValidationError({"signatory": _("That function may not sign agreements.")})
    return found.pk


def _refuse_with_commitments(agreement: Agreement, party: PartyFacts) -> None:
    """What it has promised is moved or removed first, by somebody who knows what becomes of it."""
    of_party = Q(responsible__organisation_id=party.pk) | Q(
        responsible__organisation__parent_id=party.pk
    )
    rows = Commitment.objects.for_system("what the party has promised").filter(
        of_party, agreement=agreement
    )
    title = rows.values_list("title", flat=True).first()
    if title is not None:
        words = _("It answers for the commitment “%(title)s”. Remove that first.")
        raise ValidationError({"party": words % {"title": title}})


def _drop_clauses(agreement: Agreement, party: PartyFacts) -> int:
    of_party = Q(from_organisation_id=party.pk) | Q(to_organisation_id=party.pk)
    proposals = ClauseProposal.objects.for_system("proposals of a draft")
    proposals.filter(of_party, agreement=agreement).delete()
    clauses = SharingClause.objects.for_system("clauses of a draft")
    found = clauses.filter(of_party, agreement=agreement)
    count: int = found.count()
    found.delete()
    return count

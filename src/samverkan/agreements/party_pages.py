"""What the pages of a draft's parties show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samverkan.organisations.parties import FunctionFacts, functions_of_parties
from samverkan.organisations.parties import parties as all_parties
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability

from . import pages
from .forms.parties import SignatoryForm
from .models import Agreement, AgreementParty
from .services.common import present_parties


@dataclass(frozen=True)
class PartyOfDraft:
    """`form` asks which function signs for the party."""

    ref: str
    name: str
    form: SignatoryForm
    may_remove: bool


def others(actor: Actor, agreement: Agreement) -> list[tuple[str, str]]:
    """The organisations that could join: ref and name."""
    bound = present_parties(actor, agreement)
    return [(each.ref, each.name) for each in all_parties(actor) if each.pk not in bound]


def lines(actor: Actor, agreement: Agreement) -> list[PartyOfDraft]:
    rows = _rows(actor, agreement)
    return [
        PartyOfDraft(
            each.ref,
            each.name,
            _form(actor, each.pk, each.ref, rows[each.pk]),
            each.pk != agreement.owner_id and len(rows) > 2,
        )
        for each in all_parties(actor)
        if each.pk in rows
    ]


def signatory_form(
    actor: Actor, agreement: Agreement, party_ref: str, data: Mapping[str, Any]
) -> SignatoryForm | None:
    rows = _rows(actor, agreement)
    for each in all_parties(actor):
        if each.ref == party_ref and each.pk in rows:
            return _form(actor, each.pk, each.ref, rows[each.pk], data)
    return None


def clauses_that_close(actor: Actor, agreement: Agreement) -> list[str]:
    """What stops when the actor's party leaves, in words."""
    return [
        line.sentence
        for line in pages.clauses(actor, agreement)
        if line.is_open and line.concerns_own_party
    ]


def _rows(actor: Actor, agreement: Agreement) -> dict[int, AgreementParty]:
    found = AgreementParty.objects.visible_to(actor).filter(agreement=agreement)
    return {row.organisation_id: row for row in found.select_related("signatory")}


def _form(
    actor: Actor,
    party_id: int,
    party_ref: str,
    row: AgreementParty,
    data: Mapping[str, Any] | None = None,
) -> SignatoryForm:
    signers = [each for each in functions_of_parties(actor, [party_id]) if _may_sign(each)]
    return SignatoryForm(
        data,
        prefix=party_ref,
        functions=[(each.ref, each.title) for each in signers],
        initial={"signatory": row.signatory.ref if row.signatory else ""},
    )


def _may_sign(function: FunctionFacts) -> bool:
    return Capability.AGREEMENTS_SIGN in function.capabilities

"""Which agreements and clauses are in force, and what they let through."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from samverkan.platform.access.actor import Grant
from samverkan.platform.access.capabilities import Detail, Information

from ..models import Agreement, AgreementParty, SharingClause


def grants_to_party(party_id: int, at: datetime) -> frozenset[Grant]:
    """The clauses in force at the moment that let information reach the party.

    A clause holds only while its agreement is in force and both ends are parties to it.
    """
    day = timezone.localdate(at)
    agreements = Agreement.objects.for_system("resolve the clauses in force").in_force_on(day)
    party = AgreementParty.objects.for_system("both ends must still be parties").filter(
        Q(left_on__isnull=True) | Q(left_on__gt=day), agreement=OuterRef("agreement")
    )
    clauses = (
        SharingClause.objects.for_system("resolve the clauses in force")
        .filter(
            Q(revoked_on__isnull=True) | Q(revoked_on__gt=day),
            Q(agreed_on__isnull=True) | Q(agreed_on__lte=day),
            Exists(party.filter(organisation=OuterRef("from_organisation"))),
            Exists(party.filter(organisation=OuterRef("to_organisation"))),
            agreement__in=agreements,
            to_organisation_id=party_id,
        )
        .values_list("ref", "information", "detail", "from_organisation_id", "municipalities__code")
    )
    municipalities: dict[tuple[str, str, str, int], set[str]] = {}
    for ref, information, detail, giver, code in clauses:
        municipalities.setdefault((ref, information, detail, giver), set()).update(
            [code] if code else []
        )
    return frozenset(
        Grant(
            party_id=giver,
            information=Information(information),
            detail=Detail(detail),
            clause_ref=ref,
            municipality_codes=frozenset(codes),
        )
        for (ref, information, detail, giver), codes in municipalities.items()
    )

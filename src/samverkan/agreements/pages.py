"""What the agreements' pages show: parties, clauses in words, and what happens at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Detail, Information
from samverkan.platform.design.tones import Tone
from samverkan.swedish.sorting import search_key, sort_key

from .content import content_of
from .lives import AGREEMENT
from .models import Agreement, AgreementParty, SharingClause
from .rules import state_on
from .terms import term_of
from .words import clause_sentence

ENDS_SOON = timedelta(days=180)


TONES = {
    "draft": Tone.NEUTRAL,
    "for_signature": Tone.WARN,
    "signed": Tone.NEUTRAL,
    "in_force": Tone.OK,
    "expiring": Tone.WARN,
    "renewed": Tone.NEUTRAL,
    "expired": Tone.STOP,
    "terminated": Tone.STOP,
    "discarded": Tone.NEUTRAL,
}


class Standing(StrEnum):
    """How an agreement stands on a day."""

    UNSIGNED = "unsigned"
    COMING = "coming"
    IN_FORCE = "in_force"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"


@dataclass(frozen=True)
class AgreementSummary:
    """One agreement as the list shows it; `ends_on` is the first day without it."""

    ref: str
    title: str
    standing: Standing
    parties: tuple[str, ...]
    valid_from: date
    ends_on: date | None
    state: str = ""
    state_label: str = ""
    tone: Tone = Tone.NEUTRAL

    @property
    def is_in_force(self) -> bool:
        return self.standing in (Standing.IN_FORCE, Standing.ENDS_SOON)


@dataclass(frozen=True)
class PartyLine:
    name: str
    is_own: bool
    left_on: date | None
    ref: str = ""
    signatory: str = ""
    has_left: bool = False
    left_reason: str = ""


@dataclass(frozen=True)
class ClauseLine:
    """One clause as a sentence; `why_not` says why it lets nothing through, when it does not."""

    ref: str
    sentence: str
    is_open: bool
    concerns_own_party: bool
    why_not: str
    agreed_on: date | None = None
    may_revoke: bool = False


def agreements(actor: Actor) -> tuple[AgreementSummary, ...]:
    """Every agreement that the actor's party is or was party to, those in force first."""
    names: dict[int, list[str]] = {}
    present = AgreementParty.objects.visible_to(actor).present_on(timezone.localdate(actor.at))
    for agreement_id, name in present.values_list("agreement_id", "organisation__name"):
        names.setdefault(agreement_id, []).append(name)
    found = [
        _summary(actor, each, names.get(each.pk, []))
        for each in Agreement.objects.visible_to(actor)
    ]
    return tuple(sorted(found, key=lambda each: not each.is_in_force))


def agreement(actor: Actor, ref: str) -> Agreement | None:
    found: Agreement | None = Agreement.objects.visible_to(actor).filter(ref=ref).first()
    return found


def summary(actor: Actor, one: Agreement) -> AgreementSummary:
    names = [line.name for line in parties(actor, one) if not line.has_left]
    return _summary(actor, one, names)


def _summary(actor: Actor, one: Agreement, names: list[str]) -> AgreementSummary:
    state = state_on(term_of(one), timezone.localdate(actor.at))
    return AgreementSummary(
        ref=one.ref,
        title=one.title,
        standing=standing(one, timezone.localdate(actor.at)),
        parties=tuple(sorted(names, key=sort_key)),
        valid_from=one.valid_from,
        ends_on=ends_on(one),
        state=state,
        state_label=str(AGREEMENT.state(state).label),
        tone=TONES[state],
    )


def annex_codes(actor: Actor, one: Agreement) -> list[str]:
    """The municipalities that have an annex of their own."""
    return content_of(actor, one).codes


def ends_on(one: Agreement) -> date | None:
    """The first day on which it no longer holds: by its term, by notice or by its successor."""
    return min(
        (day for day in (one.valid_to, one.terminated_on, one.renewed_on) if day), default=None
    )


def standing(one: Agreement, day: date) -> Standing:
    end = ends_on(one)
    if end is not None and end <= day:
        return Standing.ENDED
    if one.signed_on is None or one.signed_on > day:
        return Standing.UNSIGNED
    if one.valid_from > day:
        return Standing.COMING
    if end is not None and end - day <= ENDS_SOON:
        return Standing.ENDS_SOON
    return Standing.IN_FORCE


def parties(actor: Actor, one: Agreement) -> list[PartyLine]:
    found = (
        AgreementParty.objects.visible_to(actor)
        .filter(agreement=one)
        .select_related("organisation", "signatory")
    )
    day = timezone.localdate(actor.at)
    lines = [
        PartyLine(
            name=each.organisation.name,
            is_own=each.organisation_id == actor.party_id,
            left_on=each.left_on,
            ref=each.organisation.ref,
            signatory=each.signatory.title if each.signatory else "",
            has_left=each.left_on is not None and each.left_on <= day,
            left_reason=each.left_reason,
        )
        for each in found
    ]
    return sorted(lines, key=lambda line: sort_key(line.name))


def clauses(actor: Actor, one: Agreement) -> list[ClauseLine]:
    """The agreement's clauses as sentences, those that concern the own party first."""
    day = timezone.localdate(actor.at)
    is_in_force = standing(one, day) in (Standing.IN_FORCE, Standing.ENDS_SOON)
    present = _present_parties(actor, one, day)
    found = (
        SharingClause.objects.visible_to(actor)
        .filter(agreement=one)
        .select_related("from_organisation", "to_organisation")
    )
    places = _places(actor, one)
    lines = [
        _clause_line(each, actor, day, is_in_force, present, places.get(each.pk, []))
        for each in found
    ]
    return sorted(lines, key=lambda line: (not line.concerns_own_party, sort_key(line.sentence)))


def agreements_matching(actor: Actor, query: str, limit: int) -> list[Agreement]:
    wanted = search_key(query)
    return [
        each
        for each in Agreement.objects.visible_to(actor)
        if wanted in search_key(f"{each.title} {each.reference_number}")
    ][:limit]


def _present_parties(actor: Actor, one: Agreement, day: date) -> frozenset[int]:
    return frozenset(
        AgreementParty.objects.visible_to(actor)
        .present_on(day)
        .filter(agreement=one)
        .values_list("organisation_id", flat=True)
    )


def _places(actor: Actor, one: Agreement) -> dict[int, list[str]]:
    """The municipalities that each clause is limited to."""
    places: dict[int, list[str]] = {}
    found = (
        SharingClause.objects.visible_to(actor)
        .filter(agreement=one, municipalities__isnull=False)
        .order_by("municipalities__sort_key")
    )
    for clause_id, name in found.values_list("pk", "municipalities__name"):
        places.setdefault(clause_id, []).append(name)
    return places


def _clause_line(
    clause: SharingClause,
    actor: Actor,
    day: date,
    is_in_force: bool,
    present: frozenset[int],
    places: list[str],
) -> ClauseLine:
    both_present = {clause.from_organisation_id, clause.to_organisation_id} <= present
    is_revoked = clause.revoked_on is not None and clause.revoked_on <= day
    return ClauseLine(
        ref=clause.ref,
        sentence=clause_sentence(
            clause.from_organisation.name,
            clause.to_organisation.name,
            Information(clause.information),
            Detail(clause.detail),
            places,
        ),
        is_open=is_in_force and both_present and not is_revoked,
        concerns_own_party=actor.party_id
        in (clause.from_organisation_id, clause.to_organisation_id),
        why_not=_why_not(clause, is_in_force, both_present, is_revoked),
        agreed_on=clause.agreed_on,
        may_revoke=_may_revoke(actor, clause, is_revoked),
    )


def _may_revoke(actor: Actor, clause: SharingClause, is_revoked: bool) -> bool:
    """The one that gives may stop giving, whoever writes agreements there."""
    writes = actor.may(Capability.AGREEMENTS_WRITE)
    return writes and not is_revoked and actor.party_id == clause.from_organisation_id


def _why_not(clause: SharingClause, is_in_force: bool, both_present: bool, is_revoked: bool) -> str:
    if not is_in_force:
        return _("the agreement is not in force")
    if is_revoked and clause.revoked_on is not None:
        return _("revoked %(day)s") % {"day": clause.revoked_on.isoformat()}
    if not both_present:
        return _("one of the parties has left")
    return ""

"""An agreement's whole content at one version: what the paper shows and what the hash is of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from samverkan.platform.access.actor import Actor

from .models import Agreement, AgreementParty, AgreementVersion, Commitment, SharingClause
from .template import FRAME, text_key


@dataclass(frozen=True)
class PartyContent:
    name: str
    municipality_code: str
    municipality_name: str


@dataclass(frozen=True)
class CommitmentContent:
    municipality_code: str
    title: str
    goal: str
    indicator: str
    responsible: str
    due_on: str


@dataclass(frozen=True)
class ClauseContent:
    """Names and codes; the sentence is made where it is shown."""

    giver: str
    receiver: str
    information: str
    detail: str
    municipalities: tuple[str, ...]


@dataclass(frozen=True)
class AgreementContent:
    """`texts` by "part:section"; days in ISO form; everything that the parties agree on."""

    ref: str
    version: int
    title: str
    reference_number: str
    valid_from: str
    valid_to: str
    parties: tuple[PartyContent, ...]
    texts: Mapping[str, str]
    commitments: tuple[CommitmentContent, ...]
    clauses: tuple[ClauseContent, ...]

    @property
    def codes(self) -> list[str]:
        return sorted(p.municipality_code for p in self.parties if p.municipality_code)

    def place(self, code: str) -> str:
        return next((p.municipality_name for p in self.parties if p.municipality_code == code), "")


def content_sha256(content: AgreementContent) -> str:
    """The hash of what is agreed, independent of layout: it stands at the foot of each page."""
    text = json.dumps(asdict(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(
    actor: Actor, agreement: Agreement, version: AgreementVersion | None = None
) -> AgreementContent:
    """The content of the version, the latest unless said."""
    if version is None:
        version = AgreementVersion.objects.visible_to(actor).filter(agreement=agreement).first()
    texts = dict(version.texts) if version else _texts_without_version(agreement)
    return AgreementContent(
        ref=agreement.ref,
        version=version.number if version else 1,
        title=agreement.title,
        reference_number=agreement.reference_number,
        valid_from=agreement.valid_from.isoformat(),
        valid_to=agreement.valid_to.isoformat() if agreement.valid_to else "",
        parties=_parties(actor, agreement),
        texts=texts,
        commitments=_commitments(actor, agreement),
        clauses=_clauses(actor, agreement),
    )


def _texts_without_version(agreement: Agreement) -> dict[str, str]:
    """An agreement from before there were versions has the law's minimum and nothing else."""
    return {
        text_key(FRAME, "purposes"): agreement.purposes,
        text_key(FRAME, "areas"): agreement.areas,
    }


def _parties(actor: Actor, agreement: Agreement) -> tuple[PartyContent, ...]:
    rows = (
        AgreementParty.objects.visible_to(actor)
        .filter(agreement=agreement, left_on__isnull=True)
        .select_related("organisation__municipality")
        .order_by("pk")
    )
    return tuple(
        PartyContent(
            name=row.organisation.name,
            municipality_code=_code(row.organisation),
            municipality_name=row.organisation.municipality.name if _code(row.organisation) else "",
        )
        for row in rows
    )


def _code(organisation: object) -> str:
    """The municipality's code when the party is its own administration."""
    kind = getattr(organisation, "kind", "")
    place = getattr(organisation, "municipality", None)
    return place.code if kind == "municipal_administration" and place is not None else ""


def _commitments(actor: Actor, agreement: Agreement) -> tuple[CommitmentContent, ...]:
    rows = (
        Commitment.objects.visible_to(actor)
        .filter(agreement=agreement)
        .select_related("municipality", "responsible")
        .order_by("pk")
    )
    return tuple(
        CommitmentContent(
            municipality_code=row.municipality.code if row.municipality else "",
            title=row.title,
            goal=row.goal,
            indicator=row.indicator,
            responsible=row.responsible.title,
            due_on=row.due_on.isoformat(),
        )
        for row in rows
    )


def _clauses(actor: Actor, agreement: Agreement) -> tuple[ClauseContent, ...]:
    rows = (
        SharingClause.objects.visible_to(actor)
        .filter(agreement=agreement, revoked_on__isnull=True)
        .select_related("from_organisation", "to_organisation")
        .order_by("pk")
    )
    places = _places(actor, agreement)
    return tuple(
        ClauseContent(
            giver=row.from_organisation.name,
            receiver=row.to_organisation.name,
            information=row.information,
            detail=row.detail,
            municipalities=tuple(places.get(row.pk, ())),
        )
        for row in rows
    )


def _places(actor: Actor, agreement: Agreement) -> dict[int, list[str]]:
    """The municipalities that each clause is limited to."""
    rows = SharingClause.objects.visible_to(actor).filter(
        agreement=agreement, municipalities__isnull=False
    )
    places: dict[int, list[str]] = {}
    for pk, name in rows.values_list("pk", "municipalities__name").order_by("pk"):
        places.setdefault(pk, []).append(name)
    return places

"""Send the exact document for signature, sign it, take it back, and keep what was signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.documents.plain_text import clean
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from ..content import AgreementContent, content_of, content_sha256
from ..lives import AGREEMENT
from ..models import Agreement, AgreementParty, KeptDocument, Signature
from ..paper import paper_of
from ..rules import unsigned, valid_strokes
from ..storage import holds, keep, read_verified
from ..template import LAW, lacking
from .common import locked, own_party, present_parties, take_step


class IncompleteError(RuntimeError):
    """The law's minimum is not written, or there is nobody to sign with."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(", ".join(keys))
        self.keys = tuple(keys)


class CannotSignError(RuntimeError):
    """Not out for signature, signed already by the party, or another document than the one read."""


@dataclass(frozen=True)
class NameSigned:
    """How a function signs: `strokes` for a drawn name, `reference` for an e-signature."""

    method: str
    name: str
    strokes: list[list[list[int]]] | None = None
    reference: str = ""


@transaction.atomic
def send_for_signature(actor: Actor, ref: str) -> KeptDocument:
    """Freeze the latest version as a PDF: that, and nothing else, is what the parties sign."""
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    AGREEMENT.transition(agreement.state, "send")
    content = content_of(actor, agreement)
    missing = lacking(content.texts, content.codes, LAW)
    ended = agreement.valid_to is not None and agreement.valid_to <= timezone.localdate(actor.at)
    if ended:
        missing = [*missing, "valid_to"]
    if missing or len(present_parties(actor, agreement)) < 2:
        raise IncompleteError(missing)
    if agreement.shared_at is None:
        agreement.shared_at = actor.at
        agreement.save(update_fields=["shared_at"])
    document = _keep(actor, agreement, content, KeptDocument.Kind.TO_SIGN, ())
    take_step(
        actor,
        agreement,
        "send",
        lambda _guard: True,
        version=content.version,
        sha256=document.sha256,
    )
    return document


@transaction.atomic
def sign_agreement(actor: Actor, ref: str, document_ref: str, signed: NameSigned) -> Signature:
    """Sign for the actor's party. The last signature makes the agreement signed."""
    require(actor, Capability.AGREEMENTS_SIGN)
    agreement = locked(actor, ref)
    document = document_to_sign(actor, agreement)
    if agreement.state != "for_signature" or document is None or document.ref != document_ref:
        raise CannotSignError
    done = _signed_parties(actor, document)
    if actor.party_id is None or actor.party_id in done or not signs_for_party(actor, agreement):
        raise CannotSignError
    read_verified(document)
    made = _signature(actor, agreement, document, _checked(signed))
    record(
        actor,
        "agreement.signed",
        "agreement",
        agreement.ref,
        details={"sha256": document.sha256, "method": made.method, "signature": made.ref},
    )
    if not unsigned(present_parties(actor, agreement), done | {actor.party_id}):
        _complete(actor, agreement, document)
    return made


@transaction.atomic
def take_back(actor: Actor, ref: str, reason: str) -> Agreement:
    """Open the text for changes again: signatures so far are void, and it says so."""
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    words = clean(reason).strip()
    if not words:
        raise ValidationError({"reason": _("Write why the text is opened again.")})
    rows = Signature.objects.visible_to(actor).filter(agreement=agreement, voided_at__isnull=True)
    voided = rows.update(voided_at=actor.at, void_reason=words[:300])
    take_step(actor, agreement, "take_back", lambda _guard: True, reason=words, voided=voided)
    return agreement


def signs_for_party(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor's function is the one chosen to sign for its party, or none is chosen."""
    chosen = (
        AgreementParty.objects.visible_to(actor)
        .filter(agreement=agreement, organisation_id=actor.party_id, signatory__isnull=False)
        .values_list("signatory__ref", flat=True)
        .first()
    )
    return chosen is None or chosen == actor.function_ref


def document_to_sign(actor: Actor, agreement: Agreement) -> KeptDocument | None:
    """The document that is out for signature now: the newest of its kind."""
    found: KeptDocument | None = (
        KeptDocument.objects.visible_to(actor)
        .filter(agreement=agreement, kind=KeptDocument.Kind.TO_SIGN)
        .first()
    )
    return found


def _complete(actor: Actor, agreement: Agreement, document: KeptDocument) -> None:
    """Everybody has signed: keep the copy that shows the signatures, end what it renews."""
    signatures = tuple(
        Signature.objects.visible_to(actor).filter(document=document, voided_at__isnull=True)
    )
    content = content_of(actor, agreement)
    copy = _keep(actor, agreement, content, KeptDocument.Kind.SIGNED, signatures, document)
    agreement.signed_on = timezone.localdate(actor.at)
    agreement.save(update_fields=["signed_on"])
    take_step(actor, agreement, "complete", lambda _guard: True, sha256=copy.sha256)
    if agreement.renews_id is not None:
        old = Agreement.objects.for_system("its successor is signed").get(pk=agreement.renews_id)
        old.renewed_on = max(agreement.valid_from, agreement.signed_on)
        old.save(update_fields=["renewed_on"])
        record(actor, "agreement.succeeded", "agreement", old.ref, details={"by": agreement.ref})


def _keep(
    actor: Actor,
    agreement: Agreement,
    content: AgreementContent,
    kind: KeptDocument.Kind,
    signatures: Sequence[Signature],
    signed: KeptDocument | None = None,
) -> KeptDocument:
    from samverkan.documents.pdf import pdf_of

    pdf = pdf_of(paper_of(content, signatures, signed), made_at=int(actor.at.timestamp()))
    document: KeptDocument = KeptDocument.objects.create(
        agreement=agreement,
        kind=kind,
        version_number=content.version,
        content_sha256=content_sha256(content),
        sha256=keep(pdf),
        size_bytes=len(pdf),
        made_at=actor.at,
    )
    return document


def _signed_parties(actor: Actor, document: KeptDocument) -> set[int]:
    rows = Signature.objects.visible_to(actor).filter(document=document, voided_at__isnull=True)
    return set(rows.values_list("party_id", flat=True))


def _signature(
    actor: Actor, agreement: Agreement, document: KeptDocument, signed: NameSigned
) -> Signature:
    made: Signature = Signature.objects.create(
        agreement=agreement,
        document=document,
        party_id=own_party(actor),
        function_ref=actor.function_ref,
        function_title=actor.function_title,
        on_behalf_of=actor.on_behalf_of,
        signer_name=signed.name,
        method=signed.method,
        strokes=signed.strokes or [],
        reference=signed.reference,
        signed_at=actor.at,
        document_sha256=document.sha256,
    )
    return made


def _checked(signed: NameSigned) -> NameSigned:
    """The same, clean and whole; ValidationError at the field that is not."""
    name, reference = clean(signed.name).strip()[:160], clean(signed.reference).strip()[:200]
    if not name:
        raise ValidationError({"name": _("Write your name.")})
    strokes = None
    if signed.method == Signature.Method.DRAWN:
        strokes = valid_strokes(signed.strokes)
        if strokes is None:
            raise ValidationError({"drawing": _("Draw your name, or choose another way to sign.")})
    elif signed.method == Signature.Method.REFERENCE and not reference:
        raise ValidationError({"reference": _("Write the reference of the e-signature.")})
    elif signed.method not in Signature.Method.values:
        raise ValidationError({"method": _("Choose how you sign.")})
    return NameSigned(signed.method, name, strokes, reference)


@dataclass(frozen=True)
class DocumentVerdict:
    """Whether one kept document is still what it was, and what it is."""

    agreement_title: str
    agreement_ref: str
    kind: str
    sha256: str
    holds: bool
    signatures: int


def verify_documents(actor: Actor) -> list[DocumentVerdict]:
    """Compare every kept document with its hash, and every signature with its document."""
    counted: dict[int, int] = {}
    mismatched: set[int] = set()
    rows = Signature.objects.visible_to(actor).select_related("document")
    for signature in rows:
        counted[signature.document_id] = counted.get(signature.document_id, 0) + 1
        if signature.document_sha256 != signature.document.sha256:
            mismatched.add(signature.document_id)
    documents = KeptDocument.objects.visible_to(actor).select_related("agreement")
    return [
        DocumentVerdict(
            agreement_title=each.agreement.title,
            agreement_ref=each.agreement.ref,
            kind=each.kind,
            sha256=each.sha256,
            holds=holds(each) and each.pk not in mismatched,
            signatures=counted.get(each.pk, 0),
        )
        for each in documents
    ]


def signers_left(actor: Actor, agreement: Agreement) -> list[str]:
    """Names of the parties whose signature is awaited, in no order."""
    document = document_to_sign(actor, agreement)
    done = _signed_parties(actor, document) if document else set()
    left = unsigned(present_parties(actor, agreement), done)
    rows = AgreementParty.objects.visible_to(actor).filter(agreement=agreement)
    return list(rows.filter(organisation_id__in=left).values_list("organisation__name", flat=True))

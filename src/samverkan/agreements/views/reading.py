"""Agreements to read: how it stands, what it says, what is shared, what has happened."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from .. import pages, reading
from ..content import content_of
from ..models import KeptDocument
from ..paper import paper_of
from ..storage import ChangedDocumentError, read_verified
from .common import agreement_or_404

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@requires(Capability.AGREEMENTS_READ)
def agreement_list(request: ActorRequest) -> HttpResponse:
    found = pages.agreements(request.actor)
    context = {
        "agreements": found,
        "in_force": sum(each.is_in_force for each in found),
        "may_write": request.actor.may(Capability.AGREEMENTS_WRITE),
    }
    return render(request, "agreements/agreement_list.html", context)


@require_GET
@requires(Capability.AGREEMENTS_READ)
def agreement_detail(request: ActorRequest, ref: str) -> HttpResponse:
    actor = request.actor
    found = agreement_or_404(request, ref)
    clauses = pages.clauses(actor, found)
    context = {
        "agreement": found,
        "summary": pages.summary(actor, found),
        "parties": pages.parties(actor, found),
        "own_clauses": [clause for clause in clauses if clause.concerns_own_party],
        "other_clauses": [clause for clause in clauses if not clause.concerns_own_party],
        "parts": reading.parts(actor, found),
        "lacking": reading.lacking_words(actor, found),
        "commitments": reading.commitments(actor, found),
        "signing": reading.signing(actor, found),
        "doors": reading.doors(actor, found),
        "version": reading.latest_number(actor, found),
        "open_comments": reading.open_comments(actor, found),
        "open_proposals": reading.open_proposals(actor, found),
        "renewal": reading.renewal_words(actor, found),
    }
    return render(request, "agreements/agreement_detail.html", context)


@require_GET
@requires(Capability.AGREEMENTS_READ)
def history(request: ActorRequest, ref: str) -> HttpResponse:
    found = agreement_or_404(request, ref)
    context = {
        "agreement": found,
        "versions": reading.versions(request.actor, found),
        "events": reading.events(request.actor, found),
        "signatures": reading.all_signatures(request.actor, found),
        "may_write": reading.doors(request.actor, found).write,
    }
    return render(request, "agreements/history.html", context)


@require_GET
@requires(Capability.AGREEMENTS_READ)
def changes(request: ActorRequest, ref: str, number: int) -> HttpResponse:
    """What a version changed against the one before, or against the one that is asked for."""
    found = agreement_or_404(request, ref)
    asked = request.GET.get("mot", "")
    against = int(asked) if asked.isdecimal() and len(asked) < 6 else number - 1
    differing = reading.changes(request.actor, found, number, against)
    if differing is None:
        raise Http404
    context = {"agreement": found, "number": number, "against": against, "parts": differing}
    return render(request, "agreements/changes.html", context)


@require_GET
@requires(Capability.AGREEMENTS_READ)
def download(request: ActorRequest, ref: str, kind: str) -> HttpResponse:
    """The latest text as a file. The signed document is another thing: see `document`."""
    found = agreement_or_404(request, ref)
    if kind not in {"pdf", "docx"}:
        raise Http404
    content = content_of(request.actor, found)
    paper = paper_of(content, is_draft=found.state == "draft")
    if kind == "docx":
        from samverkan.documents.word import word_of

        return _file(word_of(paper), f"avtal-{found.ref}-v{content.version}.docx", WORD)
    from samverkan.documents.pdf import pdf_of

    made = pdf_of(paper, made_at=int(request.actor.at.timestamp()))
    return _file(made, f"avtal-{found.ref}-v{content.version}.pdf", PDF)


@require_GET
@requires(Capability.AGREEMENTS_READ)
def document(request: ActorRequest, ref: str, document_ref: str) -> HttpResponse:
    """A kept document, byte for byte, after its hash has been compared."""
    found = agreement_or_404(request, ref)
    kept = (
        KeptDocument.objects.visible_to(request.actor)
        .filter(agreement=found, ref=document_ref)
        .first()
    )
    if kept is None:
        raise Http404
    try:
        content = read_verified(kept)
    except ChangedDocumentError:
        words = _("The kept document is no longer what was signed. Tell whoever runs the system.")
        context = {"agreement": found, "words": words, "kept": kept}
        return render(request, "agreements/broken_document.html", context, status=409)
    return _file(content, f"avtal-{found.ref}-{kept.kind}-v{kept.version_number}.pdf", PDF)


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

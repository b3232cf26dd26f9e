"""What is shared, clause by clause: propose, agree, say no, revoke."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.design.fields import show_errors

from .. import pages, proposals, reading
from ..forms.sharing import ClauseForm
from ..models import ClauseProposal, SharingClause
from ..services import sharing
from .common import agreement_or_404


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_READ)
def index(request: ActorRequest, ref: str) -> HttpResponse:
    actor = request.actor
    found = agreement_or_404(request, ref)
    may_propose = reading.doors(actor, found).sharing
    form = ClauseForm(
        request.POST if request.method == "POST" else None,
        parties=proposals.party_choices(actor, found),
        places=proposals.place_choices(actor, found),
    )
    if request.method == "POST" and not may_propose:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            made = sharing.propose_clause(actor, ref, form.wanted())
        except ValidationError as error:
            show_errors(form, error)
        except sharing.NotOpenError:
            form.add_error(None, _("The agreement cannot get new clauses now."))
        else:
            is_draft = isinstance(made, SharingClause)
            messages.success(
                request,
                _("The clause is in the draft.")
                if is_draft
                else _("The other end can answer now."),
            )
            return redirect("agreements:sharing", ref)
    context = {
        "agreement": found,
        "clauses": pages.clauses(actor, found),
        "open": proposals.open_ones(actor, found),
        "answered": proposals.answered(actor, found),
        "form": form if may_propose else None,
        "is_draft": found.state == "draft",
    }
    return render(request, "agreements/sharing.html", context)


@require_POST
@requires(Capability.AGREEMENTS_WRITE)
def accept(request: ActorRequest, ref: str, proposal_ref: str) -> HttpResponse:
    agreement_or_404(request, ref)
    try:
        clause = sharing.accept_clause(request.actor, ref, proposal_ref)
    except ClauseProposal.DoesNotExist as error:
        raise Http404 from error
    except sharing.NotOpenError:
        messages.error(request, _("The proposal is answered already."))
    else:
        words = _("The clause holds from now.") if clause else _("Your yes is noted.")
        messages.success(request, words)
    return redirect("agreements:sharing", ref)


@require_POST
@requires(Capability.AGREEMENTS_WRITE)
def decline(request: ActorRequest, ref: str, proposal_ref: str) -> HttpResponse:
    agreement_or_404(request, ref)
    try:
        sharing.decline_clause(request.actor, ref, proposal_ref, request.POST.get("answer", ""))
    except ClauseProposal.DoesNotExist as error:
        raise Http404 from error
    except sharing.NotOpenError:
        messages.error(request, _("The proposal is answered already."))
    else:
        messages.success(request, _("The proposal is closed. Nothing is shared by it."))
    return redirect("agreements:sharing", ref)


@require_POST
@requires(Capability.AGREEMENTS_WRITE)
def revoke(request: ActorRequest, ref: str, clause_ref: str) -> HttpResponse:
    agreement_or_404(request, ref)
    try:
        sharing.revoke_clause(request.actor, ref, clause_ref, request.POST.get("reason", ""))
    except SharingClause.DoesNotExist as error:
        raise Http404 from error
    except sharing.NotOpenError:
        messages.error(request, _("The text is out for signature. Open it for changes first."))
    else:
        messages.success(request, _("Revoked. Nothing comes through it from now."))
    return redirect("agreements:sharing", ref)

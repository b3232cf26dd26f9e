"""A draft's parties and who signs for each; and how a party leaves an agreement that holds."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.design.fields import show_errors

from .. import party_pages, reading
from ..forms.parties import AddPartyForm, LeaveForm
from ..models import Agreement
from ..services import parties as services
from .common import agreement_or_404


@require_GET
@requires(Capability.AGREEMENTS_WRITE)
def index(request: ActorRequest, ref: str) -> HttpResponse:
    return _page(request, _draft_or_404(request, ref))


@require_POST
@requires(Capability.AGREEMENTS_WRITE)
def add(request: ActorRequest, ref: str) -> HttpResponse:
    found = _draft_or_404(request, ref)
    form = AddPartyForm(request.POST, parties=party_pages.others(request.actor, found))
    if not form.is_valid():
        return _page(request, found, form)
    try:
        services.add_party(request.actor, ref, form.cleaned_data["party"])
    except ValidationError as error:
        show_errors(form, error)
        return _page(request, found, form)
    messages.success(request, _("The party is in the draft."))
    return redirect("agreements:parties", ref)


@require_POST
@requires(Capability.AGREEMENTS_WRITE)
def remove(request: ActorRequest, ref: str, party_ref: str) -> HttpResponse:
    _draft_or_404(request, ref)
    return _done(
        request,
        ref,
        lambda: services.remove_party(request.actor, ref, party_ref),
        _("The party is out of the draft."),
    )


@require_POST
@requires(Capability.AGREEMENTS_WRITE)
def signatory(request: ActorRequest, ref: str, party_ref: str) -> HttpResponse:
    found = _draft_or_404(request, ref)
    form = party_pages.signatory_form(request.actor, found, party_ref, request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["signatory"])))
        return redirect("agreements:parties", ref)
    chosen = form.cleaned_data["signatory"]
    return _done(
        request,
        ref,
        lambda: services.choose_signatory(request.actor, ref, party_ref, chosen),
        _("Saved."),
    )


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_SIGN)
def leave(request: ActorRequest, ref: str) -> HttpResponse:
    found = agreement_or_404(request, ref)
    if not reading.doors(request.actor, found).leave:
        raise Http404
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            services.leave_agreement(request.actor, ref, answers["left_on"], answers["reason"])
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("It is noted that your organisation leaves."))
            return redirect("agreements:agreement", ref)
    clauses = party_pages.clauses_that_close(request.actor, found)
    context = {"agreement": found, "form": form, "clauses": clauses}
    return render(request, "agreements/leave.html", context)


def _done(request: ActorRequest, ref: str, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except services.NoSuchPartyError as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, words)
    return redirect("agreements:parties", ref)


def _page(
    request: ActorRequest, found: Agreement, form: AddPartyForm | None = None
) -> HttpResponse:
    others = party_pages.others(request.actor, found)
    context = {
        "agreement": found,
        "lines": party_pages.lines(request.actor, found),
        "form": form or AddPartyForm(parties=others),
        "has_others": bool(others),
    }
    return render(request, "agreements/parties.html", context)


def _draft_or_404(request: ActorRequest, ref: str) -> Agreement:
    found = agreement_or_404(request, ref)
    if not reading.doors(request.actor, found).parties:
        raise Http404
    return found

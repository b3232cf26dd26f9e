"""Send for signature, sign, open again, give notice."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.design.fields import show_errors
from samverkan.platform.states import IllegalTransitionError

from .. import pages, reading
from ..forms.signing import NoticeForm, ReasonForm, SignForm
from ..rules import HEIGHT, WIDTH
from ..services import life, signing
from ..storage import ChangedDocumentError
from .common import agreement_or_404


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_WRITE)
def send(request: ActorRequest, ref: str) -> HttpResponse:
    found = agreement_or_404(request, ref)
    lacking = reading.lacking_words(request.actor, found)
    missing: list[str] = []
    if request.method == "POST":
        try:
            signing.send_for_signature(request.actor, ref)
        except IllegalTransitionError:
            messages.error(request, _("Only a draft can be sent for signature."))
            return redirect("agreements:agreement", ref)
        except signing.IncompleteError as error:
            missing = [_missing_words(request, ref, key) for key in error.keys] or [
                _("An agreement needs at least one other party.")
            ]
        else:
            messages.success(request, _("The document is made. The parties can sign it now."))
            return redirect("agreements:agreement", ref)
    if not reading.doors(request.actor, found).send:
        raise Http404
    context = {
        "agreement": found,
        "lacking": lacking,
        "missing": missing,
        "version": reading.latest_number(request.actor, found),
        "parties": pages.parties(request.actor, found),
        "open_comments": reading.open_comments(request.actor, found),
    }
    return render(request, "agreements/send.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_SIGN)
def sign(request: ActorRequest, ref: str) -> HttpResponse:
    actor = request.actor
    found = agreement_or_404(request, ref)
    document = signing.document_to_sign(actor, found)
    if document is None or not reading.doors(actor, found).sign:
        raise Http404
    initial = {"name": actor.user_label, "document": document.ref, "method": "typed"}
    form = SignForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            signing.sign_agreement(actor, ref, form.cleaned_data["document"], form.signed())
        except signing.CannotSignError:
            form.add_error(None, _("Another document is out for signature now. Read that one."))
        except ChangedDocumentError:
            form.add_error(
                None, _("The document is no longer what was made. Tell whoever runs the system.")
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("You have signed for %(party)s.") % _party(request))
            return redirect("agreements:agreement", ref)
    context = {
        "agreement": found,
        "form": form,
        "document": document,
        "party": actor.party_name,
        "width": WIDTH,
        "height": HEIGHT,
    }
    return render(request, "agreements/sign.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_WRITE)
def take_back(request: ActorRequest, ref: str) -> HttpResponse:
    found = agreement_or_404(request, ref)
    if not reading.doors(request.actor, found).take_back:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            signing.take_back(request.actor, ref, form.cleaned_data["reason"])
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("The text is open for changes. No signature holds."))
            return redirect("agreements:agreement", ref)
    signatures = reading.signing(request.actor, found).signatures
    context = {"agreement": found, "form": form, "signatures": signatures}
    return render(request, "agreements/take_back.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_SIGN)
def give_notice(request: ActorRequest, ref: str) -> HttpResponse:
    found = agreement_or_404(request, ref)
    if not reading.doors(request.actor, found).give_notice:
        raise Http404
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            life.give_notice(request.actor, ref, answers["ends_on"], answers["reason"])
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Notice is given."))
            return redirect("agreements:agreement", ref)
    return render(request, "agreements/notice.html", {"agreement": found, "form": form})


def _party(request: ActorRequest) -> dict[str, str]:
    return {"party": request.actor.party_name}


def _missing_words(request: ActorRequest, ref: str, key: str) -> str:
    if key == "valid_to":
        return _("The last day has passed already.")
    return reading.key_title(request.actor, agreement_or_404(request, ref), key)

"""Agreements written: begun, edited section by section, shared, commented, discarded."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverkan.documents.differences import differences
from samverkan.organisations.parties import parties
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.design.fields import show_errors
from samverkan.platform.months import months_after
from samverkan.platform.states import IllegalTransitionError

from .. import pages, reading
from ..forms.writing import (
    AnswerForm,
    CommentForm,
    FactsForm,
    NewAgreementForm,
    RenewalForm,
    SectionForm,
)
from ..models import Agreement, AgreementVersion, SectionComment
from ..rules import Collision
from ..services import writing
from ..template import agreement_template, text_key
from .common import agreement_or_404, section_or_404

YEARS = 4


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_WRITE)
def new(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    others = [(each.ref, each.name) for each in parties(actor) if each.pk != actor.party_id]
    today = timezone.localdate(actor.at)
    initial = {
        "title": _("Cooperation agreement on local crime prevention"),
        "valid_from": today.replace(year=today.year + 1, month=1, day=1),
        "valid_to": today.replace(year=today.year + 1 + YEARS, month=1, day=1),
    }
    form = NewAgreementForm(
        request.POST if request.method == "POST" else None, parties=others, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = writing.begin_agreement(actor, form.beginning())
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("The draft is begun from the template."))
            return redirect("agreements:agreement", made.ref)
    template = agreement_template()
    return render(request, "agreements/new.html", {"form": form, "template": template})


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_WRITE)
def facts(request: ActorRequest, ref: str) -> HttpResponse:
    found = _draft_or_404(request, ref)
    initial = {
        "title": found.title,
        "valid_from": found.valid_from,
        "valid_to": found.valid_to,
        "reference_number": found.reference_number,
    }
    form = FactsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            writing.edit_frame_facts(request.actor, ref, form.beginning())
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("agreements:agreement", ref)
    return render(request, "agreements/facts.html", {"agreement": found, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_READ)
def section(request: ActorRequest, ref: str, part: str, key: str) -> HttpResponse:
    """One section: its text to write in a draft, and what the parties say about it."""
    found = agreement_or_404(request, ref)
    title = section_or_404(request, found, part, key)
    latest = reading.latest_version(request.actor, found)
    doors = reading.doors(request.actor, found)
    whole = text_key(part, key)
    initial = {
        "text": latest.texts.get(whole, "") if latest else "",
        "based_on": latest.number if latest else 1,
    }
    form = SectionForm(request.POST if request.method == "POST" else None, initial=initial)
    collision = None
    if request.method == "POST":
        if not doors.write:
            raise PermissionDenied
        if form.is_valid():
            saved = _save(request, ref, whole, form)
            if isinstance(saved, AgreementVersion):
                words = _("Saved as version %(number)d.") % {"number": saved.number}
                messages.success(request, words)
                return redirect("agreements:agreement", ref)
            if isinstance(saved, Collision):
                collision = saved
                form = SectionForm(initial={"text": saved.mine, "based_on": saved.latest_number})
    return _section_page(request, found, title, part, key, form, collision, CommentForm())


def _save(
    request: ActorRequest, ref: str, whole: str, form: SectionForm
) -> AgreementVersion | Collision | None:
    answers = form.cleaned_data
    try:
        return writing.edit_section(
            request.actor, ref, whole, answers["text"], based_on=answers["based_on"]
        )
    except AgreementVersion.DoesNotExist as error:
        raise Http404 from error
    except writing.NotADraftError:
        form.add_error(None, _("The text is out for signature. Open it for changes first."))
    except ValidationError as error:
        show_errors(form, error)
    return None


def _section_page(
    request: ActorRequest,
    found: Agreement,
    title: str,
    part: str,
    key: str,
    form: SectionForm,
    collision: Collision | None,
    comment_form: CommentForm,
) -> HttpResponse:
    whole = text_key(part, key)
    view = next(
        (
            each
            for one in reading.parts(request.actor, found)
            if one.part == part
            for each in one.sections
            if each.key == key
        ),
        None,
    )
    template_section = agreement_template().section(part, key)
    context = {
        "agreement": found,
        "title": title,
        "full_title": reading.key_title(request.actor, found, whole),
        "part": part,
        "key": key,
        "help": template_section.help_text if template_section else "",
        "demanded_by": template_section.demanded_by if template_section else "",
        "view": view,
        "form": form,
        "collision": collision,
        "changes": differences(collision.theirs, collision.mine) if collision else [],
        "comments": reading.comments(request.actor, found, whole),
        "comment_form": comment_form,
        "answer_form": AnswerForm(),
        "doors": reading.doors(request.actor, found),
    }
    return render(request, "agreements/section.html", context)


@require_POST
@requires(Capability.AGREEMENTS_READ)
def comment(request: ActorRequest, ref: str, part: str, key: str) -> HttpResponse:
    found = agreement_or_404(request, ref)
    title = section_or_404(request, found, part, key)
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            writing.comment(request.actor, ref, text_key(part, key), form.cleaned_data["comment"])
        except ValidationError as error:
            show_errors(form, error)
        except writing.NotADraftError:
            form.add_error(None, _("The agreement is signed. It is no longer commented on."))
        else:
            messages.success(request, _("The comment is there for all parties."))
            return redirect("agreements:section", ref, part, key)
    latest = reading.latest_version(request.actor, found)
    start = latest.texts.get(text_key(part, key), "") if latest else ""
    writing_form = SectionForm(initial={"text": start, "based_on": latest.number if latest else 1})
    return _section_page(request, found, title, part, key, writing_form, None, form)


@require_POST
@requires(Capability.AGREEMENTS_WRITE)
def answer(request: ActorRequest, ref: str, comment_ref: str) -> HttpResponse:
    agreement_or_404(request, ref)
    try:
        answered = writing.answer_comment(
            request.actor, ref, comment_ref, request.POST.get("answer", "")
        )
    except SectionComment.DoesNotExist as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("agreements:agreement", ref)
    part, _separator, key = answered.key.partition(":")
    return redirect("agreements:section", ref, part, key)


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_WRITE)
def share(request: ActorRequest, ref: str) -> HttpResponse:
    """Asks first: a draft that leaves its author becomes a public document."""
    found = _draft_or_404(request, ref)
    if request.method == "POST":
        writing.share_agreement(request.actor, ref)
        messages.success(request, _("The other parties can read, comment and write now."))
        return redirect("agreements:agreement", ref)
    context = {"agreement": found, "parties": pages.parties(request.actor, found)}
    return render(request, "agreements/share.html", context)


@require_POST
@requires(Capability.AGREEMENTS_WRITE)
def discard(request: ActorRequest, ref: str) -> HttpResponse:
    agreement_or_404(request, ref)
    try:
        writing.discard_draft(request.actor, ref)
    except IllegalTransitionError:
        messages.error(request, _("Only a draft can be discarded."))
    else:
        messages.success(request, _("The draft is discarded. Its history is kept."))
    return redirect("agreements:agreement", ref)


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_WRITE)
def renew(request: ActorRequest, ref: str) -> HttpResponse:
    found = agreement_or_404(request, ref)
    first = found.valid_to or timezone.localdate(request.actor.at)
    initial = {"valid_from": first, "valid_to": months_after(first, YEARS * 12)}
    form = RenewalForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            made = writing.begin_renewal(
                request.actor, ref, answers["valid_from"], answers["valid_to"]
            )
        except ValidationError as error:
            show_errors(form, error)
        except writing.NotADraftError:
            form.add_error(None, _("Only a signed agreement can be renewed."))
        else:
            messages.success(request, _("A successor is begun from the texts that hold today."))
            return redirect("agreements:agreement", made.ref)
    return render(request, "agreements/renew.html", {"agreement": found, "form": form})


def _draft_or_404(request: ActorRequest, ref: str) -> Agreement:
    found = agreement_or_404(request, ref)
    if not reading.doors(request.actor, found).write:
        raise Http404
    return found

"""Commitments: written into a draft, and followed with evidence that gathers itself."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverkan.organisations.parties import functions_of_parties
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.design.fields import show_errors
from samverkan.platform.states import GuardRefusedError, IllegalTransitionError

from .. import evidence, pages, reading
from ..content import content_of
from ..forms.commitments import CommitmentForm, TurnForm
from ..lives import COMMITMENT
from ..models import Agreement, Commitment, CommitmentEvent
from ..rules import may_write_part
from ..services import commitments as services
from ..services.common import present_parties
from ..services.writing import NotADraftError
from ..template import parts_of
from .common import agreement_or_404, show_guard

BY_CLOCK = "fall_late"


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_WRITE)
def new(request: ActorRequest, ref: str) -> HttpResponse:
    actor = request.actor
    found = agreement_or_404(request, ref)
    if not reading.doors(actor, found).write:
        raise Http404
    form = CommitmentForm(
        request.POST if request.method == "POST" else None,
        parts=_parts(actor, found),
        functions=_functions(actor, found),
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.add_commitment(actor, ref, form.promise())
        except ValidationError as error:
            show_errors(form, error)
        except NotADraftError:
            form.add_error(None, _("The text is out for signature. Open it for changes first."))
        else:
            messages.success(request, _("The commitment is in the draft."))
            return redirect("agreements:agreement", ref)
    return render(request, "agreements/commitment_new.html", {"agreement": found, "form": form})


@require_POST
@requires(Capability.AGREEMENTS_WRITE)
def remove(request: ActorRequest, ref: str, commitment_ref: str) -> HttpResponse:
    agreement_or_404(request, ref)
    try:
        services.remove_commitment(request.actor, ref, commitment_ref)
    except Commitment.DoesNotExist as error:
        raise Http404 from error
    except NotADraftError:
        messages.error(request, _("The text is out for signature. Open it for changes first."))
    return redirect("agreements:agreement", ref)


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_READ)
def commitment(request: ActorRequest, commitment_ref: str) -> HttpResponse:
    actor = request.actor
    found = (
        Commitment.objects.visible_to(actor)
        .filter(ref=commitment_ref)
        .select_related("agreement", "municipality", "responsible__organisation")
        .first()
    )
    if found is None:
        raise Http404
    line = reading.commitment_line(actor, found)
    may_turn = services.may_turn(actor, found) and found.agreement.signed_on is not None
    events = [
        (each.event, str(COMMITMENT.event(each.event).label))
        for each in COMMITMENT.transitions_from(line.state)
        if each.event != BY_CLOCK
    ]
    form = TurnForm(request.POST if request.method == "POST" else None, events=events)
    if request.method == "POST" and not may_turn:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid() and _turn(request, commitment_ref, form):
        return redirect("agreements:commitment", commitment_ref)
    context = {
        "commitment": found,
        "line": line,
        "is_draft": found.agreement.signed_on is None,
        "shown": evidence.gathered(actor, found.evidence_kinds, _query(actor, found)),
        "events": _history(actor, found),
        "form": form if may_turn else None,
    }
    return render(request, "agreements/commitment.html", context)


def _turn(request: ActorRequest, ref: str, form: TurnForm) -> bool:
    try:
        services.turn_commitment(request.actor, ref, form.turn())
    except GuardRefusedError as error:
        show_guard(form, COMMITMENT, error)
    except IllegalTransitionError:
        form.add_error(None, _("That has happened already. Read the page again."))
    except NotADraftError:
        form.add_error(None, _("The agreement is not signed yet."))
    else:
        messages.success(request, _("Noted."))
        return True
    return False


def _query(actor: Actor, found: Commitment) -> evidence.EvidenceQuery:
    today = timezone.localdate(actor.at)
    codes = (
        {found.municipality.code}
        if found.municipality
        else set(pages.annex_codes(actor, found.agreement))
    )
    return evidence.EvidenceQuery(
        function_ref=found.responsible.ref,
        municipality_codes=frozenset(codes),
        first=found.begins_on,
        after=today + timedelta(days=1),
        words=f"{found.goal} {found.indicator}",
    )


def _history(actor: Actor, found: Commitment) -> list[dict[str, object]]:
    rows = CommitmentEvent.objects.visible_to(actor).filter(commitment=found)
    return [
        {
            "on": row.on,
            "words": COMMITMENT.event(row.event).label,
            "function": row.function_title,
            "reason": row.reason,
            "due_on": row.details.get("due_on", ""),
        }
        for row in reversed(rows)
    ]


def _parts(actor: Actor, found: Agreement) -> list[tuple[str, str]]:
    content = content_of(actor, found)
    own = reading.own_code(actor)
    return [
        (part, reading.part_title(part, content.place(part)))
        for part in parts_of(content.codes)
        if may_write_part(part, own)
    ]


def _functions(actor: Actor, found: Agreement) -> list[tuple[str, str]]:
    functions = functions_of_parties(actor, present_parties(actor, found))
    return [(each.ref, f"{each.title} ({each.party_name})") for each in functions]

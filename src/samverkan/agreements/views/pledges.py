"""Citizen pledges: the list, one pledge, writing it, what was done, what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverkan.organisations.parties import functions_of_parties, parties
from samverkan.organisations.selectors import municipalities_of
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.states import GuardRefusedError, IllegalTransitionError

from .. import pledge_pages
from ..forms.pledges import DeedForm, PledgeForm, ResultForm
from ..lives import PLEDGE
from ..models import Pledge
from ..services import pledges as services
from .common import show_guard


@require_GET
@requires(Capability.AGREEMENTS_READ)
def index(request: ActorRequest) -> HttpResponse:
    lines = pledge_pages.lines(request.actor)
    context = {
        "lines": lines,
        "running": sum(each.state == "promised" for each in lines),
        "may_write": request.actor.may(Capability.AGREEMENTS_WRITE),
    }
    return render(request, "agreements/pledges.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_WRITE)
def new(request: ActorRequest) -> HttpResponse:
    form = _form(request, None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["municipality"]
        try:
            made = services.begin_pledge(
                request.actor,
                code,
                form.text(),
                is_confirmed=form.cleaned_data["is_confirmed"],
            )
        except ValidationError as error:
            form.take(error)
        else:
            return redirect("agreements:pledge", made.ref)
    return render(request, "agreements/pledge_write.html", {"form": form, "pledge": None})


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_WRITE)
def write(request: ActorRequest, ref: str) -> HttpResponse:
    found = _own_draft(request, ref)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_pledge(
                request.actor, ref, form.text(), is_confirmed=form.cleaned_data["is_confirmed"]
            )
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("agreements:pledge", ref)
    return render(request, "agreements/pledge_write.html", {"form": form, "pledge": found})


@require_GET
@requires(Capability.AGREEMENTS_READ)
def pledge(request: ActorRequest, ref: str) -> HttpResponse:
    return _page(request, _pledge_or_404(request, ref), DeedForm(), None)


@require_POST
@requires(Capability.OVERVIEW_READ)
def done(request: ActorRequest, ref: str) -> HttpResponse:
    found = _pledge_or_404(request, ref)
    if not services.may_log(request.actor, found):
        raise PermissionDenied
    form = DeedForm(request.POST)
    if form.is_valid():
        answers = form.cleaned_data
        try:
            services.log_done(
                request.actor,
                ref,
                answers["on"],
                answers["text"],
                is_confirmed=answers["is_confirmed"],
            )
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Inhabitants can read it now."))
            return redirect("agreements:pledge", ref)
    return _page(request, found, form, None)


@require_POST
@requires(Capability.AGREEMENTS_WRITE)
def turn(request: ActorRequest, ref: str) -> HttpResponse:
    found = _pledge_or_404(request, ref)
    if found.owner_id != request.actor.party_id:
        raise PermissionDenied
    form = ResultForm(request.POST, events=_events(found))
    if form.is_valid():
        answers = form.cleaned_data
        try:
            services.turn_pledge(
                request.actor,
                ref,
                answers["event"],
                result=answers["result"],
                feedback=answers["feedback"],
                is_confirmed=answers["is_confirmed"],
            )
        except GuardRefusedError as error:
            show_guard(form, PLEDGE, error)
        except IllegalTransitionError:
            form.add_error(None, _("That has happened already. Read the page again."))
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Noted."))
            return redirect("agreements:pledge", ref)
    return _page(request, found, DeedForm(), form)


def _page(
    request: ActorRequest, found: Pledge, deed_form: DeedForm, result_form: ResultForm | None
) -> HttpResponse:
    actor = request.actor
    is_writer = actor.may(Capability.AGREEMENTS_WRITE) and found.owner_id == actor.party_id
    events = _events(found)
    context = {
        "pledge": found,
        "line": pledge_pages.line(found),
        "deeds": pledge_pages.deeds(actor, found),
        "responsible": pledge_pages.responsible(found),
        "events": pledge_pages.events(actor, found),
        "deed_form": deed_form
        if found.state == "promised" and services.may_log(actor, found)
        else None,
        "result_form": (result_form or ResultForm(events=events)) if is_writer and events else None,
        "may_write": is_writer and found.state == "draft",
        "form": result_form or deed_form,
    }
    return render(request, "agreements/pledge.html", context)


def _form(request: ActorRequest, found: Pledge | None) -> PledgeForm:
    actor = request.actor
    functions = functions_of_parties(actor, _parties_near(actor))
    return PledgeForm(
        request.POST if request.method == "POST" else None,
        places=[(place.code, place.name) for place in municipalities_of(actor)],
        functions=[(each.ref, f"{each.title} ({each.party_name})") for each in functions],
        initial=_initial(found) if found else None,
    )


def _initial(found: Pledge) -> dict[str, Any]:
    names = ("title", "area", "heard", "promised", "measured_by", "valid_from", "valid_to")
    return {name: getattr(found, name) for name in names} | {
        "municipality": found.municipality.code,
        "responsible": pledge_pages.responsible_refs(found),
    }


def _parties_near(actor: Actor) -> set[int]:
    """The own party and those that are no municipality: a pledge is often joint."""
    return {
        each.pk
        for each in parties(actor)
        if each.pk == actor.party_id
        or not each.is_municipal
        or each.municipality_code in actor.municipality_codes
    }


def _events(found: Pledge) -> list[tuple[str, str]]:
    return [
        (each.event, str(PLEDGE.event(each.event).label))
        for each in PLEDGE.transitions_from(found.state)
    ]


def _pledge_or_404(request: ActorRequest, ref: str) -> Pledge:
    found: Pledge | None = (
        Pledge.objects.visible_to(request.actor)
        .filter(ref=ref)
        .select_related("municipality", "owner")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _own_draft(request: ActorRequest, ref: str) -> Pledge:
    found = _pledge_or_404(request, ref)
    if found.owner_id != request.actor.party_id or found.state != "draft":
        raise Http404
    return found

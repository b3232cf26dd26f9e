"""Who to call now, and the calls that are sounded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverkan.organisations.selectors import municipality, party_of_municipality
from samverkan.organisations.stands import functions_in_use
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from .. import selectors
from ..forms import PathForm, SoundForm, step_forms
from ..matters import matters
from ..models import Call, ContactPath
from ..services import calls, paths


@require_GET
@requires(Capability.CONTACTS_READ)
def index(request: ActorRequest) -> HttpResponseBase:
    actor = request.actor
    context = {
        "places": selectors.places_with_paths(actor),
        "waiting": selectors.calls_waiting(actor),
        "may_write": actor.may(Capability.CONTACTS_WRITE),
        "own_codes": _own_codes(actor),
        "may_watch": actor.may(Capability.CONTINUITY_READ),
    }
    return render(request, "contacts/index.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.CONTACTS_READ)
def path(request: ActorRequest, ref: str) -> HttpResponseBase:
    """The steps with whoever is on duty; sounding it is a form on the same page."""
    actor = request.actor
    view = selectors.path_view(actor, ref)
    if view is None:
        raise Http404
    form = SoundForm(
        request.POST if request.method == "POST" else None, initial={"key": SoundForm.new_key()}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            call = calls.sound(actor, ref, data["key"], data["message"], is_drill=data["is_drill"])
            return redirect("contacts:call", call.ref)
        except ValidationError as error:
            form.add_error("message", error)
    seconds = selectors.drill_seconds(actor, view.path)
    context = {
        "view": view,
        "form": form,
        "calls": selectors.calls_of_path(actor, view.path),
        "drills": len(seconds),
        "middle": selectors.middle(seconds),
        "may_write": actor.may(Capability.CONTACTS_WRITE) and view.path.owner_id == actor.party_id,
    }
    return render(request, "contacts/path.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.CONTACTS_WRITE)
def write(request: ActorRequest, code: str, matter: str) -> HttpResponseBase:
    actor = request.actor
    place = municipality(actor, code)
    if place is None or matter not in matters() or code not in _own_codes(actor):
        raise Http404
    found = (
        ContactPath.objects.visible_to(actor)
        .filter(municipality=place, matter=matter, owner_id=actor.party_id)
        .prefetch_related(selectors.with_steps(actor))
        .first()
    )
    functions = [
        (each.ref, f"{each.title} ({each.organisation})") for each in functions_in_use(actor)
    ]
    data = request.POST if request.method == "POST" else None
    form = PathForm(
        data,
        initial={
            "note": found.note if found else "",
            "based_on": found.revision if found else 0,
        },
    )
    steps = step_forms(functions, data, _initial(found))
    collision = None
    if request.method == "POST" and form.is_valid() and all(step.is_valid() for step in steps):
        try:
            saved = paths.lay_out_path(
                actor,
                code,
                matter,
                [step for each in steps if (step := each.step()) is not None],
                note=form.cleaned_data["note"],
                based_on=form.cleaned_data["based_on"],
            )
            if isinstance(saved, ContactPath):
                messages.success(request, _("The contact path is saved."))
                return redirect("contacts:path", saved.ref)
            collision = saved
        except ValidationError as error:
            form.add_error(None, error)
    titles = {each.ref: each.title for each in functions_in_use(actor)}
    context = {
        "place": place,
        "matter_name": matters()[matter].name(actor.language),
        "form": form,
        "steps": steps,
        "theirs": [titles.get(step.function_ref, "") for step in collision.theirs]
        if collision
        else [],
        "revision": collision.revision if collision else 0,
    }
    return render(request, "contacts/write.html", context, status=409 if collision else 200)


@require_GET
@requires(Capability.CONTACTS_READ)
def call(request: ActorRequest, ref: str) -> HttpResponseBase:
    view = selectors.call_view(request.actor, ref)
    if view is None:
        raise Http404
    path_of_call = selectors.path_view(request.actor, view.call.path.ref)
    context = {"view": view, "steps": path_of_call.steps if path_of_call else ()}
    return render(request, "contacts/call.html", context)


@require_POST
@requires(Capability.CONTACTS_READ)
def answer(request: ActorRequest, ref: str) -> HttpResponseBase:
    return _change(request, ref, lambda actor: calls.acknowledge(actor, ref))


@require_POST
@requires(Capability.CONTACTS_READ)
def close(request: ActorRequest, ref: str) -> HttpResponseBase:
    return _change(request, ref, lambda actor: calls.close(actor, ref))


@require_POST
@requires(Capability.CONTACTS_READ)
def attempt(request: ActorRequest, ref: str) -> HttpResponseBase:
    position = request.POST.get("position", "")
    if not (position.isascii() and position.isdecimal() and len(position) < 4):
        raise Http404
    has_answered = request.POST.get("answered") == "yes"
    return _change(
        request,
        ref,
        lambda actor: calls.log_attempt(actor, ref, int(position), has_answered=has_answered),
    )


@require_GET
@requires(Capability.CONTACTS_READ)
def card(request: ActorRequest, code: str) -> HttpResponseBase:
    """The wallet card of a municipality, to print and fold."""
    from ..card import card_pdf

    made = card_pdf(request.actor, code)
    if made is None:
        raise Http404
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="kontaktvagar-{code}.pdf"'
    return response


def _change(request: ActorRequest, ref: str, work: Any) -> HttpResponseBase:
    try:
        work(request.actor)
    except Call.DoesNotExist as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("contacts:call", ref)


def _own_codes(actor: Actor) -> list[str]:
    """The municipalities whose paths the actor's party lays out."""
    if not actor.may(Capability.CONTACTS_WRITE):
        return []
    owners = {code: party_of_municipality(actor, code) for code in actor.municipality_codes}
    return [code for code, owner in owners.items() if owner and owner.pk == actor.party_id]


def _initial(found: ContactPath | None) -> list[dict[str, Any]]:
    if found is None:
        return []
    return [
        {
            "function": step.function.ref,
            "ways": step.ways,
            "wait_minutes": step.wait_minutes,
            "hours": step.hours,
        }
        for step in found.steps.all()
    ]

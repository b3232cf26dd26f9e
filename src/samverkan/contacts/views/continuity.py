"""Absence, what stops, and handing a function over."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverkan.organisations.stands import function_facts
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from .. import selectors
from ..forms import AbsenceForm, NoteForm
from ..handovers import PART_NAMES, Part, points_for
from ..models import Absence, FunctionNote, HandoverPoint
from ..services import continuity

SPANS = {"2v": 14, "2m": 61, "alltid": None}


@require_GET
@requires(Capability.CONTINUITY_READ)
def stops(request: ActorRequest) -> HttpResponseBase:
    """What stops if whoever holds a function is away two weeks, two months, or for good."""
    chosen = request.GET.get("tid", "2v")
    if chosen not in SPANS:
        chosen = "2v"
    found = selectors.what_stops(request.actor, SPANS[chosen])
    context = {
        "chosen": chosen,
        "stopping": [each for each in found if each.stops or each.is_unheld],
        "going_on": [each for each in found if not (each.stops or each.is_unheld)],
        "today": timezone.localdate(request.actor.at),
    }
    return render(request, "contacts/stops.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.CONTACTS_READ, Capability.CONTINUITY_READ)
def absences(request: ActorRequest) -> HttpResponseBase:
    """The own absences, and those of the own party for whoever watches over continuity."""
    actor = request.actor
    form = AbsenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and actor.user_id is not None:
        try:
            continuity.plan_absence(actor, actor.user_id, form.period())
            messages.success(request, _("Saved. The deputies stand in from the first day."))
            return redirect("contacts:absences")
        except ValidationError as error:
            form.add_error(None, error)
    context = {
        "form": form,
        "absences": selectors.absences_ahead(actor),
        "standing_in": selectors.standing_in(actor),
    }
    return render(request, "contacts/absences.html", context)


@require_POST
@requires(Capability.CONTACTS_READ, Capability.CONTINUITY_READ)
def end_absence(request: ActorRequest, ref: str) -> HttpResponseBase:
    try:
        continuity.end_absence(request.actor, ref)
    except Absence.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("The absence has ended."))
    return redirect("contacts:absences")


@require_http_methods(["GET", "POST"])
@requires(Capability.CONTACTS_READ, Capability.CONTINUITY_READ)
def function(request: ActorRequest, ref: str) -> HttpResponseBase:
    """What stands open in a function, its unwritten rules, and its handovers."""
    actor = request.actor
    facts = function_facts(actor, ref)
    if facts is None or not selectors.may_watch(actor, ref):
        raise Http404
    may_write = facts.pk == actor.function_id or actor.may(Capability.CONTINUITY_WRITE)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            continuity.write_note(actor, ref, form.cleaned_data["text"])
            messages.success(request, _("Written down."))
            return redirect("contacts:function", ref)
        except ValidationError as error:
            form.add_error(None, error)
    points = points_for(actor, facts)
    context = {
        "function": facts,
        "parts": [
            (name, [point for point in points if point.part is part])
            for part, name in PART_NAMES.items()
            if part is not Part.NOTES
        ],
        "notes": selectors.notes_of(actor, ref),
        "handovers": selectors.handovers_of(actor, ref),
        "form": form if may_write else None,
        "may_write": may_write,
    }
    return render(request, "contacts/function.html", context)


@require_POST
@requires(Capability.CONTACTS_READ, Capability.CONTINUITY_READ)
def remove_note(request: ActorRequest, ref: str) -> HttpResponseBase:
    found = FunctionNote.objects.visible_to(request.actor).filter(ref=ref).first()
    if found is None or found.removed_at is not None:
        raise Http404
    continuity.remove_note(request.actor, ref)
    return redirect("contacts:function", found.function.ref)


@require_POST
@requires(Capability.CONTACTS_READ, Capability.CONTINUITY_READ)
def make_handover(request: ActorRequest, ref: str) -> HttpResponseBase:
    if not selectors.may_watch(request.actor, ref):
        raise Http404
    made = continuity.make_handover(request.actor, ref)
    return redirect("contacts:handover", made.ref)


@require_GET
@requires(Capability.CONTACTS_READ, Capability.CONTINUITY_READ)
def handover(request: ActorRequest, ref: str) -> HttpResponseBase:
    found = selectors.handover(request.actor, ref)
    if found is None:
        raise Http404
    points = list(found.points.all())
    context = {
        "handover": found,
        "parts": [
            (name, [point for point in points if point.part == part])
            for part, name in PART_NAMES.items()
        ],
        "confirmed": sum(point.confirmed_at is not None for point in points),
        "total": len(points),
        "may_confirm": found.function_id == request.actor.function_id,
    }
    return render(request, "contacts/handover.html", context)


@require_GET
@requires(Capability.CONTACTS_READ, Capability.CONTINUITY_READ)
def handover_pdf(request: ActorRequest, ref: str) -> HttpResponseBase:
    from ..card import handover_file

    found = selectors.handover(request.actor, ref)
    if found is None:
        raise Http404
    response = HttpResponse(handover_file(found), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="overlamning.pdf"'
    return response


@require_POST
@requires(Capability.CONTACTS_READ, Capability.CONTINUITY_READ)
def confirm(request: ActorRequest, ref: str) -> HttpResponseBase:
    try:
        point = continuity.confirm_point(request.actor, ref)
    except HandoverPoint.DoesNotExist as error:
        raise Http404 from error
    return redirect("contacts:handover", point.handover.ref)

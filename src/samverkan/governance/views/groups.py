"""Start a group, change its seats and its rhythm, end it."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samverkan.organisations.function_facts import (
    FunctionFacts,
    function_facts,
    functions_of_municipality,
)
from samverkan.organisations.selectors import municipalities_of
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from .. import selectors
from ..forms.groups import EndGroupForm, GroupForm, RhythmFields, SeatForm
from ..group_templates import GroupTemplate, template_of, templates
from ..hindrance_words import hindrance_words
from ..models import Group, Seat
from ..rhythm_words import RHYTHMS
from ..services import groups as group_services
from ..services.common import HinderedError
from ..services.groups import SeatDraft, UnknownPlaceError
from .common import own_group_or_404


@require_GET
@requires(Capability.GROUPS_WRITE)
def choose_template(request: ActorRequest) -> HttpResponse:
    """The kinds of groups that there are: one file each."""
    language = get_language() or "sv"
    kinds = [
        {
            "key": each.key,
            "name": each.name.to(language),
            "purpose": each.purpose.to(language),
            "rhythm": RHYTHMS[each.rhythm],
        }
        for each in templates().values()
    ]
    return render(request, "governance/templates.html", {"kinds": kinds})


@require_http_methods(["GET", "POST"])
@requires(Capability.GROUPS_WRITE)
def start(request: ActorRequest, kind: str) -> HttpResponseBase:
    template = template_of(kind)
    if template is None:
        raise Http404
    actor, language = request.actor, get_language() or "sv"
    places = municipalities_of(actor)
    code = request.GET.get("kommun", "") or (places[0].code if places else "")
    if code not in actor.municipality_codes:
        raise Http404
    place = next(each for each in places if each.code == code)
    form = GroupForm(
        request.POST if request.method == "POST" else None,
        template=template,
        functions=functions_of_municipality(actor, code, timezone.localdate(actor.at)),
        initial={"name": f"{template.name.to(language)}, {place.name}"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            group = group_services.start_group(actor, form.draft(code))
        except HinderedError as error:
            form.add_error("chair", hindrance_words(error.hindrance, template))
        except UnknownPlaceError:
            form.add_error(None, _("Your party does not form groups in that municipality."))
        else:
            messages.success(request, _("%(group)s is started.") % {"group": group.name})
            return redirect("governance:group", group.ref)
    context = {
        "form": form,
        "template": template,
        "name": template.name.to(language),
        "purpose": template.purpose.to(language),
        "grounds": _grounds(template, language),
        "places": places,
        "place": place,
    }
    return render(request, "governance/start_group.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.GROUPS_WRITE)
def rhythm(request: ActorRequest, ref: str) -> HttpResponseBase:
    group = own_group_or_404(request, ref)
    form = RhythmFields(
        request.POST if request.method == "POST" else None,
        initial={
            "rhythm": group.rhythm or "when_needed",
            "first_on": group.meets_from,
            "meets_at": group.meets_at,
            "minutes_long": group.minutes_long,
            "place": group.place,
            "summer_rhythm": group.summer_rhythm,
            "summer_from": group.summer_from,
            "summer_to": group.summer_to,
        },
    )
    if request.method == "POST" and form.is_valid():
        group_services.change_rhythm(request.actor, ref, form.rhythm_draft())
        messages.success(request, _("Saved."))
        return redirect("governance:group", ref)
    return render(request, "governance/rhythm.html", {"form": form, "group": group})


@require_GET
@requires(Capability.GROUPS_WRITE)
def seats(request: ActorRequest, ref: str) -> HttpResponse:
    group = own_group_or_404(request, ref)
    found = selectors.seats(request.actor, group)
    today = timezone.localdate(request.actor.at)
    rows = [
        {
            "seat": seat,
            "has_ended": seat.function.ended_on is not None and seat.function.ended_on <= today,
        }
        for seat in found
    ]
    context = {"group": group, "rows": rows, "former": selectors.former_seats(request.actor, group)}
    return render(request, "governance/seats.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.GROUPS_WRITE)
def new_seat(request: ActorRequest, ref: str) -> HttpResponseBase:
    group = own_group_or_404(request, ref)
    taken = {seat.function.ref for seat in selectors.seats(request.actor, group)}
    free = [each for each in _functions(request.actor, group) if each.ref not in taken]
    form = SeatForm(
        request.POST if request.method == "POST" else None,
        functions=free,
        is_new=True,
        initial={"valid_from": timezone.localdate(request.actor.at)},
    )
    if request.method == "POST" and form.is_valid() and _saved(request, group, form, ""):
        return redirect("governance:seats", ref)
    return render(request, "governance/seat.html", {"form": form, "group": group, "seat": None})


@require_http_methods(["GET", "POST"])
@requires(Capability.GROUPS_WRITE)
def seat(request: ActorRequest, ref: str, function: str) -> HttpResponseBase:
    group = own_group_or_404(request, ref)
    current = _drafts(request.actor, group)
    here = next((each for each in current if each.function_ref == function), None)
    if here is None:
        raise Http404
    form = SeatForm(
        request.POST if request.method == "POST" else None,
        functions=_functions(request.actor, group, here.function_ref, here.deputy_ref),
        is_new=False,
        initial=vars(here),
    )
    if request.method == "POST" and request.POST.get("end"):
        rest = [each for each in current if each.function_ref != function]
        if _changed(request, group, rest, form):
            messages.success(request, _("The seat has ended."))
            return redirect("governance:seats", ref)
    elif request.method == "POST" and form.is_valid() and _saved(request, group, form, function):
        return redirect("governance:seats", ref)
    row = next(
        each for each in selectors.seats(request.actor, group) if each.function.ref == function
    )
    return render(request, "governance/seat.html", {"form": form, "group": group, "seat": row})


@require_http_methods(["GET", "POST"])
@requires(Capability.GROUPS_WRITE)
def end(request: ActorRequest, ref: str) -> HttpResponseBase:
    group = own_group_or_404(request, ref)
    form = EndGroupForm(
        request.POST if request.method == "POST" else None,
        initial={"last_day": timezone.localdate(request.actor.at)},
    )
    if request.method == "POST" and form.is_valid():
        group_services.end_group(
            request.actor, ref, form.cleaned_data["last_day"], form.cleaned_data["reason"]
        )
        messages.success(request, _("The group has ended. What it has written stays."))
        return redirect("governance:group", ref)
    ahead = selectors.meetings_ahead(request.actor, group)
    return render(
        request, "governance/end_group.html", {"form": form, "group": group, "ahead": ahead}
    )


def _saved(request: ActorRequest, group: Group, form: SeatForm, function: str) -> bool:
    """The form's seat among the others; a new chair takes over from the former one."""
    wanted = form.draft()
    others = [each for each in _drafts(request.actor, group) if each.function_ref != function]
    if wanted.is_chair:
        others = [replace(each, is_chair=False) for each in others]
    if not _changed(request, group, [*others, wanted], form):
        return False
    messages.success(request, _("Saved."))
    return True


def _changed(request: ActorRequest, group: Group, wanted: list[SeatDraft], form: SeatForm) -> bool:
    try:
        group_services.change_seats(request.actor, group.ref, wanted)
    except HinderedError as error:
        form.add_error(None, hindrance_words(error.hindrance, template_of(group.kind)))
        return False
    return True


def _drafts(actor: Actor, group: Group) -> list[SeatDraft]:
    return [_draft(seat) for seat in selectors.seats(actor, group)]


def _draft(seat: Seat) -> SeatDraft:
    return SeatDraft(
        function_ref=seat.function.ref,
        is_chair=seat.is_chair,
        is_leading_position=seat.is_leading_position,
        role=seat.role,
        position=seat.position,
        deputy_ref=seat.deputy.ref if seat.deputy else "",
        valid_from=seat.valid_from,
        valid_to=seat.valid_to,
    )


def _functions(actor: Actor, group: Group, *also: str) -> list[FunctionFacts]:
    """The municipality's functions in use, and those that the seat has already."""
    today = timezone.localdate(actor.at)
    found = functions_of_municipality(actor, group.municipality.code, today)
    known = {each.ref for each in found}
    missing = [ref for ref in also if ref and ref not in known]
    return found + list(function_facts(actor, missing).values())


def _grounds(template: GroupTemplate, language: str) -> list[dict[str, object]]:
    return [
        {
            "law": ground.law,
            "words": ground.words.to(language),
            "source": ground.source,
            "read_on": ground.read_on,
        }
        for ground in template.legal_frame
    ]

"""The law's ledger and the year wheel."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverkan.organisations.selectors import municipalities_of, municipality, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from . import selectors, services
from .bra_survey import standing_words, survey_csv
from .drawing import wheel_drawing
from .forms import DoingForm
from .law import law
from .models import DutyRecord
from .rules import Standing

TONES = {
    Standing.GREEN: "ok",
    Standing.DUE: "warn",
    Standing.MISSING: "stop",
    Standing.HIDDEN: "neutral",
}


@require_GET
@requires(Capability.PLANS_READ)
def index(request: ActorRequest) -> HttpResponseBase:
    """The ledger of the only municipality, or a choice between several."""
    places = municipalities_of(request.actor)
    if len(places) == 1:
        shown: HttpResponseBase = ledger(request, places[0].code)
        return shown
    ledgers = [(place, selectors.ledger(request.actor, place.code)) for place in places]
    rows = [
        (place, found.count(Standing.MISSING), found.count(Standing.HIDDEN))
        for place, found in ledgers
    ]
    return render(request, "governance/duties/index.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@requires(Capability.PLANS_READ)
def ledger(request: ActorRequest, code: str) -> HttpResponseBase:
    actor = request.actor
    place = municipality(actor, code)
    if place is None or code not in actor.municipality_codes:
        raise Http404
    may_write = _may_write(actor, code)
    form = DoingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may_write:
            raise Http404
        if form.is_valid():
            try:
                services.write_down(actor, code, form.doing())
                messages.success(request, _("Written down."))
                return redirect("duties:ledger", code)
            except ValidationError as error:
                form.add_error(None, error)
    found = selectors.ledger(actor, code)
    language = get_language() or "sv"
    context = {
        "place": place,
        "rows": [
            {
                "state": state,
                "title": state.duty.title(language),
                "text": state.duty.text(language),
                "words": standing_words(state.standing),
                "tone": TONES[state.standing],
            }
            for state in found.states
        ],
        "missing": found.count(Standing.MISSING),
        "due": found.count(Standing.DUE),
        "hidden": found.count(Standing.HIDDEN),
        "total": len(found.states),
        "law": law(),
        "records": selectors.records_of(actor, code),
        "form": form if may_write else None,
    }
    return render(request, "governance/duties/ledger.html", context)


@require_POST
@requires(Capability.PLANS_WRITE)
def withdraw(request: ActorRequest, ref: str) -> HttpResponseBase:
    found = DutyRecord.objects.visible_to(request.actor).filter(ref=ref).first()
    if (
        found is None
        or found.withdrawn_at
        or not _may_write(request.actor, found.municipality.code)
    ):
        raise Http404
    services.withdraw(request.actor, ref)
    return redirect("duties:ledger", found.municipality.code)


@require_GET
@requires(Capability.PLANS_READ)
def survey(request: ActorRequest, code: str) -> HttpResponseBase:
    if code not in request.actor.municipality_codes:
        raise Http404
    response = HttpResponse(survey_csv(request.actor, code), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bra-enkat-{code}.csv"'
    return response


@require_GET
@requires(Capability.PLANS_READ)
def wheel(request: ActorRequest) -> HttpResponseBase:
    actor = request.actor
    today = timezone.localdate(actor.at)
    year = _year(request.GET.get("ar", ""), today.year)
    entries = selectors.wheel(actor, year)
    own = [place.code for place in municipalities_of(actor) if _may_write(actor, place.code)]
    context = {
        "year": year,
        "earlier": year - 1,
        "later": year + 1,
        "entries": list(enumerate(entries, start=1)),
        "drawing": wheel_drawing(entries, year, today),
        "today": today,
        "own_code": own[0] if own else "",
        "left": sum(not entry.is_done for entry in entries),
        "several": len(municipalities_of(actor)) > 1,
    }
    return render(request, "governance/duties/wheel.html", context)


@require_POST
@requires(Capability.PLANS_WRITE)
def end_item(request: ActorRequest, code: str, year: int, item: str) -> HttpResponseBase:
    try:
        if request.POST.get("again") == "yes":
            services.reopen_wheel_item(request.actor, code, item, year)
        else:
            services.end_wheel_item(
                request.actor, code, item, year, reason_left_out=request.POST.get("reason", "")
            )
    except ValidationError as error:
        raise Http404 from error
    target = redirect("duties:wheel")
    target["Location"] += f"?ar={year}"
    return target


def _year(text: str, default: int) -> int:
    is_year = text.isascii() and text.isdecimal() and 2000 <= int(text[:6]) <= 2200
    return int(text) if is_year else default


def _may_write(actor: Actor, code: str) -> bool:
    owner = party_of_municipality(actor, code)
    return actor.may(Capability.PLANS_WRITE) and owner is not None and owner.pk == actor.party_id

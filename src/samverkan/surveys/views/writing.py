"""Surveys put in, and simple ones opened, printed and closed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samverkan.organisations.selectors import municipalities_of
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.refs import new_ref
from samverkan.statistics.statements import language_now

from .. import selectors, services
from ..forms import MeasurementForm, SheetsForm, SurveyForm
from ..models import OpenSurvey
from .qr import qr_drawing


def _places(request: ActorRequest) -> list[tuple[str, str]]:
    return [(place.code, place.name) for place in municipalities_of(request.actor)]


@require_http_methods(["GET", "POST"])
@requires(Capability.SURVEYS_WRITE)
def new_measurement(request: ActorRequest) -> HttpResponseBase:
    form = MeasurementForm(
        request.POST if request.method == "POST" else None,
        municipalities=_places(request),
        today=timezone.localdate(request.actor.at),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.put_in_measurement(request.actor, form.new())
        except services.AlreadyThereError:
            form.add_error("title", _("This survey at this time is here already."))
        else:
            messages.success(request, _("The survey is put in."))
            return redirect("surveys:measurement", made.ref)
    status = 400 if form.errors else 200
    return render(request, "surveys/new_measurement.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires(Capability.SURVEYS_WRITE)
def new_survey(request: ActorRequest) -> HttpResponseBase:
    today = timezone.localdate(request.actor.at)
    form = SurveyForm(
        request.POST if request.method == "POST" else None,
        municipalities=_places(request),
        today=today,
        language=language_now(),
        initial={"code": new_ref(), "opens_on": today, "way": OpenSurvey.Way.OPEN},
    )
    if request.method == "POST" and form.is_valid():
        made = services.open_survey(request.actor, form.new(), code=form.cleaned_data["code"])
        messages.success(request, _("The survey is made. Hand out the address or the code."))
        return redirect("surveys:survey", made.ref)
    status = 400 if form.errors else 200
    return render(request, "surveys/new_survey.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Capability.SURVEYS_WRITE)
def sheets(request: ActorRequest, ref: str) -> HttpResponseBase:
    found = _own_survey(request, ref)
    if found.way != OpenSurvey.Way.SHEETS:
        raise Http404
    form = SheetsForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"survey": found, "form": form}
    if request.method == "POST" and form.is_valid():
        tokens = services.make_sheets(request.actor, ref, form.cleaned_data["number"])
        base = request.build_absolute_uri(f"/trygghet/svara/{found.code}/")
        addresses = [f"{base}?blad={token}" for token in tokens]
        context["sheets"] = [(address, qr_drawing(address)) for address in addresses]
    status = 400 if form.errors else 200
    return render(request, "surveys/sheets.html", context, status=status)


@require_POST
@requires(Capability.SURVEYS_WRITE)
def close(request: ActorRequest, ref: str) -> HttpResponseBase:
    _own_survey(request, ref)
    services.close_survey(request.actor, ref)
    messages.success(request, _("The survey is closed."))
    return redirect("surveys:survey", ref)


def _own_survey(request: ActorRequest, ref: str) -> OpenSurvey:
    found = selectors.survey(request.actor, ref)
    if found is None:
        raise Http404
    if found.owner_id != request.actor.party_id:
        raise PermissionDenied
    return found

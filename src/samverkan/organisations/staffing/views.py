"""The administrator's pages: functions of the own party, and who takes them over when."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverkan.organisations.models import Function
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from . import selectors, services
from .forms import FunctionForm, TakeoverForm


@require_GET
@requires(Capability.ORGANISATIONS_WRITE)
def index(request: ActorRequest) -> HttpResponse:
    staffed = selectors.staffed_functions(request.actor)
    return render(request, "organisations/staffing/index.html", {"staffed": staffed})


@require_http_methods(["GET", "POST"])
@requires(Capability.ORGANISATIONS_WRITE)
def new_function(request: ActorRequest) -> HttpResponse:
    form = FunctionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        function = services.create_function(
            request.actor,
            form.cleaned_data["kind"],
            form.cleaned_data["title"],
            form.cleaned_data["unit"],
        )
        messages.success(request, _("%(title)s is made. Who holds it?") % {"title": function.title})
        return redirect("staffing:assign", function.ref)
    return render(request, "organisations/staffing/new_function.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Capability.ORGANISATIONS_WRITE)
def assign(request: ActorRequest, ref: str) -> HttpResponse:
    function = _own_function(request, ref)
    today = timezone.localdate(request.actor.at)
    form = TakeoverForm(
        request.POST if request.method == "POST" else None, initial={"valid_from": today}
    )
    path = None
    if request.method == "POST" and form.is_valid():
        invitation = services.assign(request.actor, function, form.takeover())
        path = invitation.path
        messages.success(request, _("Saved."))
        if path is None:
            return redirect("staffing:index")
    link = request.build_absolute_uri(path) if path else ""
    return render(
        request,
        "organisations/staffing/assign.html",
        {"form": form, "function": function, "link": link},
    )


@require_POST
@requires(Capability.ORGANISATIONS_WRITE)
def end(request: ActorRequest, ref: str, number: int) -> HttpResponse:
    function = _own_function(request, ref)
    holding = selectors.own_holding(request.actor, function, number)
    if holding is None:
        raise Http404
    services.end_holding(request.actor, holding, timezone.localdate(request.actor.at))
    messages.success(request, _("The time in the function has ended."))
    return redirect("staffing:index")


def _own_function(request: ActorRequest, ref: str) -> Function:
    function = selectors.own_function(request.actor, ref)
    if function is None:
        raise Http404
    return function

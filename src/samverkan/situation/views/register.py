"""The coordinator keeps the registers: own categories, and places that are no more."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from ..categories import category_list
from ..forms.review import LocalCategoryForm
from ..selectors.reporting_choices import (
    local_categories,
    report_municipalities,
    reportable_categories,
)
from ..services.register import (
    NameTakenError,
    NotInRegisterError,
    add_local_category,
    end_local_category,
    end_place,
    reopen_place,
)


@require_http_methods(["GET", "POST"])
@requires(Capability.INCIDENTS_REVIEW)
def category_register(request: ActorRequest) -> HttpResponseBase:
    """The common list with its version and standing, and the municipality's own words."""
    actor = request.actor
    municipalities = report_municipalities(actor)
    form = LocalCategoryForm(
        request.POST if request.method == "POST" else None, municipalities=municipalities
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            add_local_category(actor, chosen["municipality"], chosen["category"], chosen["name"])
        except NameTakenError:
            form.add_error("name", _("There is already a category with that name."))
        else:
            messages.success(request, _("Added. Reporters can choose it from now on."))
            return redirect("situation:categories")
    codes = [code for code, _name in municipalities]
    context = {
        "form": form,
        "list": category_list(),
        "categories": reportable_categories(actor, codes[0]) if codes else [],
        "own": [each for code in codes for each in local_categories(actor, code)],
    }
    status = 422 if form.errors else 200
    return render(request, "situation/category_register.html", context, status=status)


@require_POST
@requires(Capability.INCIDENTS_REVIEW)
def end_category(request: ActorRequest, ref: str) -> HttpResponse:
    try:
        ended = end_local_category(request.actor, ref)
    except NotInRegisterError as error:
        raise Http404 from error
    words = _("“%(name)s” is not chosen any more. Its incidents keep the name.")
    messages.success(request, words % {"name": ended.name})
    return redirect("situation:categories")


@require_POST
@requires(Capability.INCIDENTS_REVIEW)
def place_state(request: ActorRequest, ref: str) -> HttpResponse:
    """Remove a place from what can be chosen, or (`aterstall`) put it back."""
    change = reopen_place if request.POST.get("aterstall") else end_place
    try:
        place = change(request.actor, ref)
    except NotInRegisterError as error:
        raise Http404 from error
    words = (
        _("%(place)s is removed: what was reported there stays.")
        if place.ended_on
        else _("%(place)s can be chosen again.")
    )
    messages.success(request, words % {"place": place.name})
    return redirect("situation:place", ref)

"""The demo's door: one click per function. It stands in no other configuration."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import login
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from samverkan.organisations.middleware import SESSION_KEY
from samverkan.organisations.models import Holding
from samverkan.organisations.selectors import actor_for
from samverkan.organisations.services import begin_acting
from samverkan.platform.access.http import ActorRequest, public

from .days import DAYS
from .plan import MUNICIPALITIES, POLICE


@dataclass(frozen=True)
class Choice:
    ref: str
    title: str
    day: str
    is_first: bool


REASON = "the demo's door lists every demo function"


@require_GET
@public
def door(request: ActorRequest) -> HttpResponseBase:
    holdings = (
        Holding.objects.for_system(REASON)
        .filter(user__is_demo=True, role=Holding.Role.HOLDER)
        .select_related("function__organisation__municipality")
        .order_by("function__pk")
    )
    groups: dict[str, list[Choice]] = {planned.name: [] for planned in MUNICIPALITIES}
    groups[POLICE] = []
    for holding in holdings:
        municipality = holding.function.organisation.municipality
        choices = groups[municipality.name if municipality else POLICE]
        choices.append(
            Choice(
                ref=holding.function.ref,
                title=holding.function.title,
                day=str(DAYS.get(holding.function.kind, "")),
                is_first=municipality is not None
                and municipality.code == MUNICIPALITIES[0].code
                and not choices,
            )
        )
    context = {"groups": [{"name": name, "choices": found} for name, found in groups.items()]}
    return render(request, "demo/door.html", context)


@require_POST
@public
def enter(request: ActorRequest) -> HttpResponseBase:
    holding = get_object_or_404(
        Holding.objects.for_system(REASON).select_related("user", "function"),
        function__ref=request.POST.get("function", ""),
        user__is_demo=True,
        role=Holding.Role.HOLDER,
    )
    login(request, holding.user, backend="django.contrib.auth.backends.ModelBackend")
    request.session[SESSION_KEY] = holding.function.ref
    begin_acting(actor_for(holding.user, holding.function.ref, request.actor.at))
    return redirect("overview")

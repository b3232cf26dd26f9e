"""In which function one acts, and who is reached in which function."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samverkan.platform.access.http import ActorRequest, requires, signed_in
from samverkan.platform.accounts.models import User

from .directory import directory
from .middleware import SESSION_KEY
from .selectors import actor_for, functions_held
from .services import begin_acting


@require_GET
@signed_in
def choose_function(request: ActorRequest) -> HttpResponse:
    user = _user(request)
    context = {
        "held": functions_held(user, request.actor.at),
        "next": request.GET.get("next", ""),
    }
    return render(request, "organisations/choose_function.html", context)


@require_POST
@signed_in
def switch_function(request: ActorRequest) -> HttpResponse:
    """Act in another of one's functions from now on; a function not held is not found."""
    ref = request.POST.get("function", "")
    user = _user(request)
    if ref not in {held.ref for held in functions_held(user, request.actor.at)}:
        raise Http404
    actor = actor_for(user, ref, request.actor.at)
    begin_acting(actor)
    request.session[SESSION_KEY] = ref
    messages.success(
        request, _("You now act as %(function)s.") % {"function": actor.function_title}
    )
    return redirect(_safe_next(request))


@require_GET
@requires()
def functions(request: ActorRequest) -> HttpResponse:
    """Who is who: functions by party, with their contact ways."""
    context = {"parties": directory(request.actor)}
    return render(request, "organisations/functions.html", context)


def _user(request: ActorRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def _safe_next(request: ActorRequest) -> str:
    """Back to where the person was going, but never to another site."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else reverse("overview")

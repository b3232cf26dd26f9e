"""Doors of views: who must be signed in, in a function, and with which capability."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from .actor import Actor
from .capabilities import Capability

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class ActorRequest(HttpRequest):
    """What every view receives: the middleware has said who acts."""

    actor: Actor


def requires(*capabilities: Capability) -> Callable[[View], View]:
    """Open for a signed-in function that has any of the capabilities (none named: any function)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **parameters: Any) -> HttpResponseBase:
            actor: Actor = request.actor
            if actor.is_anonymous:
                return redirect_to_login(request.get_full_path())
            if not actor.has_function:
                return redirect("choose_function")
            if capabilities and not any(actor.may(capability) for capability in capabilities):
                raise PermissionDenied
            return view(request, *args, **parameters)

        guarded.required_capabilities = capabilities  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def signed_in(view: View) -> View:
    """Open for any signed-in person, function or not: their own account and choice of function."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **parameters: Any) -> HttpResponseBase:
        if request.actor.is_anonymous:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **parameters)

    guarded.required_capabilities = None  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def public(view: View) -> View:
    """Open for everybody, said on purpose."""

    @wraps(view)
    def opened(request: Any, *args: Any, **parameters: Any) -> HttpResponseBase:
        return view(request, *args, **parameters)

    opened.is_public = True  # type: ignore[attr-defined]
    return opened  # type: ignore[return-value]

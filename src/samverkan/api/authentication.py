"""Who asks the API: a token's function, or the function of a signed-in browser."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability

from .services import actor_of_token


class TokenAuthentication(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        return actor_of_token(token, timezone.now())


class BrowserAuthentication(APIKeyCookie):
    """The middleware has said who acts; the API only reads, so there is nothing to forge."""

    param_name = "sessionid"

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor if actor.has_function else None


def acting(request: HttpRequest, *capabilities: Capability) -> Actor:
    """Who acts; refused unless they have one of the capabilities."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    if not any(actor.may(capability) for capability in capabilities):
        raise HttpError(403, "the function or the token's scope does not allow this")
    return actor

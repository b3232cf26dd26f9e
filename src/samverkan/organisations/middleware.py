"""Says on every request who acts: the person, in the function that the session has chosen."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from samverkan.platform.access.actor import Actor, anonymous
from samverkan.platform.accounts.models import User

from .selectors import actor_for

SESSION_KEY = "acting_function"


class ActingFunctionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = _actor(request)
        request.actor = actor  # type: ignore[attr-defined]
        if actor.user_id is not None:
            translation.activate(actor.language)
            request.LANGUAGE_CODE = actor.language
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    now = timezone.now()
    user = request.user
    if not isinstance(user, User):
        return anonymous(now)
    return actor_for(user, request.session.get(SESSION_KEY, ""), now)

"""What the shell needs on every page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from samverkan.platform.access.actor import Actor

from .navigation import MenuEntry, NavigationGroup, menu_for
from .offline import is_kept_for_session, owner_of
from .preferences import theme_of

PHONE_BAR_LENGTH = 5


def shell(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a fragment or an error page that draws no menu makes none."""
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "actor": actor,
        "menu": SimpleLazyObject(lambda: _menu(actor, request.path)),
        "theme": SimpleLazyObject(lambda: theme_of(request)),
        "offline_owner": SimpleLazyObject(lambda: owner_of(actor)),
        "offline_keep": SimpleLazyObject(lambda: _is_kept(request)),
        "site_name": settings.SITE_NAME,
        "is_demo": settings.DEMO,
    }


def _is_kept(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and is_kept_for_session(match.view_name)


def _menu(actor: Actor | None, path: str) -> dict[str, list[MenuEntry]]:
    entries = menu_for(actor, path) if actor else []
    rooms = [entry for entry in entries if entry.group is NavigationGroup.ROOMS]
    return {
        "all": entries,
        "rooms": rooms,
        "tools": [entry for entry in entries if entry.group is NavigationGroup.TOOLS],
        "phone": rooms[:PHONE_BAR_LENGTH],
    }

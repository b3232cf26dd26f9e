"""How a person wants the pages: language and appearance."""

from __future__ import annotations

from django.http import HttpRequest

from samverkan.platform.accounts.models import User

THEME_COOKIE = "samverkan_theme"


def theme_of(request: HttpRequest) -> str:
    """The user's own setting; for somebody who has not signed in, what the browser remembers."""
    user = getattr(request, "user", None)
    chosen = user.theme if isinstance(user, User) else request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in User.Theme.values else User.Theme.SYSTEM.value

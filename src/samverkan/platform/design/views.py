"""Error pages and the pages that belong to no room."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

import samverkan
from samverkan.platform.access.http import ActorRequest, public
from samverkan.platform.accounts.models import User

from .accessibility import statement
from .forms import PreferencesForm
from .preferences import THEME_COOKIE, theme_of
from .services import save_preferences

A_YEAR = 60 * 60 * 24 * 365


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "design/errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "design/errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "design/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request: what broke may be the database, which the menu would ask."""
    return HttpResponse(render_to_string("design/errors/500.html"), status=500)


@require_GET
@public
def about(request: ActorRequest) -> HttpResponse:
    return render(request, "design/pages/about.html", {"version": samverkan.__version__})


@require_GET
@public
def accessibility(request: ActorRequest) -> HttpResponse:
    return render(request, "design/pages/accessibility.html", {"statement": statement()})


@require_GET
@public
def robots(request: ActorRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@require_http_methods(["GET", "POST"])
@public
def preferences(request: ActorRequest) -> HttpResponse:
    """Language and appearance: in the account of whoever is signed in, else in the browser."""
    initial = {"language": translation.get_language(), "theme": theme_of(request)}
    form = PreferencesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _keep(request, form.cleaned_data["language"], form.cleaned_data["theme"])
    status = 400 if form.errors else 200
    return render(request, "design/pages/preferences.html", {"form": form}, status=status)


def _keep(request: ActorRequest, language: str, theme: str) -> HttpResponse:
    if isinstance(request.user, User):
        save_preferences(request.actor, request.user, language=language, theme=theme)
    with translation.override(language):
        messages.success(request, _("Saved."))
    response = redirect("preferences")
    for name, value in ((THEME_COOKIE, theme), (settings.LANGUAGE_COOKIE_NAME, language)):
        response.set_cookie(
            name,
            value,
            max_age=A_YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return response

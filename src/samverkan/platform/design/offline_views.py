"""The installed web app: its manifest, its service worker, and what it says without a network."""

from __future__ import annotations

import json
from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samverkan.platform.access.http import ActorRequest, public

from .offline import registered, worker_settings

# The tokens' paper and accent; a manifest cannot read a style sheet.
PAPER = "#fbfaf7"
ACCENT = "#14594a"


@require_GET
@public
def manifest(request: ActorRequest) -> HttpResponse:
    content = {
        "id": "/",
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "description": _("Local crime prevention together: municipalities and police"),
        "lang": "sv",
        "start_url": reverse("overview"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": ACCENT,
        "icons": [
            *(
                {
                    "src": static(f"design/app/icon-{size}.png"),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": "any",
                }
                for size in (192, 512)
            ),
            {
                "src": static("design/app/maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
        "shortcuts": [
            {"name": str(page.label), "url": reverse(page.url_name)} for page in registered()
        ],
    }
    return HttpResponse(json.dumps(content), content_type="application/manifest+json")


@require_GET
@public
def worker(request: ActorRequest) -> HttpResponse:
    """Served from the root, so that it may answer for the whole site; never kept by a cache."""
    response = HttpResponse(_worker_text(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@require_GET
@public
def fallback(request: ActorRequest) -> HttpResponse:
    """What is shown for a page that is not kept, when there is no network."""
    return render(request, "design/pages/offline.html", {"pages": registered(), "is_shell": True})


@cache
def _worker_text() -> str:
    told = worker_settings()
    scripts = ", ".join(json.dumps(f"{each}?v={told['version']}") for each in told["scripts"])  # type: ignore[attr-defined]
    return f"self.offline = {json.dumps(told)};\nimportScripts({scripts});\n"

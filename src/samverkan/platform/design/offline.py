"""Pages that an installed web app keeps for when there is no network. Each room registers its own.

A SHELL page is the same for everybody and is fetched when the app is installed: it holds no
personal data and nothing of any municipality. A SESSION page is kept as its reader last saw it, for
that person in that function only, and goes when somebody else acts or the person signs out. Links
on it that are marked with `data-offline-keep` are fetched and kept with it, before anybody has
opened them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise

import samverkan
from samverkan.platform.access.actor import Actor

FRAME = (
    "design/tokens.css",
    "design/base.css",
    "design/shell.css",
    "design/components.css",
    "design/print.css",
    "design/shell.js",
    "design/offline.js",
    "design/icons.svg",
    "design/mark.svg",
    "design/vendor/htmx/htmx.min.js",
    "design/vendor/inter/inter-latin-wght-normal.woff2",
)
WORKER = "design/offline-worker.js"


class Keeping(StrEnum):
    SHELL = "shell"
    SESSION = "session"


@dataclass(frozen=True)
class OfflinePage:
    """A page that is kept.

    `url_name` is what a person opens. For a SHELL page `shell_url_name` is the page without
    anybody's data that is shown in its stead. `assets` are static files that it needs beside the
    frame's own; `worker_scripts` run inside the service worker (to send what waits).
    """

    url_name: str
    label: str | Promise
    keeping: Keeping
    shell_url_name: str = ""
    assets: tuple[str, ...] = ()
    worker_scripts: tuple[str, ...] = ()


_pages: dict[str, OfflinePage] = {}


def register(page: OfflinePage) -> None:
    """Keep the page offline; registering the same address again replaces it."""
    _pages[page.url_name] = page


def registered() -> list[OfflinePage]:
    return [_pages[name] for name in sorted(_pages)]


def is_kept_for_session(url_name: str) -> bool:
    page = _pages.get(url_name)
    return page is not None and page.keeping is Keeping.SESSION


def owner_tag(user_id: int | None, function_ref: str) -> str:
    """Tells on the device whose it is without saying who; "" for nobody."""
    if user_id is None:
        return ""
    return salted_hmac("samverkan.offline", f"{user_id}:{function_ref}").hexdigest()[:24]


def owner_of(actor: Actor | None) -> str:
    return "" if actor is None else owner_tag(actor.user_id, actor.function_ref)


def worker_settings() -> dict[str, object]:
    """What the service worker is told: the addresses to keep, and the version of all of them."""
    pages = registered()
    assets = list(dict.fromkeys([*FRAME, *(each for page in pages for each in page.assets)]))
    scripts = [WORKER, *(each for page in pages for each in page.worker_scripts)]
    return {
        "version": _version([*assets, *scripts]),
        "assets": [static(each) for each in assets],
        "scripts": [static(each) for each in scripts],
        "fallback": reverse("offline_fallback"),
        "sign_out": reverse("account_logout"),
        "pages": [
            {
                "url": reverse(page.url_name),
                "shell": reverse(page.shell_url_name) if page.shell_url_name else "",
                "keeping": page.keeping,
            }
            for page in pages
        ],
    }


def _version(assets: list[str]) -> str:
    """Another one as soon as a kept file, or the program, is another."""
    digest = blake2b(samverkan.__version__.encode(), digest_size=8)
    for name in assets:
        found = finders.find(name)
        digest.update(name.encode())
        if found:
            digest.update(Path(str(found)).read_bytes())
    return digest.hexdigest()

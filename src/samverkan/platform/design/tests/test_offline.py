"""The installed web app: manifest, service worker, and which pages are kept for whom."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from samverkan.platform.design import offline
from samverkan.platform.design.offline import Keeping, OfflinePage, owner_tag


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> dict[str, OfflinePage]:
    own = dict(offline._pages)
    monkeypatch.setattr(offline, "_pages", own)
    return own


def test_the_manifest_names_the_app_and_icons_that_are_there(client, db):
    answer = client.get(reverse("manifest"))
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["scope"], told["display"]) == ("/", "standalone")
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


def test_the_worker_is_served_from_the_root_and_never_from_a_cache(client, db):
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_every_file_that_the_worker_keeps_or_runs_is_there(client, db):
    text = client.get("/sw.js").text
    told = json.loads(re.search(r"self\.offline = (\{.*\});", text)[1])
    for url in [*told["assets"], *told["scripts"]]:
        assert finders.find(url.removeprefix("/static/")), url
    for page in told["pages"]:
        if page["shell"]:
            assert client.get(page["shell"]).status_code == 200


def test_another_file_is_another_version(registry):
    before = offline.worker_settings()["version"]
    offline.register(OfflinePage("about", "Om", Keeping.SESSION, assets=("design/map.css",)))
    assert offline.worker_settings()["version"] != before


def test_a_page_is_kept_for_its_reader_only_where_a_room_says_so(registry, world, client_in):
    client = client_in("reporter", world.school)
    assert 'name="offline-keep"' not in client.get(reverse("about")).text
    offline.register(OfflinePage("about", "Om", Keeping.SESSION))
    assert 'name="offline-keep"' in client.get(reverse("about")).text


def test_the_tag_tells_persons_and_functions_apart_and_names_neither():
    tags = {owner_tag(1, "aaa"), owner_tag(2, "aaa"), owner_tag(1, "bbb")}
    assert len(tags) == 3
    assert owner_tag(None, "aaa") == ""


def test_nobody_has_no_tag(client, world):
    assert 'name="offline-owner" content=""' in client.get("/").text


def test_without_a_network_it_says_which_pages_work(client, db):
    page = client.get(reverse("offline_fallback"))
    assert reverse("situation:report") in page.text

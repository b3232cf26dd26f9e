"""Own categories under a common code, versions of the common list, places that are no more."""

from __future__ import annotations

import shutil

from django.urls import reverse

from samverkan.situation.categories import FOLDER, category_list, label_in, lists_in
from samverkan.situation.models import Incident, LocalCategory, Place

from .factories import make_place
from .sending import report_of, send, signed_in

WHY = "look in a test"
URL = reverse("situation:categories")


def add(client, name: str = "Isbanan", category: str = "E51"):
    return client.post(URL, {"municipality": "1760", "category": category, "name": name})


def test_the_list_says_its_version_its_standing_and_its_source(world, client_in):
    page = client_in("safety_coordinator").get(URL)
    assert category_list().version in page.text
    assert "förslag" in page.text
    assert "Socialstyrelsen" in page.text


def test_an_own_category_is_chosen_by_reporters_and_counted_under_the_common_code(world, client_in):
    assert add(client_in("safety_coordinator")).status_code == 302
    own = LocalCategory.objects.for_system(WHY).get()
    user, function = world.holder("reporter", world.school)
    client = signed_in(user)
    assert "Isbanan" in client.get(reverse("situation:report")).text
    send(client, report_of(user, function, category=f"local:{own.ref}"))
    incident = Incident.objects.for_system(WHY).get()
    assert (incident.category, incident.local_category) == ("E51", own)
    page = client_in("safety_coordinator").get(reverse("situation:incident", args=[incident.ref]))
    assert "Isbanan" in page.text


def test_one_that_is_ended_is_chosen_no_more_and_its_incidents_keep_its_name(world, client_in):
    coordinator = client_in("safety_coordinator")
    add(coordinator)
    own = LocalCategory.objects.for_system(WHY).get()
    user, function = world.holder("reporter", world.school)
    client = signed_in(user)
    send(client, report_of(user, function, category=f"local:{own.ref}"))
    coordinator.post(reverse("situation:end_category", args=[own.ref]))
    assert "Isbanan" not in client.get(reverse("situation:report")).text
    incident = Incident.objects.for_system(WHY).get()
    page = coordinator.get(reverse("situation:incident", args=[incident.ref]))
    assert "Isbanan" in page.text


def test_a_name_that_is_taken_or_a_code_that_is_none_is_told_at_its_field(world, client_in):
    coordinator = client_in("safety_coordinator")
    add(coordinator)
    assert add(coordinator).status_code == 422
    assert add(coordinator, category="E00", name="Annat").status_code == 422
    assert LocalCategory.objects.for_system(WHY).count() == 1


def test_another_municipality_neither_sees_nor_ends_it(world, client_in):
    add(client_in("safety_coordinator"))
    own = LocalCategory.objects.for_system(WHY).get()
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    assert "Isbanan" not in neighbour.get(URL).text
    url = reverse("situation:end_category", args=[own.ref])
    assert neighbour.post(url).status_code == 404
    assert client_in("reporter", world.school).get(URL).status_code == 403


def test_old_incidents_keep_the_name_of_their_versions_list(tmp_path):
    for path in FOLDER.glob("categories*.toml"):
        shutil.copy(path, tmp_path)
    old = (tmp_path / "categories.toml").read_text(encoding="utf-8")
    (tmp_path / "categories_2025-1.toml").write_text(
        old.replace('"2026-1"', '"2025-1"').replace('"Skadegörelse"', '"Förstörelse"'),
        encoding="utf-8",
    )
    lists = lists_in(tmp_path)
    assert label_in(lists, "E10", "2025-1", "sv") == "Förstörelse"
    assert label_in(lists, "E10", "2026-1", "sv") == "Skadegörelse"
    assert label_in(lists, "E10", "finns inte", "sv") == "Skadegörelse"
    assert label_in(lists, "X99", "2025-1", "sv") == "X99"


def test_a_place_is_removed_and_put_back_by_the_owners_reviewer(world, client_in):
    place = make_place(world.storfors)
    url = reverse("situation:place_state", args=[place.ref])
    coordinator = client_in("safety_coordinator")
    assert "togs bort ur registret" in coordinator.post(url, follow=True).text
    assert Place.objects.for_system(WHY).get().ended_on is not None
    coordinator.post(url, {"aterstall": "1"})
    assert Place.objects.for_system(WHY).get().ended_on is None
    outsider = client_in("safety_coordinator", world.kristinehamn)
    assert outsider.post(url).status_code == 404
    assert client_in("reporter", world.school).post(url).status_code == 403

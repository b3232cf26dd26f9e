"""The page for reporting, without a script: choices, errors, nothing to report."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from samverkan.situation.models import Incident, NothingReported
from samverkan.situation.weeks import week_of, weeks_later

from .factories import make_duty, make_place

URL = reverse("situation:report")
WHY = "look in a test"


def fields(**given: str) -> dict[str, str]:
    return {
        "key": str(uuid4()),
        "municipality": "1760",
        "category": "E10",
        "when": "now",
        "place": "",
        **given,
    }


def last_week() -> int:
    return weeks_later(week_of(timezone.localdate()), -1)


def test_it_offers_the_places_of_the_register_and_the_categories(world, client_in):
    make_place(world.storfors, "Torget")
    make_place(world.kristinehamn, "Resecentrum")
    page = client_in("reporter", world.school).get(URL)
    assert "Torget" in page.text
    assert "Resecentrum" not in page.text
    assert "Skadegörelse" in page.text
    assert "Inget att rapportera" not in page.text


def test_a_report_is_sent_without_a_script(world, client_in):
    place = make_place(world.storfors, "Torget")
    client = client_in("reporter", world.school)
    page = client.post(URL, fields(place=place.ref, text="Klotter"), follow=True)
    assert "har kommit in" in page.text
    assert Incident.objects.for_system(WHY).get().place == place


def test_send_and_report_one_more_keeps_the_place(world, client_in):
    place = make_place(world.storfors, "Torget")
    client = client_in("reporter", world.school)
    answer = client.post(URL, fields(place=place.ref, again="1"))
    assert f"place={place.ref}" in answer["Location"]
    assert f'value="{place.ref}" checked' in client.get(answer["Location"]).text


def test_what_was_typed_stands_there_after_an_error(world, client_in):
    place = make_place(world.storfors, "Torget")
    client = client_in("reporter", world.school)
    sent = fields(place=place.ref, text="En 16-årig pojke på moped", category="E60")
    page = client.post(URL, sent)
    assert page.status_code == 422
    assert "En 16-årig pojke på moped</textarea>" in page.text
    assert f'value="{place.ref}" checked' in page.text
    assert 'value="E60" checked' in page.text
    assert 'name="confirmed"' in page.text
    confirmed = client.post(URL, {**sent, "confirmed": ["16-årig pojke på moped"]})
    assert confirmed.status_code == 302


def test_the_form_sent_twice_is_one_report(world, client_in):
    client, sent = client_in("reporter", world.school), fields()
    client.post(URL, sent)
    client.post(URL, sent)
    assert Incident.objects.for_system(WHY).count() == 1


def test_nothing_to_report_is_one_tap_that_counts_once_and_can_be_taken_back(world, client_in):
    make_duty(world.school)
    client = client_in("reporter", world.school)
    assert f"Inget att rapportera för vecka {last_week() % 100}" in client.get(URL).text
    url = reverse("situation:nothing_to_report")
    for _each in range(2):
        assert client.post(url, {"vecka": last_week()}, follow=True).status_code == 200
    words = NothingReported.objects.for_system(WHY)
    assert words.get().week == last_week()
    assert "Ta tillbaka" in client.get(URL).text
    client.post(url, {"vecka": last_week(), "angra": "1"})
    assert not words.all().exists()


def test_nothing_is_not_said_for_other_weeks_nor_by_units_without_duty(world, client_in):
    url = reverse("situation:nothing_to_report")
    client = client_in("reporter", world.school)
    client.post(url, {"vecka": last_week()})
    make_duty(world.school, timezone.localdate() - timedelta(days=400))
    for week in ("", "x", str(weeks_later(last_week(), -3)), str(weeks_later(last_week(), 5))):
        client.post(url, {"vecka": week})
    assert not NothingReported.objects.for_system(WHY).exists()


def test_a_function_that_does_not_report_meets_only_what_waits_on_its_device(world, client_in):
    page = client_in("auditor").get(URL)
    assert page.status_code == 403
    assert "rapporterar inte" in page.text
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0]


def test_nobody_is_asked_to_sign_in(client, world):
    assert client.get(URL)["Location"].startswith("/konto/login/")


def test_the_shell_holds_nobodys_data(world, client_in):
    make_place(world.storfors, "Torget")
    page = client_in("reporter", world.school).get(reverse("situation:report_shell"))
    main = page.text.split("<main")[1].split("</main>")[0]
    assert "Torget" not in main
    assert "csrf" not in main
    assert 'name="offline-owner" content=""' in page.text


def test_a_reporter_lands_on_one_obvious_button(world, client_in):
    page = client_in("reporter", world.school).get("/")
    main = page.text.split("<main")[1].split("</main>")[0]
    assert main.count("button--primary") == 1
    assert f'href="{URL}"' in main

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from conftest import ClientIn
from samverkan.organisations.services import load_municipalities
from samverkan.platform.access.actor import system
from samverkan.platform.jobs.models import Job
from samverkan.statistics.models import FetchRun, Figure
from samverkan.statistics.tests.shapes import kolada
from tests.publishers import Reply, Script, publisher
from tests.world import NOW, World

SOURCES = "/statistik/kallor/"


@pytest.fixture
def press(
    world: World, client_in: ClientIn, settings: Any, tmp_path: Path
) -> Callable[..., Client]:
    """Press "fetch now" as the coordinator of Storfors; the job is done at once in tests."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    browser = client_in("safety_coordinator")

    def carry(script: Script, code: str = "kolada") -> Client:
        with publisher(script) as there:
            settings.FETCH_ADDRESSES = {code: f"{there.address}/v3"}
            browser.post(reverse("statistics:fetch_now", args=[code]))
        return browser

    return carry


def run_page(browser: Client) -> str:
    run = FetchRun.objects.for_system("a test looks").latest("pk")
    return browser.get(reverse("statistics:fetch_run", args=[run.ref])).content.decode()


def test_fetch_now_puts_the_figures_in_and_shows_what_came(press: Callable[..., Client]) -> None:
    browser = press(kolada())
    assert Figure.objects.for_system("a test looks").filter(source_code="kolada").exists()
    page = run_page(browser)
    assert "nya siffror" in page
    assert "Anmälda våldsbrott per 100 000 invånare" in page
    assert "kolada-1760-" in page
    assert Job.objects.for_system("a test looks").get().state == Job.State.DONE


def test_a_fetch_that_fails_says_why_and_that_nothing_changed(
    press: Callable[..., Client],
) -> None:
    browser = press(lambda _asked, _number: Reply({}, status=404))
    page = run_page(browser)
    assert "Ingenting kunde hämtas, och ingenting ändrades" in page
    assert "404" in page
    assert "404" in browser.get(SOURCES).content.decode()


def test_the_list_says_when_it_was_done_and_when_it_is_time_again(
    press: Callable[..., Client],
) -> None:
    page = press(kolada()).get(SOURCES).content.decode()
    assert "Senast hämtat" in page
    assert "Nästa gång" in page
    assert "Ännu inte hämtat." in page


def test_small_counts_of_a_sensitive_series_do_not_show_in_what_changed(
    press: Callable[..., Client],
) -> None:
    page = run_page(press(kolada(lambda kpi, _p, _y: 3.125 if kpi == "N07537" else 900.0)))
    assert "Anmälda sexualbrott" in page
    assert "3,1" not in page


def test_another_party_neither_sees_nor_reaches_the_fetch(
    press: Callable[..., Client], world: World, client_in: ClientIn
) -> None:
    press(kolada())
    run = FetchRun.objects.for_system("a test looks").latest("pk")
    other = client_in("safety_coordinator", world.kristinehamn)
    assert other.get(reverse("statistics:fetch_run", args=[run.ref])).status_code == 404
    assert run.ref not in other.get(SOURCES).content.decode()


def test_a_politician_sees_the_sources_and_has_no_button(client_in: ClientIn) -> None:
    browser = client_in("council_politician")
    page = browser.get(SOURCES).content.decode()
    assert "Hämta nu" not in page
    assert browser.post(reverse("statistics:fetch_now", args=["kolada"])).status_code == 403


def test_what_cannot_be_fetched_is_not_found(client_in: ClientIn) -> None:
    browser = client_in("safety_coordinator")
    assert browser.post(reverse("statistics:fetch_now", args=["annat"])).status_code == 404
    assert browser.get(reverse("statistics:fetch_now", args=["kolada"])).status_code == 405


def test_the_municipality_page_still_answers_beside_the_new_addresses(
    client_in: ClientIn, world: World
) -> None:
    load_municipalities(system("tests need all municipalities", NOW))
    assert client_in("safety_coordinator").get("/statistik/1760/").status_code == 200

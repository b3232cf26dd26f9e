"""Reports without a network: written, the page closed, the network back; each comes once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from samverkan.situation.models import Incident
from tests.access.walk import client_of
from tests.e2e.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WHY = "look in a test"
# What waits is sent by itself: on a busy machine that takes longer than a click.
expect.set_options(timeout=20_000)
PATH = "/rapportera/"


@pytest.fixture
def phone(demo_server: str, browser: Browser) -> Iterator[BrowserContext]:
    """The principal's phone, signed in, with the app installed by the first visit."""
    context = browser.new_context(
        base_url=demo_server, viewport=PHONE, locale="sv-SE", timezone_id="Europe/Stockholm"
    )
    sign_in(context, demo_server, "reporter")
    page = open_ready(context)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.close()
    yield context
    context.close()


def sign_in(context: BrowserContext, server: str, walker: str) -> None:
    session = client_of(walker).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": server}])


def open_ready(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(PATH)
    page.locator("#report-form[data-state=ready]").wait_for()
    return page


def write(page: Page, text: str, category: str = "Klotter", place: str = "Busstorget") -> None:
    page.locator("[data-places] .pick", has_text=place).first.click()
    page.locator("[data-categories] .pick", has_text=category).first.click()
    page.get_by_label("Berätta kort").fill(text)
    page.get_by_role("button", name="Skicka rapporten").click()


def arrived(text: str) -> int:
    return Incident.objects.for_system(WHY).filter(text=text).count()


def lose_every_answer(context: BrowserContext) -> list[int]:
    """The server gets each report; the phone never hears of it."""
    lost: list[int] = []

    def swallow(route: Route) -> None:
        lost.append(route.fetch().status)
        # A page that has given up meanwhile has let the call go itself: lost all the same.
        with suppress(Error):
            route.abort()

    context.route("**/rapportera/skicka", swallow)
    return lost


def test_with_a_network_a_report_comes_in_at_once(phone: BrowserContext) -> None:
    page = open_ready(phone)
    write(page, "Klotter på väggen")
    expect(page.locator("#report-status")).to_contain_text("Din rapport har kommit in")
    assert arrived("Klotter på väggen") == 1


def test_two_reports_written_without_a_network_come_once_each_after_the_page_was_closed(
    phone: BrowserContext,
) -> None:
    phone.set_offline(True)
    page = open_ready(phone)
    expect(page.get_by_role("heading", level=1)).to_have_text("Rapportera en händelse")
    write(page, "Den första utan nät")
    expect(page.locator("#report-status")).to_contain_text("Nätet saknas")
    expect(page.locator("#report-queue")).to_contain_text("1 rapport väntar på nätet")
    write(page, "Den andra utan nät", category="Stöld eller inbrott")
    expect(page.locator("#report-queue")).to_contain_text("2 rapporter väntar på nätet")
    page.close()
    page = open_ready(phone)
    expect(page.locator("#report-queue")).to_contain_text("2 rapporter väntar på nätet")
    page.close()
    assert arrived("Den första utan nät") == arrived("Den andra utan nät") == 0

    phone.set_offline(False)
    page = open_ready(phone)
    expect(page.locator("#report-queue")).to_be_hidden()
    assert arrived("Den första utan nät") == arrived("Den andra utan nät") == 1
    page.reload()
    page.locator("#report-form[data-state=ready]").wait_for()
    assert arrived("Den första utan nät") == arrived("Den andra utan nät") == 1


def test_the_page_that_stands_open_sends_when_the_network_returns(phone: BrowserContext) -> None:
    page = open_ready(phone)
    phone.set_offline(True)
    write(page, "Väntar på öppen sida")
    expect(page.locator("#report-queue")).to_contain_text("1 rapport väntar")
    phone.set_offline(False)
    expect(page.locator("#report-queue")).to_be_hidden()
    assert arrived("Väntar på öppen sida") == 1


def test_what_waits_is_sent_once_by_the_system_s_own_call_while_no_page_is_open(
    phone: BrowserContext, demo_server: str
) -> None:
    """Background Sync: the worker is woken without a page, also twice, and sends what waits."""
    page = open_ready(phone)
    phone.set_offline(True)
    write(page, "Skickad utan sida")
    expect(page.locator("#report-queue")).to_contain_text("1 rapport väntar")
    page.goto("about:blank")
    phone.set_offline(False)
    wake_worker(phone, page, demo_server)
    wake_worker(phone, page, demo_server)
    wait_until(page, lambda: arrived("Skickad utan sida") == 1)
    page.close()
    page = open_ready(phone)
    expect(page.locator("#report-queue")).to_be_hidden()
    assert arrived("Skickad utan sida") == 1


def test_a_report_takes_three_choices_and_one_short_text(phone: BrowserContext) -> None:
    """Under a minute: what must be touched between the opened app and the sent report."""
    page = open_ready(phone)
    page.evaluate(
        "window.taps = 0; addEventListener('pointerdown', () => { window.taps += 1; }, true)"
    )
    write(page, "Snabbt skrivet")
    expect(page.locator("#report-status")).to_contain_text("Din rapport har kommit in")
    # Place, kind, send; a person touches the text field too.
    assert page.evaluate("window.taps") == 3


def wake_worker(phone: BrowserContext, page: Page, server: str) -> None:
    """What the browser does when the network is back, long after the page was closed."""
    session = phone.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(
            each["registrationId"]
            for each in told["registrations"]
            if each["scopeURL"].startswith(server) and not each["isDeleted"]
        ),
    )
    session.send("ServiceWorker.enable")
    wait_until(page, lambda: bool(found))
    session.send(
        "ServiceWorker.dispatchSyncEvent",
        {"origin": server, "registrationId": found[-1], "tag": "reports", "lastChance": False},
    )
    session.detach()


def wait_until(page: Page, is_so: Callable[[], bool], seconds: int = 20) -> None:
    for _each in range(seconds * 10):
        if is_so():
            return
        page.wait_for_timeout(100)
    pytest.fail(f"not within {seconds} seconds")


def test_an_answer_that_is_lost_on_the_way_does_not_make_two_of_one(
    phone: BrowserContext,
) -> None:
    lost = lose_every_answer(phone)
    page = open_ready(phone)
    write(page, "Svaret försvann")
    expect(page.locator("#report-queue")).to_contain_text("1 rapport väntar")
    assert lost[0] == 201
    assert arrived("Svaret försvann") == 1
    page.close()

    phone.unroute_all()
    page = open_ready(phone)
    expect(page.locator("#report-queue")).to_be_hidden()
    assert arrived("Svaret försvann") == 1


def test_the_next_person_at_the_device_neither_sees_nor_sends_what_waits(
    phone: BrowserContext, demo_server: str
) -> None:
    phone.set_offline(True)
    page = open_ready(phone)
    write(page, "Rektorns rapport")
    expect(page.locator("#report-queue")).to_contain_text("1 rapport väntar")
    page.close()
    phone.set_offline(False)
    phone.clear_cookies()
    sign_in(phone, demo_server, "housing")
    page = open_ready(phone)
    expect(page.locator("#report-queue")).to_be_hidden()
    assert "Rektorns rapport" not in page.content()
    assert arrived("Rektorns rapport") == 0
    page.close()

    phone.clear_cookies()
    sign_in(phone, demo_server, "reporter")
    page = open_ready(phone)
    expect(page.locator("#report-queue")).to_be_hidden()
    report = Incident.objects.for_system(WHY).get(text="Rektorns rapport")
    assert report.reporting_organisation.name == "Grundskolan, Storfors"


def test_a_session_that_is_gone_keeps_what_waits_until_somebody_signs_in(
    phone: BrowserContext, demo_server: str
) -> None:
    page = open_ready(phone)
    phone.clear_cookies()
    write(page, "Utloggad under tiden")
    expect(page.locator("#report-status")).to_contain_text("Du är utloggad")
    page.close()
    assert arrived("Utloggad under tiden") == 0
    sign_in(phone, demo_server, "reporter")
    page = open_ready(phone)
    expect(page.locator("#report-queue")).to_be_hidden()
    assert arrived("Utloggad under tiden") == 1


def test_a_number_is_stopped_on_the_device_already_without_a_network(
    phone: BrowserContext,
) -> None:
    phone.set_offline(True)
    page = open_ready(phone)
    write(page, "Ring 070-174 06 05")
    expect(page.locator(".field--error")).to_contain_text("telefonnummer")
    expect(page.locator("#report-queue")).to_be_hidden()
    expect(page.get_by_label("Berätta kort")).to_have_value("Ring 070-174 06 05")


def test_what_only_the_server_finds_waits_to_be_mended_and_is_sent_again(
    phone: BrowserContext,
) -> None:
    phone.set_offline(True)
    page = open_ready(phone)
    write(page, "En 16-årig pojke på moped vid kiosken")
    expect(page.locator("#report-queue")).to_contain_text("1 rapport väntar")
    page.close()
    phone.set_offline(False)
    page = open_ready(phone)
    expect(page.locator("#report-queue")).to_contain_text("1 rapport behöver rättas")
    page.get_by_role("button", name="Rätta").click()
    expect(page.get_by_label("Berätta kort")).to_have_value("En 16-årig pojke på moped vid kiosken")
    page.get_by_label("Berätta kort").fill("Moped i hög fart vid kiosken")
    page.get_by_role("button", name="Skicka rapporten").click()
    expect(page.locator("#report-status")).to_contain_text("har kommit in")
    expect(page.locator("#report-queue")).to_be_hidden()
    assert arrived("Moped i hög fart vid kiosken") == 1


def test_while_typing_the_guard_asks_and_takes_no_for_an_answer(phone: BrowserContext) -> None:
    page = open_ready(phone)
    page.get_by_label("Berätta kort").fill("En 16-årig pojke på moped vid kiosken")
    question = page.locator("#guard-said")
    expect(question).to_contain_text("peka ut en person")
    page.get_by_label("Nej, det är inte en person").check()
    write(page, "En 16-årig pojke på moped vid kiosken")
    expect(page.locator("#report-status")).to_contain_text("har kommit in")


def test_a_point_on_the_map_becomes_a_place_and_never_leaves_the_phone(
    phone: BrowserContext,
) -> None:
    page = open_ready(phone)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.get_by_text("Peka på kartan").click()
    page.locator("[data-report-map][data-state=drawn]").wait_for()
    page.locator("[data-report-map] canvas").click()
    expect(page.locator("[data-map-said]")).to_contain_text("sparas inte")
    snapped = page.evaluate(
        """() => import('/static/situation/report-map.mjs').then(({ snap }) => {
            const area = { name: 'Centrum', area: '', latitude: 59.53, longitude: 14.27,
                           radius_metres: 500 };
            const named = { name: 'Torget', area: 'Centrum', latitude: 59.531,
                            longitude: 14.271, radius_metres: 60 };
            const at = (north, east) => snap([area, named], north, east)?.name || '';
            return [at(59.531, 14.271), at(59.533, 14.27), at(59.6, 14.27)];
        })"""
    )
    assert snapped == ["Torget", "Centrum", ""]
    assert not [each for each in sent if "latitude" in each or "59.5" in each]


def test_signing_out_forgets_what_was_kept_for_the_person(phone: BrowserContext) -> None:
    page = open_ready(phone)
    page.evaluate(
        """() => caches.open('samverkan-session-' +
            document.querySelector('meta[name=offline-owner]').content)
            .then((cache) => cache.put('/kontakter/', new Response('nummer')))"""
    )
    page.goto("/konto/logout/")
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_load_state()
    page.wait_for_function(
        "caches.keys().then((names) => !names.some((name) => name.includes('session')))"
    )
    phone.set_offline(True)
    page.goto("/kontakter/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Det finns inget nät just nu")
    assert "nummer" not in page.content()


def test_what_is_kept_for_everybody_names_nobody(phone: BrowserContext) -> None:
    page = open_ready(phone)
    kept = page.evaluate(
        """async () => {
            const names = (await caches.keys()).filter((name) => name.includes('shell'));
            const cache = await caches.open(names[0]);
            const found = [];
            for (const request of await cache.keys()) {
                const answer = await cache.match(request);
                const type = answer.headers.get('Content-Type') || '';
                if (type.includes('html')) found.push(await answer.text());
            }
            return found;
        }"""
    )
    assert len(kept) == 2
    for text in kept:
        assert "Rektor" not in text
        assert "Busstorget" not in text
        assert "csrfmiddlewaretoken" not in text

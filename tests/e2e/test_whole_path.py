"""The chain that never breaks: a report on a phone without a network, the review, the week, the
meeting, the decision, the measure, its follow-up, and the word back to whoever reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from samverkan.governance.models import Meeting
from samverkan.situation.models import Incident, Measure, Problem
from tests.access.walk import client_of
from tests.e2e.conftest import PHONE, OpenAs

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WHY = "follow one report through the house"
TEXT = "Trasig lampa vid ingången"
DECIDED = "Byt lampan och håll ingången upplyst"


@pytest.fixture
def phone(demo_server: str, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=demo_server, viewport=PHONE, locale="sv-SE", timezone_id="Europe/Stockholm"
    )
    session = client_of("reporter").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": demo_server}])
    yield context
    context.close()


def test_one_report_goes_all_the_way_and_comes_back(phone: BrowserContext, open_as: OpenAs) -> None:
    report = written_without_a_network(phone)
    reviewed(open_as, report)
    seen_in_the_week(open_as)
    problem = gathered(open_as, report)
    measure = decided_in_the_meeting(open_as, problem)
    done_and_followed_up(open_as, measure)
    told_to_whoever_reported(open_as)


def written_without_a_network(phone: BrowserContext) -> Incident:
    page = ready(phone)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.close()
    phone.set_offline(True)
    page = ready(phone)
    page.locator("[data-places] .pick", has_text="Biblioteket").first.click()
    page.locator("[data-categories] .pick", has_text="Klotter").first.click()
    page.get_by_label("Berätta kort").fill(TEXT)
    page.get_by_role("button", name="Skicka rapporten").click()
    expect(page.locator("#report-queue")).to_contain_text("1 rapport väntar")
    page.close()
    phone.set_offline(False)
    page = ready(phone)
    expect(page.locator("#report-queue")).to_be_hidden()
    return Incident.objects.for_system(WHY).get(text=TEXT)


def ready(phone: BrowserContext) -> Page:
    page = phone.new_page()
    page.goto("/rapportera/")
    page.locator("#report-form[data-state=ready]").wait_for()
    return page


def reviewed(open_as: OpenAs, report: Incident) -> None:
    address = f"/handelser/{report.ref}/"
    assert client_of("officer").get(address).status_code == 404
    page = open_as("coordinator", f"/granskning/{report.ref}/")
    expect(page.locator(".lead")).to_have_text(TEXT)
    page.locator("form[action$='/godkann'] button").click()
    officer = open_as("officer", address)
    expect(officer.get_by_text(TEXT)).to_be_visible()


def seen_in_the_week(open_as: OpenAs) -> None:
    page = open_as("coordinator", "/veckan/")
    expect(page.locator("main")).to_contain_text("Biblioteket")


def gathered(open_as: OpenAs, report: Incident) -> Problem:
    problem = Problem.objects.for_system(WHY).filter(place__name="Biblioteket").latest("pk")
    page = open_as("coordinator", f"/problem/{problem.ref}/samla/?kategori={report.category}")
    page.locator(f"input[name=handelse][value='{report.ref}']").check()
    page.locator("form[method=post] button[type=submit]").first.click()
    assert problem.gathered.for_system(WHY).filter(incident=report).exists()
    return problem


def decided_in_the_meeting(open_as: OpenAs, problem: Problem) -> Measure:
    meeting = Meeting.objects.for_system(WHY).get(group__kind="est", state="ongoing")
    address = f"/grupper/moten/{meeting.ref}/"
    page = open_as("coordinator", f"{address}lage/")
    point = page.locator(".mode__point", has_text=problem.title).first
    point.click()
    # The keys are listened to once the page's own script has come.
    page.wait_for_load_state("networkidle")
    page.keyboard.press("b")
    today = timezone.localdate()
    page.locator("[name=kind]").select_option("measure")
    page.locator("[name=decision]").fill(DECIDED)
    page.locator("[name=function_ref]").select_option(index=1)
    page.locator("[name=due_on]").fill((today + timedelta(days=14)).isoformat())
    page.locator("[name=follow_up_on]").fill((today + timedelta(days=70)).isoformat())
    page.locator("[name=follow_up_how]").fill("Antal händelser per vecka")
    page.locator("[name=baseline]").fill("3 i veckan")
    page.locator("[name=cause]").fill("Dålig belysning")
    page.locator("button[value=decide]").click()
    measure = Measure.objects.for_system(WHY).get(title=DECIDED)
    assert measure.state == "decided"
    page.keyboard.press("Escape")
    page.locator("button[value=end]").click()
    page.locator("main form[method=post] button[type=submit]").first.click()
    minutes = open_as("coordinator", f"{address}protokoll/")
    expect(minutes.locator("main")).to_contain_text(DECIDED)
    return measure


def done_and_followed_up(open_as: OpenAs, measure: Measure) -> None:
    for event in ("start", "finish"):
        page = open_as("coordinator", f"/atgarder/{measure.ref}/steg/{event}/")
        page.locator("main form[method=post] button[type=submit]").first.click()
    page = open_as("coordinator", f"/atgarder/{measure.ref}/effekt/")
    expect(page.locator("h1")).to_be_visible()
    page = open_as("coordinator", f"/atgarder/{measure.ref}/steg/follow_up/")
    page.locator("[name=outcome]").fill("Lampan lyser, lugnare kvällar.")
    page.locator("main form[method=post] button[type=submit]").first.click()
    measure.refresh_from_db()
    assert measure.state == "followed_up"


def told_to_whoever_reported(open_as: OpenAs) -> None:
    page = open_as("reporter", "/mina-rapporter/", viewport=PHONE)
    own = page.locator("article", has_text="Klotter").first
    expect(own).to_contain_text("Mottagen")
    expect(own).to_contain_text("problem")
    expect(own).to_contain_text("ppföljd")

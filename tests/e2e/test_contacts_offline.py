"""Whom to call when the net is cut: every path's page is on the device, opened before or not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.access.walk import client_of
from tests.e2e.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
INDEX = "/kontakter/"
KEPT = """async () => {
  await navigator.serviceWorker.ready;
  const names = (await caches.keys()).filter((each) => each.startsWith("samverkan-session-"));
  const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return lists.flat().map((each) => new URL(each.url).pathname);
}"""


def test_each_path_opens_without_a_net_and_no_other_page_does(
    demo_server: str, browser: Browser
) -> None:
    context = browser.new_context(base_url=demo_server, viewport=PHONE, locale="sv-SE")
    session = client_of("coordinator").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": demo_server}])
    page = context.new_page()
    page.goto(INDEX)
    links = page.locator("a[data-offline-keep]")
    paths = {str(links.nth(at).get_attribute("href")) for at in range(links.count())}
    assert len(paths) >= 2
    # The first visit installs the worker; from the second on it answers.
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    for _turn in range(40):
        if {INDEX, *paths} <= set(page.evaluate(KEPT)):
            break
        page.wait_for_timeout(250)
    assert {INDEX, *paths} <= set(page.evaluate(KEPT))
    context.set_offline(True)
    for path in sorted(paths)[:2]:
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.locator('a[href^="tel:"]').count() >= 1
    page.goto("/avtal/")
    assert page.locator('a[href^="tel:"]').count() == 0
    context.close()

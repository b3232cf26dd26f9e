"""Signing in with a real browser: the demo's door, a password, and a passkey without one."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Browser, Page, expect

from samverkan.organisations.models import Function, Holding
from samverkan.platform.accounts.models import User
from tests.world import LONG_AGO

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "en lång mening med ord"


@pytest.fixture
def page(demo_server: str, browser: Browser) -> Page:
    user = User.objects.create_user("anna@example.test", PASSWORD, display_name="Testperson")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    function = Function.objects.for_system("test").get(title="Säkerhetssamordnare, Storfors")
    Holding.objects.create(function=function, user=user, role="deputy", valid_from=LONG_AGO)
    # Passkeys are bound to a name, which an address of numbers is not.
    context = browser.new_context(
        base_url=demo_server.replace("127.0.0.1", "localhost"), locale="sv-SE"
    )
    return context.new_page()


def sign_in(page: Page) -> None:
    page.goto("/konto/login/")
    page.get_by_label("E-post").fill("anna@example.test")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()


def test_a_deputy_signs_in_and_sees_on_whose_behalf_she_acts(page: Page) -> None:
    sign_in(page)
    expect(page.get_by_role("banner")).to_contain_text("Säkerhetssamordnare, Storfors")
    expect(page.get_by_role("banner")).to_contain_text("på uppdrag av")
    page.context.close()


def test_a_passkey_is_added_and_then_opens_without_a_password(page: Page) -> None:
    sign_in(page)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto("/konto/2fa/webauthn/add/")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.locator("#id_name").fill("Testnyckel")
    page.locator("#id_passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/konto/2fa/**")
    page.goto("/konto/logout/")
    page.locator("main form button[type=submit]").click()
    page.goto("/konto/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url("**/")
    expect(page.get_by_role("banner")).to_contain_text("Säkerhetssamordnare, Storfors")
    page.context.close()

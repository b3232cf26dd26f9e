from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from samverkan.organisations.models import Holding
from samverkan.platform.accounts.models import User
from samverkan.platform.audit.models import AuditEntry
from tests.world import LONG_AGO, World

PASSWORD = "en lång mening med ord"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def coordinator(world: World) -> User:
    user = User.objects.create_user("anna@example.test", PASSWORD, display_name="Testperson")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    function = world.function("safety_coordinator")
    Holding.objects.create(function=function, user=user, valid_from=LONG_AGO)
    return user


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> object:
    return client.post(
        "/konto/login/", {"login": "anna@example.test", "password": password, **more}
    )


@pytest.mark.usefixtures("coordinator")
def test_the_right_password_opens_and_leaves_a_trace(client: Client) -> None:
    response = sign_in(client)
    assert response.status_code == 302
    assert response.headers["Location"] == "/"
    entry = AuditEntry.objects.for_system("test").get(action="account.signed_in")
    assert entry.function_title.startswith("safety_coordinator")


@pytest.mark.usefixtures("coordinator")
def test_a_wrong_password_is_said_and_logged_without_the_address(client: Client) -> None:
    response = sign_in(client, "fel lösenord helt")
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert "anna@example.test" in response.content.decode()
    entry = AuditEntry.objects.for_system("test").get(action="account.sign_in_failed")
    assert "anna" not in str(entry.details) + entry.actor_label + entry.object_ref


@pytest.mark.usefixtures("coordinator")
def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(client: Client) -> None:
    def answer(address: str) -> str:
        page = client.post("/konto/login/", {"login": address, "password": "fel lösenord helt"})
        text = page.content.decode().replace(address, "")
        return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", text)

    assert answer("anna@example.test") == answer("nobody@example.test")


@pytest.mark.usefixtures("coordinator")
def test_guessing_is_slowed_down_after_five_tries(client: Client) -> None:
    for _each in range(5):
        sign_in(client, "fel lösenord helt")
    page = sign_in(client)
    assert page.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("coordinator")
def test_the_address_to_go_on_to_stays_within_the_house(client: Client) -> None:
    assert sign_in(client, next="https://evil.example/").headers["Location"] == "/"


def test_nobody_can_make_an_account(client: Client, db: None) -> None:
    for answer in (
        client.get("/konto/signup/"),
        client.post(
            "/konto/signup/",
            {"email": "x@example.test", "password1": PASSWORD, "password2": PASSWORD},
        ),
    ):
        assert "<form" not in answer.content.decode().split("<main")[1].split("</main")[0]
    assert not User.objects.exists()


@pytest.mark.usefixtures("coordinator")
def test_other_sessions_are_listed_and_signed_out(client: Client) -> None:
    elsewhere = Client(headers={"user-agent": "Another browser"})
    sign_in(elsewhere)
    sign_in(client)
    page = client.get("/konto/sessions/").content.decode()
    assert "Another browser" in page
    client.post("/konto/sessions/")
    assert elsewhere.get("/konto/").status_code == 302
    assert client.get("/konto/").status_code == 200
    assert UserSession.objects.count() == 1


@pytest.mark.usefixtures("coordinator")
def test_signing_out_leaves_a_trace(client: Client) -> None:
    sign_in(client)
    client.post("/konto/logout/")
    assert client.get("/konto/").status_code == 302
    assert AuditEntry.objects.for_system("test").filter(action="account.signed_out").exists()


@pytest.mark.usefixtures("coordinator")
def test_a_second_step_is_switched_on_and_then_asked_for(client: Client) -> None:
    sign_in(client)
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    page = client.get("/konto/2fa/totp/activate/")
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    answer = client.post("/konto/2fa/totp/activate/", {"code": code})
    assert answer.status_code == 302
    cache.clear()
    again = Client()
    asked = sign_in(again)
    assert asked.headers["Location"].startswith("/konto/2fa/authenticate/")
    assert "_auth_user_id" not in again.session
    again.post("/konto/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" in again.session


@pytest.mark.parametrize("weak", ["kort", "123456789012", "password1234", "anna@example"])
def test_a_weak_password_is_refused(weak: str, coordinator: User, client: Client) -> None:
    sign_in(client)
    client.post(
        "/konto/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )
    coordinator.refresh_from_db()
    assert coordinator.check_password(PASSWORD)


@pytest.mark.usefixtures("coordinator")
def test_every_page_of_the_account_has_the_shell(client: Client) -> None:
    sign_in(client)
    for path in ("", "2fa/", "sessions/", "password/change/", "email/", "2fa/webauthn/"):
        page = client.get(f"/konto/{path}").content.decode()
        assert "skip-link" in page, path
        assert page.count("<h1") == 1, path

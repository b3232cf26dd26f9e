from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from samverkan.platform.access.actor import system
from samverkan.platform.accounts.services import invite_person
from tests.world import NOW, World

PASSWORD = "en lång mening med ord"


@pytest.mark.django_db
def test_the_invited_person_sets_a_password_and_signs_in(client: Client) -> None:
    invitation = invite_person(system("test", NOW), "Ny@Example.test", "Testperson")
    assert invitation.path is not None
    page = client.get(invitation.path, follow=True)
    answer = client.post(
        page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD}, follow=True
    )
    assert answer.status_code == 200
    invitation.user.refresh_from_db()
    assert invitation.user.check_password(PASSWORD)
    again = Client().get(invitation.path, follow=True)
    assert "password1" not in again.content.decode()


@pytest.mark.django_db
def test_inviting_somebody_who_is_here_makes_no_second_account() -> None:
    first = invite_person(system("test", NOW), "a@example.test", "Testperson")
    second = invite_person(system("test", NOW), "A@example.test", "Other name")
    assert first.user == second.user


@pytest.mark.django_db
@pytest.mark.parametrize(("email", "name"), [("not an address", "x"), ("", "x"), ("a@b.se", " ")])
def test_a_bad_address_or_an_empty_name_is_refused(email: str, name: str) -> None:
    with pytest.raises(ValidationError):
        invite_person(system("test", NOW), email, name)


def test_only_the_administrator_invites(world: World) -> None:
    with pytest.raises(PermissionDenied):
        invite_person(world.actor("safety_coordinator"), "a@example.test", "Testperson")
    invitation = invite_person(world.actor("administrator"), "a@example.test", "Testperson")
    assert invitation.path

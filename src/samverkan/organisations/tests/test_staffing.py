from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conftest import ClientIn
from samverkan.organisations.models import Function, Holding
from samverkan.organisations.selectors import actor_for, functions_held
from samverkan.organisations.services import load_municipalities
from samverkan.organisations.staffing.services import (
    Takeover,
    assign,
    create_function,
    end_holding,
    found_municipality,
)
from samverkan.platform.access.actor import system
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.accounts.models import User
from tests.world import NOW, World

TODAY = NOW.date()


@pytest.mark.django_db
def test_a_municipality_begins_with_one_person_who_can_do_everything() -> None:
    load_municipalities(system("test", NOW))
    founded = found_municipality(system("test", NOW), "1760", "a@example.test", "Testperson")
    user = founded.invitation.user
    assert founded.party.municipality.name == "Storfors"
    assert len(functions_held(user, NOW)) == 3
    actor = actor_for(user, founded.functions[0].ref, NOW)
    assert actor.may(Capability.PICTURES_WRITE)
    with pytest.raises(ValidationError):
        found_municipality(system("test", NOW), "1760", "b@example.test", "Testperson")
    with pytest.raises(ValidationError):
        found_municipality(system("test", NOW), "0000", "b@example.test", "Testperson")


def test_a_new_holder_follows_the_former_on_the_day(world: World) -> None:
    administrator = world.actor("administrator")
    former, function = world.holder("safety_coordinator")
    start = TODAY + timedelta(days=10)
    invitation = assign(
        administrator, function, Takeover("ny@example.test", "Testperson", "holder", start)
    )
    before, after = NOW + timedelta(days=9), NOW + timedelta(days=10)
    assert functions_held(former, before)
    assert not functions_held(invitation.user, before)
    assert not functions_held(former, after)
    assert functions_held(invitation.user, after)


def test_a_deputy_stands_in_for_a_time_beside_the_holder(world: World) -> None:
    administrator = world.actor("administrator")
    holder, function = world.holder("safety_coordinator")
    takeover = Takeover(
        "ny@example.test", "Testperson", "deputy", TODAY, TODAY + timedelta(days=14)
    )
    deputy = assign(administrator, function, takeover).user
    assert actor_for(deputy, function.ref, NOW).on_behalf_of == holder.display_name
    assert functions_held(holder, NOW)
    assert not functions_held(deputy, NOW + timedelta(days=14))


def test_an_ended_holding_closes_the_function_the_same_day(world: World) -> None:
    administrator = world.actor("administrator")
    user, _function = world.holder("safety_coordinator")
    holding = Holding.objects.for_system("test").get(user=user)
    end_holding(administrator, holding, TODAY)
    assert not functions_held(user, NOW)


def test_only_the_own_partys_administrator_changes_functions(world: World) -> None:
    _user, function = world.holder("safety_coordinator")
    takeover = Takeover("ny@example.test", "Testperson", "holder", TODAY)
    with pytest.raises(PermissionDenied):
        assign(world.actor("safety_coordinator"), function, takeover)
    with pytest.raises(ValidationError):
        assign(world.actor("administrator", world.kristinehamn), function, takeover)
    with pytest.raises(PermissionDenied):
        create_function(world.actor("community_police", world.police), "reporter", "X", "")


def test_the_administrator_makes_a_function_and_gets_a_link_for_its_holder(
    world: World, client_in: ClientIn
) -> None:
    client = client_in("administrator")
    answer = client.post(
        "/forvaltning/ny/", {"kind": "reporter", "title": "Rektor", "unit": "Skolan"}
    )
    function = Function.objects.for_system("test").get(title="Rektor")
    assert function.organisation.parent == world.storfors
    page = client.post(
        answer.headers["Location"],
        {
            "email": "rektor@example.test",
            "display_name": "Testperson",
            "role": "holder",
            "valid_from": "2026-11-23",
            "valid_to": "",
        },
    ).content.decode()
    assert "/konto/password/reset/key/" in page
    assert "rektor@example.test" not in page
    assert User.objects.filter(email="rektor@example.test").exists()
    assert "Rektor" in client.get("/forvaltning/").content.decode()


def test_dates_the_wrong_way_round_are_said_and_nothing_typed_is_lost(
    world: World, client_in: ClientIn
) -> None:
    _user, function = world.holder("reporter", world.school)
    page = client_in("administrator").post(
        f"/forvaltning/{function.ref}/",
        {
            "email": "x@example.test",
            "display_name": "Testperson",
            "role": "deputy",
            "valid_from": "2026-12-01",
            "valid_to": "2026-11-01",
        },
    )
    assert "field--error" in page.content.decode()
    assert "x@example.test" in page.content.decode()
    assert not User.objects.filter(email="x@example.test").exists()


def test_an_outsider_neither_sees_nor_ends(world: World, client_in: ClientIn) -> None:
    user, function = world.holder("safety_coordinator")
    holding = Holding.objects.for_system("test").get(user=user)
    neighbour = client_in("administrator", world.kristinehamn)
    assert neighbour.get(f"/forvaltning/{function.ref}/").status_code == 404
    ended = neighbour.post(f"/forvaltning/{function.ref}/{holding.pk}/avsluta/")
    assert ended.status_code == 404
    for kind in ("safety_coordinator", "auditor"):
        assert client_in(kind).get("/forvaltning/").status_code == 403
    assert Holding.objects.for_system("test").filter(pk=holding.pk, valid_to=None).exists()


def test_a_holding_that_has_not_begun_is_taken_away(world: World) -> None:
    _user, function = world.holder("reporter", world.school)
    administrator = world.actor("administrator")
    invitation = assign(
        administrator,
        function,
        Takeover("ny@example.test", "Testperson", "deputy", date(2027, 1, 1)),
    )
    holding = Holding.objects.for_system("test").get(user=invitation.user)
    end_holding(administrator, holding, TODAY)
    assert not Holding.objects.for_system("test").filter(user=invitation.user).exists()

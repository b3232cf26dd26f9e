"""Two taps to whoever is on duty; the wallet card; every page closed to outsiders."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from conftest import ClientIn
from samverkan.contacts.models import Call, ContactPath
from samverkan.contacts.services.calls import sound
from samverkan.contacts.services.continuity import make_handover, write_note
from samverkan.organisations.models import Function
from tests.world import World

from .paths import path_of_two

pytestmark = pytest.mark.django_db
KEY = "b" * 24


def test_it_is_two_taps_to_a_telephone_that_rings(world: World, client_in: ClientIn) -> None:
    path, _asked = path_of_two(world, world.actor("safety_coordinator"))
    client = client_in("reporter", world.school)
    index = client.get("/kontakter/").content.decode()
    assert f'href="/kontakter/{path.ref}/"' in index
    page = client.get(f"/kontakter/{path.ref}/").content.decode()
    assert 'href="tel:+46701740605"' in page
    assert "council_official" in page
    assert "på plats" in page


def test_a_call_is_sounded_from_the_page_and_answered_by_who_is_asked(
    world: World, client_in: ClientIn
) -> None:
    path, _asked = path_of_two(world, world.actor("safety_coordinator"))
    client = client_in("reporter", world.school)
    sent = client.post(
        f"/kontakter/{path.ref}/", {"key": KEY, "message": "Stök.", "is_drill": "on"}
    )
    call = Call.objects.for_system("test").get()
    assert sent.headers["Location"] == f"/kontakter/larm/{call.ref}/"
    page = client.get(sent.headers["Location"]).content.decode()
    assert "Någon söks" in page
    assert "övning" in page
    assert client.post(f"/kontakter/larm/{call.ref}/svara/").status_code == 403


def test_a_refused_message_keeps_what_was_typed(world: World, client_in: ClientIn) -> None:
    path, _asked = path_of_two(world, world.actor("safety_coordinator"))
    client = client_in("safety_coordinator")
    page = client.post(
        f"/kontakter/{path.ref}/", {"key": KEY, "message": "Ring 19121212-1212 <b>"}
    ).content.decode()
    assert "inget som pekar ut en person" in page
    assert "Ring 19121212-1212 &lt;b&gt;" in page
    assert not Call.objects.for_system("test").exists()


def test_two_who_lay_out_the_same_path_see_both(world: World, client_in: ClientIn) -> None:
    path, _asked = path_of_two(world, world.actor("safety_coordinator"))
    client = client_in("safety_coordinator")
    function = Function.objects.for_system("test").get(title__startswith="council_politician")
    form = {"based_on": "1", "note": ""}
    for number in range(6):
        form |= {f"step{number}-wait_minutes": "10", f"step{number}-hours": "always"}
    form |= {"step0-function": function.ref, "step0-ways": "sms"}
    address = "/kontakter/skriv/1760/unrest/"
    assert client.post(address, form).status_code == 302
    collided = client.post(address, form)
    assert collided.status_code == 409
    assert "Någon annan har ändrat" in collided.content.decode()
    missing = client.post(address, {**form, "step0-ways": ""}).content.decode()
    assert "Välj minst ett sätt" in missing
    assert ContactPath.objects.for_system("test").get(pk=path.pk).revision == 2


def test_the_wallet_card_is_one_page_with_the_numbers(world: World, client_in: ClientIn) -> None:
    path_of_two(world, world.actor("safety_coordinator"))
    response = client_in("reporter", world.school).get("/kontakter/kort/1760/")
    pages = PdfReader(BytesIO(response.content)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    assert "Vem du ringer i Storfors" in text
    assert "070-174 06 05" in text
    assert client_in("reporter", world.school).get("/kontakter/kort/9999/").status_code == 404


def test_the_handover_comes_as_a_pdf(world: World, client_in: ClientIn) -> None:
    holder = world.actor("safety_coordinator")
    write_note(holder, holder.function_ref, "Nyckeln finns i receptionen.")
    made = make_handover(holder, holder.function_ref)
    client = client_in("administrator")
    response = client.get(f"/kontakter/overlamning/{made.ref}/pdf/")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    assert "Nyckeln finns i receptionen." in text
    page = client.get(f"/kontakter/overlamning/{made.ref}/").content.decode()
    assert re.search(r"0 av \d+ punkter bekräftade", page)


def test_a_neighbour_meets_closed_doors(world: World, client_in: ClientIn) -> None:
    coordinator = world.actor("safety_coordinator")
    path, _asked = path_of_two(world, coordinator)
    call = sound(coordinator, path.ref, KEY, "", is_drill=False)
    made = make_handover(coordinator, coordinator.function_ref)
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    for address in (
        f"/kontakter/{path.ref}/",
        f"/kontakter/larm/{call.ref}/",
        f"/kontakter/funktion/{coordinator.function_ref}/",
        f"/kontakter/overlamning/{made.ref}/",
        "/kontakter/skriv/1760/unrest/",
        "/kontakter/kort/1760/",
    ):
        assert neighbour.get(address).status_code == 404, address
    assert f"/kontakter/{path.ref}/" not in neighbour.get("/kontakter/").content.decode()


def test_what_is_no_position_is_not_found(world: World, client_in: ClientIn) -> None:
    coordinator = world.actor("safety_coordinator")
    path, _asked = path_of_two(world, coordinator)
    call = sound(coordinator, path.ref, KEY, "", is_drill=False)
    client = client_in("safety_coordinator")
    for position in ("", "x", "-1", "99999", "²"):
        sent = client.post(f"/kontakter/larm/{call.ref}/forsok/", {"position": position})
        assert sent.status_code == 404

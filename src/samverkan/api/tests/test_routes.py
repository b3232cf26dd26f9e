from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from conftest import ClientIn
from samverkan.api.routes import api
from samverkan.api.services import create_token
from samverkan.platform.access.capabilities import Capability, Detail, Information
from samverkan.platform.audit.models import AuditEntry
from samverkan.reports.sections import Section
from samverkan.reports.services import edit_section, open_picture, share_draft
from samverkan.situation.models import Incident
from samverkan.situation.tests.factories import make_incident, make_place
from tests.world import NOW, World

SNAPSHOT = Path(__file__).parents[1] / "openapi.json"
END = NOW.date() + timedelta(days=30)


def incident_of(world: World, number: int = 0) -> Incident:
    return make_incident(
        world.school,
        place=make_place(world.storfors, f"Torget {number}"),
        occurred=NOW - timedelta(minutes=number),
        text="Fri text som inte lämnas ut",
    )


def bearer(world: World, *scope: Capability) -> Client:
    actor = world.actor("safety_coordinator")
    secret = create_token(actor, "test", scope, END).secret
    return Client(headers={"authorization": f"Bearer {secret}"})


def test_without_a_token_nothing_is_answered(db: None) -> None:
    for path in ("municipalities", "incidents?municipality=1760", "statistics?municipality=1760"):
        assert Client().get(f"/api/v1/{path}").status_code == 401
    wrong = Client(headers={"authorization": "Bearer smv_wrong"})
    assert wrong.get("/api/v1/municipalities").status_code == 401


def test_a_token_reads_incidents_without_their_free_text(world: World) -> None:
    incident = incident_of(world)
    client = bearer(world, Capability.INCIDENTS_READ)
    answer = client.get("/api/v1/incidents?municipality=1760").json()
    assert [each["ref"] for each in answer["incidents"]] == [incident.ref]
    assert "Fri text" not in json.dumps(answer, ensure_ascii=False)
    one = client.get(f"/api/v1/incidents/{incident.ref}").json()
    assert one["place"] == "Torget 0"
    assert AuditEntry.objects.for_system("test").filter(action="incident.read").exists()
    assert AuditEntry.objects.for_system("test").filter(action="incident.exported").exists()


def test_a_token_without_the_scope_is_refused(world: World) -> None:
    incident = incident_of(world)
    client = bearer(world, Capability.STATISTICS_READ)
    assert client.get("/api/v1/incidents?municipality=1760").status_code == 403
    assert client.get(f"/api/v1/incidents/{incident.ref}").status_code == 403
    assert client.get("/api/v1/statistics?municipality=1760").status_code == 200


def test_an_outsider_finds_nothing(world: World, client_in: ClientIn) -> None:
    incident = incident_of(world)
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    assert neighbour.get("/api/v1/incidents?municipality=1760").status_code == 404
    assert neighbour.get(f"/api/v1/incidents/{incident.ref}").status_code == 404
    police = client_in("community_police", world.police)
    assert police.get("/api/v1/incidents?municipality=1760").json()["incidents"] == []


def test_a_clause_lets_the_police_read_what_it_names(world: World, client_in: ClientIn) -> None:
    incident = incident_of(world)
    world.share(Information.INCIDENTS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    police = client_in("community_police", world.police)
    found = police.get("/api/v1/incidents?municipality=1760").json()["incidents"]
    assert [each["ref"] for each in found] == [incident.ref]


def test_pages_follow_each_other_without_gap_or_double(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = [incident_of(world, number).ref for number in range(5)]
    monkeypatch.setattr("samverkan.api.routes.PAGE_SIZE", 2)
    client = bearer(world, Capability.INCIDENTS_READ)
    address, seen = "/api/v1/incidents?municipality=1760", []
    while address:
        answer = client.get(address).json()
        seen += [each["ref"] for each in answer["incidents"]]
        address = answer["next"]
    assert seen == refs


def test_places_are_geojson_areas_with_counts(world: World) -> None:
    incident_of(world)
    client = bearer(world, Capability.INCIDENTS_READ)
    query = "municipality=1760&first_week=202601&last_week=202648"
    answer = client.get(f"/api/v1/places?{query}").json()
    assert answer["type"] == "FeatureCollection"
    assert answer["features"][0]["geometry"] == {"type": "Point", "coordinates": [14.27, 59.53]}
    assert answer["features"][0]["properties"]["radius_metres"] == 100


def test_a_situational_picture_is_read_whole(world: World) -> None:
    actor = world.actor("safety_coordinator")
    picture = open_picture(actor, "1760", date(2026, 10, 1))
    edit_section(actor, picture.ref, Section.ANALYSIS, "Mörk plats utan tillsyn.", based_on=1)
    client = bearer(world, Capability.PICTURES_READ)
    listed = client.get("/api/v1/situational-pictures").json()
    assert [each["ref"] for each in listed] == [picture.ref]
    assert listed[0]["version"] == 2
    whole = client.get(f"/api/v1/situational-pictures/{picture.ref}?language=en").json()
    assert "Mörk plats" in json.dumps(whole, ensure_ascii=False)


def test_a_draft_stays_with_its_owner_until_it_is_shared(world: World, client_in: ClientIn) -> None:
    world.share(
        Information.SITUATIONAL_PICTURES,
        Detail.DETAIL,
        giver=world.storfors,
        receiver=world.police,
    )
    actor = world.actor("safety_coordinator")
    picture = open_picture(actor, "1760", date(2026, 10, 1))
    police = client_in("community_police", world.police)
    assert police.get("/api/v1/situational-pictures").json() == []
    assert police.get(f"/api/v1/situational-pictures/{picture.ref}").status_code == 404
    share_draft(actor, picture.ref, 1)
    assert police.get(f"/api/v1/situational-pictures/{picture.ref}").status_code == 200
    assert (
        client_in("reporter", world.school)
        .get(f"/api/v1/situational-pictures/{picture.ref}")
        .status_code
        == 403
    )


@pytest.mark.parametrize(
    "query",
    [
        "",
        "municipality=17600",
        "municipality=abcd",
        "municipality=1760&first_week=-1",
        "municipality=1760&first_week=202699",
        "municipality=1760&category=aaaaaaaaaaaaaaaaaaaaa",
    ],
)
def test_a_bad_parameter_is_answered_with_what_is_wrong(world: World, query: str) -> None:
    answer = bearer(world, Capability.INCIDENTS_READ).get(f"/api/v1/incidents?{query}")
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_the_description_of_the_api_is_the_one_that_was_agreed() -> None:
    """Changed on purpose? `python -m samverkan.api.snapshot` writes it anew."""
    described = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    assert described == json.loads(SNAPSHOT.read_text(encoding="utf-8"))

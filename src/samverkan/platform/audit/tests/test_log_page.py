from __future__ import annotations

import csv
import io

from django.db import transaction

from conftest import ClientIn
from samverkan.platform.audit.models import AuditEntry
from samverkan.platform.audit.services import record
from tests.world import World


def write(world: World, number: int, action: str = "thing.changed") -> None:
    actor = world.actor("safety_coordinator")
    with transaction.atomic():
        for each in range(number):
            record(actor, action, "thing", f"ref{each}", reason="=1+1" if each == 0 else "")


def test_the_auditor_reads_what_the_party_did(world: World, client_in: ClientIn) -> None:
    write(world, 3)
    page = client_in("auditor").get("/logg/").content.decode()
    assert page.count("thing ref") == 3


def test_another_party_is_not_seen(world: World, client_in: ClientIn) -> None:
    write(world, 3)
    page = client_in("auditor", world.kristinehamn).get("/logg/").content.decode()
    assert "thing ref" not in page
    sequence = AuditEntry.objects.for_system("test").get(object_ref="ref1").sequence
    assert client_in("auditor", world.kristinehamn).get(f"/logg/{sequence}/").status_code == 404


def test_whoever_does_not_audit_is_refused(client_in: ClientIn) -> None:
    client = client_in("safety_coordinator")
    for path in ("/logg/", "/logg/uttag.csv", "/logg/1/"):
        assert client.get(path).status_code == 403


def test_reading_the_log_is_logged(world: World, client_in: ClientIn) -> None:
    client_in("auditor").get("/logg/")
    assert AuditEntry.objects.for_system("test").filter(action="audit.read").count() == 1


def test_the_log_is_filtered_and_paged(world: World, client_in: ClientIn) -> None:
    write(world, 60)
    write(world, 1, action="thing.removed")
    client = client_in("auditor")
    assert client.get("/logg/?action=thing.removed").content.decode().count("thing ref") == 1
    assert client.get("/logg/?object_ref=ref7").content.decode().count("thing ref7<") == 1
    first = client.get("/logg/?action=thing.changed")
    assert len(first.context["entries"]) == 50
    second = client.get("/logg/" + first.context["older_url"])
    assert len(second.context["entries"]) == 10
    back = client.get("/logg/" + second.context["newer_url"])
    assert len(back.context["entries"]) == 50


def test_a_filter_that_cannot_be_read_is_said_at_the_field(client_in: ClientIn) -> None:
    client = client_in("auditor")
    page = client.get("/logg/?first_day=2026-13-45").content.decode()
    assert "field--error" in page
    assert "2026-13-45" in page
    turned = client.get("/logg/?first_day=2026-02-02&last_day=2026-01-01").content.decode()
    assert "field--error" in turned
    for odd in ("before=x", "after=99999999999999999999", "before=²", "last_day=9999-12-31"):
        assert client.get(f"/logg/?{odd}").status_code == 200


def test_the_export_holds_what_the_page_holds_and_no_formula(
    world: World, client_in: ClientIn
) -> None:
    write(world, 3)
    response = client_in("auditor").get("/logg/uttag.csv?action=thing.changed")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["object_ref"] for row in rows] == ["ref2", "ref1", "ref0"]
    assert rows[-1]["reason"] == "'=1+1"
    assert AuditEntry.objects.for_system("test").filter(action="audit.exported").exists()


def test_an_entry_shows_its_seal(world: World, client_in: ClientIn) -> None:
    write(world, 1)
    entry = AuditEntry.objects.for_system("test").get(object_ref="ref0")
    page = client_in("auditor").get(f"/logg/{entry.sequence}/").content.decode()
    assert entry.entry_hash in page

"""One incident: its facts, and the trace that reading it leaves."""

from __future__ import annotations

from django.urls import reverse

from samverkan.platform.audit.models import AuditEntry

from .factories import make_incident, make_place


def test_it_tells_what_where_and_when(world, client_in):
    area = make_place(world.storfors, "Centrum")
    incident = make_incident(world.school, place=make_place(world.storfors, area=area))
    page = client_in("safety_coordinator").get(reverse("situation:incident", args=[incident.ref]))
    assert "Skadegörelse, Biblioteket" in page.text
    assert "Centrum" in page.text
    assert "2026-11-16 08:00" in page.text
    assert "vecka 47" in page.text


def test_reading_one_incident_leaves_a_trace(world, client_in):
    incident = make_incident(world.school, text="Krossad ruta")
    response = client_in("safety_coordinator").get(
        reverse("situation:incident", args=[incident.ref])
    )
    assert "Krossad ruta" in response.text
    entry = AuditEntry.objects.for_system("look at the trace in a test").get(action="incident.read")
    assert entry.object_ref == incident.ref
    assert entry.owner_party_ref == world.storfors.ref


def test_an_outsider_does_not_find_the_incident_and_leaves_no_trace(world, client_in):
    incident = make_incident(world.school)
    outsider = client_in("safety_coordinator", world.kristinehamn)
    assert outsider.get(reverse("situation:incident", args=[incident.ref])).status_code == 404
    assert not AuditEntry.objects.for_system("no trace").filter(action="incident.read").exists()

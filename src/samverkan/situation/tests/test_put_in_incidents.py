from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.db.models import Sum

from samverkan.platform.access.actor import Actor
from samverkan.platform.imports.services import undo_import
from samverkan.situation import import_words
from samverkan.situation.bulk import new_refs
from samverkan.situation.models import Incident, IncidentCount, Place
from tests.importing import put_in_rows, put_in_text
from tests.world import World

HEADER = "datum;kl;kategori;plats;enhet;beskrivning;allvar;polisanmäld\n"


@pytest.fixture
def actor(world: World, settings: object, tmp_path: Path) -> Actor:
    settings.MEDIA_ROOT = str(tmp_path / "media")  # type: ignore[attr-defined]
    return world.actor("safety_coordinator")


@pytest.fixture
def square(world: World) -> Place:
    return Place.objects.create(
        owner=world.storfors,
        municipality=world.storfors_municipality,
        name="Torget",
        search_key="torget",
    )


def counted(actor: Actor) -> int:
    return IncidentCount.objects.visible_to(actor).aggregate(all=Sum("incidents"))["all"] or 0


def test_a_list_becomes_incidents_with_place_unit_and_week(
    actor: Actor, tmp_path: Path, square: Place, world: World
) -> None:
    row = "2026-10-03;14.30;Skadegörelse;TORGET;Grundskolan, Storfors;Krossad ruta;2;ja\n"
    result = put_in_text(actor, tmp_path, HEADER + row)
    assert (result.is_done, result.outcome.added) == (True, 1)
    incident = Incident.objects.visible_to(actor).get()
    assert incident.occurred_from == datetime.fromisoformat("2026-10-03T14:30:00+02:00")
    assert (incident.week, incident.category, incident.place) == (202640, "E10", square)
    assert incident.reporting_organisation == world.school
    assert (incident.severity, incident.police_report_made) == (2, True)
    assert incident.batch.ref == result.batch.ref
    assert len(incident.ref) == 12


def test_an_incident_belongs_to_the_swedish_week_it_happened_in(
    actor: Actor, tmp_path: Path
) -> None:
    rows = "2026-01-05;00:10;E10;;;;;\n2026-01-04;23:50;E11;;;;;\n"
    put_in_text(actor, tmp_path, HEADER + rows)
    weeks = Incident.objects.visible_to(actor).order_by("category").values_list("week", flat=True)
    assert list(weeks) == [202602, 202601]


def test_a_workbook_of_incidents(actor: Actor, tmp_path: Path, square: Place) -> None:
    rows = [
        ["Typ av händelse", "Var", "När", "Vad hände"],
        ["Klotter", "Torget", datetime.fromisoformat("2026-10-03T14:30"), "Klotter på väggen"],
        ["E50", "", datetime.fromisoformat("2026-10-04"), ""],
    ]
    result = put_in_rows(actor, tmp_path, rows)
    assert (result.is_done, result.outcome.added) == (True, 2)
    first = Incident.objects.visible_to(actor).get(category="E11")
    assert first.occurred_from == datetime.fromisoformat("2026-10-03T14:30:00+02:00")
    assert first.place == square


def test_unknown_places_are_named_unless_they_are_to_be_put_in_the_register(
    actor: Actor, tmp_path: Path
) -> None:
    text = f"{HEADER}2026-10-03;;E10;Parken;;;;\n2026-10-04;;E10;parken;;;;\n"
    refused = put_in_text(actor, tmp_path, text)
    assert (refused.is_done, refused.error_count) == (False, 2)
    assert refused.problems[0].column == "plats"
    assert not Place.objects.for_system("tests").exists()
    result = put_in_text(actor, tmp_path, text, creates_places=True)
    assert result.is_done
    place = Place.objects.visible_to(actor).get()
    assert (place.name, place.east) == ("Parken", None)
    assert Incident.objects.visible_to(actor).filter(place=place).count() == 2


def test_the_counts_follow_the_incidents_in_and_out(
    actor: Actor, tmp_path: Path, square: Place
) -> None:
    first = (
        f"{HEADER}2026-10-03;;E10;Torget;;a;;\n2026-10-03;;E10;Torget;;b;;\n2026-10-03;;E10;;;;;\n"
    )
    second = f"{HEADER}2026-10-02;;E10;Torget;;c;;\n2026-10-02;;E10;;;d;;\n"
    put_in_text(actor, tmp_path, first)
    batch = put_in_text(actor, tmp_path, second).batch
    cells = IncidentCount.objects.visible_to(actor)
    assert sorted(cells.values_list("place__name", "incidents"), key=str) == [
        ("Torget", 3),
        (None, 2),
    ]
    assert undo_import(actor, batch.ref) == 2
    assert sorted(cells.values_list("place__name", "incidents"), key=str) == [
        ("Torget", 2),
        (None, 1),
    ]
    assert counted(actor) == Incident.objects.visible_to(actor).count() == 3


def test_undo_of_the_only_import_leaves_nothing(actor: Actor, tmp_path: Path) -> None:
    text = f"{HEADER}2026-10-03;;E10;Parken;;;;\n"
    batch = put_in_text(actor, tmp_path, text, creates_places=True).batch
    undo_import(actor, batch.ref)
    for model in (Incident, IncidentCount, Place):
        assert not model.objects.for_system("tests").exists()


def test_a_place_that_something_else_uses_survives_the_undo(actor: Actor, tmp_path: Path) -> None:
    first = put_in_text(
        actor, tmp_path, f"{HEADER}2026-10-03;;E10;Parken;;;;\n", creates_places=True
    )
    put_in_text(actor, tmp_path, f"{HEADER}2026-10-05;;E10;Parken;;;;\n")
    undo_import(actor, first.batch.ref)
    assert Place.objects.visible_to(actor).get().name == "Parken"
    assert counted(actor) == 1


def test_rows_that_are_here_already_are_not_doubled(actor: Actor, tmp_path: Path) -> None:
    put_in_text(actor, tmp_path, f"{HEADER}2026-10-03;12:00;E10;;;Ruta;;\n")
    longer = f"{HEADER}2026-10-04;12:00;E10;;;Ruta;;\n2026-10-03;12:00;E10;;;Ruta;;\n"
    again = put_in_text(actor, tmp_path, longer)
    assert (again.outcome.added, again.outcome.unchanged) == (1, 1)
    assert counted(actor) == 2


def test_rows_that_look_alike_are_told_apart_by_the_lists_own_number(
    actor: Actor, tmp_path: Path
) -> None:
    header = "nummer;datum;kategori\n"
    result = put_in_text(
        actor, tmp_path, f"{header}1;2026-10-03;E10\n2;2026-10-03;E10\n2;2026-10-03;E10\n"
    )
    assert (result.outcome.added, result.outcome.unchanged) == (2, 1)


def test_incidents_of_a_neighbour_cannot_be_put_in(actor: Actor, tmp_path: Path) -> None:
    result = put_in_text(actor, tmp_path, "datum;kategori;kommun\n2026-10-03;E10;Kristinehamn\n")
    assert "1781" in result.problems[0].message
    assert not result.is_done


def test_nothing_to_report_is_no_incident(actor: Actor, tmp_path: Path) -> None:
    result = put_in_text(actor, tmp_path, "datum;kategori\n2026-10-03;E00\n")
    assert (result.is_done, result.problems[0].column) == (False, "kategori")


def test_an_import_of_one_party_does_not_meet_the_rows_of_another(
    actor: Actor, tmp_path: Path, world: World
) -> None:
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    text = "nummer;datum;kategori\n1;2026-10-03;E10\n"
    assert put_in_text(actor, tmp_path, text).outcome.added == 1
    assert put_in_text(neighbour, tmp_path, text).outcome.added == 1
    assert Incident.objects.visible_to(actor).count() == 1


def test_a_column_of_texts_is_not_taken_for_places(
    actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_words, "MOST_NEW_PLACES", 10)
    rows = "".join(f"2026-10-03;;E10;Plats {number};;;;\n" for number in range(20))
    result = put_in_text(actor, tmp_path, HEADER + rows, creates_places=True)
    assert not result.is_done
    assert not Place.objects.for_system("tests").exists()


def test_words_that_never_repeat_do_not_fill_the_memory(
    actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_words, "MOST_REMEMBERED", 3)
    rows = "".join(f"2026-10-03;;fel {number};;;;;\n" for number in range(20))
    result = put_in_text(actor, tmp_path, f"{HEADER}{rows}2026-10-03;;E10;;;;;\n")
    assert (result.error_count, result.outcome.read) == (20, 21)


def test_refs_that_are_made_many_at_a_time_are_as_good_as_single_ones() -> None:
    refs = new_refs(5000)
    assert len(set(refs)) == 5000
    assert {len(ref) for ref in refs} == {12}
    assert set("".join(refs)) == set("23456789bcdfghjkmnpqrstvwxz")


def test_texts_that_may_point_out_a_person_are_counted_in_a_note_and_numbers_are_refused(
    actor: Actor, tmp_path: Path
) -> None:
    rows = (
        "2026-10-03;14.30;E10;;;Krossad ruta;;\n"
        "2026-10-04;14.30;E60;;;En 16-årig pojke på moped;;\n"
        "2026-10-05;14.30;E60;;;En 16-årig pojke på moped;;\n"
    )
    result = put_in_text(actor, tmp_path, HEADER + rows)
    assert result.is_done
    notes = [each["message"] for each in result.batch.problems]
    assert any(note.startswith("1 text kan peka ut en person") for note in notes)
    refused = put_in_text(
        actor, tmp_path, HEADER + "2026-10-06;14.30;E10;;;Bilen ABC12D stod kvar;;\n"
    )
    assert not refused.is_done


def test_what_a_file_brings_in_counts_as_reviewed(actor: Actor, tmp_path: Path) -> None:
    put_in_text(actor, tmp_path, HEADER + "2026-10-03;14.30;E10;;;Krossad ruta;;\n")
    assert Incident.objects.visible_to(actor).get().review == "reviewed"
    assert IncidentCount.objects.visible_to(actor).get().is_reviewed


def test_undo_takes_out_also_what_was_changed_in_the_review(
    actor: Actor, tmp_path: Path, square: Place
) -> None:
    from samverkan.situation.services.review import Edit, edit_report

    result = put_in_text(actor, tmp_path, HEADER + "2026-10-03;14.30;E10;Torget;;Krossad ruta;;\n")
    incident = Incident.objects.visible_to(actor).get()
    edit_report(actor, incident.ref, Edit("Krossad ruta", "E11", None, based_on=1))
    undo_import(actor, result.batch.ref)
    assert counted(actor) == 0

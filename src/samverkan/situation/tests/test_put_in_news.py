from __future__ import annotations

import gzip
import json
from datetime import timedelta
from pathlib import Path

import pytest

from samverkan.organisations.services import load_municipalities
from samverkan.platform.access.actor import Actor, system
from samverkan.platform.imports.kinds import UndoRefusedError
from samverkan.platform.imports.services import undo_import
from samverkan.situation.models import NewsEvent
from tests.importing import put_in, put_in_text
from tests.world import World


@pytest.fixture
def actor(world: World, settings: object, tmp_path: Path) -> Actor:
    settings.MEDIA_ROOT = str(tmp_path / "media")  # type: ignore[attr-defined]
    actor = world.actor("safety_coordinator")
    load_municipalities(system("tests", actor.at))
    return actor


def event(**fields: object) -> dict[str, object]:
    return {
        "id": 1,
        "datetime": "2026-08-22 9:47:13 +02:00",
        "name": "22 augusti 09.15, Mord/dråp, försök, Storfors",
        "summary": "Polisen utreder.",
        "url": "/aktuellt/handelser/2026/augusti/22/",
        "type": "Mord/dråp, försök",
        "location": {"name": "Värmlands län", "gps": "59.7,13.2"},
        **fields,
    }


def put_in_events(actor: Actor, folder: Path, *events: object, **said: object) -> object:
    return put_in_text(actor, folder, json.dumps(events), kind_code="news", **said)


def only(actor: Actor) -> NewsEvent:
    found: NewsEvent = NewsEvent.objects.visible_to(actor).get()
    return found


def test_an_hour_without_a_zero_and_the_municipality_after_the_last_comma(
    actor: Actor, tmp_path: Path
) -> None:
    put_in_events(actor, tmp_path, event())
    item = only(actor)
    assert item.published_at.isoformat() == "2026-08-22T07:47:13+00:00"
    assert (item.municipality.code, item.county_code) == ("1760", "17")
    assert item.event_type == "Mord/dråp, försök"
    assert not item.is_digest


def test_a_municipality_in_the_location_goes_before_the_name(actor: Actor, tmp_path: Path) -> None:
    put_in_events(actor, tmp_path, event(location={"name": "Filipstad", "gps": "1,2"}))
    assert only(actor).municipality.code == "1782"


def test_a_county_is_kept_when_no_municipality_is_told(actor: Actor, tmp_path: Path) -> None:
    put_in_events(
        actor,
        tmp_path,
        event(
            name="22 augusti 06.00, Sammanfattning natt, Värmlands län", type="Sammanfattning natt"
        ),
    )
    item = only(actor)
    assert (item.municipality, item.county_code, item.is_digest) == (None, "17", True)


def test_coordinates_are_not_kept_at_all(actor: Actor, tmp_path: Path) -> None:
    put_in_events(actor, tmp_path, event())
    stored = {field.name for field in NewsEvent._meta.get_fields()}
    assert not stored & {"latitude", "longitude", "east", "north", "gps", "place"}


def test_entities_and_blanks_are_cleaned_and_cut_summaries_marked(
    actor: Actor, tmp_path: Path
) -> None:
    cut = "Initiala uppgifter om att en man utsatts har inte gått att bekräfta och det f"
    summary = f"Bråk &amp; oväsen\u00a0vid torget.  {cut}".ljust(110, "x")
    put_in_events(actor, tmp_path, event(summary=summary, type="Lagen om hundar och katter "))
    item = only(actor)
    assert item.summary.startswith("Bråk & oväsen vid torget. Initiala")
    assert (item.is_summary_truncated, item.event_type) == (True, "Lagen om hundar och katter")


def test_an_edit_keeps_the_number_of_the_revision(actor: Actor, tmp_path: Path) -> None:
    put_in_events(actor, tmp_path, event(summary="Flicka saknas."))
    again = put_in_events(actor, tmp_path, event(summary="Flickan är funnen.", url="/ny/"))
    assert (again.outcome.added, again.outcome.revised) == (0, 1)
    item = only(actor)
    assert (item.summary, item.revision, item.address) == ("Flickan är funnen.", 2, "/ny/")


def test_the_same_event_in_another_file_is_unchanged(actor: Actor, tmp_path: Path) -> None:
    put_in_events(actor, tmp_path, event())
    again = put_in_events(actor, tmp_path, event(), event(id=2))
    assert (again.outcome.added, again.outcome.unchanged) == (1, 1)
    assert NewsEvent.objects.visible_to(actor).get(police_id=1).revision == 1


def test_a_file_that_was_fetched_earlier_does_not_bring_old_texts_back(
    actor: Actor, tmp_path: Path
) -> None:
    put_in_events(actor, tmp_path, event(summary="Senare."))
    earlier = actor.at - timedelta(days=30)
    put_in_events(actor, tmp_path, event(summary="Tidigare."), fetched_at=earlier)
    assert only(actor).summary == "Senare."


def test_an_archive_of_edits_gives_the_last_version_and_their_number(
    actor: Actor, tmp_path: Path
) -> None:
    versions = [
        {"seen": "2026-08-22T08:00:00+00:00", "event": event(summary="Ett.")},
        {"seen": "2026-08-22T09:00:00+00:00", "event": event(summary="Två.")},
    ]
    other = [{"seen": "2026-08-22T08:00:00+00:00", "event": event(id=2)}]
    path = tmp_path / "revisions.ndjson.gz"
    lines = f"{json.dumps(versions)}\n{json.dumps(other)}\n"
    path.write_bytes(gzip.compress(lines.encode()))
    result = put_in(actor, path)
    assert (result.is_done, result.outcome.added) == (True, 2)
    item = NewsEvent.objects.visible_to(actor).get(police_id=1)
    assert (item.summary, item.revision) == ("Två.", 2)


def test_an_import_whose_events_were_edited_later_cannot_be_undone_first(
    actor: Actor, tmp_path: Path
) -> None:
    put_in_events(actor, tmp_path, event(summary="Ett."))
    second = put_in_events(actor, tmp_path, event(summary="Två."), event(id=2))
    put_in_events(actor, tmp_path, event(summary="Tre."))
    with pytest.raises(UndoRefusedError):
        undo_import(actor, second.batch.ref)
    assert NewsEvent.objects.visible_to(actor).get(police_id=1).summary == "Tre."


def test_undo_of_the_latest_import_leaves_the_one_before(actor: Actor, tmp_path: Path) -> None:
    put_in_events(actor, tmp_path, event(summary="Ett."))
    second = put_in_events(actor, tmp_path, event(summary="Två."), event(id=2))
    assert undo_import(actor, second.batch.ref) == 2
    item = only(actor)
    assert (item.summary, item.revision) == ("Ett.", 1)


def test_a_faulty_event_stops_the_file_and_is_numbered(actor: Actor, tmp_path: Path) -> None:
    result = put_in_events(actor, tmp_path, event(), event(id=2, datetime="22 augusti"))
    assert (result.is_done, result.problems[0].line) == (False, 2)
    assert not NewsEvent.objects.for_system("tests").exists()

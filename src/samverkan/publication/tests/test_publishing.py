"""Choosing, previewing, publishing and withdrawing; and what stays closed to everybody else."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from conftest import ClientIn
from samverkan.platform.access.actor import anonymous
from samverkan.platform.audit.models import AuditEntry
from samverkan.publication import pledge_sources, selectors, services
from samverkan.publication.composition import Choice, UnknownMunicipalityError, compose
from samverkan.publication.ground_codec import ground_from_json
from samverkan.publication.models import PublishedVersion, VersionGround
from samverkan.statistics.models import Figure
from tests.world import NOW, World

from .attacker import Attacker
from .published import CHOICE, FORM, DemoPledge, publish, yearly

pytestmark = pytest.mark.django_db
PLEDGE = DemoPledge("one", "Bättre ljus", "Alla lampor ska lysa.", "Sju byttes.", "Alla lyser.")


@pytest.fixture
def pledges(monkeypatch: pytest.MonkeyPatch) -> list[DemoPledge]:
    told = [PLEDGE]
    monkeypatch.setattr(pledge_sources, "_sources", [lambda _actor, _code: told])
    return told


def test_nothing_is_public_before_it_is_published(world: World) -> None:
    yearly(world)
    browser = Client()
    for path in (
        "/oppet/1760/",
        "/oppet/1760/1/",
        "/oppet/1760/anmalda-brott.csv",
        "/oppet/1760/1/anmalda-brott.json",
        "/oppet/1760/dcat.rdf",
        "/dcat.rdf",
    ):
        assert browser.get(path).status_code == 404, path
    assert "Ingenting har publicerats" in browser.get("/oppet/").content.decode()


def test_a_version_holds_what_was_previewed_and_hides_what_is_small(world: World) -> None:
    yearly(world)
    version = publish(world.actor("safety_coordinator"))
    found = selectors.publication(anonymous(NOW), "1760")
    assert found is not None
    assert version.number == 1
    by_code = {series.code: series for series in found.content.series}
    assert by_code["shoplifting"].counts[2].count is None
    assert by_code["shoplifting"].counts[2].status == "hidden"
    hidden = [
        (series.code, each.year)
        for series in found.content.series
        for each in series.counts
        if each.count is None
    ]
    assert len([each for each in hidden if each[1] == 2024]) == 2
    assert selectors.is_unchanged(anonymous(NOW), version.ref)


def test_what_is_hidden_is_nowhere_in_what_everybody_reads(world: World) -> None:
    yearly(world, shop=(11, 12, 3, 13))
    version = publish(world.actor("safety_coordinator"))
    told = json.dumps(version.content)
    assert '"count": 3,' not in told
    text = Client().get("/oppet/1760/").content.decode()
    assert "few" not in text
    assert "would_tell" not in text


def test_growing_years_revisions_and_changed_choices_give_nothing_away(world: World) -> None:
    actor = world.actor("safety_coordinator")
    yearly(world, excluding=(60, 61, 59), shop=(11, 12, 3))
    publish(actor, replace(CHOICE, series=("theft", "vandalism")))
    publish(actor, replace(CHOICE, series=("theft_excluding_shoplifting", "shoplifting")))
    Figure.objects.for_system("test").filter(
        series_code="shoplifting", period_start__year=2023
    ).update(value=4)
    Figure.objects.for_system("test").filter(series_code="theft", period_start__year=2023).update(
        value=65
    )
    publish(actor)
    grounds = [
        ground_from_json(row.cells)
        for row in VersionGround.objects.for_system("test").order_by("version__number")
    ]
    assert len(grounds) == 3
    assert Attacker(grounds).recovered() == []


def test_sent_twice_is_one_version(world: World) -> None:
    yearly(world)
    actor = world.actor("safety_coordinator")
    assert publish(actor).number == publish(actor).number == 1
    assert PublishedVersion.objects.for_system("test").count() == 1


def test_figures_that_changed_since_the_preview_are_shown_anew(world: World) -> None:
    yearly(world)
    actor = world.actor("safety_coordinator")
    previewed = compose(actor, "1760", CHOICE).fingerprint
    Figure.objects.for_system("test").filter(series_code="vandalism").update(value=30)
    with pytest.raises(services.ChangedSincePreviewError):
        services.publish(actor, "1760", CHOICE, previewed=previewed)
    assert not PublishedVersion.objects.for_system("test").exists()


def test_a_withdrawn_version_is_gone_and_the_one_before_is_back(world: World) -> None:
    yearly(world)
    actor = world.actor("safety_coordinator")
    publish(actor)
    publish(actor, replace(CHOICE, series=("vandalism",)))
    services.withdraw(actor, "1760", 2, "Fel fil")
    browser = Client()
    assert browser.get("/oppet/1760/2/").status_code == 404
    assert browser.get("/oppet/1760/2/anmalda-brott.csv").status_code == 404
    assert "version 1" in browser.get("/oppet/1760/").content.decode()
    services.withdraw(actor, "1760", 1, "Även den")
    for path in ("/oppet/1760/", "/dcat.rdf", "/oppet/1760/anmalda-brott.csv"):
        assert browser.get(path).status_code == 404
    assert [each.number for each in selectors.publications(actor, "1760")] == [2, 1]


def test_a_withdrawn_version_still_counts_as_known(world: World) -> None:
    yearly(world)
    actor = world.actor("safety_coordinator")
    publish(actor, replace(CHOICE, series=("theft",)))
    services.withdraw(actor, "1760", 1, "Fel")
    draft = compose(
        actor, "1760", replace(CHOICE, series=("shoplifting", "theft_excluding_shoplifting"))
    )
    assert set(draft.protected.reasons) == {
        ("shoplifting", 2024),
        ("theft_excluding_shoplifting", 2024),
    }


def test_publishing_and_withdrawing_leave_a_trace_with_the_ground(world: World) -> None:
    yearly(world)
    actor = world.actor("safety_coordinator")
    publish(actor)
    services.withdraw(actor, "1760", 1, "Fel fil")
    entries = AuditEntry.objects.for_system("test").filter(object_type="publication")
    found = {entry.action: entry for entry in entries}
    assert found["publication.published"].reason == CHOICE.consent
    assert found["publication.withdrawn"].reason == "Fel fil"


def test_only_the_municipality_publishes_for_itself(world: World) -> None:
    yearly(world)
    with pytest.raises(UnknownMunicipalityError):
        compose(world.actor("safety_coordinator", world.kristinehamn), "1760", CHOICE)
    with pytest.raises(PermissionDenied):
        services.publish(world.actor("council_politician"), "1760", CHOICE, previewed="")
    publish(world.actor("safety_coordinator"))
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    assert not VersionGround.objects.visible_to(neighbour).exists()
    assert not VersionGround.objects.visible_to(anonymous(NOW)).exists()
    assert not VersionGround.objects.visible_to(world.actor("council_politician")).exists()


def test_outsiders_meet_closed_doors_at_the_desk(world: World, client_in: ClientIn) -> None:
    yearly(world)
    publish(world.actor("safety_coordinator"))
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    assert neighbour.get("/publicering/1760/").status_code == 404
    assert neighbour.post("/publicering/1760/granska/", FORM).status_code == 404
    assert neighbour.post("/publicering/1760/publicera/", FORM).status_code == 404
    assert neighbour.post("/publicering/1760/1/aterkalla/", {"reason": "x"}).status_code == 404
    politician = client_in("council_politician")
    assert politician.get("/publicering/").status_code == 403
    assert Client().get("/publicering/").status_code == 302
    assert PublishedVersion.objects.for_system("test").get().withdrawn_at is None


def test_the_whole_way_through_the_pages(world: World, client_in: ClientIn) -> None:
    yearly(world)
    browser = client_in("safety_coordinator")
    assert browser.get("/publicering/1760/").status_code == 200
    page = browser.post("/publicering/1760/granska/", FORM)
    text = page.content.decode()
    assert "2 siffror döljs" in text
    assert "färre än fem" in text
    assert "skulle avslöja ett annat litet antal" in text
    previewed = text.split('name="previewed" value="')[1].split('"')[0]
    sent = browser.post("/publicering/1760/publicera/", {**FORM, "previewed": previewed})
    assert sent.status_code == 302
    public = Client().get("/oppet/1760/").content.decode()
    assert "Brott och trygghet i Storfors" in public
    stale = browser.post("/publicering/1760/publicera/", {**FORM, "previewed": "0" * 64})
    assert stale.status_code == 409
    assert "har ändrats sedan du tittade" in stale.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"series": []}, "Välj något att publicera."),
        ({"series": ["unknown"]}, "unknown"),
        ({"series": ["<script>alert(1)</script>"]}, "&lt;script&gt;"),
        ({"consent": ""}, "vem som godkände"),
        ({"contact_email": "inte en adress"}, "e-post"),
        ({"contact_name": "Ring 070-174 06 05"}, "utan nummer till personer"),
        ({"contact_name": "x" * 500}, "120"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_chosen_is_lost(
    world: World, client_in: ClientIn, changes: dict, words: str
) -> None:
    yearly(world)
    page = client_in("safety_coordinator").post("/publicering/1760/granska/", {**FORM, **changes})
    text = page.content.decode()
    assert page.status_code == 400
    assert words in text
    assert "<script>alert" not in text
    assert 'value="vandalism"' in text


def test_pledges_tell_what_was_promised_done_and_the_result(
    world: World, pledges: list[DemoPledge]
) -> None:
    publish(world.actor("safety_coordinator"), replace(CHOICE, series=(), with_pledges=True))
    text = Client().get("/oppet/1760/").content.decode()
    for words in (PLEDGE.title, PLEDGE.promised, PLEDGE.done, PLEDGE.result):
        assert words in text
    assert "2026-01-01–2026-12-31" in text


def test_texts_that_point_out_a_person_are_not_published(
    world: World, pledges: list[DemoPledge], client_in: ClientIn
) -> None:
    pledges[0] = replace(PLEDGE, result="Tack till 19121212-1212.")
    form = {**FORM, "series": [], "with_pledges": "on"}
    page = client_in("safety_coordinator").post("/publicering/1760/granska/", form)
    assert page.status_code == 400
    assert "pekar ut personer" in page.content.decode()
    with pytest.raises(services.HoldsPersonsError):
        publish(world.actor("safety_coordinator"), replace(CHOICE, series=(), with_pledges=True))


def test_hostile_texts_are_shown_as_text(world: World, pledges: list[DemoPledge]) -> None:
    pledges[0] = replace(PLEDGE, title="<img src=x onerror=alert(1)>", done="=HYPERLINK(1)")
    publish(world.actor("safety_coordinator"), replace(CHOICE, series=(), with_pledges=True))
    browser = Client()
    assert "<img src=x" not in browser.get("/oppet/1760/").content.decode()
    assert ",'=HYPERLINK(1)," in browser.get("/oppet/1760/medborgarloften.csv").content.decode()


def test_the_running_year_is_never_published(world: World) -> None:
    from datetime import date

    from samverkan.statistics.tests.figures import make_series

    make_series(world, [20, 21, 22], code="vandalism", kind="year", first=date(2024, 1, 1))
    draft = compose(world.actor("safety_coordinator"), "1760", Choice(series=("vandalism",)))
    assert draft.content.years == [2024, 2025]

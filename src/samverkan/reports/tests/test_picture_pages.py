"""The pages of the lägesbild: what stands on them, what they change, who is turned away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from conftest import ClientIn
from samverkan.documents.tests.test_pdf import HOSTILE
from samverkan.governance.models import Group, Meeting, Seat
from samverkan.platform.access.capabilities import Detail, Information
from samverkan.reports.models import PictureVersion, SituationalPicture
from samverkan.statistics.tests.figures import TWO_A_MONTH, make_series
from tests.world import World

from .pictures import OCTOBER, begun, decided, shared, written

READ = ["", "versioner/", "versioner/3/", "fil/pdf/", "fil/docx/", "fil/json/"]
WRITE = ["skriv/analysis/", "versioner/3/dela/", "versioner/3/beslut/"]
CHANGE = ["skriv/analysis/", "versioner/1/aterstall/", "versioner/3/dela/", "versioner/3/beslut/"]
DECISION = {
    "body": "Kommunstyrelsen",
    "decided_on": "2026-11-20",
    "paragraph": "§ 112",
    "reference_number": "KS 2026/145",
}


@pytest.fixture
def picture(world: World) -> SituationalPicture:
    make_series(world, TWO_A_MONTH)
    return written(world.actor("safety_coordinator"))


def address(picture: SituationalPicture, rest: str = "") -> str:
    return f"/lagesbild/{picture.ref}/{rest}"


def body(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def latest(picture: SituationalPicture) -> PictureVersion:
    return PictureVersion.objects.for_system("test").filter(picture=picture).latest("number")


def test_the_page_is_titled_with_the_finding(
    picture: SituationalPicture, client_in: ClientIn
) -> None:
    page = body(client_in("safety_coordinator"), address(picture))
    assert "<h1>Inget sticker ut bland de anmälda brotten i oktober</h1>" in page
    assert "Källa: Polisen, fil manadsfil.csv" in page
    assert "Lagens klocka" in page


def test_the_page_offers_the_one_next_step(
    world: World, picture: SituationalPicture, client_in: ClientIn
) -> None:
    client = client_in("safety_coordinator")
    assert body(client, address(picture)).count("button--primary") == 1
    assert "Markera som beslutad" in body(client, address(picture))
    unwritten = begun(world.actor("safety_coordinator"))
    PictureVersion.objects.for_system("test").filter(picture=unwritten, number__gt=1).delete()
    page = body(client, address(unwritten))
    assert "Skriv konsekvenser" in page
    assert "konsekvenser saknas" in page


def test_the_index_lists_months_and_begins_a_new_one(
    picture: SituationalPicture, client_in: ClientIn
) -> None:
    client = client_in("safety_coordinator")
    assert "Storfors, oktober 2026" in body(client, "/lagesbild/")
    response = client.post("/lagesbild/", {"municipality": "1760", "period": "2026-09"})
    assert response.status_code == 302
    assert client.get(response.url).status_code == 200
    assert SituationalPicture.objects.for_system("test").count() == 2


@pytest.mark.parametrize(
    ("period", "message"),
    [
        ("oktober", "Skriv månaden som i 2026-10."),
        ("2199-01", "Perioden har inte börjat."),
        ("1990-01", "Det finns inga siffror före 1996."),
    ],
)
def test_a_month_that_cannot_be_is_refused_with_what_was_typed(
    world: World, client_in: ClientIn, period: str, message: str
) -> None:
    response = client_in("safety_coordinator").post(
        "/lagesbild/", {"municipality": "1760", "period": period}
    )
    page = response.content.decode()
    assert message in page
    assert f'value="{period}"' in page
    assert not SituationalPicture.objects.for_system("test").exists()


def test_coming_meetings_of_ones_own_groups_stand_beside_the_picture(
    world: World, picture: SituationalPicture
) -> None:
    user, function = world.holder("safety_coordinator")
    group = Group.objects.create(
        kind="council",
        name="Strategiska rådet",
        purpose="Överblick",
        cadence="fyra gånger om året",
        owner=world.storfors,
        municipality=world.storfors_municipality,
    )
    Seat.objects.create(group=group, function=function)
    Meeting.objects.create(group=group, starts_at=timezone.now() + timedelta(days=9))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = body(client, address(picture))
    assert "Kommande möten" in page
    assert "Strategiska rådet" in page


MONTH = "/lagesbild/1760/2026-10/"


def test_a_month_that_nobody_has_begun_is_shown_from_the_figures(
    world: World, client_in: ClientIn
) -> None:
    make_series(world, TWO_A_MONTH)
    page = body(client_in("safety_coordinator"), MONTH)
    assert "<h1>Inget sticker ut bland de anmälda brotten i oktober</h1>" in page
    assert "Börja skriva" in page
    assert not SituationalPicture.objects.for_system("test").exists()
    assert "Börja skriva" not in body(client_in("council_politician"), MONTH)


def test_a_month_that_is_begun_leads_to_where_it_is_written(
    picture: SituationalPicture, client_in: ClientIn
) -> None:
    response = client_in("council_politician").get(MONTH)
    assert response.url == address(picture)


def test_the_neighbour_sees_our_month_with_its_own_rights_only(
    picture: SituationalPicture, client_in: ClientIn, world: World
) -> None:
    page = body(client_in("safety_coordinator", world.kristinehamn), MONTH)
    assert "Ännu inga brottssiffror som kan jämföras" in page
    assert "Mörkt och folktomt" not in page
    assert "Börja skriva" not in page


@pytest.mark.parametrize("url", ["/lagesbild/1760/2199-01/", "/lagesbild/0000/2026-10/"])
def test_a_month_ahead_or_an_unknown_municipality_is_not_found(
    world: World, client_in: ClientIn, url: str
) -> None:
    assert client_in("safety_coordinator").get(url).status_code == 404


def test_a_month_is_closed_to_nobody_and_to_those_without_pictures(
    world: World, client_in: ClientIn
) -> None:
    assert Client().get(MONTH).status_code == 302
    assert client_in("reporter").get(MONTH).status_code == 403


def test_a_section_is_written_and_read(picture: SituationalPicture, client_in: ClientIn) -> None:
    client = client_in("safety_coordinator")
    response = client.post(
        address(picture, "skriv/summary/"), {"text": "Läget är lugnt.", "based_on": 3}
    )
    assert response.status_code == 302
    assert "<p>Läget är lugnt.</p>" in body(client, address(picture))
    assert latest(picture).number == 4


def test_hostile_text_is_shown_as_text(picture: SituationalPicture, client_in: ClientIn) -> None:
    client = client_in("safety_coordinator")
    typed = HOSTILE.replace("\x00", "").replace("\ud83d", "")
    client.post(address(picture, "skriv/analysis/"), {"text": typed, "based_on": 3})
    for rest in ("", "versioner/4/", "skriv/analysis/"):
        page = body(client, address(picture, rest))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_the_second_writer_sees_both_texts_and_loses_nothing(
    picture: SituationalPicture, client_in: ClientIn
) -> None:
    first, second = client_in("safety_coordinator"), client_in("safety_coordinator")
    first.post(address(picture, "skriv/analysis/"), {"text": "Den enas ord.", "based_on": 3})
    response = second.post(
        address(picture, "skriv/analysis/"), {"text": "Den andras ord.", "based_on": 3}
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "Den enas ord." in page
    assert "Den andras ord.</textarea>" in page
    assert latest(picture).texts["analysis"] == "Den enas ord."
    again = second.post(address(picture, "skriv/analysis/"), {"text": "Bådas ord.", "based_on": 4})
    assert again.status_code == 302
    assert latest(picture).texts["analysis"] == "Bådas ord."


def test_a_text_that_is_too_long_is_refused_and_kept_in_the_field(
    picture: SituationalPicture, client_in: ClientIn
) -> None:
    text = "x" * 100_001
    response = client_in("safety_coordinator").post(
        address(picture, "skriv/analysis/"), {"text": text, "based_on": 3}
    )
    assert text in response.content.decode()
    assert latest(picture).number == 3


def test_the_history_names_function_and_section(
    picture: SituationalPicture, client_in: ClientIn
) -> None:
    page = body(client_in("council_politician"), address(picture, "versioner/"))
    assert "Analys och orsaker" in page
    assert "Konsekvenser" in page
    assert "safety_coordinator Storfors kommun" in page


def test_differences_are_marked_word_by_word(
    picture: SituationalPicture, client_in: ClientIn
) -> None:
    client = client_in("safety_coordinator")
    client.post(
        address(picture, "skriv/analysis/"), {"text": "Mörkt men inte folktomt.", "based_on": 3}
    )
    page = body(client, address(picture, "versioner/4/"))
    assert "<del>och</del>" in page
    assert "<ins>men inte</ins>" in page


def test_an_earlier_version_is_read_and_made_the_latest(
    picture: SituationalPicture, client_in: ClientIn
) -> None:
    client = client_in("safety_coordinator")
    page = body(client, address(picture, "?version=2"))
    assert "Du läser en tidigare version." in page
    assert client.post(address(picture, "versioner/2/aterstall/")).status_code == 302
    assert latest(picture).texts == {"consequences": "Busstorget undviks."}


def test_sharing_asks_first_and_says_what_it_means(
    picture: SituationalPicture, client_in: ClientIn
) -> None:
    client = client_in("safety_coordinator")
    page = body(client, address(picture, "versioner/3/dela/"))
    assert "allmän handling" in page
    assert "expedierad" in page
    assert not latest(picture).is_shared
    assert client.post(address(picture, "versioner/3/dela/")).status_code == 302
    assert latest(picture).is_shared


def test_a_decision_is_marked_with_what_the_minutes_say(
    picture: SituationalPicture, client_in: ClientIn
) -> None:
    client = client_in("safety_coordinator")
    assert client.post(address(picture, "versioner/3/beslut/"), DECISION).status_code == 302
    assert latest(picture).decision_paragraph == "112"
    assert "Beslutad av Kommunstyrelsen 2026-11-20, § 112" in body(client, address(picture))


@pytest.mark.parametrize(("number", "lacking"), [(1, "konsekvenser"), (2, "Analysen saknas")])
def test_a_picture_that_lacks_what_the_law_demands_says_why_it_cannot_be_decided(
    picture: SituationalPicture, client_in: ClientIn, number: int, lacking: str
) -> None:
    client = client_in("safety_coordinator")
    url = address(picture, f"versioner/{number}/beslut/")
    assert lacking in body(client, url)
    page = client.post(url, DECISION).content.decode()
    assert lacking in page
    assert 'value="Kommunstyrelsen"' in page
    assert not latest(picture).is_decided


def test_a_decision_ahead_in_time_is_refused(
    picture: SituationalPicture, client_in: ClientIn
) -> None:
    page = client_in("safety_coordinator").post(
        address(picture, "versioner/3/beslut/"), {**DECISION, "decided_on": "2199-01-01"}
    )
    assert "Beslutet kan inte ligga framåt i tiden." in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [("pdf", "application/pdf"), ("json", "application/json"), ("docx", "wordprocessingml")],
)
def test_the_files_are_downloaded_under_their_names(
    picture: SituationalPicture, client_in: ClientIn, kind: str, content_type: str
) -> None:
    response = client_in("council_politician").get(
        address(picture, f"fil/{kind}/?version=3&language=en")
    )
    assert content_type in response["Content-Type"]
    name = f"lagesbild-1760-2026-10-v3-en.{kind}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    "rest",
    [
        "fil/exe/",
        "?version=99",
        "?version=99999999999999999999999",
        "versioner/99999999999999999999999/",
        "?version=x",
        "versioner/99/",
        "skriv/nothing/",
        "skriv/decision/",
        "versioner/99/beslut/",
    ],
)
def test_what_does_not_exist_is_not_found(
    picture: SituationalPicture, client_in: ClientIn, rest: str
) -> None:
    assert client_in("safety_coordinator").get(address(picture, rest)).status_code == 404


def test_a_forged_start_version_is_not_found(
    picture: SituationalPicture, client_in: ClientIn
) -> None:
    response = client_in("safety_coordinator").post(
        address(picture, "skriv/analysis/"), {"text": "x", "based_on": 77}
    )
    assert response.status_code == 404


@pytest.mark.parametrize("rest", [*READ, *WRITE])
def test_nobody_is_sent_to_sign_in(picture: SituationalPicture, rest: str) -> None:
    response = Client().get(address(picture, rest))
    assert response.status_code == 302
    assert response.url.startswith("/konto/")


@pytest.mark.parametrize("rest", [*READ, *WRITE])
@pytest.mark.parametrize("kind", ["reporter", "auditor", "administrator"])
def test_functions_without_pictures_are_refused(
    picture: SituationalPicture, client_in: ClientIn, rest: str, kind: str
) -> None:
    assert client_in(kind).get(address(picture, rest)).status_code == 403


@pytest.mark.parametrize("rest", CHANGE)
@pytest.mark.parametrize("kind", ["council_politician", "council_official"])
def test_readers_cannot_write(
    picture: SituationalPicture, client_in: ClientIn, rest: str, kind: str
) -> None:
    response = client_in(kind).post(
        address(picture, rest), {**DECISION, "text": "x", "based_on": 3}
    )
    assert response.status_code == 403
    assert latest(picture).number == 3


@pytest.mark.parametrize("rest", [*READ, *WRITE])
def test_the_neighbour_does_not_find_our_draft(
    world: World, picture: SituationalPicture, client_in: ClientIn, rest: str
) -> None:
    world.share(
        Information.SITUATIONAL_PICTURES,
        Detail.DETAIL,
        giver=world.storfors,
        receiver=world.kristinehamn,
    )
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    assert neighbour.get(address(picture, rest)).status_code == 404


@pytest.mark.parametrize("make", [shared, decided])
def test_the_neighbour_with_a_clause_reads_what_was_released_and_writes_nothing(
    world: World, client_in: ClientIn, make: object
) -> None:
    make_series(world, TWO_A_MONTH)
    picture = make(world.actor("safety_coordinator"))
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    assert neighbour.get(address(picture)).status_code == 404
    world.share(
        Information.SITUATIONAL_PICTURES,
        Detail.DETAIL,
        giver=world.storfors,
        receiver=world.kristinehamn,
    )
    for rest in READ:
        assert neighbour.get(address(picture, rest)).status_code == 200
    assert "skriv/" not in body(neighbour, address(picture))
    for rest in CHANGE:
        response = neighbour.post(address(picture, rest), {**DECISION, "text": "x", "based_on": 3})
        assert response.status_code == 404
    assert picture.period_start == OCTOBER

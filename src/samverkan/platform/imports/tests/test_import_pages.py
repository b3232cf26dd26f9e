from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samverkan.organisations.models import Organisation
from samverkan.platform.imports import tasks
from samverkan.platform.imports.models import ImportBatch
from samverkan.platform.jobs.models import Job
from samverkan.statistics.models import Figure
from tests.world import World

GOOD = "kommun;period;key;count;per100k;preliminary\n1760;2025;vandalism;24;600,0;\n"
BAD = "kommun;period;key;count\n1760;2025;vandalism;många\n1760;2024;vandalism;20\n"
UNKNOWN = "färg;form\nröd;rund\n"


@pytest.fixture
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def browser(media: Path, client_in: object) -> Client:
    return client_in("safety_coordinator")  # type: ignore[operator]


def send(client: Client, content: str, name: str = "brott.csv", **answers: str) -> object:
    file = SimpleUploadedFile(name, content.encode(), content_type="text/csv")
    return client.post(reverse("imports:upload"), {"file": file, **answers}, follow=True)


def only_batch() -> ImportBatch:
    return ImportBatch.objects.for_system("tests").get()


def test_a_file_is_checked_when_it_is_sent_and_imported_when_it_is_confirmed(
    browser: Client,
) -> None:
    page = send(browser, GOOD)
    batch = only_batch()
    assert (batch.state, batch.rows_added) == ("checked", 2)
    assert not Figure.objects.for_system("tests").exists()
    assert reverse("imports:confirm", args=[batch.ref]) in page.content.decode()
    done = browser.post(reverse("imports:confirm", args=[batch.ref]), follow=True)
    assert done.status_code == 200
    assert only_batch().state == "done"
    assert Figure.objects.for_system("tests").count() == 2


def test_errors_are_shown_with_line_and_column_and_nothing_can_be_confirmed(
    browser: Client,
) -> None:
    page = send(browser, BAD)
    text = page.content.decode()
    batch = only_batch()
    assert "många" in text
    assert '<th scope="row">2</th><td>count</td>' in text
    assert reverse("imports:confirm", args=[batch.ref]) not in text
    browser.post(reverse("imports:confirm", args=[batch.ref]))
    assert only_batch().state == "failed"
    assert not Figure.objects.for_system("tests").exists()


def test_faulty_rows_can_be_left_out_on_purpose(browser: Client) -> None:
    send(browser, BAD)
    batch = only_batch()
    answers = {
        "kind": "statistics",
        "source": "bra",
        "fetched_on": "2026-11-20",
        "leaves_out_faulty_rows": "on",
        "column_municipality": "0",
        "column_period": "1",
        "column_series": "2",
        "column_count": "3",
    }
    browser.post(reverse("imports:change", args=[batch.ref]), answers)
    browser.post(reverse("imports:confirm", args=[batch.ref]))
    figure = Figure.objects.for_system("tests").get()
    assert (figure.value, figure.source_code, figure.is_published) == (20.0, "bra", True)
    assert figure.fetched_at.date().isoformat() == "2026-11-19"


def test_a_column_that_is_chosen_twice_is_an_error_beside_the_field(browser: Client) -> None:
    send(browser, GOOD)
    answers = {
        "kind": "statistics",
        "source": "police",
        "fetched_on": "2026-11-20",
        "definition": "Egen avgränsning",
        "column_count": "3",
        "column_rate": "3",
    }
    page = browser.post(reverse("imports:change", args=[only_batch().ref]), answers)
    assert page.status_code == 422
    assert "Egen avgränsning" in page.content.decode()
    assert page.context["form"].errors["column_rate"]


def test_a_file_that_was_taken_for_another_kind_is_guessed_anew(browser: Client) -> None:
    send(browser, "datum;kategori;kommun\n2026-10-03;E10;1760\n", kind="statistics")
    assert only_batch().error_count == 1
    answers = {"kind": "incidents", "source": "bra", "fetched_on": "2026-11-20"}
    browser.post(reverse("imports:change", args=[only_batch().ref]), answers)
    batch = only_batch()
    assert (batch.kind, batch.source_code, batch.rows_added) == ("incidents", "est", 1)


def test_the_only_municipality_of_the_function_is_meant_where_the_file_names_none(
    browser: Client,
) -> None:
    page = send(browser, "Månad;Skadegörelse;Våld\nokt 2026;2;4\n")
    assert only_batch().rows_added == 2
    assert page.context["form"]["given_municipality"].value() == "1760"


def test_a_file_of_no_known_kind_is_kept_while_the_person_says_what_it_is(
    browser: Client,
) -> None:
    page = send(browser, UNKNOWN, "figurer.csv")
    assert page.status_code == 422
    assert "figurer.csv" in page.content.decode()
    token = page.context["form"]["kept"].value()
    answer = browser.post(
        reverse("imports:upload"), {"kept": token, "kind": "incidents"}, follow=True
    )
    assert answer.status_code == 200
    assert only_batch().file_name == "figurer.csv"
    assert only_batch().error_count == 1


def test_a_note_of_a_kept_file_that_was_tampered_with_is_worth_nothing(browser: Client) -> None:
    page = browser.post(reverse("imports:upload"), {"kept": "abc", "kind": "incidents"})
    assert page.status_code == 422
    assert not ImportBatch.objects.for_system("tests").exists()


def test_the_same_file_again_says_when_it_was_imported(browser: Client) -> None:
    send(browser, GOOD)
    browser.post(reverse("imports:confirm", args=[only_batch().ref]))
    page = send(browser, GOOD, "samma.csv")
    assert ImportBatch.objects.for_system("tests").count() == 1
    assert page.redirect_chain[-1][0] == reverse("imports:detail", args=[only_batch().ref])


def test_an_import_is_undone_as_a_whole(browser: Client) -> None:
    send(browser, GOOD)
    ref = only_batch().ref
    browser.post(reverse("imports:confirm", args=[ref]))
    page = browser.post(reverse("imports:undo", args=[ref]), follow=True)
    assert page.status_code == 200
    assert only_batch().state == "undone"
    assert not Figure.objects.for_system("tests").exists()


def test_the_original_can_be_fetched_as_it_was(browser: Client) -> None:
    send(browser, GOOD)
    answer = browser.get(reverse("imports:original", args=[only_batch().ref]))
    assert b"".join(answer.streaming_content) == GOOD.encode()
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_large_file_is_taken_by_a_job_whose_progress_can_be_asked_for(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "AT_ONCE_BYTES", 10)
    send(browser, GOOD)
    browser.post(reverse("imports:confirm", args=[only_batch().ref]))
    assert only_batch().state == "done"
    jobs = Job.objects.for_system("tests")
    assert [job.state for job in jobs] == ["done", "done"]
    piece = browser.get(reverse("imports:job", args=[jobs.last().ref]))
    assert piece["HX-Refresh"] == "true"


def test_a_file_that_is_too_large_is_refused_without_being_kept(
    browser: Client, media: Path, settings: object
) -> None:
    settings.IMPORT_MAX_BYTES = 100_000  # type: ignore[attr-defined]
    page = send(browser, GOOD + "x" * 400_000)
    assert page.status_code == 422
    assert page.context["form"].errors["file"]
    assert not list(media.rglob("half-*"))
    assert not ImportBatch.objects.for_system("tests").exists()


def test_a_form_without_its_secret_is_refused(media: Path, world: World) -> None:
    user, _function = world.holder("safety_coordinator")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    file = SimpleUploadedFile("brott.csv", GOOD.encode())
    assert strict.post(reverse("imports:upload"), {"file": file}).status_code == 403


@pytest.mark.parametrize("name", ["imports:index", "imports:upload"])
def test_whoever_may_not_import_is_refused_at_the_door(
    client_in: object, world: World, name: str
) -> None:
    reporter = client_in("reporter", world.school)  # type: ignore[operator]
    assert reporter.get(reverse(name)).status_code == 403
    assert Client().get(reverse(name)).status_code == 302


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("imports:detail", "get"),
        ("imports:original", "get"),
        ("imports:change", "post"),
        ("imports:confirm", "post"),
        ("imports:undo", "post"),
    ],
)
def test_another_partys_imports_do_not_exist(
    browser: Client, client_in: object, world: World, name: str, method: str
) -> None:
    send(browser, GOOD)
    neighbour: Organisation = world.kristinehamn
    outsider = client_in("safety_coordinator", neighbour)  # type: ignore[operator]
    answer = getattr(outsider, method)(reverse(name, args=[only_batch().ref]))
    assert answer.status_code == 404
    assert only_batch().state == "checked"


def test_another_functions_job_does_not_exist(
    browser: Client, client_in: object, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "AT_ONCE_BYTES", 10)
    send(browser, GOOD)
    job = Job.objects.for_system("tests").get()
    outsider = client_in("community_police", world.police)  # type: ignore[operator]
    assert outsider.get(reverse("imports:job", args=[job.ref])).status_code == 404

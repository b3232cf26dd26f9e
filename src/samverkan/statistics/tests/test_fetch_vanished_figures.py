"""A value that is gone at the source is taken back, but only when the answer was whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from conftest import ClientIn
from samverkan.platform.access.actor import Actor
from samverkan.platform.imports.services import undo_import
from samverkan.statistics.clients.catalogue import Question
from samverkan.statistics.fetch_selectors import changes_of, fetch_run
from samverkan.statistics.fetching import Report, carry_out, open_run
from samverkan.statistics.models import FetchRun, Figure
from samverkan.statistics.selectors import superseded_figures
from samverkan.statistics.tests.shapes import by_the_year, kolada
from tests.publishers import Asked, Reply, Script, publisher
from tests.world import World

STORFORS = Question(("1760",), 2015, 2026, is_forced=True)
Change = Callable[[list[dict[str, Any]]], None]


@pytest.fixture
def actor(world: World, settings: Any, tmp_path: Path) -> Actor:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return world.actor("safety_coordinator")


@pytest.fixture
def fetch(actor: Actor, settings: Any) -> Callable[..., Report]:
    def carry(script: Script, question: Question = STORFORS) -> Report:
        with publisher(script) as there:
            settings.FETCH_ADDRESSES = {"kolada": f"{there.address}/v3"}
            run = open_run(actor, "kolada", question)
            return carry_out(actor, run, question, sleep=lambda _seconds: None)

    return carry


def without(kpi: str, *years: int) -> Change:
    def change(entries: list[dict[str, Any]]) -> None:
        entries[:] = [
            entry for entry in entries if entry["kpi"] != kpi or entry["period"] not in years
        ]

    return change


def values(code: str) -> dict[int, float | None]:
    found = Figure.objects.for_system("a test looks").current().filter(series_code=code)
    return {start.year: value for start, value in found.values_list("period_start", "value")}


def test_a_value_that_is_gone_is_taken_back_and_its_history_kept(
    fetch: Any, actor: Actor, client_in: ClientIn
) -> None:
    fetch(kolada())
    before = by_the_year("N07403", "1760", 2024)
    report = fetch(kolada(change=without("N07403", 2024)))
    assert report.state == FetchRun.State.DONE
    assert values("N07403")[2024] is None
    assert values("N07403")[2023] == by_the_year("N07403", "1760", 2023)
    assert None not in values("N07540").values()
    (earlier,) = superseded_figures(actor, "1760", "N07403")
    assert (earlier.value, earlier.became) == (before, None)
    changes = changes_of(actor, fetch_run(actor, report.run_ref))
    assert (changes.added, changes.changed, changes.withdrawn) == (0, 0, 1)
    page = client_in("safety_coordinator").get(
        reverse("statistics:fetch_run", args=[report.run_ref])
    )
    assert "1 tillbakadragna" in page.content.decode()
    undo_import(actor, report.result.batch.ref)
    assert values("N07403")[2024] == before


def test_a_value_that_comes_back_stands_again(fetch: Any) -> None:
    fetch(kolada())
    fetch(kolada(change=without("N07403", 2024)))
    fetch(kolada(lambda *_what: 7.0))
    assert set(values("N07403").values()) == {7.0}


def test_what_is_gone_twice_is_taken_back_once(fetch: Any) -> None:
    fetch(kolada())
    fetch(kolada(change=without("N07403", 2024)))
    again = fetch(kolada(change=without("N07403", 2023, 2024)))
    assert again.result.outcome.revised == 1


def test_years_and_municipalities_that_were_not_asked_for_stand(fetch: Any) -> None:
    both = Question(("1760", "1781"), 2015, 2026, is_forced=True)
    fetch(kolada(), both)
    fetch(kolada(), Question(("1760",), 2020, 2026, is_forced=True))
    current = Figure.objects.for_system("a test looks").current()
    assert not current.filter(value=None).exists()
    assert current.filter(municipality__code="1781").exists()
    assert current.filter(period_start__year=2015).exists()


def test_a_series_of_which_nothing_comes_is_closed_and_not_taken_back(fetch: Any) -> None:
    fetch(kolada())
    fetch(kolada(change=without("N07403", *range(2015, 2027))))
    assert None not in values("N07403").values()


def test_an_empty_answer_takes_nothing_back(fetch: Any) -> None:
    fetch(kolada())
    fetch(lambda _asked, _number: Reply({"count": 0, "values": []}))
    assert None not in values("N07403").values()


def test_an_answer_that_says_it_holds_more_takes_nothing_back(fetch: Any) -> None:
    """A page that lacks the rest and the way to it: the publisher counts more than it gives."""
    fetch(kolada())
    whole = kolada()

    def script(asked: Asked, number: int) -> Reply:
        page = json.loads(json.dumps(whole(asked, number).content))
        page["values"] = [each for each in page["values"] if each["period"] != 2024]
        return Reply(page)

    fetch(script)
    assert None not in values("N07403").values()


def test_a_cut_answer_takes_nothing_back(fetch: Any) -> None:
    fetch(kolada())
    whole = kolada()

    def script(asked: Asked, number: int) -> Reply:
        return Reply(whole(asked, number).content, cut_after=400)

    assert fetch(script).state == FetchRun.State.FAILED
    assert None not in values("N07403").values()


def test_an_answer_put_together_of_two_tries_takes_nothing_back(
    fetch: Any, settings: Any, actor: Actor
) -> None:
    """Between the tries the pages have shifted: one entry slipped through."""
    fetch(kolada())
    shifted = without("N07403", 2015)
    early, late = kolada(page_size=20), kolada(page_size=20, change=shifted)
    is_late = False

    def script(asked: Asked, number: int) -> Reply:
        if is_late:
            return late(asked, number)
        return early(asked, number) if number < 1 else Reply({}, status=500)

    with publisher(script) as there:
        settings.FETCH_ADDRESSES = {"kolada": f"{there.address}/v3"}
        for attempt in range(2):
            is_late = attempt == 1
            run = open_run(actor, "kolada", STORFORS)
            report = carry_out(actor, run, STORFORS, sleep=lambda _seconds: None)
    assert report.state != FetchRun.State.FAILED
    current = Figure.objects.for_system("a test looks").current()
    assert not current.filter(value=None).exists()


def test_the_same_pages_of_one_try_do_take_it_back(fetch: Any) -> None:
    fetch(kolada(page_size=20))
    fetch(kolada(page_size=20, change=without("N07403", 2020)))
    assert [year for year, value in values("N07403").items() if value is None] == [2020]

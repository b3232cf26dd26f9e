from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from conftest import ClientIn
from samverkan.platform.access.actor import Actor
from samverkan.platform.audit.models import AuditEntry
from samverkan.platform.imports.models import ImportBatch
from samverkan.platform.imports.services import undo_import
from samverkan.statistics.models import Figure
from samverkan.statistics.tests.figures import make_series
from samverkan.statistics.typed_rules import CellFault, Place, Standing, Written, judge_cells
from tests.world import World

OCTOBER = Place("vandalism", date(2026, 10, 1))


@pytest.fixture
def actor(world: World, settings: Any, tmp_path: Path) -> Actor:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return world.actor("safety_coordinator")


@pytest.fixture
def browser(actor: Actor, client_in: ClientIn) -> Client:
    return client_in("safety_coordinator")


def address(code: str = "1760", **query: str) -> str:
    base = reverse("statistics:typed", args=[code])
    return base + "?" + "&".join(f"{key}={value}" for key, value in {"ar": "2026", **query}.items())


def sent(place: Place = OCTOBER, text: str = "4", before: str = "", mark: bool = False) -> Any:
    month = f"{place.month:%Y-%m}"
    marks = {f"p-{month}": "on"} if mark else {}
    return {f"c-{place.name}": text, f"w-{place.name}": before, f"q-{month}": "", **marks}


def current() -> dict[tuple[str, str], tuple[float | None, bool]]:
    found = Figure.objects.for_system("a test looks").current().order_by("period_start")
    rows = found.values_list("series_code", "period_start", "value", "is_preliminary")
    return {(code, f"{start:%Y-%m}"): (value, mark) for code, start, value, mark in rows}


def test_what_is_typed_becomes_an_import_that_can_be_undone(browser: Client, actor: Actor) -> None:
    answer = browser.post(address(), sent(), follow=True)
    assert current() == {("vandalism", "2026-10"): (4.0, False)}
    batch = ImportBatch.objects.visible_to(actor).get()
    assert batch.file_name.startswith("inmatning-1760-2026-11-")
    assert (batch.source_code, batch.state) == ("police", "done")
    assert reverse("imports:detail", args=[batch.ref]) in answer.content.decode()
    assert AuditEntry.objects.for_system("a test looks").filter(action="import.done").exists()
    undo_import(actor, batch.ref)
    assert current() == {}


def test_only_what_was_changed_is_written(browser: Client, world: World) -> None:
    make_series(world, [3], first=date(2026, 9, 1))
    september = Place("vandalism", date(2026, 9, 1))
    browser.post(address(), {**sent(), **sent(september, "3", "3")})
    assert ImportBatch.objects.for_system("a test looks").latest("pk").rows_read == 1


def test_a_mark_makes_the_month_preliminary_and_the_month_under_way_always_is(
    browser: Client,
) -> None:
    november = Place("vandalism", date(2026, 11, 1))
    browser.post(address(), {**sent(mark=True), **sent(november, "1")})
    assert current() == {
        ("vandalism", "2026-10"): (4.0, True),
        ("vandalism", "2026-11"): (1.0, True),
    }


def test_an_emptied_cell_is_a_known_gap_and_keeps_its_history(
    browser: Client, world: World
) -> None:
    make_series(world, [3], first=date(2026, 10, 1))
    browser.post(address(), sent(text="", before="3"))
    assert current() == {("vandalism", "2026-10"): (None, False)}
    assert Figure.objects.for_system("a test looks").get(value=3).replaced_by is not None


def test_somebody_else_has_changed_it_both_are_shown_and_nothing_is_saved(
    browser: Client, world: World
) -> None:
    make_series(world, [7], first=date(2026, 10, 1))
    answer = browser.post(address(), sent(text="5", before="3"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="5"' in page
    assert "7" in page
    assert current() == {("vandalism", "2026-10"): (7.0, False)}
    # The page has now seen the other's figure: saving again keeps one's own.
    browser.post(address(), sent(text="5", before="7"))
    assert current() == {("vandalism", "2026-10"): (5.0, False)}


@pytest.mark.parametrize("text", ["-3", "4,5", "1e3", "fyra", "=1+1", "<b>4</b>", "99999999"])
def test_what_is_no_number_is_told_at_its_cell_and_nothing_typed_is_lost(
    browser: Client, text: str
) -> None:
    september = Place("vandalism", date(2026, 9, 1))
    answer = browser.post(address(), {**sent(text=text), **sent(september, "2")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in page
    assert f'href="#c-{OCTOBER.name}"' in page
    assert 'value="2"' in page
    assert "<b>4" not in page
    assert current() == {}


def test_a_preliminary_figure_cannot_take_the_place_of_a_final_one(
    browser: Client, world: World
) -> None:
    make_series(world, [7], first=date(2026, 10, 1))
    assert browser.post(address(), sent(text="5", before="7", mark=True)).status_code == 422
    assert current() == {("vandalism", "2026-10"): (7.0, False)}


def test_the_same_figure_can_be_typed_to_and_fro(browser: Client) -> None:
    for text, before in (("4", ""), ("5", "4"), ("4", "5"), ("5", "4")):
        assert browser.post(address(), sent(text=text, before=before)).status_code == 302
    assert current() == {("vandalism", "2026-10"): (5.0, False)}


def test_saving_nothing_writes_nothing(browser: Client) -> None:
    browser.post(address(), sent(text=""))
    assert not ImportBatch.objects.for_system("a test looks").exists()


def test_a_month_to_come_is_not_in_the_grid(browser: Client) -> None:
    december = Place("vandalism", date(2026, 12, 1))
    assert december.name not in browser.get(address()).content.decode()
    browser.post(address(), sent(december))
    assert current() == {}


def test_only_ones_own_municipality_and_a_real_year_and_source(browser: Client) -> None:
    assert browser.get(address("1781")).status_code == 404
    assert browser.get(address(ar="1899")).status_code == 404
    assert browser.get(address(ar="2027")).status_code == 404
    assert browser.get(address(kalla="bra")).status_code == 404


def test_another_partys_figures_are_not_in_the_grid(browser: Client, world: World) -> None:
    make_series(world, [8765], first=date(2026, 10, 1), owner=world.police)
    assert "8765" not in browser.get(address()).content.decode()


def test_who_may_not_write_statistics_does_not_come_in(client_in: ClientIn) -> None:
    assert client_in("council_politician").get(address()).status_code == 403


texts = st.one_of(st.integers(0, 2_000_000).map(str), st.text(max_size=6), st.just(""))


@given(text=texts, before=texts, now=st.none() | st.integers(0, 50), mark=st.booleans())
def test_a_cell_is_never_both_wrong_and_written(
    text: str, before: str, now: int | None, mark: bool
) -> None:
    standing = Standing(now, False, now is not None)
    (judged,) = judge_cells({OCTOBER: Written(text, before, mark, False)}, {OCTOBER: standing})
    assert not (judged.fault and judged.is_changed)
    if judged.is_changed:
        # What is overwritten is what the writer has seen.
        assert before == standing.text
        assert judged.value is None or 0 <= judged.value <= 1_000_000
    if judged.fault is CellFault.CONFLICT:
        assert before != standing.text

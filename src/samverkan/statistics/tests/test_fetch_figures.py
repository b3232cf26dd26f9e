from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samverkan.platform.access.actor import Actor
from samverkan.platform.audit.models import AuditEntry
from samverkan.platform.imports.models import ImportBatch
from samverkan.platform.imports.services import undo_import
from samverkan.statistics.clients.catalogue import Question, fetchables
from samverkan.statistics.fetch_selectors import changes_of, due_fetches, fetch_plans, fetch_run
from samverkan.statistics.fetching import Report, UnderWayError, carry_out, open_run, try_out
from samverkan.statistics.models import FetchRun, Figure
from samverkan.statistics.selectors import population
from samverkan.statistics.tests.shapes import by_the_year, kolada, scb, scb_metadata, scb_version_1
from tests.publishers import Asked, Publisher, Reply, Script, publisher
from tests.world import World

STORFORS = Question(("1760",), 2015, 2026)
BOTH = Question(("1760", "1781"), 2015, 2026)


@pytest.fixture
def actor(world: World, settings: Any, tmp_path: Path) -> Actor:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return world.actor("safety_coordinator")


@pytest.fixture
def fetch(actor: Actor, settings: Any) -> Callable[..., tuple[Report, Publisher]]:
    """Fetch from a publisher that follows the script; nobody really waits."""

    def carry(
        code: str, script: Script, question: Question = STORFORS, path: str = "/v3"
    ) -> tuple[Report, Publisher]:
        with publisher(script) as there:
            settings.FETCH_ADDRESSES = {code: there.address + path}
            run = open_run(actor, code, question)
            return carry_out(actor, run, question, sleep=lambda _seconds: None), there

    return carry


def forced(question: Question = STORFORS) -> Question:
    return Question(
        question.municipality_codes, question.from_year, question.to_year, question.api, True
    )


def values(code: str) -> dict[int, float | None]:
    found = Figure.objects.for_system("a test looks").current().filter(series_code=code)
    return {start.year: value for start, value in found.values_list("period_start", "value")}


def test_kolada_comes_in_with_its_provenance(fetch: Any, actor: Actor) -> None:
    report, there = fetch("kolada", kolada())
    assert (report.state, report.message) == (FetchRun.State.DONE, "")
    assert values("N07403")[2025] == by_the_year("N07403", "1760", 2025)
    figure = Figure.objects.visible_to(actor).filter(series_code="N07403").first()
    assert (figure.source_code, figure.is_published) == ("kolada", True)
    assert figure.batch.file_name == "kolada-1760-2026-11-23.json"
    assert figure.batch.definition == f"{there.address}/v3"
    assert "per_page=5000" in there.asked[0].path


def test_never_more_than_twenty_five_ids_in_a_question(fetch: Any) -> None:
    question = Question(tuple(f"{1700 + n}" for n in range(40)), 2025, 2025)
    _report, there = fetch("kolada", kolada(), question)
    for asked in there.asked:
        kpis, places = asked.path.split("/kpi/")[1].split("/municipality/")
        assert len(kpis.split(",")) + len(places.split("/")[0].split(",")) <= 25


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_every_page_of_either_version_is_read(fetch: Any, version: str) -> None:
    _report, there = fetch("kolada", kolada(page_size=7, version=version))
    assert len(there.asked) > 10
    assert set(values("N07540")) == set(range(2015, 2026))


def test_the_same_answer_again_changes_nothing(fetch: Any) -> None:
    first, _there = fetch("kolada", kolada())
    again, there = fetch("kolada", kolada(), forced())
    assert (again.state, again.earlier_ref) == (FetchRun.State.UNCHANGED, first.result.batch.ref)
    assert there.asked
    assert ImportBatch.objects.for_system("a test counts").count() == 1


def test_a_changed_and_a_withdrawn_figure_keep_their_history(fetch: Any, actor: Actor) -> None:
    def change(entries: list[dict[str, Any]]) -> None:
        for entry in entries:
            if entry["kpi"] == "N07403" and entry["period"] == 2024:
                entry["values"][0]["value"] = 999.0
            if entry["kpi"] == "N07403" and entry["period"] == 2025:
                entry["values"][0] |= {"is_deleted": True, "value": None}

    fetch("kolada", kolada())
    before = by_the_year("N07403", "1760", 2025)
    report, _there = fetch("kolada", kolada(change=change), forced())
    assert (values("N07403")[2024], values("N07403")[2025]) == (999.0, None)
    changes = changes_of(actor, fetch_run(actor, report.run_ref))
    assert (changes.added, changes.changed, changes.withdrawn) == (0, 1, 1)
    gone, changed = changes.shown
    assert (gone.is_withdrawn, gone.before, gone.after) == (True, before, None)
    assert (changed.before, changed.after) == (by_the_year("N07403", "1760", 2024), 999.0)
    undo_import(actor, report.result.batch.ref)
    assert values("N07403")[2025] == before


def test_a_withdrawn_figure_may_come_back(fetch: Any) -> None:
    def withdraw(entries: list[dict[str, Any]]) -> None:
        for entry in entries:
            entry["values"][0] |= {"isdeleted": True, "value": None}

    fetch("kolada", kolada())
    fetch("kolada", kolada(change=withdraw), forced())
    assert set(values("N07403").values()) == {None}
    again, _there = fetch("kolada", kolada(change=withdraw), forced())
    assert again.state == FetchRun.State.UNCHANGED
    fetch("kolada", kolada(lambda *_what: 7.0), forced())
    assert set(values("N07403").values()) == {7.0}


def test_what_never_was_here_cannot_be_withdrawn(fetch: Any) -> None:
    def withdraw(entries: list[dict[str, Any]]) -> None:
        for entry in entries:
            entry["values"][0] |= {"is_deleted": True, "value": None}

    fetch("kolada", kolada(change=withdraw))
    assert not Figure.objects.for_system("a test counts").exists()


@pytest.mark.parametrize(
    ("rename", "named"), [("municipality", "municipality"), ("values", "values")]
)
def test_changed_columns_are_named_and_nothing_is_put_in(
    fetch: Any, rename: str, named: str
) -> None:
    def change(entries: list[dict[str, Any]]) -> None:
        for entry in entries:
            entry["something_new"] = entry.pop(rename)

    report, _there = fetch("kolada", kolada(change=change))
    assert report.state == FetchRun.State.FAILED
    assert named in report.message
    assert "something_new" in report.message
    assert not Figure.objects.for_system("a test counts").exists()


def test_a_renamed_value_is_named(fetch: Any) -> None:
    def change(entries: list[dict[str, Any]]) -> None:
        for entry in entries:
            entry["values"][0]["amount"] = entry["values"][0].pop("value")

    report, _there = fetch("kolada", kolada(change=change))
    assert "value" in report.message
    assert "amount" in report.message


def test_pages_that_go_round_are_stopped(fetch: Any) -> None:
    def script(asked: Asked, _number: int) -> Reply:
        address = f"http://{asked.headers['Host']}{asked.path}"
        return Reply({"values": [], "count": 0, "next_url": address})

    report, there = fetch("kolada", script)
    assert report.state == FetchRun.State.FAILED
    assert len(there.asked) == 1


def test_a_next_page_at_another_place_is_not_followed(fetch: Any) -> None:
    reply = Reply({"values": [], "count": 0, "next_url": "http://127.0.0.1:1/v3/hit"})
    report, there = fetch("kolada", lambda _asked, _number: reply)
    assert report.state == FetchRun.State.FAILED
    assert len(there.asked) == 1


def test_an_interrupted_fetch_goes_on_where_it_was(actor: Actor, settings: Any) -> None:
    whole = kolada(page_size=20)
    is_mended = False

    def script(asked: Asked, number: int) -> Reply:
        return whole(asked, number) if number < 3 or is_mended else Reply({}, status=500)

    def once() -> Report:
        run = open_run(actor, "kolada", forced())
        return carry_out(actor, run, forced(), sleep=lambda _seconds: None)

    with publisher(script) as there:
        settings.FETCH_ADDRESSES = {"kolada": f"{there.address}/v3"}
        assert once().state == FetchRun.State.FAILED
        assert not Figure.objects.for_system("a test counts").exists()
        before = len(there.asked)
        is_mended = True
        assert once().state == FetchRun.State.DONE
    first_pages = {asked.path for asked in there.asked[:3]}
    assert not first_pages & {asked.path for asked in there.asked[before:]}
    assert set(values("N07403")) == set(range(2015, 2026))


def test_a_failed_fetch_is_put_down_with_its_reason(fetch: Any, actor: Actor) -> None:
    report, _there = fetch("kolada", lambda _asked, _number: Reply({}, status=404))
    run = fetch_run(actor, report.run_ref)
    assert run.state == FetchRun.State.FAILED
    assert "404" in run.message
    entry = AuditEntry.objects.for_system("a test looks").filter(action="figures.fetched").get()
    assert entry.details["outcome"] == "failed"


def test_the_same_is_not_fetched_twice_at_once(actor: Actor) -> None:
    open_run(actor, "kolada", STORFORS)
    with pytest.raises(UnderWayError):
        open_run(actor, "kolada", STORFORS)


def test_a_trial_says_what_would_come_and_puts_nothing_in(actor: Actor, settings: Any) -> None:
    with publisher(kolada()) as there:
        settings.FETCH_ADDRESSES = {"kolada": f"{there.address}/v3"}
        report = try_out(actor, "kolada", STORFORS)
    assert report.result.outcome.added > 50
    assert not Figure.objects.for_system("a test counts").exists()
    assert not FetchRun.objects.for_system("a test counts").exists()


def test_scb_is_asked_within_its_own_limits_and_put_together(fetch: Any, actor: Actor) -> None:
    report, there = fetch("scb", scb(most_cells=5), BOTH, "/api/v2")
    assert report.state == FetchRun.State.DONE, report.message
    data = [asked for asked in there.asked if "/data" in asked.path]
    assert len(data) == 6
    found = {each.year: each.number for each in population(actor, "1760")}
    assert found[2025] == 1000 + 1760 + 2025
    assert min(found) == 2015


def test_the_older_interface_of_scb_gives_the_same(fetch: Any, actor: Actor) -> None:
    question = Question(("1760",), 2020, 2026, api="v1")
    report, there = fetch("scb", scb_version_1(), question, "/ssd")
    assert report.state == FetchRun.State.DONE, report.message
    assert there.asked[0].path == "/ssd/BE/BE0101/BE0101A/BefolkningNy"
    assert [each.number for each in population(actor, "1760")][-1] == 1000 + 1760 + 2025


def test_a_single_year_beyond_the_limit_says_what_to_do(fetch: Any) -> None:
    report, _there = fetch("scb", scb(most_cells=1), BOTH, "/api/v2")
    assert report.state == FetchRun.State.FAILED
    assert "2" in report.message


def test_a_table_whose_contents_have_a_new_name_is_not_guessed_at(fetch: Any) -> None:
    metadata = scb_metadata()
    metadata["dimension"]["ContentsCode"]["category"]["label"]["BE0101N1"] = "Antal hundar"
    report, _there = fetch("scb", scb(metadata=metadata), STORFORS, "/api/v2")
    assert report.state == FetchRun.State.FAILED
    assert "Folkmängd" in report.message


def test_a_municipality_that_scb_does_not_hold_is_named(fetch: Any) -> None:
    report, _there = fetch("scb", scb(), Question(("9999",), 2015, 2026), "/api/v2")
    assert "9999" in report.message


def test_the_polices_news_come_in_as_news_and_never_as_figures(fetch: Any) -> None:
    event = {
        "id": 1,
        "datetime": "2026-11-22 9:47:13 +01:00",
        "name": "22 november 08.30, Brand, Storfors",
        "summary": "Brand i container.",
        "url": "/aktuellt/handelser/2026/november/22/brand",
        "type": "Brand",
        "location": {"name": "Värmlands län", "gps": "59.7,13.2"},
    }
    report, there = fetch("police_news", lambda _a, _n: Reply([event]), STORFORS, "/api/events")
    assert report.state == FetchRun.State.DONE, report.message
    assert there.asked[0].headers["User-Agent"].startswith("Samverkan/")
    assert not Figure.objects.for_system("a test counts").exists()


def test_an_event_without_its_place_is_a_changed_answer(fetch: Any) -> None:
    reply = Reply([{"id": 1, "name": "x"}])
    report, _there = fetch("police_news", lambda _a, _n: reply, STORFORS, "/api/events")
    assert "location" in report.message


def test_what_is_due_follows_from_the_last_time_that_worked(fetch: Any, actor: Actor) -> None:
    assert {plan.code for plan in due_fetches(actor)} == set(fetchables())
    fetch("kolada", kolada())
    assert "kolada" not in {plan.code for plan in due_fetches(actor)}
    plan = next(plan for plan in fetch_plans(actor) if plan.code == "kolada")
    assert (plan.next_at - plan.last_done_at).days == 30


def test_another_party_does_not_see_what_was_fetched(fetch: Any, world: World) -> None:
    report, _there = fetch("kolada", kolada())
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    assert fetch_run(neighbour, report.run_ref) is None


def test_every_address_and_rule_has_its_source() -> None:
    for fetchable in fetchables().values():
        assert fetchable.rules_source
        assert fetchable.address().startswith("https://")

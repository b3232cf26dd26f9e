"""The publishers' recorded answers, served by a publisher on this machine, through the clients."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from samverkan.organisations.services import load_municipalities
from samverkan.platform.access.actor import Actor, system
from samverkan.platform.imports.models import ImportBatch
from samverkan.situation.models import NewsEvent
from samverkan.statistics.clients import kolada
from samverkan.statistics.clients.catalogue import Question
from samverkan.statistics.fetching import Report, carry_out, open_run
from samverkan.statistics.models import FetchRun, Figure
from samverkan.statistics.selectors import population
from tests.publishers import Asked, Publisher, Reply, Script, publisher
from tests.reference.shared import shared_path
from tests.world import World

KOLADA = "data/bra/kolada_data_N00945_N_reshaped.json"
EVENTS = "data/polisen/raw_events_2026-02-15_14920c2c.json"
EARLIER_EVENTS = "data/polisen/raw_events_2025-01-01_b5052499.json"
SHORT_EVENTS = "data/polisen/raw_events_short_2023-03-26_38616017.json"
TABLES = "data/scb/pxwebapi2_list_all_tables.json"
METADATA = "data/scb/pxwebapi2_metadata_tab001_jsonstat2.json"
INHABITANTS = "data/scb/population_municipality_2024.csv"
CITIES = ("0180", "1280", "1480")
ASK_CITIES = Question(CITIES, 2000, 2023, is_forced=True)
ASK_STORFORS = Question(("1760",), 2020, 2026, is_forced=True)

Fetch = Callable[..., tuple[Report, Publisher]]


@pytest.fixture
def actor(world: World, settings: Any, tmp_path: Path) -> Actor:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    actor = world.actor("safety_coordinator")
    load_municipalities(system("tests need all municipalities", actor.at))
    return actor


@pytest.fixture
def fetch(actor: Actor, settings: Any) -> Fetch:
    def carry(
        code: str, script: Script, question: Question, path: str = "/v3"
    ) -> tuple[Report, Publisher]:
        with publisher(script) as there:
            settings.FETCH_ADDRESSES = {code: there.address + path}
            run = open_run(actor, code, question)
            return carry_out(actor, run, question, sleep=lambda _seconds: None), there

    return carry


def recorded(relative: str) -> bytes:
    return shared_path(relative).read_bytes()


def kolada_as_recorded(*, page_size: int = 10_000, version: str = "v3") -> Script:
    """The recorded entries that a question asks for, in pages as the interface gives them."""
    whole = json.loads(recorded(KOLADA))["values"]

    def script(asked: Asked, _number: int) -> Reply:
        parts = urlsplit(asked.path)
        wanted = dict(zip(*[iter(parts.path.split("/data/")[1].split("/"))] * 2, strict=True))
        found = [
            entry
            for entry in whole
            if entry["kpi"] in wanted["kpi"].split(",")
            and entry["municipality"] in wanted["municipality"].split(",")
            and str(entry["period"]) in wanted["year"].split(",")
        ]
        page = int(parse_qs(parts.query).get("page", ["1"])[0])
        shown = found[(page - 1) * page_size : page * page_size]
        body: dict[str, Any] = {"count": len(shown), "values": shown}
        following = "next_url" if version == "v3" else "next_page"
        if page * page_size < len(found):
            body[following] = f"http://{asked.headers['Host']}{parts.path}?page={page + 1}"
        elif version == "v3":
            body |= {"next_url": None, "previous_url": None}
        return Reply(json.dumps(body).encode(), is_raw=True, is_gzip=True)

    return script


def expected_of_kolada() -> dict[tuple[str, int, str], float]:
    """Straight from the file, past every reader of ours."""
    groups = {"T": "", "K": "women", "F": "women", "M": "men"}
    return {
        (entry["municipality"], entry["period"], groups[value["gender"]]): value["value"]
        for entry in json.loads(recorded(KOLADA))["values"]
        for value in entry["values"]
        if value["value"] is not None
    }


def figures_of_kolada() -> dict[tuple[str, int, str], float]:
    found = Figure.objects.for_system("a test looks").current().filter(series_code="N00945")
    rows = found.exclude(value=None).values_list(
        "municipality__code", "period_start", "subgroup", "value"
    )
    return {(code, start.year, group): value for code, start, group, value in rows}


@pytest.mark.parametrize(("version", "page_size"), [("v3", 10_000), ("v3", 7), ("v2", 20)])
def test_every_recorded_value_of_kolada_comes_in_as_it_stands_in_the_file(
    fetch: Fetch, version: str, page_size: int
) -> None:
    script = kolada_as_recorded(page_size=page_size, version=version)
    report, _there = fetch("kolada", script, ASK_CITIES, f"/{version}")
    assert report.state == FetchRun.State.DONE, report.message
    expected = expected_of_kolada()
    assert len(expected) > 50
    assert figures_of_kolada() == expected
    again, _there = fetch("kolada", script, ASK_CITIES, f"/{version}")
    assert again.state == FetchRun.State.UNCHANGED
    assert figures_of_kolada() == expected


def test_a_recorded_value_that_vanishes_is_taken_back(fetch: Fetch) -> None:
    whole = kolada_as_recorded()
    fetch("kolada", whole, ASK_CITIES)

    def script(asked: Asked, number: int) -> Reply:
        page = json.loads(whole(asked, number).content)
        page["values"] = [
            each
            for each in page["values"]
            if (each["municipality"], each["period"]) != ("1280", 2010)
        ]
        return Reply({**page, "count": len(page["values"])})

    report, _there = fetch("kolada", script, ASK_CITIES)
    assert report.result is not None
    gone = set(expected_of_kolada()) - set(figures_of_kolada())
    assert {(code, year) for code, year, _group in gone} == {("1280", 2010)}
    assert report.result.outcome.revised == len(gone)


def faulty(whole: Script, fault: Reply | None, *, times: int, cut_after: int = -1) -> Script:
    """The recorded answer, after so many faulty ones; `fault` None cuts the answer itself."""

    def script(asked: Asked, number: int) -> Reply:
        reply = whole(asked, number)
        if number >= times:
            return reply
        if fault is not None:
            return fault
        return Reply(reply.content, is_raw=True, is_gzip=reply.is_gzip, cut_after=cut_after)

    return script


FAULTS = {
    "too many questions": Reply({}, status=429, headers={"Retry-After": "2"}),
    "its own fault": Reply({"error": "x"}, status=500),
    "not available": Reply(b"<html>", status=503, is_raw=True, content_type="text/html"),
    "cut off": None,
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("code", ["kolada", "police_news"])
def test_a_passing_fault_costs_a_try_and_nothing_else(
    fetch: Fetch, code: str, fault: Reply | None
) -> None:
    whole = {"kolada": kolada_as_recorded, "police_news": events_as_recorded}[code]()
    question = ASK_CITIES if code == "kolada" else ASK_STORFORS
    report, there = fetch(code, faulty(whole, fault, times=2, cut_after=300), question)
    assert report.state == FetchRun.State.DONE, report.message
    assert len(there.asked) >= 3
    if code == "kolada":
        assert figures_of_kolada() == expected_of_kolada()
    else:
        assert NewsEvent.objects.for_system("a test counts").count() == 500


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("code", ["kolada", "police_news"])
def test_a_lasting_fault_changes_nothing_that_is_here(
    fetch: Fetch, code: str, fault: Reply | None
) -> None:
    whole = {"kolada": kolada_as_recorded, "police_news": events_as_recorded}[code]()
    question = ASK_CITIES if code == "kolada" else ASK_STORFORS
    fetch(code, whole, question)
    before = (figures_of_kolada(), NewsEvent.objects.for_system("a test counts").count())
    report, _there = fetch(code, faulty(whole, fault, times=10_000, cut_after=300), question)
    assert report.state == FetchRun.State.FAILED
    assert report.message
    assert before == (
        figures_of_kolada(),
        NewsEvent.objects.for_system("a test counts").count(),
    )
    assert ImportBatch.objects.for_system("a test counts").count() == 1


def events_as_recorded(relative: str = EVENTS) -> Script:
    """As the police send them: the file byte for byte."""
    content = recorded(relative)
    return lambda _asked, _number: Reply(content, is_raw=True, is_gzip=True)


@pytest.mark.parametrize(
    ("relative", "number"), [(EVENTS, 500), (EARLIER_EVENTS, 500), (SHORT_EVENTS, 256)]
)
def test_the_polices_recorded_events_come_in_as_news_and_as_nothing_else(
    fetch: Fetch, relative: str, number: int
) -> None:
    report, there = fetch("police_news", events_as_recorded(relative), ASK_STORFORS, "/api/events")
    assert report.state == FetchRun.State.DONE, report.message
    assert len(there.asked) == 1
    news = {each.police_id: each for each in NewsEvent.objects.for_system("a test looks")}
    events = json.loads(recorded(relative))
    assert set(news) == {event["id"] for event in events}
    assert len(news) == number
    for event in events[::25]:
        kept = news[event["id"]]
        assert kept.event_type == event["type"].strip()
        assert kept.published_at.strftime("%Y-%m") == event["datetime"][:7]
    assert not Figure.objects.for_system("a test counts").exists()


def test_an_empty_recorded_answer_is_asked_for_again_and_then_given_up(fetch: Fetch) -> None:
    """Thirty-one of the recorded answers were of no bytes at all."""
    nothing = Reply(b"", is_raw=True)
    report, there = fetch("police_news", lambda _a, _n: nothing, ASK_STORFORS, "/api/events")
    assert report.state == FetchRun.State.FAILED
    assert len(there.asked) > 1
    assert not NewsEvent.objects.for_system("a test counts").exists()


def recorded_inhabitants() -> dict[str, int]:
    with shared_path(INHABITANTS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0])
    code = next(name for name in names if "code" in name or "kod" in name)
    number = next(name for name in names if "population" in name or "folk" in name)
    return {row[code].zfill(4): int(float(row[number])) for row in rows}


def scb_as_recorded(
    *, metadata: dict[str, Any] | None = None, tables: dict[str, Any] | None = None
) -> Script:
    """The recorded list of tables and description of a table of inhabitants, in SCB's own words,
    with the recorded inhabitants as its values (no answer with values is among those recorded)."""
    listed = tables or swedish_tables()
    described = metadata or swedish_metadata()
    inhabitants = recorded_inhabitants()

    def script(asked: Asked, _number: int) -> Reply:
        parts = urlsplit(asked.path)
        query = parse_qs(parts.query)
        if parts.path.endswith("/config"):
            return Reply({"maxDataCells": 150_000, "maxCallsPerTimeWindow": 30, "timeWindow": 10})
        if parts.path.endswith("/tables"):
            return Reply(listed)
        if parts.path.endswith("/metadata"):
            return Reply(described)
        return Reply(answer_of(described, query, inhabitants))

    return script


def swedish_tables() -> dict[str, Any]:
    """The recorded list, and in it one entry as SCB's table of inhabitants has it."""
    listed = json.loads(recorded(TABLES))
    own = dict(listed["tables"][0])
    own |= {
        "id": "TAB638",
        "label": "Folkmängd efter region, civilstånd, ålder, kön, tabellinnehåll och år",
        "variableNames": ["region", "civilstånd", "ålder", "kön", "tabellinnehåll", "år"],
        "firstPeriod": "1968",
        "lastPeriod": "2024",
    }
    return {**listed, "tables": [*listed["tables"], own]}


def swedish_metadata() -> dict[str, Any]:
    """The recorded description with the regions, years and contents of Sweden put in its place."""
    described: dict[str, Any] = json.loads(recorded(METADATA))
    named = {
        "REGION": {code: code for code in ("00", *sorted(recorded_inhabitants()))},
        "TIME": {"2023": "2023", "2024": "2024"},
    }
    for name, labels in named.items():
        described["dimension"][name]["category"] |= {
            "index": {code: at for at, code in enumerate(labels)},
            "label": labels,
        }
        described["size"][described["id"].index(name)] = len(labels)
    contents = described["dimension"]["ContentsCode"]["category"]
    contents["label"] = dict.fromkeys(contents["label"], "Folkmängd")
    for name in ("SEX", "AGE"):
        described["dimension"][name].setdefault("extension", {})["elimination"] = True
    return described


def answer_of(
    described: dict[str, Any], query: dict[str, list[str]], inhabitants: dict[str, int]
) -> dict[str, Any]:
    asked = {
        name: query[f"valuecodes[{name}]"][0].split(",")
        for name in described["id"]
        if f"valuecodes[{name}]" in query
    }
    dimension = {
        name: {
            **described["dimension"][name],
            "category": {
                "index": {code: at for at, code in enumerate(codes)},
                "label": {
                    code: described["dimension"][name]["category"]["label"][code] for code in codes
                },
            },
        }
        for name, codes in asked.items()
    }
    values = [
        inhabitants[region] if year == "2024" else None
        for region in asked["REGION"]
        for year in asked["TIME"]
    ]
    return {
        **described,
        "id": list(asked),
        "size": [len(codes) for codes in asked.values()],
        "dimension": dimension,
        "value": values,
    }


def test_the_recorded_shapes_of_pxweb_give_the_recorded_inhabitants(
    fetch: Fetch, actor: Actor
) -> None:
    question = Question(("1760", "1781"), 2023, 2024, is_forced=True)
    report, there = fetch("scb", scb_as_recorded(), question, "/api/v2")
    assert report.state == FetchRun.State.DONE, report.message
    expected = recorded_inhabitants()
    for code in ("1760", "1781"):
        found = {each.year: each.number for each in population(actor, code)}
        assert found[2024] == expected[code]
    assert "/tables/TAB638/data" in there.asked[-1].path


def test_the_recorded_list_without_the_table_is_named_and_nothing_guessed(fetch: Fetch) -> None:
    listed = json.loads(recorded(TABLES))
    report, there = fetch("scb", scb_as_recorded(tables=listed), ASK_STORFORS, "/api/v2")
    assert report.state == FetchRun.State.FAILED
    assert not any("/data" in asked.path for asked in there.asked)


@pytest.mark.parametrize(
    "relative", [METADATA, "data/scb/pxwebapi2_metadata_tab003_jsonstat2.json"]
)
def test_a_recorded_table_of_something_else_is_refused_by_name(fetch: Fetch, relative: str) -> None:
    described = json.loads(recorded(relative))
    report, _there = fetch("scb", scb_as_recorded(metadata=described), ASK_STORFORS, "/api/v2")
    assert report.state == FetchRun.State.FAILED
    assert report.message


def test_the_question_of_version_1_has_the_recorded_shape(fetch: Fetch) -> None:
    known = json.loads(recorded("data/scb/pxweb_v1_query_example.json"))
    described = {
        "title": "Folkmängd",
        "variables": [
            {"code": "Region", "text": "region", "values": ["1760"], "valueTexts": ["Storfors"]},
            {
                "code": "ContentsCode",
                "text": "tabellinnehåll",
                "values": ["BE0101N1"],
                "valueTexts": ["Folkmängd"],
            },
            {"code": "Tid", "text": "år", "values": ["2024"], "valueTexts": ["2024"], "time": True},
        ],
    }

    def script(asked: Asked, _number: int) -> Reply:
        return Reply(described if asked.method == "GET" else {}, status=200)

    _report, there = fetch("scb", script, Question(("1760",), 2024, 2024, api="v1"), "/ssd")
    sent = there.asked[1].question
    assert sent.keys() == known.keys()
    assert sent["query"][0].keys() == known["query"][0].keys()
    assert sent["query"][0]["selection"].keys() == known["query"][0]["selection"].keys()


def test_the_key_figures_that_are_asked_for_exist_at_kolada() -> None:
    listed = json.loads(recorded("data/bra/kolada_kpi_metadata_6099.json"))["values"]
    titles = {entry["id"]: entry["title"] for entry in listed}
    assert set(kolada.kolada_codes()) <= set(titles)
    assert "våldsbrott" in titles["N07403"].lower()

"""Answers of the same shape as the publishers' own, made up, for the publisher on this machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.publishers import Asked, Reply, Script

DATA = re.compile(r"/data/kpi/(?P<kpis>[^/]+)/municipality/(?P<places>[^/]+)/year/(?P<years>.+)")
Value = Callable[[str, str, int], float | None]


def by_the_year(kpi: str, place: str, year: int) -> float | None:
    return float(int(kpi[1:]) % 1000 + int(place) % 100 + year - 2015)


def kolada_entries(
    kpis: Iterable[str], places: Iterable[str], years: Iterable[int], value: Value
) -> list[dict[str, Any]]:
    entries = []
    for kpi in kpis:
        for place in places:
            for year in years:
                amount = value(kpi, place, year)
                own = {"count": 1, "gender": "T", "status": "", "value": amount}
                if amount is None:
                    own |= {"status": "Missing"}
                entries.append({"kpi": kpi, "municipality": place, "period": year, "values": [own]})
    return entries


def kolada(
    value: Value = by_the_year,
    *,
    page_size: int = 1000,
    version: str = "v3",
    change: Callable[[list[dict[str, Any]]], None] = lambda _entries: None,
) -> Script:
    """Kolada as it answers: pages, and the next page's whole address. Years to 2025 are known."""

    def script(asked: Asked, _number: int) -> Reply:
        parts = urlsplit(asked.path)
        found = DATA.search(parts.path)
        assert found, asked.path
        query = parse_qs(parts.query)
        page = int(query.get("page", ["1"])[0])
        years = [int(year) for year in found["years"].split(",") if int(year) <= 2025]
        entries = kolada_entries(found["kpis"].split(","), found["places"].split(","), years, value)
        change(entries)
        start = (page - 1) * page_size
        body: dict[str, Any] = {
            "count": len(entries[start : start + page_size]),
            "values": entries[start : start + page_size],
        }
        name = "next_url" if version == "v3" else "next_page"
        if start + page_size < len(entries):
            size = query["per_page"][0]
            body[name] = (
                f"http://{asked.headers['Host']}{parts.path}?per_page={size}&page={page + 1}"
            )
        elif version == "v3":
            body |= {"next_url": None, "previous_url": None}
        return Reply(body, is_gzip=True)

    return script


def json_stat(dimensions: dict[str, list[str]], value: Callable[..., int | None]) -> dict[str, Any]:
    """A JSON-stat 2 data set; `value` gets one code of each dimension."""
    from itertools import product

    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Folkmängd efter region, tabellinnehåll och år",
        "source": "SCB",
        "updated": "2026-02-21T07:00:00Z",
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "dimension": {
            name: {
                "label": name,
                "category": {
                    "index": {code: at for at, code in enumerate(codes)},
                    "label": {c: "Folkmängd" if name == "ContentsCode" else c for c in codes},
                },
            }
            for name, codes in dimensions.items()
        },
        "value": [value(*codes) for codes in product(*dimensions.values())],
    }


def inhabitants(region: str, _contents: str, year: str) -> int:
    return 1000 + int(region) + int(year)


TABLE_VARIABLES = ["region", "civilstånd", "ålder", "kön", "tabellinnehåll", "år"]
YEARS = [str(year) for year in range(1968, 2026)]
PLACES = ["00", "17", "1760", "1781"]


def scb_metadata() -> dict[str, Any]:
    """A table's description: what may be eliminated gives its total when it is left out."""
    dimensions = {
        "Region": PLACES,
        "Civilstand": ["OG", "G"],
        "Alder": ["0", "1", "tot"],
        "Kon": ["1", "2"],
        "ContentsCode": ["BE0101N1", "BE0101N2"],
        "Tid": YEARS,
    }
    metadata = json_stat(dimensions, lambda *_codes: None)
    del metadata["value"]
    labels = {"BE0101N1": "Folkmängd", "BE0101N2": "Folkökning"}
    metadata["dimension"]["ContentsCode"]["category"]["label"] = labels
    for name in ("Civilstand", "Alder", "Kon"):
        metadata["dimension"][name]["extension"] = {"elimination": True}
    return metadata


def scb(*, most_cells: int = 150_000, metadata: Any = None) -> Script:
    """SCB's PxWebApi 2 with its limits: 403 for too many cells."""

    def script(asked: Asked, _number: int) -> Reply:
        parts = urlsplit(asked.path)
        query = parse_qs(parts.query)
        if parts.path.endswith("/config"):
            return Reply(
                {"maxDataCells": most_cells, "maxCallsPerTimeWindow": 30, "timeWindow": 10}
            )
        if parts.path.endswith("/tables"):
            return Reply(
                {
                    "language": "sv",
                    "tables": [
                        {"id": "TAB1", "variableNames": ["region", "år"], "lastPeriod": "2025"},
                        {"id": "TAB9", "variableNames": TABLE_VARIABLES, "lastPeriod": "2025"},
                        {"id": "TAB8", "variableNames": TABLE_VARIABLES, "lastPeriod": "2019"},
                    ],
                }
            )
        if parts.path.endswith("/metadata"):
            return Reply(metadata or scb_metadata())
        assert parts.path.endswith("/tables/TAB9/data")
        dimensions = {
            name: query[f"valuecodes[{name}]"][0].split(",")
            for name in ("Region", "ContentsCode", "Tid")
        }
        cells = len(dimensions["Region"]) * len(dimensions["Tid"])
        if cells > most_cells:
            return Reply({"type": "cells", "title": "Too many cells"}, status=403)
        return Reply(json_stat(dimensions, inhabitants))

    return script


def scb_version_1() -> Script:
    """The older interface: described with GET, asked with POST."""

    def script(asked: Asked, _number: int) -> Reply:
        if asked.method == "GET":
            old = scb_metadata()
            return Reply(
                {
                    "title": "Folkmängd",
                    "variables": [
                        {
                            "code": name,
                            "text": name,
                            "values": list(entry["category"]["index"]),
                            "valueTexts": list(entry["category"]["label"].values()),
                            "elimination": "extension" in entry,
                        }
                        for name, entry in old["dimension"].items()
                    ],
                }
            )
        assert asked.question["response"] == {"format": "json-stat2"}
        chosen = {part["code"]: part["selection"]["values"] for part in asked.question["query"]}
        return Reply(json_stat(chosen, inhabitants))

    return script

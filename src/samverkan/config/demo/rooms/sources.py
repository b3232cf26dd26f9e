"""What has been fetched in the demo: Kolada twice, a figure changed and one withdrawn; SCB not."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from samverkan.config.demo.figures import counts_in
from samverkan.config.demo.people import REASON, Cast
from samverkan.config.demo.plan import MUNICIPALITIES
from samverkan.organisations.models import Holding
from samverkan.organisations.reference import municipality_facts
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import Actor
from samverkan.platform.imports.models import ImportBatch
from samverkan.platform.imports.reception import FileRequest, receive
from samverkan.platform.imports.services import commit_import
from samverkan.statistics.models import FetchRun

ORDER = 40
STOCKHOLM = ZoneInfo("Europe/Stockholm")
KEY_FIGURES = {"N07403": "violence", "U07452": "vandalism"}
YEARS = 4
ADDRESS = "https://api.kolada.se/v3"


def build(cast: Cast, today: date) -> None:
    """Two fetches of Kolada's key figures that worked, and one of SCB's that did not."""
    first = today - timedelta(days=36)
    _fetched(cast, first, _kolada(today, is_first=True))
    _fetched(cast, today - timedelta(days=5), _kolada(today, is_first=False))
    actor = _coordinator(cast, today - timedelta(days=2))
    FetchRun.objects.create(
        owner=cast.parties["1760"],
        fetch_code="scb",
        municipality_codes="1760",
        state=FetchRun.State.FAILED,
        asked_by=_name(actor),
        started_at=actor.at,
        finished_at=actor.at,
        requests=4,
        message="statistikdatabasen.scb.se går inte att nå härifrån. Kontrollera nätet och proxyn.",
    )


def _fetched(cast: Cast, day: date, entries: list[dict[str, object]]) -> None:
    actor = _coordinator(cast, day)
    batch = _put_in(actor, day, entries)
    FetchRun.objects.create(
        owner=cast.parties["1760"],
        fetch_code="kolada",
        municipality_codes=",".join(planned.code for planned in MUNICIPALITIES),
        state=FetchRun.State.DONE,
        asked_by=_name(actor),
        started_at=actor.at,
        finished_at=actor.at,
        batch=batch,
        requests=1,
    )


def _put_in(actor: Actor, day: date, entries: list[dict[str, object]]) -> ImportBatch:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"kolada-1760-{day}.json"
        page = [{"count": len(entries), "values": entries}]
        path.write_text(json.dumps(page, indent=1), encoding="utf-8")
        request = FileRequest(path, "statistics", "kolada", definition=ADDRESS)
        result = commit_import(actor, receive(actor, request).ref)
    if not result.is_done:
        raise RuntimeError(f"the demo's own file {path.name} was refused")
    return result.batch


def _kolada(today: date, *, is_first: bool) -> list[dict[str, object]]:
    """The years' rates; at first the newest one event higher, later the oldest withdrawn."""
    newest = today.year - 1
    entries: list[dict[str, object]] = []
    for year in range(newest - YEARS + 1, newest + 1):
        counted = [row for month in range(1, 13) for row in counts_in(date(year, month, 1))]
        for planned in MUNICIPALITIES:
            for kpi, series in KEY_FIGURES.items():
                events = sum(
                    row.count
                    for row in counted
                    if (row.municipality, row.series) == (planned.code, series)
                )
                entries.append(_entry(kpi, planned.code, year, events, newest, is_first=is_first))
    return entries


def _entry(
    kpi: str, code: str, year: int, events: int, newest: int, *, is_first: bool
) -> dict[str, object]:
    inhabitants = municipality_facts()[code].inhabitants
    is_changed = is_first and year == newest and (kpi, code) == ("N07403", "1760")
    rate = round((events + is_changed) / inhabitants * 100_000, 1)
    value: dict[str, object] = {"count": 1, "gender": "T", "status": "", "value": rate}
    if not is_first and year == newest - YEARS + 1 and (kpi, code) == ("U07452", "1760"):
        value |= {"is_deleted": True, "value": None}
    return {"kpi": kpi, "municipality": code, "period": year, "values": [value]}


def _coordinator(cast: Cast, day: date) -> Actor:
    function = cast.functions["1760", "coordinator"]
    holding = Holding.objects.for_system(REASON).get(function=function, role=Holding.Role.HOLDER)
    return actor_for(holding.user, function.ref, datetime.combine(day, time(8, 40), STOCKHOLM))


def _name(actor: Actor) -> str:
    return f"{actor.user_label}, {actor.function_title}"[:160]

"""The police's events as news: read with all their quirks, kept with their revision number.

The coordinates of an event are the centre of a municipality or a county, never the place of what
happened; they are not kept.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from samverkan.organisations.lookup import MunicipalityIndex, municipality_index
from samverkan.platform.imports.kinds import ImportRun, Outcome, UndoRefusedError
from samverkan.platform.imports.models import ImportBatch

from .models import NewsEvent

CHUNK = 500
# The hour is not padded: "2026-08-22 9:47:13 +02:00".
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{1,2}):(\d{2}):(\d{2}) ?([+-]\d{2}):?(\d{2})\Z")
# Summaries are cut at 110 characters; one that ends in the middle of a sentence was cut.
CUT_AT = 110
SENTENCE_ENDS = '.!?…:”"»)'
DIGEST = "sammanfattning"
LENGTHS = {"event_type": 80, "name": 200, "summary": 400, "address": 300}
CONTENT = (
    "published_at",
    "event_type",
    "name",
    "summary",
    "is_summary_truncated",
    "address",
    "municipality_id",
    "county_code",
    "is_digest",
)


@dataclass(frozen=True)
class ReadEvent:
    """One event as it stands in a file; `versions` counts the versions that the file knows."""

    police_id: int
    versions: int
    content: Mapping[str, Any]


def put_in_news(run: ImportRun) -> Outcome:
    """Write the events of a file. An edited event gets its new text and the next revision."""
    counts = Counter[str]()
    undo: list[dict[str, Any]] = []
    events = _once_each(run, counts)
    while chunk := list(islice(events, CHUNK)):
        counts.update(_put_in(run.batch, chunk, undo))
        run.progress(counts["read"], None)
    return Outcome(
        read=counts["read"],
        added=counts["added"],
        revised=counts["revised"],
        unchanged=counts["unchanged"],
        undo_data={"news": undo},
    )


def take_back_news(batch: ImportBatch) -> int:
    """Remove the events that the import put in and give the edited ones their earlier text."""
    before: list[dict[str, Any]] = batch.undo_data.get("news", [])
    standing = NewsEvent.objects.for_system("undo an import")
    edited = {
        event.police_id: event
        for start in range(0, len(before), CHUNK)
        for event in standing.filter(
            police_id__in=[entry["police_id"] for entry in before[start : start + CHUNK]]
        )
    }
    for entry in before:
        event = edited.get(entry["police_id"])
        if event is None or event.batch_id != batch.pk:
            raise UndoRefusedError(
                _("A later import has edited the same events: undo that one first.")
            )
        for key, value in entry.items():
            setattr(event, key, value)
    for event in edited.values():
        event.save()
    removed: int = standing.filter(batch=batch).delete()[0]
    return removed + len(edited)


def _once_each(run: ImportRun, counts: Counter[str]) -> Iterator[ReadEvent]:
    """The events without repeats; the first one in the file is the newest."""
    seen: set[int] = set()
    for event in _events(run):
        counts["read"] += 1
        if event.police_id in seen:
            counts["unchanged"] += 1
            continue
        seen.add(event.police_id)
        yield event


def _events(run: ImportRun) -> Iterator[ReadEvent]:
    index = municipality_index(run.actor)
    for number, item in run.file.items():
        versions = _versions(item)
        latest = versions[-1] if versions else None
        try:
            yield ReadEvent(
                police_id=_whole_id(latest),
                versions=len(versions),
                content=_content(latest, index),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            run.problems.error(
                number,
                fault.args[0] if isinstance(fault, KeyError) else "",
                _("The item is not an event of polisen.se."),
                _("An event has id, datetime, name, summary, url, type and location."),
            )


def _versions(item: Any) -> list[Any]:
    """An event alone, or the list of its versions as an archive of edits has them."""
    if isinstance(item, list):
        return [entry.get("event") if isinstance(entry, dict) else None for entry in item]
    return [item]


def _whole_id(event: Any) -> int:
    number = event["id"]
    if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < 2**53:
        raise ValueError(number)
    return number


def _content(event: Any, index: MunicipalityIndex) -> dict[str, Any]:
    summary = _plain(event["summary"])
    event_type = _plain(event["type"])
    name = _plain(event["name"])
    municipality_id, county_code = _place(name, _plain(event["location"]["name"]), index)
    return {
        "published_at": _moment(event["datetime"]),
        "event_type": event_type[: LENGTHS["event_type"]],
        "name": name[: LENGTHS["name"]],
        "summary": summary[: LENGTHS["summary"]],
        "is_summary_truncated": _is_cut(event["summary"]),
        "address": str(event["url"]).strip()[: LENGTHS["address"]],
        "municipality_id": municipality_id,
        "county_code": county_code,
        "is_digest": event_type.lower().startswith(DIGEST),
    }


def _plain(text: str) -> str:
    """Without entities, no-break spaces and trailing blanks."""
    return " ".join(html.unescape(text).replace("\u00a0", " ").split())


def _moment(text: str) -> datetime:
    found = MOMENT.match(text)
    if found is None:
        raise ValueError(text)
    day, hour, minute, second, zone_hour, zone_minute = found.groups()
    return datetime.fromisoformat(
        f"{day}T{hour.zfill(2)}:{minute}:{second}{zone_hour}:{zone_minute}"
    )


def _is_cut(summary: str) -> bool:
    return len(summary) >= CUT_AT and summary.rstrip()[-1:] not in SENTENCE_ENDS


def _place(name: str, location: str, index: MunicipalityIndex) -> tuple[int | None, str]:
    """Municipality and county. Since 2026-01-20 the location is only a county, and the
    municipality is what follows the last comma of the name (types hold commas themselves)."""
    last = name.rsplit(",", 1)[-1].strip() if "," in name else ""
    for word in (location, last):
        municipality = index.by_name.get(word.lower())
        if municipality is not None:
            return municipality, index.county_of[municipality]
    return None, index.county_code(location) or index.county_code(last)


def _put_in(
    batch: ImportBatch, chunk: list[ReadEvent], undo: list[dict[str, Any]]
) -> dict[str, int]:
    found = NewsEvent.objects.for_system("what a file's events may edit").filter(
        police_id__in=[event.police_id for event in chunk]
    )
    standing = {event.police_id: event for event in found.select_related("batch")}
    fresh: list[NewsEvent] = []
    edited: list[NewsEvent] = []
    for event in chunk:
        old = standing.get(event.police_id)
        if old is None:
            fresh.append(
                NewsEvent(
                    police_id=event.police_id,
                    revision=event.versions,
                    batch=batch,
                    **event.content,
                )
            )
        elif _edit(old, event, batch, undo):
            edited.append(old)
    NewsEvent.objects.bulk_create(fresh, batch_size=CHUNK)
    NewsEvent.objects.for_system("edited by the police").bulk_update(
        edited, [*CONTENT, "revision", "batch_id"], batch_size=100
    )
    return {
        "added": len(fresh),
        "revised": len(edited),
        "unchanged": len(chunk) - len(fresh) - len(edited),
    }


def _edit(old: NewsEvent, event: ReadEvent, batch: ImportBatch, undo: list[dict[str, Any]]) -> bool:
    """Give the standing event the file's text, unless it is the same or the file is older."""
    is_same = all(getattr(old, key) == value for key, value in event.content.items())
    if is_same and event.versions <= old.revision:
        return False
    if not is_same and old.batch.fetched_at > batch.fetched_at:
        return False
    before = {key: getattr(old, key) for key in (*CONTENT, "police_id", "revision", "batch_id")}
    undo.append({**before, "published_at": old.published_at.isoformat()})
    for key, value in event.content.items():
        setattr(old, key, value)
    old.revision = event.versions if is_same else max(old.revision + 1, event.versions)
    old.batch = batch
    return True

"""EST lists, row by row, into rows ready for the database: fast, because lists can be long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.platform.imports.fields import missing_fields
from samverkan.platform.imports.kinds import ImportRun
from samverkan.platform.imports.problems import UnreadableFileError
from samverkan.platform.imports.values import parse_moment, parse_time

from .bulk import IncidentTuple, new_refs
from .import_fields import CERTAINTIES, FIELDS, NO, SETTINGS, YES
from .import_words import FaultyCellError, Words
from .weeks import week_of

CHUNK = 5000
LONGEST_TEXT = 400
EARLIEST_YEAR = 1990
# Identity numbers, telephone numbers and e-mail addresses: never in an EST list.
PERSONAL = re.compile(
    r"(?<!\d)(?:19|20)?\d{6}[-+ ]?\d{4}(?!\d)"
    r"|[\w.+-]+@[\w-]+\.\w"
    r"|(?<!\d)(?:\+46|0)7\d[- ]?\d{3}[- ]?\d{2,4}"
)
GRADES = {"": None, "1": 1, "2": 2, "3": 3, "4": 4}
SEPARATOR = "\x1f"


@dataclass
class Moments:
    """Local times of day in files, as UTC text for the database and as ISO weeks."""

    latest: datetime
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(settings.TIME_ZONE))
    _offsets: dict[tuple[int, int, int, int], timedelta] = field(default_factory=dict)
    _weeks: dict[int, int] = field(default_factory=dict)

    def read(self, key: str, text: str) -> tuple[datetime, bool]:
        """The local moment of a cell, and whether it had a time of day."""
        try:
            moment, has_time = parse_moment(text)
        except (ValueError, OverflowError):
            raise FaultyCellError(
                key,
                _("“%(text)s” is not a date.") % {"text": text[:40]},
                _("Write 2026-10-03 or 2026-10-03 14:30."),
            ) from None
        if not moment.year >= EARLIEST_YEAR or moment > self.latest:
            raise FaultyCellError(
                key,
                _("%(text)s lies in the future or too long ago.") % {"text": text[:40]},
                _("Check the year."),
            )
        return moment, has_time

    def utc(self, moment: datetime) -> str:
        hour = (moment.year, moment.month, moment.day, moment.hour)
        offset = self._offsets.get(hour)
        if offset is None:
            offset = self._offsets[hour] = (
                moment.replace(tzinfo=self.zone).utcoffset() or timedelta()
            )
        return (moment - offset).isoformat(" ", "seconds")

    def week(self, moment: datetime) -> int:
        day = moment.toordinal()
        week = self._weeks.get(day)
        if week is None:
            week = self._weeks[day] = week_of(moment.date())
        return week


class IncidentReader:
    """Reads one list. Faults go to the run's log; rows come out in chunks."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.words = Words.of(run)
        self.read = 0
        self._moments = Moments(_local(run.actor.at) + timedelta(days=1))
        self._reported_at = _utc_text(run.actor.at)
        self._columns = dict(run.options.mapping)
        self._given = dict(run.options.given)
        if len(run.actor.municipality_codes) == 1:
            self._given.setdefault("municipality", next(iter(run.actor.municipality_codes)))
        self._labels = {entry.key: str(entry.label) for entry in FIELDS}

    def chunks(self) -> Iterator[list[IncidentTuple]]:
        self._check_fields()
        with self.run.file.table() as table:
            width = len(table.header)
            self._labels |= {
                key: table.header[at] for key, at in self._columns.items() if at < width
            }
            chunk: list[IncidentTuple] = []
            refs = iter(new_refs(CHUNK))
            for line, cells in table.rows:
                if len(cells) < width:
                    cells = cells + [""] * (width - len(cells))
                if not any(cells):
                    continue
                self.read += 1
                try:
                    if len(cells) > width and any(cells[width:]):
                        raise _too_wide(cells, width)
                    chunk.append(self._row(cells, next(refs)))
                except FaultyCellError as fault:
                    label = self._labels.get(fault.field_key, "")
                    self.run.problems.error(line, label, fault.message, fault.remedy)
                if self.read % CHUNK == 0:
                    yield chunk
                    self.run.progress(line, self.run.file.lines)
                    chunk, refs = [], iter(new_refs(CHUNK))
            yield chunk

    def _check_fields(self) -> None:
        missing = missing_fields(FIELDS, self._columns, self._given)
        if missing:
            raise UnreadableFileError(
                _("No column was found for: %(fields)s.")
                % {"fields": ", ".join(str(entry.label) for entry in missing)},
                _("Say which column it is, or give it for the whole file."),
            )

    def _row(self, cells: list[str], ref: str) -> IncidentTuple:
        get = self._get
        words, moments = self.words, self._moments
        municipality_id = words.municipality(get(cells, "municipality"))
        unit_id = words.unit(get(cells, "organisation"))
        category = words.category(get(cells, "category"))
        place_id = words.place(municipality_id, get(cells, "place"))
        start = self._start(cells)
        end_text, told_text = get(cells, "occurred_to"), get(cells, "reported_at")
        occurred_to = moments.utc(self._end(end_text, start)) if end_text else None
        occurred_from = moments.utc(start)
        reported_at = (
            moments.utc(moments.read("reported_at", told_text)[0])
            if told_text
            else self._reported_at
        )
        text = self._text(get(cells, "text"))
        reference = get(cells, "reference")
        fingerprint = self._fingerprint(
            [reference]
            if reference
            else [
                str(municipality_id),
                str(unit_id),
                category,
                str(place_id),
                occurred_from,
                occurred_to or "",
                text,
            ]
        )
        return (
            ref,
            self.run.actor.party_id,
            unit_id,
            municipality_id,
            category,
            place_id,
            occurred_from,
            occurred_to,
            reported_at,
            moments.week(start),
            text,
            self._grade("severity", get(cells, "severity")),
            self._grade("effect_on_safety", get(cells, "effect_on_safety")),
            self._choice("certainty", get(cells, "certainty"), CERTAINTIES),
            self._choice("setting", get(cells, "setting"), SETTINGS),
            self._yes_or_no(get(cells, "police_report_made")),
            self.run.batch.pk,
            fingerprint,
        )

    def _get(self, cells: list[str], key: str) -> str:
        column = self._columns.get(key)
        if column is None or column >= len(cells):
            return self._given.get(key, "")
        return cells[column].strip() or self._given.get(key, "")

    def _start(self, cells: list[str]) -> datetime:
        moment, has_time = self._moments.read("occurred_from", self._get(cells, "occurred_from"))
        clock = self._get(cells, "time")
        if clock and not has_time:
            try:
                hour, minute = parse_time(clock)
            except ValueError:
                raise FaultyCellError(
                    "time", _("“%(text)s” is not a time of day.") % {"text": clock[:20]}
                ) from None
            return moment.replace(hour=hour, minute=minute)
        return moment

    def _end(self, text: str, start: datetime) -> datetime:
        end, _has_time = self._moments.read("occurred_to", text)
        if end < start:
            raise FaultyCellError("occurred_to", _("It ends before it begins."))
        return end

    def _text(self, text: str) -> str:
        if len(text) > LONGEST_TEXT:
            raise FaultyCellError(
                "text",
                _("The text has %(length)d characters; at most %(most)d are kept.")
                % {"length": len(text), "most": LONGEST_TEXT},
                _("Shorten it to what happened, where and when."),
            )
        if text and PERSONAL.search(text):
            raise FaultyCellError(
                "text",
                _("The text holds an identity number, a telephone number or an e-mail address."),
                _("EST is about places and events, not persons: take it out."),
            )
        return text

    def _grade(self, key: str, text: str) -> int | None:
        if text not in GRADES:
            raise FaultyCellError(
                key, _("“%(text)s” is not a grade from 1 to 4.") % {"text": text[:20]}
            )
        return GRADES[text]

    def _choice(self, key: str, text: str, choices: Mapping[str, str]) -> str:
        found = choices.get(text.lower())
        if found is None:
            raise FaultyCellError(
                key,
                _("“%(text)s” is not one of: %(choices)s.")
                % {"text": text[:20], "choices": ", ".join(word for word in choices if word)},
            )
        return str(found)

    def _yes_or_no(self, text: str) -> bool | None:
        if not text:
            return None
        word = text.lower()
        if word in YES or word in NO:
            return word in YES
        raise FaultyCellError(
            "police_report_made", _("“%(text)s” is neither yes nor no.") % {"text": text[:20]}
        )

    def _fingerprint(self, parts: list[str]) -> str:
        return blake2b(SEPARATOR.join(parts).encode(), digest_size=16).hexdigest()


def _too_wide(cells: list[str], width: int) -> FaultyCellError:
    return FaultyCellError(
        "",
        _("The row has %(cells)d cells, the heading %(columns)d.")
        % {"cells": len(cells), "columns": width},
        _("A separator inside a text must stand within quotation marks."),
    )


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(tzinfo=None)


def _utc_text(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo("UTC")).replace(tzinfo=None).isoformat(" ", "seconds")

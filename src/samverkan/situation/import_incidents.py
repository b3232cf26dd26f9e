"""EST lists, row by row, into rows ready for the database: fast, because lists can be long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
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
from .import_words import FaultyCellError, Remembered, Words
from .report_guard import judge
from .weeks import week_of

CHUNK = 5000
LONGEST_TEXT = 400
# So many different texts are read through for names and descriptions: beyond that it would be
# the most of the time that an import takes, and the number says enough.
MOST_GUARDED = 2_000
EARLIEST_YEAR = 1990
# Cheap to look for in every text; the real pattern is tried only where this is found.
MAY_BE_PERSONAL = re.compile(r"\d\d|@")
GRADES = {"": None, "1": 1, "2": 2, "3": 3, "4": 4}
SEPARATOR = "\x1f"


@dataclass
class Moments:
    """Local times of day in files, as UTC text for the database and as ISO weeks."""

    latest: datetime
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(settings.TIME_ZONE))
    _offsets: dict[int, timedelta] = field(default_factory=dict)
    _weeks: dict[int, int] = field(default_factory=dict)

    def read(self, key: str, text: str, clock: str = "") -> datetime:
        """The local moment of a cell; `clock` is the time of day where that stands apart."""
        try:
            moment, has_time = parse_moment(text)
            if clock and not has_time:
                hour, minute = parse_time(clock)
                moment = moment.replace(hour=hour, minute=minute)
        except (ValueError, OverflowError):
            raise FaultyCellError(
                key,
                _("“%(text)s” is not a date.") % {"text": f"{text} {clock}".strip()[:40]},
                _("Write 2026-10-03 or 2026-10-03 14:30."),
            ) from None
        if moment.year < EARLIEST_YEAR or moment > self.latest:
            raise FaultyCellError(
                key,
                _("%(text)s lies in the future or too long ago.") % {"text": text[:40]},
                _("Check the year."),
            )
        return moment

    def utc(self, moment: datetime) -> str:
        hour = moment.toordinal() * 24 + moment.hour
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
        self.words = Words(run)
        self.read = 0
        self._moments = Moments(_local(run.actor.at) + timedelta(days=1))
        self._reported_at = _utc_text(run.actor.at)
        self._columns = dict(run.options.mapping)
        self._given = dict(run.options.given)
        self._batch_id = run.batch.pk
        self._severities = Remembered(partial(_grade, "severity"))
        self._effects = Remembered(partial(_grade, "effect_on_safety"))
        self._certainties: Remembered[str, str] = Remembered(
            lambda text: _choice("certainty", text, CERTAINTIES)
        )
        self._settings: Remembered[str, str] = Remembered(
            lambda text: _choice("setting", text, SETTINGS)
        )
        self._reported = Remembered(_yes_or_no)
        self._is_refused = Remembered(_is_refused)
        self._seen_texts: set[str] = set()
        self._guarded = self._doubtful = 0
        # For each field its column (-1: none) and what holds where the cell is empty.
        self._plan = [
            (self._columns.get(entry.key, -1), self._given.get(entry.key, "")) for entry in FIELDS
        ]
        self._labels = {entry.key: str(entry.label) for entry in FIELDS}

    def chunks(self) -> Iterator[list[IncidentTuple]]:
        self._check_fields()
        with self.run.file.table() as table:
            width = len(table.header)
            if any(column >= width for column in self._columns.values()):
                raise UnreadableFileError(
                    _("A chosen column does not exist in the file."), _("Choose the columns again.")
                )
            self._labels |= {
                key: table.header[at] for key, at in self._columns.items() if at < width
            }
            chunk: list[IncidentTuple] = []
            refs = iter(new_refs(CHUNK))
            for line, cells in table.rows:
                if not any(cells):
                    continue
                if len(cells) < width:
                    cells = cells + [""] * (width - len(cells))
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

    @property
    def doubtful_texts(self) -> int:
        """How many of the texts that were read through may point out a person."""
        return self._doubtful

    def _check_fields(self) -> None:
        missing = missing_fields(FIELDS, self._columns, self._given)
        if missing:
            raise UnreadableFileError(
                _("No column was found for: %(fields)s.")
                % {"fields": ", ".join(str(entry.label) for entry in missing)},
                _("Say which column it is, or give it for the whole file."),
            )

    def _row(self, cells: list[str], ref: str) -> IncidentTuple:
        (start_text, clock, end_text, told_text, category_text, place_text, municipality_text,
         unit_text, text, severity, effect, certainty, setting, reported, reference) = [
            cells[column].strip() or given if column >= 0 else given
            for column, given in self._plan
        ]  # fmt: skip
        words, moments = self.words, self._moments
        municipality_id = words.municipalities[municipality_text]
        unit_id = words.units[unit_text]
        category = words.categories[category_text]
        place_id = words.places[municipality_id, place_text]
        start = moments.read("occurred_from", start_text, clock)
        occurred_from = moments.utc(start)
        occurred_to = self._end(end_text, start)
        if text:
            self._check_text(text)
        # A list's own number tells rows apart; without one, all that they say.
        identity = reference or (
            f"{municipality_id}{SEPARATOR}{unit_id}{SEPARATOR}{category}{SEPARATOR}{place_id}"
            f"{SEPARATOR}{occurred_from}{SEPARATOR}{occurred_to}{SEPARATOR}{text}"
        )
        return (
            ref,
            words.party_id,
            unit_id,
            municipality_id,
            category,
            place_id,
            occurred_from,
            occurred_to,
            self._told(told_text),
            moments.week(start),
            text,
            self._severities[severity],
            self._effects[effect],
            self._certainties[certainty],
            self._settings[setting],
            self._reported[reported],
            self._batch_id,
            blake2b(identity.encode(), digest_size=16).hexdigest(),
        )

    def _end(self, text: str, start: datetime) -> str | None:
        if not text:
            return None
        end = self._moments.read("occurred_to", text)
        if end < start:
            raise FaultyCellError("occurred_to", _("It ends before it begins."))
        return self._moments.utc(end)

    def _told(self, text: str) -> str:
        """When it was reported; the moment of the import where the list does not say."""
        if not text:
            return self._reported_at
        return self._moments.utc(self._moments.read("reported_at", text))

    def _check_text(self, text: str) -> None:
        if len(text) > LONGEST_TEXT:
            raise FaultyCellError(
                "text",
                _("The text has %(length)d characters; at most %(most)d are kept.")
                % {"length": len(text), "most": LONGEST_TEXT},
                _("Shorten it to what happened, where and when."),
            )
        if MAY_BE_PERSONAL.search(text) and self._is_refused[text]:
            raise FaultyCellError(
                "text",
                _("The text holds an identity number, a telephone number or an e-mail address."),
                _("EST is about places and events, not persons: take it out."),
            )
        if self._guarded < MOST_GUARDED and text not in self._seen_texts:
            self._guarded += 1
            self._seen_texts.add(text)
            self._doubtful += any(not each.is_refused for each in judge(text))


def _is_refused(text: str) -> bool:
    return any(each.is_refused for each in judge(text))


def _grade(key: str, text: str) -> int | None:
    if text not in GRADES:
        message = _("“%(text)s” is not a grade from 1 to 4.")
        raise FaultyCellError(key, message % {"text": text[:20]})
    return GRADES[text]


def _choice(key: str, text: str, choices: Mapping[str, str]) -> str:
    found = choices.get(text.lower())
    if found is None:
        message = _("“%(text)s” is not one of: %(choices)s.")
        words = ", ".join(word for word in choices if word)
        raise FaultyCellError(key, message % {"text": text[:20], "choices": words})
    return str(found)


def _yes_or_no(text: str) -> bool | None:
    word = text.lower()
    if word in YES or word in NO:
        return word in YES
    if not word:
        return None
    message = _("“%(text)s” is neither yes nor no.")
    raise FaultyCellError("police_report_made", message % {"text": text[:20]})


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

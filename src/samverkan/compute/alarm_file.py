"""The file of judged periods: whole or not there at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from samverkan.compute.errors import EventsError
from samverkan.compute.event_counts import EventCounts
from samverkan.compute.event_files import sql_name, sql_text
from samverkan.compute.screening import BlockAnswer

FORMATS = {
    ".parquet": "FORMAT parquet, COMPRESSION zstd",
    ".csv": "FORMAT csv, HEADER true",
    ".json": "FORMAT json, ARRAY true",
}


@dataclass(frozen=True)
class AlarmFile:
    """Where the answer goes. DuckDB writes `partial`, which takes the place of `path` when done."""

    path: Path
    partial: Path

    @classmethod
    def at(cls, path: Path) -> AlarmFile:
        if path.suffix not in FORMATS:
            raise EventsError(f"the output must end in one of {', '.join(FORMATS)}")
        if not path.parent.is_dir():
            raise EventsError(f"no folder {path.parent} to write in")
        if path.is_dir():
            raise EventsError(f"{path} is a folder")
        whole = path.resolve()
        return cls(whole, whole.with_name(f".{whole.name}.{os.getpid()}.part"))

    def write(
        self, counts: EventCounts, answers: Sequence[BlockAnswer], *, only_alarms: bool = False
    ) -> None:
        """Write one row a series and judged period, in the order of the keys and of time."""
        try:
            _store(counts, answers)
            counts.connection.execute(
                f"COPY ({_rows(counts, only_alarms)}) TO {sql_text(str(self.partial))} "
                f"({FORMATS[self.path.suffix]})"
            )
            with self.partial.open("rb+") as file:
                os.fsync(file.fileno())
            self.partial.replace(self.path)
        finally:
            self.partial.unlink(missing_ok=True)


def _store(counts: EventCounts, answers: Sequence[BlockAnswer]) -> None:
    connection = counts.connection
    period = counts.request.period
    n_judged = answers[0].observed.shape[1]
    indices = range(counts.last_period - n_judged + 1, counts.last_period + 1)
    labels = np.array([period.label(index) for index in indices], dtype=object)
    first_days = np.array([period.first_day(index) for index in indices], dtype="datetime64[D]")
    names = [field.name for field in fields(BlockAnswer) if field.name != "first_series"]
    for number, answer in enumerate(answers):
        rows = len(answer.observed)
        series = np.arange(answer.first_series, answer.first_series + rows)
        table = {
            "series": np.repeat(series, n_judged),
            "period": np.tile(labels, rows),
            "period_start": np.tile(first_days.astype("datetime64[s]"), rows),
            **{name: np.ascontiguousarray(getattr(answer, name)).ravel() for name in names},
        }
        connection.register("answer", table)
        verb = "CREATE TEMP TABLE judged AS" if number == 0 else "INSERT INTO judged"
        connection.execute(f"{verb} SELECT * FROM answer")  # noqa: S608 - a fixed verb
        connection.unregister("answer")


def _rows(counts: EventCounts, only_alarms: bool) -> str:
    keys = ", ".join(f"panel_keys.{sql_name(name)}" for name in counts.request.by)
    where = "WHERE is_alarm " if only_alarms else ""
    return (
        f"SELECT {keys}, period, CAST(period_start AS DATE) AS period_start, observed, expected, "  # noqa: S608
        "upper_bound, score, p_value, is_alarm FROM judged JOIN panel_keys USING (series) "
        f"{where}ORDER BY series, period_start"
    )

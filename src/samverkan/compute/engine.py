"""DuckDB, kept within its share of the machine and away from every file that is not its own."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samverkan.compute.errors import EventsError
from samverkan.compute.event_files import EventFiles, first_undecodable_line, sql_text
from samverkan.compute.periods import TIME_ZONE
from samverkan.compute.pool import usable_processors


@dataclass(frozen=True)
class Resources:
    """How much of the machine the counting may use."""

    memory_limit: str | None = None
    """As DuckDB writes it, such as 4GB. None: half of the machine's memory."""
    threads: int | None = None
    temporary: Path | None = None
    """Where to put what does not fit in memory. None: the system's temporary folder."""


def connect(
    files: EventFiles,
    resources: Resources,
    folder: Path,
    writable: tuple[Path, ...] = (),
    *,
    keeps_order: bool = False,
) -> Any:
    """A DuckDB that reads the named files, writes to `writable` and below `folder`, and nothing
    else. `keeps_order`: rows come as they stand in the file, which costs memory."""
    import duckdb

    memory = resources.memory_limit or f"{memory_bytes() // 2 // 2**20}MiB"
    allowed = ", ".join(sql_text(str(path)) for path in (*files.paths, *writable))
    connection = duckdb.connect(
        ":memory:",
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False},
    )
    try:
        connection.execute(f"SET memory_limit={sql_text(memory)}")
        connection.execute(f"SET threads={resources.threads or usable_processors()}")
        connection.execute(f"SET temp_directory={sql_text(str(folder / 'spill'))}")
        connection.execute(f"SET preserve_insertion_order={str(keeps_order).lower()}")
        connection.execute("SET enable_progress_bar=false")
        connection.execute(f"SET TimeZone='{TIME_ZONE}'")
        connection.execute(f"SET allowed_directories=[{sql_text(str(folder) + os.sep)}]")
        connection.execute(f"SET allowed_paths=[{allowed}]")
        connection.execute("SET enable_external_access=false")
        connection.execute("SET lock_configuration=true")
    except duckdb.Error as error:
        connection.close()
        raise EventsError(f"DuckDB refuses a setting: {first_line(error)}") from error
    return connection


def reading_error(error: Exception, originals: EventFiles) -> EventsError:
    """DuckDB's error without the record that it quotes."""
    text = str(error)
    if "unicode" in text.lower() or "utf-8" in text.lower():
        for path in originals.paths:
            line = first_undecodable_line(path)
            if line is not None:
                return EventsError(
                    f"{path} is not UTF-8: line {line} is the first that cannot be read. A file "
                    "saved by Excel is often windows-1252: try --encoding windows-1252"
                )
    line_number = re.search(r"CSV Error on Line: (\d+)", text)
    if line_number:
        cause = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", text)
        detail = f": {cause[2]} columns where {cause[1]} are expected" if cause else ""
        return EventsError(f"line {line_number[1]} of the CSV file cannot be read{detail}")
    if "parquet" in text.lower() or "magic bytes" in text.lower():
        return EventsError(f"not a whole Parquet file: {', '.join(map(str, originals.paths))}")
    return EventsError(f"the events cannot be read: {first_line(error)}")


def first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def memory_bytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")

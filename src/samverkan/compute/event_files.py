"""Files of events, one row an event: found, recognised, and made readable for DuckDB."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO, cast

from samverkan.compute.errors import EventsError

PARQUET_MAGIC = b"PAR1"
CSV_SUFFIXES = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz")
PARQUET_SUFFIXES = (".parquet", ".pq")
CHUNK = 1 << 22


class FileFormat(Enum):
    PARQUET = "Parquet"
    CSV = "CSV"


@dataclass(frozen=True)
class EventFiles:
    """Files of one format and one set of columns, counted as one."""

    paths: tuple[Path, ...]
    file_format: FileFormat
    delimiter: str | None = None
    encoding: str = "utf-8"
    """As DuckDB reads it: utf-8 or latin-1. Other encodings are converted by `readable`."""

    def table_sql(self) -> str:
        paths = ", ".join(sql_text(str(path)) for path in self.paths)
        if self.file_format is FileFormat.PARQUET:
            return f"read_parquet([{paths}], union_by_name=true)"
        options = "header=true, all_varchar=true, union_by_name=true"
        if self.delimiter is not None:
            options += f", delim={sql_text(self.delimiter)}"
        if self.encoding != "utf-8":
            options += f", encoding={sql_text(self.encoding)}"
        return f"read_csv([{paths}], {options})"

    def one_by_one(self) -> list[EventFiles]:
        return [
            EventFiles((path,), self.file_format, self.delimiter, self.encoding)
            for path in self.paths
        ]


def find_events(place: str, *, delimiter: str | None = None, encoding: str = "utf-8") -> EventFiles:
    """The file, all Parquet or all CSV files of a folder, or all files that fit a pattern."""
    paths = _matching(place)
    for path in paths:
        if path.stat().st_size == 0:
            raise EventsError(f"{path} is empty")
        if re.search(r"[*?\[\]]", str(path)):
            raise EventsError(f"{path}: rename the file, its name holds one of * ? [ ]")
    formats = {_format(path) for path in paths}
    if len(formats) > 1:
        raise EventsError(f"{place} mixes Parquet and CSV; choose one with a pattern such as *.csv")
    try:
        known = codecs.lookup(encoding).name
    except LookupError as error:
        raise EventsError(f"no encoding is called {encoding!r}") from error
    return EventFiles(tuple(paths), formats.pop(), delimiter, known)


def _matching(place: str) -> list[Path]:
    path = Path(place)
    if path.is_file():
        return [path.resolve()]
    if path.is_dir():
        suffixes = PARQUET_SUFFIXES + CSV_SUFFIXES
        found = sorted(f for f in path.iterdir() if f.is_file() and f.name.endswith(suffixes))
        if not found:
            raise EventsError(f"the folder {place} holds no Parquet or CSV file")
        return [f.resolve() for f in found]
    if re.search(r"[*?\[]", path.name) and path.parent.is_dir():
        found = sorted(f for f in path.parent.glob(path.name) if f.is_file())
        if found:
            return [f.resolve() for f in found]
    raise EventsError(f"no file {place}")


def _format(path: Path) -> FileFormat:
    if path.name.lower().endswith(PARQUET_SUFFIXES):
        return FileFormat.PARQUET
    if path.name.lower().endswith(CSV_SUFFIXES):
        return FileFormat.CSV
    with path.open("rb") as file:
        if file.read(4) == PARQUET_MAGIC:
            return FileFormat.PARQUET
    raise EventsError(f"{path} is neither Parquet nor CSV by its name (.parquet, .csv, .csv.gz)")


def readable(files: EventFiles, temporary: Path) -> EventFiles:
    """The same files, converted to UTF-8 below `temporary` where DuckDB cannot read them."""
    if files.file_format is FileFormat.PARQUET or files.encoding in {"utf-8", "utf-8-sig"}:
        return EventFiles(files.paths, files.file_format, files.delimiter)
    if files.encoding == "iso8859-1":
        return EventFiles(files.paths, files.file_format, files.delimiter, "latin-1")
    converted = []
    for number, path in enumerate(files.paths):
        target = temporary / f"{number}-{path.name.removesuffix('.gz')}"
        _convert(path, target, files.encoding)
        converted.append(target)
    return EventFiles(tuple(converted), files.file_format, files.delimiter)


def _convert(path: Path, target: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    with _opened(path) as source, target.open("w", encoding="utf-8", newline="") as out:
        try:
            while chunk := source.read(CHUNK):
                out.write(decoder.decode(chunk))
            out.write(decoder.decode(b"", final=True))
        except UnicodeError as error:
            raise EventsError(f"{path} is not in the encoding {encoding}") from error


def first_undecodable_line(path: Path) -> int | None:
    """The number of the first line that is not UTF-8."""
    with _opened(path) as source:
        for number, line in enumerate(source, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return None


def _opened(path: Path) -> IO[bytes]:
    if path.name.endswith(".gz"):
        import gzip

        return cast(IO[bytes], gzip.open(path, "rb"))
    return path.open("rb")


def sql_text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def sql_name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

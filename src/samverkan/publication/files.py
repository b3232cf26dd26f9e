"""The open data files of one publication: CSV after RFC 4180, JSON-stat 2, and their metadata.

UTF-8 without byte order mark, commas and CRLF, as the harvesters of open data expect; whoever
opens the file in a spreadsheet chooses "from text". What is hidden or missing is an empty cell
with its status beside it, never a zero.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from samverkan.statistics.exports import as_text

from .content import PublicContent
from .selectors import Publication

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
CSV_TYPE = "text/csv; charset=utf-8; header=present"
JSON_TYPE = "application/json; charset=utf-8"
Rows = Iterable[list[str]]


@dataclass(frozen=True)
class OpenFile:
    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Column:
    name: str
    title_sv: str
    datatype: str = "string"


@dataclass(frozen=True)
class Dataset:
    """One kind of open data: its name in addresses, its columns, and how its rows are made."""

    key: str
    columns: tuple[Column, ...]
    rows: Callable[[PublicContent], Rows]
    document: Callable[[Publication], dict[str, Any]]
    is_present: Callable[[PublicContent], bool]


def _count_rows(content: PublicContent) -> Rows:
    for series in content.series:
        for each in series.counts:
            yield [
                content.municipality_code,
                content.municipality,
                series.code,
                series.name_sv,
                str(each.year),
                "" if each.count is None else str(each.count),
                each.status,
                series.citation_sv,
                series.definition_sv,
            ]


def _pledge_rows(content: PublicContent) -> Rows:
    for pledge in content.pledges:
        yield [
            content.municipality_code,
            content.municipality,
            pledge.ref,
            pledge.title,
            pledge.promised,
            pledge.done,
            pledge.result,
            pledge.state,
            pledge.valid_from,
            pledge.valid_to,
        ]


def _answer_rows(content: PublicContent) -> Rows:
    for each in content.answers:
        yield [
            content.municipality_code,
            content.municipality,
            each.area,
            each.survey,
            each.question_sv,
            each.period,
            f"{each.percent:g}",
            "" if each.lower is None else f"{each.lower:g}",
            "" if each.upper is None else f"{each.upper:g}",
            str(each.base),
            each.source,
        ]


def _cube(published: Publication) -> dict[str, Any]:
    """JSON-stat 2: municipality by series by year, row-major; hidden cells are null with status."""
    content = published.content
    years = content.years
    values: list[int | None] = []
    status: dict[str, str] = {}
    for series in content.series:
        by_year = {each.year: each for each in series.counts}
        for year in years:
            found = by_year.get(year)
            place = str(len(values))
            values.append(found.count if found else None)
            if found is None:
                status[place] = "missing"
            elif found.status != "final":
                status[place] = found.status
    return {
        "version": "2.0",
        "class": "dataset",
        "label": f"Anmälda brott per år, {content.municipality}",
        "source": "; ".join(sorted({series.citation_sv for series in content.series})),
        "updated": published.published_at.isoformat(timespec="seconds"),
        "note": [
            f"Antal från 1 till {content.limit - 1} visas inte, och inte heller det som skulle "
            "avslöja dem.",
            "Anmälda brott är inte detsamma som begångna brott.",
        ],
        "id": ["region", "series", "year"],
        "size": [1, len(content.series), len(years)],
        "role": {"geo": ["region"], "time": ["year"]},
        "dimension": {
            "region": _dimension("Kommun", {content.municipality_code: content.municipality}),
            "series": _dimension("Serie", {each.code: each.name_sv for each in content.series}),
            "year": _dimension("År", {str(year): str(year) for year in years}),
        },
        "value": values,
        "status": status,
        "extension": {"license": LICENCE, "version": published.number},
    }


def _dimension(label: str, labels: dict[str, str]) -> dict[str, Any]:
    return {"label": label, "category": {"index": list(labels), "label": labels}}


def _listed(columns: tuple[Column, ...], rows: Callable[[PublicContent], Rows], label: str) -> Any:
    def document(published: Publication) -> dict[str, Any]:
        names = [column.name for column in columns]
        return {
            "label": f"{label}, {published.content.municipality}",
            "license": LICENCE,
            "version": published.number,
            "updated": published.published_at.isoformat(timespec="seconds"),
            "rows": [dict(zip(names, row, strict=True)) for row in rows(published.content)],
        }

    return document


PLACE = (Column("kommunkod", "Kommunkod (SCB)"), Column("kommun", "Kommun"))
COUNT_COLUMNS = (
    *PLACE,
    Column("serie", "Seriens kod"),
    Column("namn", "Seriens namn"),
    Column("ar", "År", "gYear"),
    Column("antal", "Antal anmälda brott", "nonNegativeInteger"),
    Column("status", "final, preliminary, hidden eller missing"),
    Column("kalla", "Källa"),
    Column("definition", "Vad som räknas"),
)
PLEDGE_COLUMNS = (
    *PLACE,
    Column("id", "Löftets beteckning"),
    Column("titel", "Löfte"),
    Column("lovat", "Vad som lovades"),
    Column("gjort", "Vad som gjordes"),
    Column("resultat", "Vad det gav"),
    Column("lage", "Läge"),
    Column("fran", "Gäller från", "date"),
    Column("till", "Gäller till", "date"),
)
ANSWER_COLUMNS = (
    *PLACE,
    Column("omrade", "Område"),
    Column("matning", "Mätning"),
    Column("fraga", "Fråga"),
    Column("period", "När det frågades"),
    Column("procent", "Andel i procent", "decimal"),
    Column("nedre", "Nedre gräns, 95 procent", "decimal"),
    Column("ovre", "Övre gräns, 95 procent", "decimal"),
    Column("svarande", "Antal svarande", "nonNegativeInteger"),
    Column("kalla", "Källa"),
)
DATASETS = {
    "anmalda-brott": Dataset(
        "anmalda-brott", COUNT_COLUMNS, _count_rows, _cube, lambda content: bool(content.series)
    ),
    "medborgarloften": Dataset(
        "medborgarloften",
        PLEDGE_COLUMNS,
        _pledge_rows,
        _listed(PLEDGE_COLUMNS, _pledge_rows, "Medborgarlöften"),
        lambda content: bool(content.pledges),
    ),
    "upplevd-trygghet": Dataset(
        "upplevd-trygghet",
        ANSWER_COLUMNS,
        _answer_rows,
        _listed(ANSWER_COLUMNS, _answer_rows, "Upplevd trygghet"),
        lambda content: bool(content.answers),
    ),
}


def csv_file(published: Publication, key: str) -> OpenFile | None:
    """None when the publication has no such dataset."""
    dataset = DATASETS.get(key)
    if dataset is None or not dataset.is_present(published.content):
        return None
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.name for column in dataset.columns])
    for row in dataset.rows(published.content):
        writer.writerow([as_text(cell) for cell in row])
    return OpenFile(f"{key}.csv", CSV_TYPE, stream.getvalue().encode("utf-8"))


def json_file(published: Publication, key: str) -> OpenFile | None:
    dataset = DATASETS.get(key)
    if dataset is None or not dataset.is_present(published.content):
        return None
    return OpenFile(f"{key}.json", JSON_TYPE, _written(dataset.document(published)))


def csv_metadata(published: Publication, key: str, csv_url: str) -> OpenFile | None:
    """CSV on the Web: what each column of the file is."""
    dataset = DATASETS.get(key)
    if dataset is None or not dataset.is_present(published.content):
        return None
    content = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "sv"}],
        "url": csv_url,
        "dc:license": {"@id": LICENCE},
        "dc:publisher": published.content.publisher,
        "tableSchema": {
            "columns": [
                {
                    "name": column.name,
                    "titles": column.name,
                    "dc:description": column.title_sv,
                    "datatype": column.datatype,
                }
                for column in dataset.columns
            ]
        },
    }
    return OpenFile(f"{key}.csv-metadata.json", JSON_TYPE, _written(content))


def _written(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")

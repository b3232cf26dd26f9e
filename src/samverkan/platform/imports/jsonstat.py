"""JSON-stat 1 and 2 and the older JSON of PxWeb, as statistics offices answer."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from .cubes import Cube, Dimension
from .problems import UnreadableFileError


def read_json_cube(document: Any) -> Cube:
    """The cube of the document, whichever of the three shapes it has."""
    try:
        if isinstance(document, dict) and "query" in document:
            raise UnreadableFileError(
                _("The file is a question to the statistics office, not its answer."),
                _("Send the question and put in the answer."),
            )
        if isinstance(document, dict) and "columns" in document:
            return _pxweb(document)
        if isinstance(document, dict) and isinstance(document.get("dataset"), dict):
            return _json_stat(document["dataset"], document["dataset"]["dimension"])
        if isinstance(document, dict) and "dimension" in document:
            return _json_stat(document, document)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError):
        raise UnreadableFileError(
            _("The JSON answer is broken or incomplete."), _("Fetch it again.")
        ) from None
    raise UnreadableFileError(
        _("The file is not an answer from a statistics office."),
        _("Fetch the table as JSON-stat 2, PX or CSV."),
    )


def _json_stat(document: dict[str, Any], shape: dict[str, Any]) -> Cube:
    """`shape` holds `id` and `size`: beside the dimensions in version 2, among them in 1."""
    if "value" not in document:
        raise UnreadableFileError(
            _("The file describes a table but holds no values."),
            _("Fetch the data (outputFormat=json-stat2), not the metadata."),
        )
    names = shape["id"]
    dimensions = tuple(_dimension(name, document["dimension"][name]) for name in names)
    sizes = [len(dimension.codes) for dimension in dimensions]
    if sizes != list(shape["size"]):
        raise ValueError("sizes")
    values = document["value"]
    pairs = values.items() if isinstance(values, dict) else enumerate(values)
    cells = {int(place): None if value is None else float(value) for place, value in pairs}
    content = f"{document.get('label', '')} {_contents(dimensions)}"
    return Cube(content, dimensions, cells)


def _contents(dimensions: tuple[Dimension, ...]) -> str:
    return " ".join(
        " ".join(dimension.labels)
        for dimension in dimensions
        if dimension.name.lower() in ("contentscode", "contents", "tabellinnehåll")
    )


def _dimension(name: str, content: dict[str, Any]) -> Dimension:
    category = content["category"]
    index, labels = category.get("index"), category.get("label", {})
    if index is None:
        codes = list(labels)
    elif isinstance(index, dict):
        codes = sorted(index, key=lambda code: int(index[code]))
    else:
        codes = list(index)
    return Dimension(name, tuple(codes), tuple(str(labels.get(code, code)) for code in codes))


def _pxweb(document: dict[str, Any]) -> Cube:
    """Rows of keys and values; the cube is filled where there are rows."""
    columns = [column for column in document["columns"] if column.get("type") != "c"]
    contents = [column["text"] for column in document["columns"] if column.get("type") == "c"]
    names = [str(column["code"]) for column in columns]
    codes: list[dict[str, int]] = [{} for _name in names]
    for row in document["data"]:
        for place, key in enumerate(row["key"]):
            codes[place].setdefault(str(key), len(codes[place]))
    dimensions = tuple(
        Dimension(name, tuple(found), tuple(found))
        for name, found in zip(names, codes, strict=True)
    )
    cells: dict[int, float | None] = {}
    for row in document["data"]:
        index = 0
        for place, key in enumerate(row["key"]):
            index = index * len(codes[place]) + codes[place][str(key)]
        text = row["values"][0]
        cells[index] = None if text in ("..", ".", "", None) else float(text)
    return Cube(" ".join(contents), dimensions, cells)

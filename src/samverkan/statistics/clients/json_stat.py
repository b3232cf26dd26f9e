"""JSON-stat 2 answers of one table, split by years to keep within limits and put together again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Any


def joined(datasets: Sequence[dict[str, Any]], time: str) -> dict[str, Any]:
    """Answers that differ in their years alone, as one. Raises ValueError if they do not fit."""
    first = datasets[0]
    names = first["id"]
    at = names.index(time)
    rest = [_codes(first, name) for name in names if name != time]
    years: list[str] = []
    cells: dict[tuple[str, ...], Any] = {}
    labels: dict[str, str] = {}
    for dataset in datasets:
        if dataset["id"] != names or rest != [_codes(dataset, n) for n in names if n != time]:
            raise ValueError("dimensions differ")
        years += _codes(dataset, time)
        labels |= dataset["dimension"][time]["category"].get("label", {})
        keys = product(*(_codes(dataset, name) for name in names))
        values = _values(dataset)
        cells.update(zip(keys, values, strict=True))
    years = sorted(set(years))
    order = [*rest]
    order.insert(at, years)
    category = {"index": {code: n for n, code in enumerate(years)}, "label": labels}
    own = first["dimension"][time]
    return {
        **first,
        "size": [len(codes) for codes in order],
        "dimension": {**first["dimension"], time: {**own, "category": category}},
        "value": [cells.get(key) for key in product(*order)],
    }


def _codes(dataset: dict[str, Any], name: str) -> list[str]:
    index = dataset["dimension"][name]["category"]["index"]
    if isinstance(index, dict):
        return sorted(index, key=lambda code: int(index[code]))
    return list(index)


def _values(dataset: dict[str, Any]) -> list[Any]:
    values = dataset["value"]
    if isinstance(values, dict):
        return [values.get(str(number)) for number in range(prod(dataset["size"]))]
    return list(values)

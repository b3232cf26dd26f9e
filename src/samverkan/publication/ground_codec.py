"""The ground of a publication as JSON and back."""

from __future__ import annotations

from typing import Any

from .protection import Addition, Cell, Ground, Shown


def ground_to_json(ground: Ground) -> dict[str, Any]:
    cells = list(ground.shown)
    place = {cell: at for at, cell in enumerate(cells)}
    return {
        "cells": [[cell.series, cell.year, cell.value, ground.shown[cell]] for cell in cells],
        "additions": [
            [place[each.total], [place[part] for part in each.parts]] for each in ground.additions
        ],
    }


def ground_from_json(content: dict[str, Any]) -> Ground:
    rows = content["cells"]
    cells = [Cell(series, year, value) for series, year, value, _shown in rows]
    return Ground(
        {cell: Shown(row[3]) for cell, row in zip(cells, rows, strict=True)},
        tuple(
            Addition(cells[total], tuple(cells[part] for part in parts))
            for total, parts in content["additions"]
        ),
    )

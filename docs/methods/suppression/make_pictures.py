"""Draws the picture of this folder: `python docs/methods/suppression/make_pictures.py`."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from plot import Axis, Figure  # noqa: E402

from samverkan.methods.suppression import suppress  # noqa: E402


def main() -> None:
    table = np.array([[3, 20, 40], [15, 30, 2], [50, 22, 31]])
    found = suppress(table, threshold=5)
    lower, upper = found.lower[found.is_hidden], found.upper[found.is_hidden]
    rows, columns = np.nonzero(found.is_hidden)
    names = [
        f"row {row + 1}, column {column + 1}" for row, column in zip(rows, columns, strict=True)
    ]
    place = np.arange(1, len(names) + 1)
    figure = Figure(
        "What an attacker can still say of each hidden cell",
        "Ranges of the hidden cells of an invented 3 by 3 table with totals: "
        + "; ".join(
            f"{name} from {low:.0f} to {high:.0f}"
            for name, low, high in zip(names, lower, upper, strict=True)
        )
        + ".",
        Axis(
            "hidden cell",
            limits=(0.4, len(names) + 0.6),
            ticks=[(float(at), name) for at, name in zip(place, names, strict=True)],
        ),
        Axis("count"),
        right=40,
    )
    for at, low, high in zip(place, lower, upper, strict=True):
        figure.line([at, at], [low, high])
    figure.points(place, found.true_values[found.is_hidden], colour=1)
    figure.save(HERE / "suppress.svg")


if __name__ == "__main__":
    main()

"""A statistical cube: named dimensions, and one value for each combination of their codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Dimension:
    name: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Cube:
    """Values lie in row-major order of the dimensions; None is a known gap."""

    content: str
    dimensions: tuple[Dimension, ...]
    values: Mapping[int, float | None]

    def value(self, position: Mapping[str, int]) -> float | None:
        """The value at one position of every dimension."""
        index = 0
        for dimension in self.dimensions:
            index = index * len(dimension.codes) + position[dimension.name]
        return self.values.get(index)

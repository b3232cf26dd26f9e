"""From figures to places on the paper."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, isfinite, log10


@dataclass(frozen=True)
class Scale:
    """Linear, from [0, top] to [start, end] in the drawing."""

    top: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = min(max(value, 0.0), self.top) / self.top
        return self.start + share * (self.end - self.start)


def nice_ticks(largest: float, about: int = 3) -> tuple[float, ...]:
    """Round numbers from 0 up to at least the largest, never closer than whole ones."""
    if not isfinite(largest) or largest <= 0:
        return (0.0, 1.0)
    rough = largest / about
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    step = max(1.0, step)
    return tuple(step * position for position in range(ceil(largest / step) + 1))

"""How often an address may be asked: enough for any calendar program, too little for guessing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache


@dataclass(frozen=True)
class Limit:
    name: str
    times: int
    seconds: int


READS = Limit("calendar-read", 60, 600)
GUESSES = Limit("calendar-guess", 60, 600)


def is_over(limit: Limit, who: str, at: datetime) -> bool:
    """Count one more for `who` in the running window; True when it was one too many."""
    window = int(at.timestamp()) // limit.seconds
    key = f"{limit.name}:{who}:{window}"
    cache.add(key, 0, timeout=limit.seconds * 2)
    try:
        return cache.incr(key) > limit.times
    except ValueError:
        # The cache dropped the counter in between: it counts anew.
        return False

"""How often a publisher may be asked, how long to wait after a no. Time is an argument."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
# Statuses that a later try may mend.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Rules:
    """What a publisher asks of those who fetch. `most_waiting` is the longest pause obeyed."""

    calls: int
    window_seconds: float
    tries: int = 4
    timeout_seconds: float = 30.0
    most_bytes: int = 64 * 1024 * 1024
    most_waiting: float = 120.0


@dataclass
class Pacer:
    """Says how long to wait so that no window holds more calls than allowed."""

    rules: Rules
    _calls: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds to wait at `now` before the next call."""
        while self._calls and self._calls[0] <= now - self.rules.window_seconds:
            self._calls.popleft()
        if len(self._calls) < self.rules.calls:
            return 0.0
        return self._calls[0] + self.rules.window_seconds - now

    def called(self, now: float) -> None:
        self._calls.append(now)


def pause_before(attempt: int, retry_after: float | None) -> float:
    """Seconds before try number `attempt` (the second is 1): what was asked for, or doubling."""
    if retry_after is not None:
        return retry_after
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (attempt - 1))


def retry_after_seconds(header: str, now: datetime) -> float | None:
    """What a Retry-After header asks for: seconds, or a moment; None when it cannot be read."""
    text = header.strip()
    if re.fullmatch(r"\d{1,6}", text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(0.0, (moment - now).total_seconds()) if moment.tzinfo else None

"""The comparison and the presentations."""

from __future__ import annotations

COORDINATOR = "coordinator"

PAGES = [
    ("jamforelse", COORDINATOR, "statistics:comparison"),
    ("presentationer", COORDINATOR, "briefing:index"),
    ("presentation", COORDINATOR, "briefing:briefing"),
]

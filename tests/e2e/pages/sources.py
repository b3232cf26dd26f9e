"""The pages of sources and definitions."""

from __future__ import annotations

from tests.e2e.pages import COORDINATOR

PAGES = [
    ("kallor", COORDINATOR, "statistics:sources"),
    ("hamtning", COORDINATOR, "statistics:fetch_run"),
    ("definitioner", COORDINATOR, "statistics:definitions"),
    ("definition", COORDINATOR, "statistics:definition"),
    ("inmatning", COORDINATOR, "statistics:typed"),
]

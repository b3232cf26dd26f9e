"""The law and the year."""

from __future__ import annotations

PAGES = [
    ("lagen", "coordinator", "duties:ledger"),
    ("arshjul", "coordinator", "duties:wheel"),
    ("arshjul-polisen", "officer", "duties:wheel"),
]

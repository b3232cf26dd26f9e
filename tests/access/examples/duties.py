"""The law's ledger and the year wheel of Storfors."""

from __future__ import annotations

POSTED = {
    "duties:ledger": ("GET", "POST"),
    "duties:end_item": ("POST",),
    "duties:withdraw": ("POST",),
}


def example_values() -> dict[str, dict[str, str]]:
    return {
        "duties:ledger": {"code": "1760"},
        "duties:survey": {"code": "1760"},
        "duties:end_item": {"code": "1760", "year": "2026", "item": "deputies"},
        "duties:withdraw": {"ref": "unknown"},
    }

"""The examples of the calendar's addresses."""

from __future__ import annotations

POSTED: dict[str, tuple[str, ...]] = {
    "calendars:index": ("GET", "POST"),
    "calendars:revoke": ("POST",),
}


def example_values() -> dict[str, dict[str, str]]:
    return {"calendars:revoke": {"ref": "unknown"}, "calendars:feed": {"token": "unknown"}}

"""A meeting ahead that gets another time."""

from __future__ import annotations

from samverkan.governance.models import Meeting

POSTED: dict[str, tuple[str, ...]] = {"governance:move": ("GET", "POST")}


def example_values() -> dict[str, dict[str, str]]:
    meetings = Meeting.objects.for_system("an example for the access table")
    ahead = meetings.filter(group__kind="est", state="called").earliest("starts_at")
    return {"governance:move": {"ref": ahead.ref}}

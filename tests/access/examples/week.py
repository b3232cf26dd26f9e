"""The examples of the week, the feedback and the neighbours."""

from __future__ import annotations

from samverkan.situation.models import Incident, PlannedEvent

ASKING = "an example for the access table"
STORFORS = "1760"
BOTH = ("GET", "POST")
POSTED: dict[str, tuple[str, ...]] = {
    "situation:new_planned": BOTH,
    "situation:change_planned": BOTH,
    "situation:remove_planned": ("POST",),
    "situation:answer": BOTH,
}
QUERIES = {
    "situation:week": f"?kommun={STORFORS}",
    "situation:one_week": f"?kommun={STORFORS}",
    "situation:planned": f"?kommun={STORFORS}",
    "situation:new_planned": f"?kommun={STORFORS}",
}


def example_values() -> dict[str, dict[str, str]]:
    event = (
        PlannedEvent.objects.for_system(ASKING).filter(municipality__code=STORFORS).earliest("pk")
    )
    incident = Incident.objects.for_system(ASKING).filter(municipality__code=STORFORS).latest("pk")
    return {
        "situation:one_week": {"address": "2026-v46"},
        "situation:change_planned": {"ref": event.ref},
        "situation:remove_planned": {"ref": event.ref},
        "situation:answer": {"ref": incident.ref},
    }

"""The examples of sources and definitions."""

from __future__ import annotations

from samverkan.statistics.models import FetchRun

ASKING = "an example for the access table"
POSTED: dict[str, tuple[str, ...]] = {
    "statistics:fetch_now": ("POST",),
    "statistics:typed": ("GET", "POST"),
}


def example_values() -> dict[str, dict[str, str]]:
    """For each route with parameters, the values that make it an address."""
    run = FetchRun.objects.for_system(ASKING).filter(fetch_code="kolada").latest("pk")
    return {
        "statistics:fetch_run": {"ref": run.ref},
        # Known to nobody, so that no test asks a publisher over the network.
        "statistics:fetch_now": {"fetch_code": "unknown"},
        "statistics:definition": {"series_code": "theft_excluding_shoplifting"},
        "statistics:typed": {"code": "1760"},
    }

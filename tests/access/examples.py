"""Example objects of Storfors in the demo, for the addresses of the access table."""

from __future__ import annotations

# Routes that only answer a form that is sent, or both; everything else is asked with GET.
POSTED: dict[str, tuple[str, ...]] = {}


def example_values() -> dict[str, dict[str, str]]:
    """For each route with parameters, the values that make it an address."""
    return {}

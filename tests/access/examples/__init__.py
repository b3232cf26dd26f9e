"""Example objects of Storfors in the demo, for the addresses of the access table.

Every module of this folder is read: `example_values()` for addresses with parameters, and, where
they are needed, `POSTED` and `QUERIES`. A new room puts its own in a module of its own.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

_MODULES = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]

# Routes that answer a form that is sent, alone or beside GET; all others are asked with GET.
POSTED: dict[str, tuple[str, ...]] = {
    name: methods for module in _MODULES for name, methods in getattr(module, "POSTED", {}).items()
}
# What an address needs after the question mark to be answered at all.
QUERIES: dict[str, str] = {
    name: query for module in _MODULES for name, query in getattr(module, "QUERIES", {}).items()
}


def example_values() -> dict[str, dict[str, str]]:
    """For each route with parameters, the values that make it an address."""
    values: dict[str, dict[str, str]] = {}
    for module in _MODULES:
        values |= module.example_values()
    return values

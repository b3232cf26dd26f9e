"""What each later room puts into the demo world, in modules of their own.

A module has `ORDER` (a whole number; lower is built earlier) and `build(cast, today)`, called once
when the world is made, after the events and figures of the past weeks are in place.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pkgutil import iter_modules

from samverkan.config.demo.people import Cast


def build_rooms(cast: Cast, today: date) -> None:
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    for module in sorted(modules, key=lambda module: (module.ORDER, module.__name__)):
        module.build(cast, today)

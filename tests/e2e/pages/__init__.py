"""The main pages, each as the function that uses it: for the browser tests and the pictures.

Every module of this folder is read for `PAGES`: (slug, who walks, name of the route, query).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from tests.access.examples import example_values
from tests.access.walk import NOBODY, routes

COORDINATOR = "coordinator"


@dataclass(frozen=True)
class MainPage:
    slug: str
    walker: str
    path: str


def main_pages() -> list[MainPage]:
    """Every page that a person comes to, with example objects of the demo in the addresses."""
    values = example_values()
    by_name = {route.name: route for route in routes()}
    found = [MainPage("finns-inte", NOBODY, "/finns/inte/")]
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        for slug, walker, name, *query in import_module(f"{__name__}.{module.name}").PAGES:
            path = by_name[name].path(values.get(name, {}))
            found.append(MainPage(slug, walker, path + "".join(query)))
    return found

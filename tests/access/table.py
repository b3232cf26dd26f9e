"""The access table: a file that a person can read, and the walk that it is compared with.

`pytest tests/access --write-access-table` writes it anew from what the house does today; the
difference is then read by whoever changed the access, as part of the change.
"""

from __future__ import annotations

import csv
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.test import Client

from tests.access.examples import POSTED, QUERIES, example_values
from tests.access.walk import NOBODY, WALKERS, Route, client_of, meet, routes

TABLE = Path(__file__).parent / "table.csv"
HEADINGS = ["route", "method", "address", *WALKERS, NOBODY]


@dataclass(frozen=True)
class Row:
    name: str
    method: str
    address: str
    met: dict[str, str]


def read_table() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                line["route"],
                line["method"],
                line["address"],
                {walker: line[walker] for walker in [*WALKERS, NOBODY]},
            )
            for line in csv.DictReader(file)
        ]


def asked() -> list[tuple[Route, str]]:
    """Every route with each method that it is asked with."""
    return [
        (route, method)
        for route in _distinct(routes())
        for method in POSTED.get(route.name, ("GET",))
    ]


def met_by(walker: str, values: dict[str, dict[str, str]]) -> dict[tuple[str, str], str]:
    """What the walker meets at every route, with example objects of Storfors in the addresses.

    Routes that change something are met with an empty form: the door is tried, nothing is done.
    """
    client = client_of(walker)
    return {
        (route.name, method): _meet(
            client,
            method,
            route.path(values.get(route.name, {})) + QUERIES.get(route.name, ""),
        )
        for route, method in asked()
    }


def rows_of_house(values: dict[str, dict[str, str]]) -> list[Row]:
    met = {walker: met_by(walker, values) for walker in [*WALKERS, NOBODY]}
    return [
        Row(
            route.name,
            method,
            f"/{route.pattern}",
            {walker: met[walker][route.name, method] for walker in met},
        )
        for route, method in asked()
    ]


def _meet(client: Client, method: str, address: str) -> str:
    if method == "GET":
        return meet(client, method, address)
    # A form that is sent may do what it says: afterwards it is undone, sign-out included.
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        met = meet(client, method, address)
        transaction.set_rollback(True)
    client.cookies = cookies
    return met


def _distinct(found: list[Route]) -> list[Route]:
    return list({route.name: route for route in found}.values())


def write_table() -> None:
    """Run inside a database with the demo world. The file is touched when all is known."""
    rows = rows_of_house(example_values())
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS)
        for row in rows:
            met = [row.met[walker] for walker in [*WALKERS, NOBODY]]
            writer.writerow([row.name, row.method, row.address, *met])

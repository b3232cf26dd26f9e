"""What a walker meets, held against the access table."""

from __future__ import annotations

from tests.access.examples import example_values
from tests.access.table import met_by, read_table


def differences(walker: str) -> list[str]:
    """Each route where the walker meets something else than the table says, in words."""
    written = {(row.name, row.method): row.met[walker] for row in read_table()}
    return [
        f"{method} {name} as {walker}: {outcome}, the table says {written[name, method]}"
        for (name, method), outcome in met_by(walker, example_values()).items()
        if (name, method) in written and written[name, method] != outcome
    ]

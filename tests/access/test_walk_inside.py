"""Every route as every second of the demo's functions: what happens is what the table says."""

from __future__ import annotations

import pytest

from tests.access.comparison import differences
from tests.access.walk import WALKERS

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("demo_world")]
HERE = list(WALKERS)[::2]


@pytest.mark.parametrize("walker", HERE)
def test_what_the_function_meets_is_what_the_table_says(walker: str) -> None:
    found = differences(walker)
    assert not found, "\n".join(found)

from __future__ import annotations

import pytest

from .room import Room


@pytest.fixture
def room(world) -> Room:
    return Room(world)

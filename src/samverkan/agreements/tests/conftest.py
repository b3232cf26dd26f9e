from __future__ import annotations

import pytest

from .cast import Players


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def players(world) -> Players:
    return Players(world)

"""The demo world for tests that walk through the whole house."""

from __future__ import annotations

from pathlib import Path

import pytest

from samverkan.config.demo.world import ensure
from samverkan.organisations.services import load_municipalities
from samverkan.platform.access.actor import system
from tests.world import NOW


@pytest.fixture
def demo_world(db: None, settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")  # type: ignore[attr-defined]
    load_municipalities(system("test", NOW))
    ensure(NOW)

"""At start: the installation's own file of borders can be read, or the operator is told why not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

from .borders import UnreadableBordersError, read_outlines
from .reference import municipality_facts


def check_borders(app_configs: Sequence[Any] | None, **options: Any) -> list[checks.CheckMessage]:
    """E001: the file is not there or not GeoJSON; W001: it names no municipality by its code."""
    if not settings.MAP_BOUNDARIES:
        return []
    path = Path(settings.MAP_BOUNDARIES)
    try:
        found = read_outlines(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, UnreadableBordersError) as error:
        return [
            checks.Error(
                f"SAMVERKAN_MAP_BOUNDARIES: {path.name} cannot be read: {error}",
                hint="Name a GeoJSON file with polygons in WGS 84, or leave it out.",
                id="organisations.E001",
            )
        ]
    if not set(found) & set(municipality_facts()):
        return [
            checks.Warning(
                f"SAMVERKAN_MAP_BOUNDARIES: {path.name} names no municipality by its code",
                hint="The map draws it; distances are measured to the outlines that ship.",
                id="organisations.W001",
            )
        ]
    return []

"""A drawing as a page holds it: one for a wide column, one for a phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.utils.safestring import SafeString, mark_safe

from samverkan.documents.charts.palette import SCREEN, Palette
from samverkan.documents.charts.sizes import PHONE, WIDE, Size

ChartType = TypeVar("ChartType")


@dataclass(frozen=True)
class Picture:
    """Both drawings; the page shows the one that fits."""

    wide: SafeString
    phone: SafeString


def picture(chart: ChartType, draw: Callable[[ChartType, Size, Palette], str]) -> Picture:
    """The drawings escape every text and take their colours from a fixed palette."""
    return Picture(
        mark_safe(draw(chart, WIDE, SCREEN)),  # noqa: S308
        mark_safe(draw(chart, PHONE, SCREEN)),  # noqa: S308
    )

"""What this room keeps, one module for each subject."""

from __future__ import annotations

from .fetches import FetchRun
from .figures import Figure, FigureQuerySet

__all__ = ["FetchRun", "Figure", "FigureQuerySet"]

"""The pages of this room, one module for each subject."""

from __future__ import annotations

from .municipality import export, index, series

__all__ = ["export", "index", "series"]

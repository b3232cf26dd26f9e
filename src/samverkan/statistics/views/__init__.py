"""The pages of this room, one module for each subject."""

from __future__ import annotations

from .comparison import comparison
from .municipality import export, index, series

__all__ = ["comparison", "export", "index", "series"]

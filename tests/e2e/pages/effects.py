"""The pages that explain how effects are judged."""

from __future__ import annotations

PAGES = [("effekt-metoder", "coordinator", "situation:effect_methods")]

"""The calendar's pages."""

from __future__ import annotations

PAGES = [("kalender", "coordinator", "calendars:index")]

"""What can go wrong while work is spread out or events are counted."""

from __future__ import annotations


class ComputeError(RuntimeError):
    """The work could not be done; the text says what to change."""


class WorkerLostError(ComputeError):
    """Workers died again and again over the same item: the item, not the machine, is at fault."""


class EventsError(ValueError):
    """The events cannot be counted as asked. The text names files, lines and columns, and never
    repeats what stands in a record."""

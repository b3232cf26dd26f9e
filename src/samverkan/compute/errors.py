"""What can go wrong while work is spread over processes and machines."""

from __future__ import annotations


class ComputeError(RuntimeError):
    """The work could not be done; the text says what to change."""


class WorkerLostError(ComputeError):
    """Workers died again and again over the same item: the item, not the machine, is at fault."""

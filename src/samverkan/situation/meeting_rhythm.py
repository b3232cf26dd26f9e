"""How often the EST group of a municipality looks at its situation."""

from __future__ import annotations

from samverkan.platform.access.actor import Actor

from .weeks import Cadence

WEEKLY = Cadence()


def cadence_for(actor: Actor, municipality_code: str) -> Cadence:
    """The cadence of the municipality's EST group; weekly where no group says otherwise."""
    return WEEKLY

"""What the other rooms and the floors above may ask about agreements."""

from __future__ import annotations

from .grants import grants_to_party
from .pledges import Pledge, PledgeDeed, published_pledges

__all__ = ["Pledge", "PledgeDeed", "grants_to_party", "published_pledges"]

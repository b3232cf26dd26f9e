"""How often one address may answer. Nothing is kept but a counter in memory, for ten minutes.

The address is turned into a number with a key that is drawn when the process starts and never
written down: nobody can lead it back, and it is gone with the process.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

from django.core.cache import cache

_KEY = secrets.token_bytes(32)
SECONDS = 600
MOST_ANSWERS = 120
"""A whole school answers from one address; a machine that fills in the form knows no measure."""


def may_answer(address: str, survey_code: str) -> bool:
    """Counts this try, and says whether it is one of too many."""
    sealed = hmac.new(_KEY, f"{survey_code} {address}".encode(), sha256).hexdigest()[:24]
    key = f"survey-answers-{sealed}"
    cache.add(key, 0, SECONDS)
    try:
        return bool(cache.incr(key) <= MOST_ANSWERS)
    except ValueError:
        return True

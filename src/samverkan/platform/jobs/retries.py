"""Try again when the database is busy: longer and longer pauses, then give up."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import OperationalError, close_old_connections

Result = TypeVar("Result")

PAUSES_SECONDS = (1.0, 4.0, 16.0)


def with_retries(
    work: Callable[[], Result],
    *,
    pauses: Sequence[float] = PAUSES_SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> Result:
    """Do the work, which must be all or nothing; a lock or a lost connection gives a new try.

    Any other error, and the last of the tries, is raised to the caller.
    """
    for pause in pauses:
        try:
            return work()
        except OperationalError:
            close_old_connections()
            sleep(pause)
    return work()

"""A joint measure's cost: the shares add up to the whole, krona for krona."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ShareFault(StrEnum):
    NO_TOTAL = "no_total"
    DOES_NOT_ADD_UP = "does_not_add_up"


def share_fault(total: int | None, shares: Mapping[str, int | None]) -> ShareFault | None:
    """None when nobody pays, when only the total is known, or when the shares make it up."""
    paid = [share for share in shares.values() if share is not None]
    if not paid:
        return None
    if total is None:
        return ShareFault.NO_TOTAL
    return None if sum(paid) == total else ShareFault.DOES_NOT_ADD_UP


def even_shares(total: int, parties: int) -> tuple[int, ...]:
    """The total in whole kronor over the parties, the first ones taking what is left over."""
    if parties < 1:
        return ()
    each, rest = divmod(total, parties)
    return tuple(each + (1 if at < rest else 0) for at in range(parties))

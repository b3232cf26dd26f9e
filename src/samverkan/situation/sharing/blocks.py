"""The four-week blocks that counts are shared in.

Blocks never overlap and only those that have ended are shared, so no two of them can be subtracted
from each other to give a week, and none grows while others look at it.
"""

from __future__ import annotations

from datetime import timedelta

from ..weeks import monday_of, week_of, weeks_from_to, weeks_later

BLOCK_WEEKS = 4
FIRST_WEEK = 202401
# How many blocks back counts are shared: a year.
REACH = 13


def block_of(week: int) -> int:
    """The first week of the block that the week lies in."""
    monday = monday_of(week)
    behind = (monday - monday_of(FIRST_WEEK)).days // 7 % BLOCK_WEEKS
    return week_of(monday - timedelta(weeks=behind))


def weeks_of(block: int) -> tuple[int, ...]:
    return weeks_from_to(block, weeks_later(block, BLOCK_WEEKS - 1))


def closed_blocks(first_week: int, last_week: int, this_week: int) -> tuple[int, ...]:
    """Blocks that end among the weeks asked for and have ended, the earliest first."""
    newest = weeks_later(block_of(this_week), -BLOCK_WEEKS)
    blocks = (weeks_later(newest, -BLOCK_WEEKS * back) for back in range(REACH - 1, -1, -1))
    return tuple(
        block for block in blocks if first_week <= weeks_later(block, BLOCK_WEEKS - 1) <= last_week
    )

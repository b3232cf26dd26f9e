"""When it happened, from the words that a reporter taps; and what to do about a wrong clock.

Pure: the moment of writing is an argument, in Swedish time.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum

NIGHT_BEGINS = time(22)
NIGHT_ENDS = time(6)
EVENING_BEGINS = time(18)
FRIDAY = 4
# A device whose clock differs by less is not told so.
UNNOTICED = timedelta(minutes=5)
# How much of the future is forgiven: a clock or a finger that is a little off.
FORGIVEN = timedelta(minutes=10)
OLDEST = timedelta(days=366)
FURTHEST = timedelta(days=366)
# A report written while the function was held is taken in so long after it was written.
GRACE = timedelta(days=14)


class When(StrEnum):
    NOW = "now"
    TODAY = "today"
    LAST_NIGHT = "last_night"
    YESTERDAY_EVENING = "yesterday_evening"
    WEEKEND = "weekend"
    EXACT = "exact"
    BETWEEN = "between"


Period = tuple[datetime, datetime | None]


def period(when: When, written: datetime) -> Period:
    """From when to when the words mean, said at `written`; never past the moment of writing."""
    starts = {
        When.TODAY: _today,
        When.LAST_NIGHT: _last_night,
        When.YESTERDAY_EVENING: _yesterday_evening,
        When.WEEKEND: _weekend,
    }
    make = starts.get(when)
    if make is None:
        return written, None
    start, end = make(written)
    return start, min(end, written)


def _at(moment: datetime, clock: time, days: int = 0) -> datetime:
    day = moment.date() + timedelta(days=days)
    return datetime.combine(day, clock, moment.tzinfo)


def _today(written: datetime) -> tuple[datetime, datetime]:
    return _at(written, time(0)), written


def _last_night(written: datetime) -> tuple[datetime, datetime]:
    """The night that is, late in the evening; otherwise the one that ended this morning."""
    if written.time() >= NIGHT_BEGINS:
        return _at(written, NIGHT_BEGINS), written
    return _at(written, NIGHT_BEGINS, -1), _at(written, NIGHT_ENDS)


def _yesterday_evening(written: datetime) -> tuple[datetime, datetime]:
    return _at(written, EVENING_BEGINS, -1), _at(written, time(0))


def _weekend(written: datetime) -> tuple[datetime, datetime]:
    """From Friday evening to Monday: the one that is, else the latest."""
    back = (written.weekday() - FRIDAY) % 7
    if back == 0 and written.time() < EVENING_BEGINS:
        back = 7
    return _at(written, EVENING_BEGINS, -back), _at(written, time(0), 3 - back)


def clock_ahead(sent: datetime | None, received: datetime) -> timedelta:
    """How far the sender's clock is ahead of ours (behind: negative); none told is none."""
    return timedelta() if sent is None else sent - received


def written_at(written: datetime | None, ahead: timedelta, received: datetime) -> datetime:
    """When it was written by our clock: the sender's own moment, less what its clock is ahead."""
    if written is None:
        return received
    return min(written - ahead, received)


def is_noticeable(ahead: timedelta) -> bool:
    return abs(ahead) > UNNOTICED


def may_still_come(written: datetime, received: datetime) -> bool:
    """Whether a report of somebody whose function has ended meanwhile is taken in."""
    return received - written <= GRACE

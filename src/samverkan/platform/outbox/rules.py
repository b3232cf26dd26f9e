"""When a message is tried again, and what each answer of a gateway means."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

PAUSES = (
    timedelta(seconds=15),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"


class State(StrEnum):
    """UNCERTAIN: the other side may have it; it is not sent again, somebody has to look."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class Answer(StrEnum):
    """What a gateway's attempt came to.

    TAKEN: it has the message. LATER: it certainly has not, another try may work. NEVER: it refuses
    this message for good. UNKNOWN: the connection broke after the message had been handed over.
    """

    TAKEN = "taken"
    LATER = "later"
    NEVER = "never"
    UNKNOWN = "unknown"


def next_try(tries: int, now: datetime, asked_to_wait: timedelta | None) -> datetime | None:
    """When to try again after `tries` failed attempts; None when there is no more trying."""
    if tries > len(PAUSES):
        return None
    pause = PAUSES[tries - 1]
    return now + max(pause, asked_to_wait or timedelta(0))


def after(answer: Answer, tries: int, *, may_repeat: bool) -> State:
    """The message's state after an attempt.

    `may_repeat`: the gateway promises to take a message with the same key only once, so that an
    unknown end can be cleared up by sending it again.
    """
    if answer is Answer.TAKEN:
        return State.SENT
    if answer is Answer.NEVER:
        return State.FAILED
    if answer is Answer.UNKNOWN and not may_repeat:
        return State.UNCERTAIN
    return State.WAITING if tries <= len(PAUSES) else State.FAILED

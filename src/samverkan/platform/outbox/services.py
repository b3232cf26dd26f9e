"""Put a message down, and send what is due: once each, also when the process dies in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from samverkan.platform.access.actor import Actor, system

from .gateways import Envelope, Gateway, Outcome, configured
from .models import OutgoingMessage
from .rules import Answer, Channel, State, after, next_try

# A process that takes longer than this over one message has died with it.
ABANDONED_AFTER = timedelta(minutes=5)
AT_A_TIME = 200


@dataclass(frozen=True)
class Message:
    """`key` says what the message is about ("call-<ref>-2-sms"): the same key is sent once."""

    key: str
    channel: Channel
    address: str
    subject: str
    body: str


def queue_message(actor: Actor, message: Message) -> OutgoingMessage:
    """Put the message down to be sent; asked again with the same key, the first one answers.

    Belongs in the transaction of the change that it tells of: without the change, no message.
    """
    queued, _is_new = OutgoingMessage.objects.for_system("a key is sent once").get_or_create(
        key=message.key,
        defaults={
            "channel": message.channel.value,
            "address": message.address,
            "subject": message.subject[:160],
            "body": message.body,
            "function_ref": actor.function_ref,
            "created_at": actor.at,
            "next_try_at": actor.at,
        },
    )
    found: OutgoingMessage = queued
    return found


def deliver_due(now: datetime, gateways: Mapping[Channel, Gateway] | None = None) -> int:
    """Send what is due; gives how many were taken. Several may run it at the same time."""
    ways = configured() if gateways is None else gateways
    _look_after_the_abandoned(now, ways)
    taken = 0
    for _number in range(AT_A_TIME):
        message = _take(now)
        if message is None:
            break
        taken += _attempt(message, ways, now)
    return taken


def _take(now: datetime) -> OutgoingMessage | None:
    """The next message due, marked as being sent: nobody else takes it."""
    with transaction.atomic():
        message: OutgoingMessage | None = (
            OutgoingMessage.objects.visible_to(system("deliver messages", now))
            .filter(state=State.WAITING, next_try_at__lte=now)
            .select_for_update(skip_locked=True)
            .order_by("next_try_at", "pk")
            .first()
        )
        if message is None:
            return None
        message.state, message.tries = State.SENDING.value, message.tries + 1
        message.next_try_at = now + ABANDONED_AFTER
        message.save(update_fields=["state", "tries", "next_try_at"])
        return message


def _attempt(message: OutgoingMessage, ways: Mapping[Channel, Gateway], now: datetime) -> int:
    gateway = ways.get(message.as_channel)
    if gateway is None:
        _write(message, Outcome(Answer.NEVER, problem="no such way out is set up"), now, False)
        return 0
    outcome = gateway.send(Envelope(message.key, message.address, message.subject, message.body))
    _write(message, outcome, now, gateway.takes_a_key_once)
    return int(outcome.answer is Answer.TAKEN)


def _write(message: OutgoingMessage, outcome: Outcome, now: datetime, may_repeat: bool) -> None:
    message.state = after(outcome.answer, message.tries, may_repeat=may_repeat).value
    again = next_try(message.tries, now, outcome.wait)
    message.next_try_at = again if message.state == State.WAITING else None
    message.gateway_ref = outcome.gateway_ref[:120]
    message.last_problem = outcome.problem[:200]
    message.sent_at = now if outcome.answer is Answer.TAKEN else None
    message.save()


def _look_after_the_abandoned(now: datetime, ways: Mapping[Channel, Gateway]) -> None:
    """What a dead process had in its hands: sent again only where a key is taken once."""
    left = OutgoingMessage.objects.visible_to(system("deliver messages", now)).filter(
        state=State.SENDING, next_try_at__lte=now
    )
    repeatable = [channel.value for channel, way in ways.items() if way.takes_a_key_once]
    left.filter(channel__in=repeatable).update(state=State.WAITING)
    left.exclude(channel__in=repeatable).update(
        state=State.UNCERTAIN, next_try_at=None, last_problem="the sending was interrupted"
    )

"""A message leaves once: whatever the mail server, the SMS service or our own process does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.platform.access.actor import system
from samverkan.platform.outbox.gateways import HttpSmsGateway, SmtpGateway
from samverkan.platform.outbox.models import OutgoingMessage
from samverkan.platform.outbox.rules import PAUSES, Answer, Channel, State, after, next_try
from samverkan.platform.outbox.services import Message, deliver_due, queue_message
from tests.world import NOW

from .stand_ins import MailServer, SmsService, mail_server, sms_service

pytestmark = pytest.mark.django_db
SENDER = "samverkan@storfors.example"


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def sms() -> Iterator[SmsService]:
    with sms_service() as service:
        yield service


def by_mail(server: MailServer) -> dict[Channel, SmtpGateway]:
    return {Channel.EMAIL: SmtpGateway("127.0.0.1", server.port, SENDER)}


def by_sms(service: SmsService) -> dict[Channel, HttpSmsGateway]:
    return {Channel.SMS: HttpSmsGateway(service.url, service.token, "Samverkan")}


def queued(key: str = "call-1", channel: Channel = Channel.EMAIL) -> OutgoingMessage:
    address = "kommunpolis@example.test" if channel is Channel.EMAIL else "+46701740605"
    return queue_message(
        system("test", NOW), Message(key, channel, address, "Övning åäö", "Stök vid torget.")
    )


def state(message: OutgoingMessage) -> str:
    message.refresh_from_db()
    return message.state


def test_mail_arrives_whole_with_swedish_letters(post: MailServer) -> None:
    message = queued()
    assert deliver_due(NOW, by_mail(post)) == 1
    assert state(message) == State.SENT
    [envelope] = post.taken
    mail = message_from_bytes(envelope.content)
    assert envelope.rcpt_tos == ["kommunpolis@example.test"]
    assert "call-1" in mail["Message-ID"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_payload(decode=True).decode().strip() == "Stök vid torget."  # type: ignore[union-attr]


def test_the_same_key_is_sent_once(post: MailServer) -> None:
    assert queued().pk == queued().pk
    deliver_due(NOW, by_mail(post))
    queued()
    deliver_due(NOW + timedelta(days=1), by_mail(post))
    assert len(post.taken) == 1


def test_a_busy_mail_server_is_tried_again_later(post: MailServer) -> None:
    post.answers = ["451 4.3.0 try later"]
    message = queued()
    assert deliver_due(NOW, by_mail(post)) == 0
    assert state(message) == State.WAITING
    assert message.last_problem.startswith("451")
    assert deliver_due(NOW + timedelta(seconds=5), by_mail(post)) == 0
    assert deliver_due(NOW + timedelta(seconds=15), by_mail(post)) == 1
    assert len(post.taken) == 1


def test_a_mailbox_that_is_not_there_is_given_up_at_once(post: MailServer) -> None:
    post.recipients_refused.add("kommunpolis@example.test")
    message = queued()
    deliver_due(NOW, by_mail(post))
    assert state(message) == State.FAILED
    assert "550" in message.last_problem


def test_mail_whose_end_is_unknown_is_not_sent_again(post: MailServer) -> None:
    post.answers = ["take and hang up"]
    message = queued()
    deliver_due(NOW, by_mail(post))
    assert state(message) == State.UNCERTAIN
    deliver_due(NOW + timedelta(days=1), by_mail(post))
    assert len(post.taken) == 1


def test_nobody_at_home_is_tried_again_and_at_last_given_up() -> None:
    message = queued()
    closed = {Channel.EMAIL: SmtpGateway("127.0.0.1", 1, SENDER)}
    now = NOW
    for _number in range(len(PAUSES) + 1):
        deliver_due(now, closed)
        now += timedelta(days=1)
    assert state(message) == State.FAILED
    assert message.tries == len(PAUSES) + 1


def test_a_server_without_encryption_is_refused_when_it_must_have_it(post: MailServer) -> None:
    message = queued()
    strict = SmtpGateway("127.0.0.1", post.port, SENDER, must_encrypt=True)
    deliver_due(NOW, {Channel.EMAIL: strict})
    assert state(message) == State.WAITING
    assert not post.taken


def test_an_sms_is_taken_and_its_number_kept(sms: SmsService) -> None:
    message = queued(channel=Channel.SMS)
    assert deliver_due(NOW, by_sms(sms)) == 1
    assert state(message) == State.SENT
    assert message.gateway_ref == "sms-call-1"
    assert sms.taken["call-1"] == {
        "from": "Samverkan",
        "to": "+46701740605",
        "message": "Stök vid torget.",
    }


def test_an_sms_whose_answer_was_lost_is_asked_for_again_and_sent_once(sms: SmsService) -> None:
    sms.faults = ["take and hang up"]
    message = queued(channel=Channel.SMS)
    deliver_due(NOW, by_sms(sms))
    assert state(message) == State.WAITING
    deliver_due(NOW + timedelta(minutes=1), by_sms(sms))
    assert state(message) == State.SENT
    assert sms.requests == 2
    assert len(sms.taken) == 1


@pytest.mark.parametrize("fault", ["429", "500", "503"])
def test_a_service_that_asks_to_wait_is_waited_for(sms: SmsService, fault: str) -> None:
    sms.faults = [fault]
    message = queued(channel=Channel.SMS)
    deliver_due(NOW, by_sms(sms))
    assert state(message) == State.WAITING
    assert deliver_due(NOW + timedelta(seconds=89), by_sms(sms)) == 0
    assert deliver_due(NOW + timedelta(seconds=90), by_sms(sms)) == 1


@pytest.mark.parametrize("fault", ["400", "422"])
def test_a_service_that_refuses_is_not_asked_again(sms: SmsService, fault: str) -> None:
    sms.faults = [fault]
    message = queued(channel=Channel.SMS)
    deliver_due(NOW, by_sms(sms))
    deliver_due(NOW + timedelta(days=1), by_sms(sms))
    assert state(message) == State.FAILED
    assert sms.requests == 1


def test_a_wrong_token_is_said_and_not_repeated(sms: SmsService) -> None:
    message = queued(channel=Channel.SMS)
    wrong = HttpSmsGateway(sms.url, "wrong", "Samverkan")
    deliver_due(NOW, {Channel.SMS: wrong})
    assert state(message) == State.FAILED
    assert message.last_problem == "the SMS service answered 401"


def test_without_a_way_out_the_message_says_so() -> None:
    message = queued(channel=Channel.SMS)
    deliver_due(NOW, {})
    assert state(message) == State.FAILED
    assert message.last_problem == "no such way out is set up"


def test_what_a_dead_process_had_in_its_hands_is_looked_after(
    post: MailServer, sms: SmsService
) -> None:
    mail, text = queued("call-m"), queued("call-s", Channel.SMS)
    OutgoingMessage.objects.for_system("test").update(state=State.SENDING, tries=1, next_try_at=NOW)
    deliver_due(NOW, {**by_mail(post), **by_sms(sms)})
    assert state(mail) == State.UNCERTAIN
    assert state(text) == State.SENT
    assert not post.taken


def test_a_subject_cannot_smuggle_in_a_header(post: MailServer) -> None:
    queue_message(
        system("test", NOW),
        Message("k", Channel.EMAIL, "a@example.test", "Hej\r\nBcc: x@example.test", "text"),
    )
    deliver_due(NOW, by_mail(post))
    mail = message_from_bytes(post.taken[0].content)
    assert mail["Bcc"] is None
    assert post.taken[0].rcpt_tos == ["a@example.test"]


@given(st.sampled_from(list(Answer)), st.integers(1, 10), st.booleans())
def test_no_answer_leaves_a_message_without_an_end(
    answer: Answer, tries: int, may_repeat: bool
) -> None:
    came_to = after(answer, tries, may_repeat=may_repeat)
    again = next_try(tries, NOW, None)
    assert came_to is not State.SENDING
    if came_to is State.WAITING:
        assert again is not None
        assert again > NOW
    if answer is Answer.UNKNOWN and not may_repeat:
        assert came_to is State.UNCERTAIN

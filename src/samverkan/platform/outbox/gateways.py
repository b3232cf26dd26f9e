"""The ways out: e-mail over SMTP, SMS through a service over HTTP. Each can be replaced."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Protocol
from urllib.parse import urlsplit

from .rules import Answer, Channel

TIMEOUT_SECONDS = 10.0
LONGEST_SMS = 670  # five parts of 134 letters


@dataclass(frozen=True)
class Envelope:
    """What is handed to a gateway; `key` is the same at every try of the same message."""

    key: str
    address: str
    subject: str
    body: str


@dataclass(frozen=True)
class Outcome:
    answer: Answer
    gateway_ref: str = ""
    problem: str = ""
    wait: timedelta | None = None


class Gateway(Protocol):
    """`takes_a_key_once`: a message with a key that it has is answered as taken, not sent again."""

    @property
    def channel(self) -> Channel: ...

    @property
    def takes_a_key_once(self) -> bool: ...

    def send(self, envelope: Envelope) -> Outcome: ...


@dataclass(frozen=True)
class SmtpGateway:
    """Plain SMTP (RFC 5321), with STARTTLS when the server offers it or `must_encrypt` says so."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    must_encrypt: bool = False
    channel: Channel = Channel.EMAIL
    takes_a_key_once: bool = False

    def send(self, envelope: Envelope) -> Outcome:
        message = self._message(envelope)
        has_handed_over = False
        try:
            with smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS) as server:
                self._greet(server)
                server.mail(self.sender)
                code, words = server.rcpt(envelope.address)
                if code >= 400:
                    return self._refused(code, words)
                has_handed_over = True
                code, words = server.data(message.as_bytes())
                if code >= 400:
                    return self._refused(code, words)
                return Outcome(Answer.TAKEN, str(message["Message-ID"]))
        except smtplib.SMTPResponseException as error:
            return self._refused(error.smtp_code, error.smtp_error)
        except smtplib.SMTPNotSupportedError as error:
            return Outcome(Answer.LATER, problem=str(error)[:200])
        except (OSError, smtplib.SMTPException) as error:
            answer = Answer.UNKNOWN if has_handed_over else Answer.LATER
            return Outcome(answer, problem=f"{type(error).__name__}: {error}"[:200])

    def _greet(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if server.has_extn("starttls"):
            server.starttls()
            server.ehlo()
        elif self.must_encrypt:
            raise smtplib.SMTPNotSupportedError("the mail server does not offer STARTTLS")
        if self.user:
            server.login(self.user, self.password)

    def _message(self, envelope: Envelope) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = self.sender, envelope.address
        message["Subject"] = " ".join(envelope.subject.split())
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(envelope.key, domain=self.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(envelope.body)
        return message

    @staticmethod
    def _refused(code: int, words: bytes | str) -> Outcome:
        """4xx: later; 5xx: never (RFC 5321, 4.2.1)."""
        text = words.decode(errors="replace") if isinstance(words, bytes) else words
        answer = Answer.NEVER if code >= 500 else Answer.LATER
        return Outcome(answer, problem=f"{code} {text}"[:200])


@dataclass(frozen=True)
class HttpSmsGateway:
    """An SMS service that takes JSON by POST and an Idempotency-Key, with a bearer token."""

    url: str
    token: str
    sender: str
    channel: Channel = Channel.SMS
    takes_a_key_once: bool = True

    def send(self, envelope: Envelope) -> Outcome:
        import urllib3

        if urlsplit(self.url).scheme not in {"http", "https"}:
            return Outcome(Answer.NEVER, problem="the address of the SMS service is not http(s)")
        pool = urllib3.PoolManager(
            timeout=urllib3.Timeout(TIMEOUT_SECONDS), retries=False, num_pools=1
        )
        try:
            response = pool.request(
                "POST",
                self.url,
                json={
                    "from": self.sender,
                    "to": envelope.address,
                    "message": envelope.body[:LONGEST_SMS],
                },
                headers={
                    "Authorization": f"Bearer {self.token}",
                    "Idempotency-Key": envelope.key,
                    "User-Agent": "Samverkan",
                },
                redirect=False,
            )
        except urllib3.exceptions.NewConnectionError as error:
            return Outcome(Answer.LATER, problem=str(error)[:200])
        except urllib3.exceptions.HTTPError as error:
            return Outcome(Answer.UNKNOWN, problem=f"{type(error).__name__}: {error}"[:200])
        finally:
            pool.clear()
        return self._read(response.status, response.headers.get("Retry-After", ""), response.data)

    @staticmethod
    def _read(status: int, retry_after: str, data: bytes) -> Outcome:
        import json

        if status in {200, 201, 202}:
            try:
                ref = str(json.loads(data).get("id", ""))[:120]
            except (ValueError, AttributeError):
                ref = ""
            return Outcome(Answer.TAKEN, ref)
        wait = timedelta(seconds=int(retry_after)) if retry_after.isdecimal() else None
        problem = f"the SMS service answered {status}"
        if status in {408, 425, 429} or status >= 500:
            return Outcome(Answer.LATER, problem=problem, wait=wait)
        return Outcome(Answer.NEVER, problem=problem)


@dataclass(frozen=True)
class FolderGateway:
    """Mail as files in the data folder: what an installation without a mail server has."""

    sender: str
    channel: Channel = Channel.EMAIL
    takes_a_key_once: bool = False

    def send(self, envelope: Envelope) -> Outcome:
        from django.core.mail import EmailMessage as Mail

        try:
            Mail(envelope.subject, envelope.body, self.sender, [envelope.address]).send()
        except OSError as error:
            return Outcome(Answer.LATER, problem=str(error)[:200])
        return Outcome(Answer.TAKEN, "file")


def configured() -> dict[Channel, Gateway]:
    """The gateways that the settings name: e-mail always, SMS when there is a service."""
    from django.conf import settings

    found: dict[Channel, Gateway] = {Channel.EMAIL: FolderGateway(settings.DEFAULT_FROM_EMAIL)}
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        found[Channel.EMAIL] = SmtpGateway(
            settings.EMAIL_HOST,
            settings.EMAIL_PORT,
            settings.DEFAULT_FROM_EMAIL,
            settings.EMAIL_HOST_USER,
            settings.EMAIL_HOST_PASSWORD,
            settings.SMTP_MUST_ENCRYPT,
        )
    if settings.SMS_URL:
        found[Channel.SMS] = HttpSmsGateway(
            settings.SMS_URL, settings.SMS_TOKEN, settings.SMS_SENDER
        )
    return found

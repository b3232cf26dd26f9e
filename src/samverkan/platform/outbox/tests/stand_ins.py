"""A mail server and an SMS service as they behave, for tests: each answers as it is told."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class MailServer:
    """`answers` are given to the next messages in turn; then every message is taken."""

    port: int = 0
    taken: list[Any] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    recipients_refused: set[str] = field(default_factory=set)

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.recipients_refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any
    ) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "take and hang up":
            self.taken.append(envelope)
            server.transport.abort()
            return "250 OK"
        if answer.startswith("250"):
            self.taken.append(envelope)
        return answer


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server() -> Iterator[MailServer]:
    handler = MailServer()
    handler.port = _free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


@dataclass
class SmsService:
    """Takes a message with a key once; `faults` are met by the next requests in turn."""

    url: str = ""
    taken: dict[str, dict[str, str]] = field(default_factory=dict)
    requests: int = 0
    faults: list[str] = field(default_factory=list)
    token: str = "secret-token"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.requests += 1
        fault = self.faults.pop(0) if self.faults else ""
        length = int(request.headers.get("Content-Length", "0"))
        body = json.loads(request.rfile.read(length) or b"{}")
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return self._say(request, 401, {})
        if fault.isdecimal():
            return self._say(request, int(fault), {"error": "fault"}, {"Retry-After": "90"})
        key = request.headers["Idempotency-Key"]
        self.taken.setdefault(key, body)
        if fault == "take and hang up":
            request.connection.close()
            return None
        return self._say(request, 201, {"id": f"sms-{key}"})

    @staticmethod
    def _say(
        request: BaseHTTPRequestHandler,
        status: int,
        body: dict[str, str],
        headers: dict[str, str] | None = None,
    ) -> None:
        content = json.dumps(body).encode()
        request.send_response(status)
        for name, value in {**(headers or {}), "Content-Length": str(len(content))}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(content)


@contextmanager
def sms_service() -> Iterator[SmsService]:
    service = SmsService()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service.answer))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_address[1]}/messages"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler(answer: Callable[[BaseHTTPRequestHandler], None]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer(self)

        def log_message(self, *_arguments: Any) -> None:
            return None

    return Handler

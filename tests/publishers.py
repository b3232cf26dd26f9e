"""A publisher on this machine for tests: answers as told, with every fault a network has."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """What the publisher sends; `cut_after` breaks the connection after so many bytes."""

    content: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=utf-8"
    is_gzip: bool = False
    cut_after: int = -1
    slow_seconds: float = 0.0
    is_raw: bool = False

    @property
    def body(self) -> bytes:
        plain = self.content if self.is_raw else json.dumps(self.content).encode()
        return gzip.compress(plain) if self.is_gzip else plain


@dataclass
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def question(self) -> Any:
        return json.loads(self.body)


Script = Callable[[Asked, int], Reply]


@dataclass
class Publisher:
    """`asked` holds every request in order; `script` gives the reply to the n-th (from 0)."""

    address: str
    asked: list[Asked]


@contextmanager
def publisher(script: Script) -> Iterator[Publisher]:
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, body: bytes) -> None:
            one = Asked(self.command, self.path, dict(self.headers.items()), body)
            asked.append(one)
            reply = script(one, len(asked) - 1)
            time.sleep(reply.slow_seconds)
            content = reply.body
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Connection", "close")
            if reply.is_gzip:
                self.send_header("Content-Encoding", "gzip")
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(content if reply.cut_after < 0 else content[: reply.cut_after])
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Tests are silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield Publisher(f"http://127.0.0.1:{server.server_port}", asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

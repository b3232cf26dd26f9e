"""One process tree: the web server and the worker, started and stopped together."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

from django.core.management import call_command

from .setup import prepare

WEB = "samverkan.config.wsgi:application"
GRACE_SECONDS = 10


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="samverkan serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--threads", type=int, default=8)
    arguments = parser.parse_args(argv)
    prepare()
    return run(arguments.host, arguments.port, arguments.threads)


def worker(argv: Sequence[str]) -> int:
    argparse.ArgumentParser(prog="samverkan worker").parse_args(argv)
    call_command("db_worker", interval=0.5, reload=False, startup_delay=False)
    return 0


def run(host: str, port: int, threads: int = 8) -> int:
    """Serve until told to stop; when one of the two processes ends, so does the other."""
    environment = dict(os.environ)
    web = [sys.executable, "-m", "gunicorn", WEB, "--bind", f"{host}:{port}"]
    web += ["--worker-class", "gthread", "--threads", str(threads), "--log-level", "warning"]
    # Its control socket would lie outside the one folder.
    web += ["--no-control-socket"]
    work = [sys.executable, "-m", "samverkan.config.cli", "worker"]
    children = [subprocess.Popen(command, env=environment) for command in (web, work)]  # noqa: S603

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for child in children:
            child.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
    return _end(children)


def _end(children: Sequence[subprocess.Popen[bytes]]) -> int:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return max(0 if child.returncode in (0, -signal.SIGTERM) else 1 for child in children)

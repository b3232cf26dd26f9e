"""One process tree: the web server and the worker, started and stopped together."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from threading import Thread
from types import FrameType

from django.core.management import call_command
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from samverkan.platform.jobs.periodic import run_due

from .setup import prepare

WEB = "samverkan.config.wsgi:application"
GRACE_SECONDS = 10
TICK_SECONDS = 5
log = logging.getLogger(__name__)


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="samverkan serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--threads", type=int, default=8)
    arguments = parser.parse_args(argv)
    prepare()
    return run(arguments.host, arguments.port, arguments.threads)


def worker(argv: Sequence[str]) -> int:
    """Background work, and beside it a thread that does what comes back by the clock."""
    argparse.ArgumentParser(prog="samverkan worker").parse_args(argv)
    Thread(target=_keep_the_clock, name="periodic work", daemon=True).start()
    call_command("db_worker", interval=0.5, reload=False, startup_delay=False)
    return 0


def tick(argv: Sequence[str]) -> int:
    """What is due by the clock, once: for a timer of the operating system's own."""
    argparse.ArgumentParser(prog="samverkan tick").parse_args(argv)
    print("\n".join(run_due(timezone.now())) or "nothing was due")
    return 0


def _keep_the_clock() -> None:
    while True:
        try:
            run_due(timezone.now())
        except DatabaseError:
            log.exception("the clock could not reach the database")
        close_old_connections()
        time.sleep(TICK_SECONDS)


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

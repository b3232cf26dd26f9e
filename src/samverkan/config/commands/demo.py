"""A living municipality to try out: built once, kept in one folder, brought up to today."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from .serve import run
from .setup import prepare


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="samverkan demo")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reset", action="store_true", help="start over with a new world")
    parser.add_argument("--no-serve", action="store_true", help="build the world and stop")
    arguments = parser.parse_args(argv)
    if not settings.DEMO:
        print("samverkan demo: only with the demo's own settings", file=sys.stderr)
        return 2
    if arguments.reset:
        _clear(Path(settings.DATA_FOLDER))
    from samverkan.config.demo.world import ensure

    prepare()
    ensure(timezone.localtime())
    if arguments.no_serve:
        print(f"The demo world is ready in {settings.DATA_FOLDER}")
        return 0
    print(
        f"Open http://127.0.0.1:{arguments.port}  (stop with Ctrl-C; nothing is lost)", flush=True
    )
    return run("127.0.0.1", arguments.port)


def _clear(folder: Path) -> None:
    """Remove what the demo made, and nothing else that may lie in the folder."""
    for name in ("samverkan.sqlite3", "samverkan.sqlite3-wal", "samverkan.sqlite3-shm"):
        (folder / name).unlink(missing_ok=True)
    for name in ("files", "mail"):
        shutil.rmtree(folder / name, ignore_errors=True)

"""How far a job has come, told beside the database.

A long job holds one transaction open, and on SQLite nobody else can write meanwhile; so the job
writes its progress to a small file that the web reads. The file goes when the job ends.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

INTERVAL_SECONDS = 0.5
# A running job writes at least this often; silence for longer means that its process is gone.
SILENT_AFTER_SECONDS = 120

ProgressCallback = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Progress:
    """Units of work done, of how many (None: unknown), and seconds since the last sign of life."""

    done: int
    total: int | None
    silent_seconds: float

    @property
    def percent(self) -> int | None:
        if not self.total:
            return None
        return min(100, 100 * self.done // self.total)

    @property
    def is_silent(self) -> bool:
        return self.silent_seconds > SILENT_AFTER_SECONDS


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "jobs"


def write_progress(job_ref: str, done: int, total: int | None) -> None:
    """Put the progress down in one step: a reader sees the old or the new, never a half."""
    folder().mkdir(parents=True, exist_ok=True)
    path = _path(job_ref)
    half = path.with_suffix(f".{os.getpid()}")
    half.write_text(json.dumps({"done": done, "total": total}), encoding="utf-8")
    half.replace(path)


def read_progress(job_ref: str) -> Progress | None:
    """The latest progress, or None before the first word and after the end."""
    path = _path(job_ref)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        age = max(0.0, time.time() - path.stat().st_mtime)
    except FileNotFoundError:
        return None
    return Progress(content["done"], content["total"], age)


def forget_progress(job_ref: str) -> None:
    _path(job_ref).unlink(missing_ok=True)


def progress_writer(job_ref: str) -> ProgressCallback:
    """A callback for loops: cheap to call often, writes at most twice a second."""
    last = 0.0

    def report(done: int, total: int | None) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= INTERVAL_SECONDS:
            last = now
            write_progress(job_ref, done, total)

    return report


def no_progress(done: int, total: int | None) -> None:
    """For callers whom nobody waits for."""


def _path(job_ref: str) -> Path:
    if not job_ref.isalnum():
        raise ValueError("not a job's ref")
    return folder() / f"{job_ref}.json"

"""Answers kept on disk: not asked for again while fresh, asked "has it changed?" when old."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

MOST_KEPT = 400


@dataclass(frozen=True)
class KeptAnswer:
    """An answer as it was; `kept_at` is seconds since 1970."""

    address: str
    kept_at: float
    content_type: str
    etag: str
    last_modified: str
    content: bytes

    @property
    def conditions(self) -> Mapping[str, str]:
        """The headers that ask for the answer only if it has changed."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True)
class AnswerCache:
    """One folder for each publisher; the oldest answers go when there are many."""

    folder: Path

    def get(self, key: str) -> KeptAnswer | None:
        """The kept answer, or None when there is none or it is damaged."""
        try:
            head, _line, content = self._path(key).read_bytes().partition(b"\n")
            facts = json.loads(head)
            if facts.pop("length") != len(content) or facts["address"] != key:
                return None
            return KeptAnswer(**facts, content=content)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, answer: KeptAnswer) -> None:
        """Keep it in one step: a reader sees the old or the new, never a half."""
        self.folder.mkdir(parents=True, exist_ok=True)
        facts = asdict(answer) | {"length": len(answer.content)}
        content: bytes = facts.pop("content")
        path = self._path(key)
        half = path.with_suffix(f".{os.getpid()}")
        half.write_bytes(json.dumps(facts).encode() + b"\n" + content)
        half.replace(path)
        self._prune()

    def _prune(self) -> None:
        kept = sorted(self.folder.glob("*.answer"), key=lambda path: path.stat().st_mtime)
        for path in kept[:-MOST_KEPT]:
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:40]}.answer"

"""Pages of a long answer, kept until all are here: an interruption costs nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .client import same_place
from .errors import ChangedAnswerError
from .transport import host_of

MOST_PAGES = 2_000
# Older pages may no longer fit with those to come.
RESUMED_WITHIN_SECONDS = 24 * 3600.0


@dataclass(frozen=True)
class PageStore:
    """The pages of one question, in a folder named after it."""

    folder: Path
    question: str
    now: float

    def pages(
        self,
        first: str,
        get: Callable[[str], Any],
        next_of: Callable[[Any], str],
        told: Callable[[int], None],
    ) -> Iterator[Any]:
        """Every page from `first` on, those of an interrupted earlier try from the disk."""
        address, number, seen = first, 0, {first}
        while address:
            page = self._kept(number, address)
            if page is None:
                page = get(address)
                self._keep(number, address, page)
            number += 1
            told(number)
            yield page
            following = next_of(page)
            if following:
                self._check(first, following, seen, number)
            address = following

    def forget(self) -> None:
        """All pages have been put in: the next time begins anew."""
        shutil.rmtree(self._home(), ignore_errors=True)

    def _check(self, first: str, following: str, seen: set[str], number: int) -> None:
        """A next page must be a new one, at the same place, and not the thousandth of a handful."""
        if not same_place(first, following):
            raise ChangedAnswerError(host_of(first), _("the next page is at another place"))
        if following in seen:
            raise ChangedAnswerError(host_of(first), _("the pages go round in a circle"))
        if number >= MOST_PAGES:
            raise ChangedAnswerError(host_of(first), _("the pages never end"))
        seen.add(following)

    def _kept(self, number: int, address: str) -> Any:
        path = self._path(page_name(number, address))
        try:
            if self.now - path.stat().st_mtime > RESUMED_WITHIN_SECONDS:
                return None
            return json.loads(path.read_bytes())
        except (OSError, ValueError):
            return None

    def _keep(self, number: int, address: str, page: Any) -> None:
        path = self._path(page_name(number, address))
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}")
        half.write_text(json.dumps(page), encoding="utf-8")
        half.replace(path)

    def _path(self, name: str) -> Path:
        return self._home() / name

    def _home(self) -> Path:
        return self.folder / hashlib.sha256(self.question.encode()).hexdigest()[:24]


def page_name(number: int, address: str) -> str:
    """The name of a page's file: its number and what was asked."""
    return f"{number:05d}-{hashlib.sha256(address.encode()).hexdigest()[:16]}.page"

"""The files that were put in are kept under their SHA-256: the provenance of every figure."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from .problems import UnreadableFileError

CHUNK = 1024 * 1024


@dataclass(frozen=True)
class StoredFile:
    """A kept file; the same content is kept once."""

    sha256: str
    size_bytes: int

    @property
    def stored_as(self) -> str:
        return f"imports/{self.sha256[:2]}/{self.sha256}"

    @property
    def path(self) -> Path:
        return stored_path(self.stored_as)


def stored_path(stored_as: str) -> Path:
    return Path(settings.MEDIA_ROOT) / stored_as


def store_path(path: Path) -> StoredFile:
    """Keep a copy of a file on this machine."""
    refuse_large(path.stat().st_size)
    with path.open("rb") as file:
        return store_chunks(_pieces(file))


def store_chunks(chunks: Iterable[bytes]) -> StoredFile:
    """Keep what arrives, piece by piece; stops as soon as it is more than is taken."""
    folder = Path(settings.MEDIA_ROOT) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, half = tempfile.mkstemp(prefix="half-", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                refuse_large(size)
                digest.update(chunk)
                file.write(chunk)
        stored = StoredFile(digest.hexdigest(), size)
        stored.path.parent.mkdir(exist_ok=True)
        Path(half).replace(stored.path)
    finally:
        Path(half).unlink(missing_ok=True)
    return stored


def refuse_large(size_bytes: int) -> None:
    """Files over the limit are refused before they are read."""
    most = settings.IMPORT_MAX_BYTES
    if size_bytes > most:
        raise UnreadableFileError(
            _("The file is larger than %(megabytes)d MB, the most that is taken.")
            % {"megabytes": most // CHUNK},
            _("Divide it into smaller files, for example one year in each."),
        )


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk

"""Files from a browser: never more on the disk than is taken, and kept between two questions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from .storage import StoredFile, store_chunks

SALT = "samverkan.imports.kept"
KEPT_SECONDS = 60 * 60 * 4


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Lets a file that is too large run through without keeping it, so that a page can say so."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.is_too_large = False
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._size += len(raw_data)
        if self._size > settings.IMPORT_MAX_BYTES:
            self.is_too_large = True
            self.file.close()
            raise StopUpload(connection_reset=False)
        result: bytes | None = super().receive_data_chunk(raw_data, start)
        return result


def keep(file: UploadedFile[bytes]) -> StoredFile:
    return store_chunks(file.chunks())


def as_token(stored: StoredFile, file_name: str, user_id: int | None) -> str:
    """A signed note of a kept file, so that a second question does not need it sent again."""
    content = [stored.sha256, stored.size_bytes, file_name, user_id]
    return signing.dumps(content, salt=SALT, compress=True)


def from_token(token: str, user_id: int | None) -> tuple[StoredFile, str] | None:
    """The file of the note, if the note is whole, fresh and this person's."""
    try:
        content: list[Any] = signing.loads(token, salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    sha256, size_bytes, file_name, owner = content
    stored = StoredFile(sha256, size_bytes)
    if owner != user_id or not stored.path.exists():
        return None
    return stored, file_name

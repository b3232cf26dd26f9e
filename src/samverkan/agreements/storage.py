"""Signed documents in the data folder, under their SHA-256; a changed one is never shown."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from .models import KeptDocument


class ChangedDocumentError(RuntimeError):
    """The file is gone, or is no longer what was signed."""


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "agreements"


def path_of(sha256: str) -> Path:
    return folder() / sha256[:2] / f"{sha256}.pdf"


def keep(content: bytes) -> str:
    """Write the bytes under their own hash, whole or not at all; the hash is the answer."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = path_of(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, half = tempfile.mkstemp(prefix="half-", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(half).replace(target)
    finally:
        Path(half).unlink(missing_ok=True)
    return sha256


def read_verified(document: KeptDocument) -> bytes:
    """The document's bytes, after comparing them with the hash that was signed."""
    try:
        content = path_of(document.sha256).read_bytes()
    except OSError as error:
        raise ChangedDocumentError(document.ref) from error
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise ChangedDocumentError(document.ref)
    return content


def holds(document: KeptDocument) -> bool:
    try:
        read_verified(document)
    except ChangedDocumentError:
        return False
    return True

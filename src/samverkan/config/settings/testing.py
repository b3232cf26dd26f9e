"""Tests: SQLite, or the PostgreSQL that DATABASE_URL names."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SAMVERKAN_DATA", tempfile.mkdtemp(prefix="samverkan-test-"))

from .base import *  # noqa: F403
from .base import DATABASES

if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    # A file, as in every installation: a database in memory locks in another way.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.mkdtemp()) / "test.sqlite3")}

SECRET_KEY = "only-for-tests"  # noqa: S105
# Hashing at full strength would be most of the tests' time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

"""Tests: SQLite, or the PostgreSQL that DATABASE_URL names."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("SAMVERKAN_DATA", tempfile.mkdtemp(prefix="samverkan-test-"))

from .base import *  # noqa: F403

SECRET_KEY = "only-for-tests"  # noqa: S105
# Hashing at full strength would be most of the tests' time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

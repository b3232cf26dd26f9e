"""One machine, one folder, SQLite: the default of a small municipality."""

from __future__ import annotations

from .base import *  # noqa: F403
from .base import DATA_FOLDER, env
from .secrets import secret_in_folder

SECRET_KEY = env.str("SAMVERKAN_SECRET_KEY", default="") or secret_in_folder(DATA_FOLDER)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(DATA_FOLDER / "mail")

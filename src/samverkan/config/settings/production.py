"""A server: PostgreSQL, HTTPS, everything secret from the environment."""

from __future__ import annotations

from .base import *  # noqa: F403
from .base import DATA_FOLDER, env

STATIC_ROOT = str(DATA_FOLDER / "static")
SECRET_KEY = env.str("SAMVERKAN_SECRET_KEY")
DATABASES = {"default": env.db("DATABASE_URL")}
ALLOWED_HOSTS = env.list("SAMVERKAN_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.bool("SAMVERKAN_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SAMVERKAN_HSTS_SECONDS", default=31_536_000)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

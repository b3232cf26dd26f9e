"""What every installation shares. Embedded, demo, production and testing build on it."""

from __future__ import annotations

from pathlib import Path

import environ
from csp.constants import NONE, SELF

env = environ.FileAwareEnv()

PACKAGE = Path(__file__).resolve().parents[2]
DATA_FOLDER = Path(env.str("SAMVERKAN_DATA", default=str(Path.cwd() / "data"))).resolve()

DEBUG = False
DEMO = False
ALLOWED_HOSTS = env.list("SAMVERKAN_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
SITE_NAME = "Samverkan"

INSTALLED_APPS = [
    "samverkan.platform.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "samverkan.platform.design",
    "samverkan.platform.access",
    "samverkan.platform.audit",
    "samverkan.platform.jobs",
    "samverkan.platform.outbox",
    "samverkan.platform.imports",
    "samverkan.platform.fetching",
    "samverkan.platform.search",
    "samverkan.platform.calendars",
    "samverkan.organisations",
    "samverkan.agreements",
    "samverkan.governance",
    "samverkan.contacts",
    "samverkan.situation",
    "samverkan.statistics",
    "samverkan.surveys",
    "samverkan.reports",
    "samverkan.publication",
    "samverkan.plans",
    "samverkan.api",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "samverkan.organisations.middleware.ActingFunctionMiddleware",
]

ROOT_URLCONF = "samverkan.config.urls"
WSGI_APPLICATION = "samverkan.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samverkan.platform.design.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(DATA_FOLDER / "samverkan.sqlite3"),
        "OPTIONS": {
            # Writers queue instead of failing, and take the lock before they read.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
                "PRAGMA temp_store=MEMORY;PRAGMA cache_size=-32000;PRAGMA mmap_size=268435456;"
            ),
        },
    }
}
if env.str("DATABASE_URL", default=""):
    DATABASES["default"] = env.db("DATABASE_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_ADAPTER = "samverkan.platform.accounts.adapter.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_HTTPONLY = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS: list[str] = []
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["samverkan.config.formats"]

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = str(DATA_FOLDER / "files")
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
IMPORT_MAX_BYTES = env.int("SAMVERKAN_IMPORT_MAX_BYTES", default=512 * 1024 * 1024)

# Whom publishers may write to about our fetching (in the User-Agent), a file with certificate
# authorities beside the usual ones, and addresses in place of the publishers' own.
FETCH_CONTACT = env.str("SAMVERKAN_FETCH_CONTACT", default="")
FETCH_CA_FILE = env.str("SAMVERKAN_FETCH_CA", default="")
FETCH_ADDRESSES = {
    "kolada": env.str("SAMVERKAN_KOLADA_ADDRESS", default=""),
    "scb": env.str("SAMVERKAN_SCB_ADDRESS", default=""),
    "police_news": env.str("SAMVERKAN_POLICE_NEWS_ADDRESS", default=""),
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.str("SAMVERKAN_SMTP_HOST", default="localhost")
EMAIL_PORT = env.int("SAMVERKAN_SMTP_PORT", default=25)
EMAIL_HOST_USER = env.str("SAMVERKAN_SMTP_USER", default="")
EMAIL_HOST_PASSWORD = env.str("SAMVERKAN_SMTP_PASSWORD", default="")
SMTP_MUST_ENCRYPT = env.bool("SAMVERKAN_SMTP_MUST_ENCRYPT", default=False)
# An SMS service that takes JSON over HTTP; without one nothing is sent by SMS.
SMS_URL = env.str("SAMVERKAN_SMS_URL", default="")
SMS_TOKEN = env.str("SAMVERKAN_SMS_TOKEN", default="")
SMS_SENDER = env.str("SAMVERKAN_SMS_SENDER", default="Samverkan")
DEFAULT_FROM_EMAIL = env.str("SAMVERKAN_FROM", default="samverkan@localhost")

# Who answers for the accessibility statement (DOS-lagen).
ACCESSIBILITY_ACTOR = env.str("SAMVERKAN_ACCESSIBILITY_ACTOR", default="")
ACCESSIBILITY_EMAIL = env.str("SAMVERKAN_ACCESSIBILITY_EMAIL", default="")
ACCESSIBILITY_PHONE = env.str("SAMVERKAN_ACCESSIBILITY_PHONE", default="")

# A GeoJSON file with finer borders than those that ship, and the address of a tile server:
# neither is needed.
MAP_BOUNDARIES = env.str("SAMVERKAN_MAP_BOUNDARIES", default="")
MAP_TILES = env.str("SAMVERKAN_MAP_TILES", default="")
MAP_TILES_ATTRIBUTION = env.str("SAMVERKAN_MAP_TILES_ATTRIBUTION", default="")
if MAP_TILES:
    _origin = "/".join(MAP_TILES.split("/")[:3])
    for _directive in ("connect-src", "img-src"):
        CONTENT_SECURITY_POLICY["DIRECTIVES"][_directive].append(_origin)

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# SQLite cannot hold cells without a place apart by a constraint; the services' own SQL does.
SILENCED_SYSTEM_CHECKS = ["models.W047"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

"""Settings of a Jiedui house; what an office may change is an environment variable here."""

import os
import secrets
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent

# Everything an office must back up lies in this one folder.
HOME = Path(os.environ.get("JIEDUI_HOME") or ROOT / ".jd" / "data").resolve()
HOME.mkdir(parents=True, exist_ok=True)


def flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret_key() -> str:
    if key := os.environ.get("JIEDUI_SECRET_KEY"):
        return key
    path = HOME / "secret-key"
    if not path.exists():
        # The file is linked into place whole, so that two processes starting together agree on it.
        draft = HOME / f"secret-key.{os.getpid()}"
        descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def journal_mode() -> str:
    """WAL only where SQLite is free of the WAL-reset bug, which can lose committed pages."""
    version = sqlite3.sqlite_version_info
    fixed = (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )
    return "WAL" if fixed else "DELETE"


def trusted_schema() -> str:
    """OFF, unless this SQLite then refuses json_valid, which every JSONField's constraint calls."""
    with closing(sqlite3.connect(":memory:")) as probe:
        probe.execute("PRAGMA trusted_schema=OFF")
        try:
            probe.execute("CREATE TABLE t (content TEXT CHECK (json_valid(content)))")
        except sqlite3.OperationalError:
            return "ON"
    return "OFF"


def sqlite(path: str, synchronous: str = "FULL") -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                f"PRAGMA journal_mode={journal_mode()};"
                f"PRAGMA synchronous={synchronous};"
                # KiB a connection: a board reads more pages than the 2 MB it would be.
                "PRAGMA cache_size=-16000;"
                "PRAGMA recursive_triggers=ON;"
                "PRAGMA foreign_keys=ON;"
                f"PRAGMA trusted_schema={trusted_schema()};"
            ),
        },
    }


def postgresql(**connection: Any) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        **connection,
    }


def database(url: str) -> dict[str, Any]:
    """`sqlite:///absolute/path` or `postgresql://user:password@host:port/name?option=value`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(unquote(parts.path))
    if parts.scheme in {"postgresql", "postgres"}:
        options = dict(parse_qsl(parts.query))
        return postgresql(
            NAME=unquote(parts.path.lstrip("/")),
            USER=unquote(parts.username or ""),
            PASSWORD=unquote(parts.password or ""),
            HOST=options.pop("host", None) or unquote(parts.hostname or ""),
            PORT=str(parts.port or ""),
            OPTIONS=options,
        )
    raise ValueError(f"JIEDUI_DATABASE: unknown engine {parts.scheme!r}")


SECRET_KEY = secret_key()
DEBUG = flag("JIEDUI_DEBUG")
ALLOWED_HOSTS = words("JIEDUI_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = words("JIEDUI_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "jiedui.ui",
    "jiedui.regions",
    "jiedui.accounts",
    "jiedui.parties",
    "jiedui.ledger",
    "jiedui.indicators",
    "jiedui.records",
    "jiedui.business",
    "jiedui.figures",
    "jiedui.checking",
    "jiedui.web",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jiedui.ui.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jiedui.accounts.middleware.SessionLifetime",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "jiedui.urls"
WSGI_APPLICATION = "jiedui.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": database(os.environ.get("JIEDUI_DATABASE") or f"sqlite://{HOME / 'jiedui.sqlite3'}"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Who signs in.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "jiedui.accounts.passwords.CharacterClasses", "OPTIONS": {"classes": 3}},
    {"NAME": "jiedui.accounts.passwords.NotUsedBefore"},
]
# Some profiles ask for a new password every 90 days; 0 asks for none.
PASSWORD_DAYS_MAX = int(os.environ.get("JIEDUI_PASSWORD_DAYS", "0"))
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "jiedui.accounts.views.locked_out"
# Beside the lock per name and address, a slow one per name from anywhere.
SIGN_IN_FAILURES_MAX = 50
SIGN_IN_FAILURES_SECONDS = 30 * 60

# A session ends after half an hour without a page, and after half a day whatever happens.
SESSION_IDLE_SECONDS_MAX = 30 * 60
SESSION_SECONDS_MAX = 12 * 60 * 60
SESSION_COOKIE_AGE = SESSION_SECONDS_MAX
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"

# What only makes sense behind HTTPS; the embedded demonstration is plain HTTP on this machine.
HTTPS = flag("JIEDUI_HTTPS")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [ROOT / "web" / "dist" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

WHITENOISE_ALLOW_ALL_ORIGINS = False

# Evidence (佐证材料) is named by its hash and never served as a public file.
EVIDENCE_ROOT = HOME / "evidence"
MEDIA_ROOT = EVIDENCE_ROOT
FILE_UPLOAD_PERMISSIONS = 0o600
# 从旧材料建账 sends up to 400 rows of eleven cells.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000

# Administrative divisions (行政区划) as the web build wrote them out of the npm package.
DIVISIONS_JSON = ROOT / "web" / "dist" / "data" / "divisions.json"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

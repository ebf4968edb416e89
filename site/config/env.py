"""Reading the environment: each variable is read once, in a settings module."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return the variable as it stands, or `default` when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Return a yes/no variable; 1, true, yes and on mean yes."""
    value = text(name)
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def words(name: str, default: str = "") -> list[str]:
    """Return a list written with commas or blanks between its words."""
    return [word for word in re.split(r"[,\s]+", text(name, default)) if word]


def number(name: str, default: int) -> int:
    """Return a whole number; anything else stops the start with a clear line."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def numbers(name: str) -> dict[str, int]:
    """Return `gmail.com=60, hotmail.com=30` as names with whole numbers."""
    found = {}
    for word in words(name):
        key, _, value = word.partition("=")
        if not (key and value.isascii() and value.isdigit()):
            raise ImproperlyConfigured(f"{name} wants name=number, not {word!r}.")
        found[key.lower()] = int(value)
    return found


def required(name: str) -> str:
    """Return a variable that production cannot do without."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is missing. See .env.example.")
    return value


def database(url: str, *, var: Path) -> dict[str, Any]:
    """Return Django's database settings for `url`, or SQLite in `var` when it is empty.

    SQLite runs in WAL mode and takes its write lock when a transaction starts: with
    Django's defaults two writers soon meet in "database is locked".
    """
    if not url:
        return sqlite(var / "fristed.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgres:// or sqlite://.")
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **options},
    }


def sqlite(path: Path) -> dict[str, Any]:
    """Return the settings of a SQLite file at `path`."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
            ),
        },
    }

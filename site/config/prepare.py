"""Before the web server starts: database, demo municipality and static files, if need be.

Runs in a process of its own, so that the supervisor stays small. What is up to date is
known from stamps in var/, without loading Django at all.
"""

import hashlib
import hmac
import io
import json
import os
import secrets
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
DEMO_DOMAIN = "@eksempelby.example"  # a name that nobody can own
ACCOUNTS = {
    "admin@eksempelby.example": "Administrator",
    "redaktoer@eksempelby.example": "Redaktør / editor",
    "kommunikation@eksempelby.example": "Kommunikation / communication",
    "medarbejder@eksempelby.example": "Medarbejder / staff",
    "frivillig@eksempelby.example": "Frivillig / volunteer",
    "leder@eksempelby.example": "Leder af et værested / venue leader",
    "omraadechef@eksempelby.example": "Områdechef / head of area",
}


def demo_password(var: Path) -> str:
    """Return DEMO_PASSWORD, or this copy's own random one, kept in var/ for its owner only."""
    given = os.environ.get("DEMO_PASSWORD", "").strip()
    path = var / "demo_password"
    if given:
        return given
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()


def is_ready() -> bool:
    """Return whether database and static files are as this code and these settings want them."""
    return stamped("database") == database_state() and stamped("static") == static_state()


def prepare() -> None:
    """Bring database and static files up to date, keeping all data."""
    import django
    from django.core.management import call_command

    django.setup()
    if stamped("database") != database_state():
        say("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
        load_demo(demo_password(settings.VAR))
        stamp("database", database_state())
    if stamped("static") != static_state():
        say("Collecting style sheets and pictures …")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp("static", static_state())


def load_demo(password: str) -> None:
    """Fill an empty database with Eksempelby, or give its accounts the password of today."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    people = get_user_model().objects
    if not people.exists():
        say("Loading the demo municipality …")
        os.environ["DEMO_PASSWORD"] = password
        call_command("demo", if_empty=True, stdout=io.StringIO())
        return
    for user in people.filter(email__endswith=DEMO_DOMAIN):
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])


def database_state() -> str:
    """Return a fingerprint of the migrations, of the database and of the demo's password."""
    files = [path for folder in (ROOT, ROOT / "site") for path in folder.glob("*/migrations/*.py")]
    parts = [path.read_bytes() for path in sorted([*files, ROOT / "requirements.lock"])]
    secret = hmac.digest(
        settings.SECRET_KEY.encode(), demo_password(settings.VAR).encode(), "sha256"
    )
    database = settings.DATABASES["default"]
    where = [str(database.get(name)) for name in ("ENGINE", "NAME", "USER", "HOST", "PORT")]
    return fingerprint(
        [*parts, secret, json.dumps(where).encode(), last_migration(database).encode()]
    )


def last_migration(database: dict[str, Any]) -> str:
    """Return which migration was the last to run; empty for a database without any."""
    query = "SELECT max(id) FROM django_migrations"
    try:
        if database["ENGINE"].endswith("sqlite3"):
            return _ask_sqlite(database["NAME"], query)
        return _ask_postgresql(database, query)
    except Exception:  # noqa: BLE001  (whatever it is, the migrations will say it clearly)
        return ""


def _ask_sqlite(path: Path, query: str) -> str:
    import sqlite3

    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return str(connection.execute(query).fetchone()[0])


def _ask_postgresql(database: dict[str, Any], query: Any) -> str:
    import psycopg

    with psycopg.connect(
        dbname=database["NAME"],
        user=database["USER"] or None,
        password=database["PASSWORD"] or None,
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        connect_timeout=5,
    ) as connection:
        row = connection.execute(query).fetchone()
        return str(row[0]) if row else ""


def static_state() -> str:
    """Return a fingerprint of our own static files and of the packages that bring others."""
    lines = []
    for path in sorted((ROOT / "site" / "static").rglob("*")):
        about = path.stat()
        lines.append(f"{path} {about.st_mtime_ns} {about.st_size}".encode())
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    kept = manifest.read_bytes() if manifest.exists() else b"none"
    return fingerprint([*lines, (ROOT / "requirements.lock").read_bytes(), kept])


def fingerprint(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def stamped(name: str) -> str:
    """Return the fingerprint that was true when `name` was last brought up to date."""
    path = settings.VAR / f"{name}.stamp"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def stamp(name: str, state: str) -> None:
    (settings.VAR / f"{name}.stamp").write_text(state, encoding="utf-8")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    prepare()

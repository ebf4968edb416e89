"""Test databases: migrated once into a template, copied for each process, put back at will.

A fresh set of migrations takes ten seconds and more. The template is kept under a name made
from everything the migrations depend on, so that it is only built when they change.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django
import psycopg
import wagtail
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from tests.harness.servers import postgresql_folders

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "var" / "test"
SOURCES = ("*/migrations/*.py", "*/models/*.py", "*/models.py", "*/taxonomy.py", "*/apps.py")


def template_name() -> str:
    """Return a name that changes whenever the migrated database would."""
    digest = hashlib.sha256(f"{django.__version__} {wagtail.__version__}".encode())
    digest.update(" ".join(settings.INSTALLED_APPS).encode())
    for folder in (ROOT, ROOT / "site"):
        for path in sorted(path for pattern in SOURCES for path in folder.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return f"fristed_template_{digest.hexdigest()[:16]}"


class SQLiteCopy:
    """A SQLite file of this process, copied from the template file."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="fristed-test-")
        self.path = Path(self.folder.name) / "test.sqlite3"
        self.template = TEMPLATES / f"{template_name()}.sqlite3"

    def set_up(self) -> None:
        TEMPLATES.mkdir(parents=True, exist_ok=True)
        with (TEMPLATES / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.template.exists():
                self._build()
        self.restore()

    def _build(self) -> None:
        for old in TEMPLATES.glob("fristed_template_*"):
            old.unlink()
        unfinished = self.template.with_suffix(".unfinished")
        migrate_into(str(unfinished))
        with closing(sqlite3.connect(unfinished)) as database:
            database.execute("PRAGMA journal_mode=DELETE")
        unfinished.rename(self.template)

    def keep(self) -> None:
        """Let `restore` give back what the database holds now."""
        connection.close()
        self.template = self.path.with_name("kept.sqlite3")
        copy_file(self.path, self.template)

    def restore(self) -> None:
        """Make the test database equal to the template, or to what was kept, again."""
        use(str(self.path))
        copy_file(self.template, self.path)

    def tear_down(self) -> None:
        connection.close()
        self.folder.cleanup()


def copy_file(source: Path, target: Path) -> None:
    """Make the SQLite database `target` equal to `source`."""
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target, timeout=20)) as new,
    ):
        old.backup(new)


class PostgreSQLCopy:
    """A PostgreSQL database of this process, cloned from the template database."""

    def __init__(self, worker: str) -> None:
        self.name = f"fristed_test_{worker}_{os.getpid()}"
        self.kept = f"{self.name}_kept"
        self.template = template_name()
        self.server = {
            "host": connection.settings_dict["HOST"],
            "port": connection.settings_dict["PORT"] or None,
            "user": connection.settings_dict["USER"] or None,
            "password": connection.settings_dict["PASSWORD"] or None,
            "dbname": connection.settings_dict["NAME"],
        }

    @contextmanager
    def _maintenance(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(**self.server, autocommit=True) as database:
            yield database

    def set_up(self) -> None:
        with self._maintenance() as database:
            database.execute("SELECT pg_advisory_lock(7007)")
            exists = database.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [self.template]
            ).fetchone()
            if not exists:
                self._build(database)
        self.restore()

    def _build(self, database: psycopg.Connection) -> None:
        unfinished = sql.Identifier(f"{self.template}_new")
        database.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(unfinished))
        database.execute(
            sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(unfinished)
        )
        self._fill(f"{self.template}_new", database.info.server_version // 10_000)
        database.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                unfinished, sql.Identifier(self.template)
            )
        )

    def _fill(self, name: str, version: int) -> None:
        """Migrate, or run what was written down after that: our own server is new each time."""
        written = TEMPLATES / f"{self.template}_postgresql_{version}.sql"
        if written.exists():
            with psycopg.connect(**self.server | {"dbname": name}, autocommit=True) as database:
                database.execute(written.read_bytes())
            return
        migrate_into(name)
        if dump := self._dump(name):
            TEMPLATES.mkdir(parents=True, exist_ok=True)
            for old in TEMPLATES.glob("fristed_template_*.sql"):
                old.unlink()
            written.write_bytes(dump)

    def _dump(self, name: str) -> bytes:
        """Return the SQL that makes the database again, or nothing without a fitting pg_dump."""
        programs = [folder / "pg_dump" for folder in postgresql_folders()]
        found = next((program for program in programs if program.exists()), None)
        if found is None:
            return b""
        options = {"-h": "host", "-p": "port", "-U": "user"}
        where = [
            f"{option}{self.server[key]}" for option, key in options.items() if self.server[key]
        ]
        done = subprocess.run(
            [found, *where, "--no-owner", "--rows-per-insert=500", name],
            env=os.environ | {"PGPASSWORD": self.server["password"] or ""},
            capture_output=True,
            check=False,
        )
        lines = done.stdout.splitlines(keepends=True) if done.returncode == 0 else []
        meant_for_psql = (b"\\restrict", b"\\unrestrict")
        return b"".join(line for line in lines if not line.startswith(meant_for_psql))

    def keep(self) -> None:
        """Let `restore` give back what the database holds now."""
        connection.close()
        self.template = self.kept
        self._clone(self.name, self.kept)

    def restore(self) -> None:
        """Make the test database equal to the template, or to what was kept, again."""
        use(self.name)
        self._clone(self.template, self.name)

    def _clone(self, source: str, target: str) -> None:
        with self._maintenance() as database:
            self._drop(database, target)
            database.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                    sql.Identifier(target), sql.Identifier(source)
                )
            )

    def _drop(self, database: psycopg.Connection, name: str) -> None:
        database.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

    def tear_down(self) -> None:
        connection.close()
        with self._maintenance() as database:
            self._drop(database, self.name)
            self._drop(database, self.kept)


def use(name: str) -> None:
    """Point Django's connection at the database called `name`."""
    connection.close()
    connection.settings_dict["NAME"] = name


def migrate_into(name: str) -> None:
    """Run all migrations in the empty database called `name`."""
    use(name)
    call_command("migrate", interactive=False, verbosity=0)
    connection.close()


def new_copy(worker: str) -> SQLiteCopy | PostgreSQLCopy:
    """Return the test database of this process for the server that the settings name."""
    return SQLiteCopy() if connection.vendor == "sqlite" else PostgreSQLCopy(worker)

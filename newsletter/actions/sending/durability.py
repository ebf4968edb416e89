"""What must be on the disk, and what may be lost with the database server.

A lease is written through to the disk: once for many messages. What happens to each message after
it (the gate, the yes, a refusal) is only handed to the server, which is quick. If a worker dies
all of it is there. If the server itself dies the last of it may be missing, and then a row that
says "leased" may hide a message that left.

So each lease carries the life of the server it was taken in: on PostgreSQL a number in an UNLOGGED
table, which the server empties when it recovers from a crash or another one takes over; on SQLite
the boot of the machine. Messages under a lease of another life count as doubt.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from newsletter.models import ServerLife

BOOT = Path("/proc/sys/kernel/random/boot_id")
HALF = 64


def present_life() -> int:
    """Return the number of the database server's present life; one query."""
    if connection.vendor != "postgresql":
        return _boot()
    token: int | None = ServerLife.objects.values_list("token", flat=True).first()
    if token is None:
        born = ServerLife(pk=1, token=secrets.randbits(HALF - 1))
        ServerLife.objects.bulk_create([born], ignore_conflicts=True)
        token = ServerLife.objects.values_list("token", flat=True).get()
    return token


def new_lease() -> UUID:
    """Return a key for a lease: the present life, and a random half."""
    return UUID(int=present_life() << HALF | secrets.randbits(HALF))


def is_of_this_life(lease: UUID | None) -> bool:
    """Whether all that was written under `lease` can still be seen."""
    return lease is not None and lease.int >> HALF == present_life()


@contextmanager
def to_the_disk() -> Iterator[None]:
    """A transaction that is on the disk when it ends."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
        try:
            with transaction.atomic():
                yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA synchronous=NORMAL")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit = on")
            yield


@contextmanager
def quickly() -> Iterator[None]:
    """Updates in here do not wait for the disk, but for those `to_the_disk`."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def execute_prepared(sql: str, params: tuple[Any, ...]) -> int:
    """Carry out a statement that is used again and again; return its rows.

    PostgreSQL keeps its plan; SQLite does so by itself.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return int(cursor.rowcount)
    import psycopg

    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as prepared:
        prepared.execute(sql.encode(), params, prepare=True)
        return int(prepared.rowcount)


@cache
def _boot() -> int:
    name = BOOT.read_bytes() if BOOT.exists() else b""
    return int.from_bytes(hashlib.sha256(name).digest()[:8], "big") >> 1

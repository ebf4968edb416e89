"""Waking the worker up. Rows in our own tables are the record; a message is only a knock."""

import logging
import socket
import time
from typing import Any

from celery import Task
from django.db import transaction
from django.utils.module_loading import import_string
from kombu import Connection
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PATIENCE = 0.3
REST = 10.0


class _Door:
    """Remembers when the queue last failed, so that a dead one costs one request, not each."""

    closed_until = 0.0


def enqueue(task: Task, *args: Any) -> None:
    """Queue `task` with `args` when the transaction has been committed; never raises.

    `args` are ids and other plain values. A queue that is down or hangs costs at most a second
    and is then left alone for ten: the sweep of each minute finds what was left behind.
    """
    transaction.on_commit(lambda: _send(task, args))


def enqueue_named(path: str, *args: Any) -> None:
    """Queue the task at the dotted `path`, for those who stand below the tasks."""
    enqueue(import_string(path), *args)


def _send(task: Task, args: tuple[Any, ...]) -> None:
    if time.monotonic() < _Door.closed_until:
        return
    limits: dict[str, float] = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    options = {**(task.app.conf.broker_transport_options or {}), **limits}
    try:
        with task.app.connection_for_write(
            connect_timeout=PATIENCE, transport_options=options
        ) as connection:
            _knock(connection)
            task.apply_async(args, connection=connection, retry=False)
    except (KombuError, RedisError, OSError) as error:
        _Door.closed_until = time.monotonic() + REST
        logger.warning("The queue is away, %s waits for the sweep: %s", task.name, error)


def _knock(connection: Connection) -> None:
    """Raise OSError at once when nobody listens: Redis' own client would try for two seconds."""
    if connection.transport_cls == "redis":
        address = (connection.hostname or "localhost", connection.port or 6379)
        socket.create_connection(address, timeout=PATIENCE).close()

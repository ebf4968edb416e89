"""The gate: one update between the last byte of a message and its final dot.

It goes through only while everything that must be true is true: the message is leased to us, the
dispatch is being sent, the reader still receives the topic, and nothing public has changed since
the message was written. Cancel, pause, unsubscribe, a lost lease and a date that is cancelled stop
the very message that is in the air. No row changed means: no dot.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.sql import UpdateQuery

from core.models import ContentVersion
from newsletter.actions.sending.durability import execute_quickly
from newsletter.models import Delivery, Dispatch, Subscriber
from newsletter.sending_taxonomy import DeliveryState, DispatchState

FRESH = dt.timedelta(seconds=5)
ANY_ROW = -1
SENT_CODE = 250


class Gate:
    """The gate for one lot. Its two statements are written once and used for each message."""

    def __init__(
        self, dispatch: Dispatch, lease: UUID, *, version: int, patience: dt.timedelta
    ) -> None:
        self._dispatch = dispatch
        self._lease = lease
        self._version = version
        self._patience = patience
        self._made_at: dt.datetime | None = None
        self._opening = self._noting = ("", ())

    def open(self, delivery_id: int, *, now: dt.datetime) -> bool:
        """Return whether the dot may be sent. From here on silence means doubt."""
        self._keep_fresh(now)
        return bool(execute_quickly(*for_row(self._opening, delivery_id)))

    def note_sent(self, delivery_id: int, *, now: dt.datetime) -> None:
        """Write down that the relay took it; if that is lost it is doubt."""
        self._keep_fresh(now)
        execute_quickly(*for_row(self._noting, delivery_id))

    def _keep_fresh(self, now: dt.datetime) -> None:
        if self._made_at is None or now - self._made_at > FRESH:
            self._made_at = now
            self._opening = compiled(
                passing(self._dispatch, self._lease, self._version, now),
                state=DeliveryState.COMMITTING,
                lease_until=now + FRESH + self._patience,
            )
            self._noting = compiled(
                Delivery.objects.filter(
                    pk=ANY_ROW,
                    lease=self._lease,
                    state__in=[DeliveryState.COMMITTING, DeliveryState.DOUBT],
                ),
                state=DeliveryState.SENT,
                code=SENT_CODE,
                settled_at=now,
                lease_until=None,
            )


def passing(
    dispatch: Dispatch, lease: UUID, version: int, now: dt.datetime
) -> "QuerySet[Delivery]":
    """Return the one message that may go, under the stand-in key ANY_ROW.

    Every condition on the row itself is a plain one, without a join: PostgreSQL checks those
    again when it had to wait for another writer of the row.
    """
    sending = Dispatch.objects.filter(pk=dispatch.pk, state=DispatchState.SENDING)
    readers = Subscriber.objects.receiving(dispatch.topic, now)
    changed = ContentVersion.objects.exclude(number=version)
    return Delivery.objects.filter(
        ~Exists(changed),
        Exists(sending),
        Exists(readers.filter(pk=OuterRef("subscriber_id"))),
        pk=ANY_ROW,
        lease=lease,
        state=DeliveryState.LEASED,
    )


def compiled(rows: "QuerySet[Delivery]", **values: Any) -> tuple[str, tuple[Any, ...]]:
    """Return the UPDATE that `rows.update(**values)` would carry out."""
    query: Any = rows.query.chain(UpdateQuery)
    query.add_update_values(values)
    sql, params = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return sql, tuple(params)


def for_row(
    statement: tuple[str, tuple[Any, ...]], delivery_id: int
) -> tuple[str, tuple[Any, ...]]:
    """Return the statement with the row's key in the place of the stand-in."""
    sql, params = statement
    return sql, tuple(delivery_id if value == ANY_ROW else value for value in params)

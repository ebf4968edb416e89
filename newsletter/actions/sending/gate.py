"""The gate: one update between the last byte of a message and its final dot.

It goes through only while everything that must be true is true: the message is leased to us, the
dispatch is being sent, the reader still receives the topic, and nothing public has changed since
the message was written. Cancel, pause, unsubscribe, a lost lease and a date that is cancelled stop
the very message that is in the air. No row changed means: no dot.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Exists, QuerySet
from django.db.models.sql import UpdateQuery

from core.models import ContentVersion
from newsletter.actions.sending.durability import execute_prepared
from newsletter.models import Delivery, Dispatch, Subscriber
from newsletter.sending_taxonomy import DeliveryState, DispatchState

FRESH = dt.timedelta(seconds=5)
ANY_ROW = -1
ANY_LEASE, ANY_READER = UUID(int=0), UUID(int=1)
SENT_CODE = 250


class Gate:
    """The gate of one dispatch as it is said at one content version.

    Its two statements are written once and used for each message.
    """

    def __init__(self, dispatch: Dispatch, *, version: int, patience: dt.timedelta) -> None:
        self._dispatch = dispatch
        self._version = version
        self._patience = patience
        self._made_at: dt.datetime | None = None

    def open(self, row: Delivery, *, now: dt.datetime) -> bool:
        """Return whether the dot may be sent. From here on silence means doubt."""
        self._keep_fresh(now)
        return bool(self._opening.execute(row))

    def note_sent(self, row: Delivery, *, now: dt.datetime) -> None:
        """Write down that the relay took it; if that is lost it is doubt."""
        self._keep_fresh(now)
        self._noting.execute(row)

    def _keep_fresh(self, now: dt.datetime) -> None:
        """The statements hold a time: of the pauses of readers, and of the end of the patience."""
        if self._made_at is not None and now - self._made_at <= FRESH:
            return
        self._made_at = now
        self._opening = Statement(
            passing(self._dispatch, self._version, now),
            state=DeliveryState.COMMITTING,
            lease_until=now + FRESH + self._patience,
        )
        self._noting = Statement(
            Delivery.objects.filter(
                pk=ANY_ROW,
                lease=ANY_LEASE,
                state__in=[DeliveryState.COMMITTING, DeliveryState.DOUBT],
            ),
            state=DeliveryState.SENT,
            code=SENT_CODE,
            settled_at=now,
            lease_until=None,
        )


def passing(dispatch: Dispatch, version: int, now: dt.datetime) -> "QuerySet[Delivery]":
    """Return the one message that may go, under stand-ins for its key, lease and reader.

    Every condition on the row itself is a plain one, without a join: PostgreSQL checks those
    again when it had to wait for another writer of the row. The reader is named as a value, too,
    so that each part is found by its key whatever the planner knows of the tables.
    """
    sending = Dispatch.objects.filter(pk=dispatch.pk, state=DispatchState.SENDING)
    readers = Subscriber.objects.receiving(dispatch.topic, now)
    changed = ContentVersion.objects.exclude(number=version)
    return Delivery.objects.filter(
        ~Exists(changed),
        Exists(sending),
        Exists(readers.filter(pk=ANY_READER)),
        pk=ANY_ROW,
        lease=ANY_LEASE,
        state=DeliveryState.LEASED,
    )


class Statement:
    """An UPDATE that `rows.update(**values)` would carry out, for one message after another."""

    def __init__(self, rows: "QuerySet[Delivery]", **values: Any) -> None:
        query: Any = rows.query.chain(UpdateQuery)
        query.add_update_values(values)
        self._sql, params = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        self._params = list(params)
        self._places = [
            (place, of_row)
            for stand_in, of_row in STAND_INS
            for place, value in enumerate(self._params)
            if value == stand_in()
        ]

    def execute(self, row: Delivery) -> int:
        """Carry it out for `row` under its lease; return how many rows it changed: 1 or 0."""
        for place, of_row in self._places:
            self._params[place] = of_row(row)
        return execute_prepared(self._sql, tuple(self._params))


def _stored(key: UUID | None) -> Any:
    field: Any = Delivery._meta.get_field("lease")
    return field.get_db_prep_value(key, connection)


# What stands in a statement, as the database takes it, and what comes in its place.
STAND_INS: list[tuple[Callable[[], Any], Callable[[Delivery], Any]]] = [
    (lambda: ANY_ROW, lambda row: row.pk),
    (lambda: _stored(ANY_LEASE), lambda row: _stored(row.lease)),
    (lambda: _stored(ANY_READER), lambda row: _stored(row.subscriber_id)),
]

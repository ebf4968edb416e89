"""The time has come: content and audience are fixed, in one transaction or not at all."""

import datetime as dt
import logging
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Case, CharField, DateTimeField, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Cast

from core.models import ContentVersion
from newsletter.actions.sending.trouble import pause_for_trouble
from newsletter.domain.content import IssueContent
from newsletter.kinds import kind_of
from newsletter.mail.encode import encode_issue
from newsletter.models import (
    Delivery,
    Dispatch,
    Fragment,
    Subscriber,
    Subscription,
    Suppression,
)
from newsletter.sending_taxonomy import DeliveryState, DispatchState, Reason, StoppedWhy

log = logging.getLogger(__name__)

COLUMNS = (
    "dispatch_id", "subscriber_id", "state", "reason", "settled_at",
    "tries", "code", "answer", "repeated", "bounced_hard",
)  # fmt: skip


def freeze_due(*, now: dt.datetime) -> int:
    """Fix content and audience of each dispatch whose time has come; return how many.

    One that fails is paused with its reason, logged, and does not stop the next.
    """
    done = 0
    for pk in list(Dispatch.objects.due(now).values_list("pk", flat=True)):
        try:
            done += freeze_audience(pk, now=now)
        except Exception:
            log.exception("The content of a dispatch could not be made: %s", pk)
            pause_for_trouble(pk, StoppedWhy.CONTENT, now=now)
    if done:
        _tell_planner()
    Dispatch.objects.filter(state=DispatchState.FROZEN).update(state=DispatchState.SENDING)
    return done


@transaction.atomic
def freeze_audience(dispatch_id: UUID, *, now: dt.datetime) -> bool:
    """Write the pieces and one row for each reader of the topic; return whether it was done.

    Nothing happens when the dispatch is not waiting any more. Readers in a pause and suppressed
    addresses get a row too, skipped with the reason: who has the topic is in the list.
    """
    waiting = Dispatch.objects.filter(pk=dispatch_id, state=DispatchState.WAITING, due_at__lte=now)
    if not waiting.update(state=DispatchState.FROZEN, frozen_at=now):
        return False
    dispatch = Dispatch.objects.select_related("topic").get(pk=dispatch_id)
    if dispatch.is_stale(now):
        _end_unsent(dispatch, StoppedWhy.STALE, now)
        return False
    dispatch.content_version = ContentVersion.current()[0]
    content = kind_of(dispatch).content(dispatch, now)
    if content is None or not content.says_something:
        _end_unsent(dispatch, StoppedWhy.EMPTY, now)
        return False
    _write_fragments(dispatch, content)
    dispatch.web_url = content.web_url
    dispatch.audience = write_deliveries(dispatch, now)
    dispatch.save(update_fields=["content_version", "web_url", "audience"])
    if not dispatch.audience:
        _end(dispatch, DispatchState.DONE, StoppedWhy.NOBODY, now)
        return False
    return True


def write_deliveries(dispatch: Dispatch, now: dt.datetime) -> int:
    """Insert a row for everybody who has the topic, in one statement; return how many."""
    readers = Subscriber.objects.having(dispatch.topic)
    chosen = _rows(kind_of(dispatch).audience(readers, dispatch), dispatch, now)
    sql, params = chosen.query.sql_with_params()
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, COLUMNS))
    with connection.cursor() as cursor:
        # Names of our own columns, and a SELECT that Django wrote.
        cursor.execute(
            f"INSERT INTO {quote(Delivery._meta.db_table)} ({columns}) {sql}",
            params,
        )
        written: int = cursor.rowcount
    return written


def _tell_planner() -> None:
    """PostgreSQL learns of thousands of new rows before the first message asks for one of them."""
    if connection.vendor == "postgresql":
        tables = (Delivery, Subscriber, Subscription, Dispatch, Suppression)
        names = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names}")


def _rows(readers: Any, dispatch: Dispatch, now: dt.datetime) -> Any:
    """Return `readers` as the columns of their deliveries, in the order of COLUMNS."""
    receiving = Subscriber.objects.receiving(dispatch.topic, now).filter(pk=OuterRef("pk"))
    gets_it = Exists(receiving)
    in_pause = Q(paused_until__gt=now)
    state = Case(
        When(gets_it, then=Value(DeliveryState.QUEUED.value)),
        default=Value(DeliveryState.SKIPPED.value),
        output_field=CharField(),
    )
    reason = Case(
        When(gets_it, then=Value("")),
        When(in_pause, then=Value(Reason.PAUSED.value)),
        default=Value(Reason.SUPPRESSED.value),
        output_field=CharField(),
    )
    settled = Case(
        When(gets_it, then=Cast(Value(None), DateTimeField())),
        default=Value(now, output_field=DateTimeField()),
        output_field=DateTimeField(),
    )
    return readers.order_by().values_list(
        Value(dispatch.pk, output_field=Dispatch._meta.pk), "pk", state, reason, settled,
        Value(0), Value(0), Value(""), Value(False), Value(False),
    )  # fmt: skip


def _write_fragments(dispatch: Dispatch, content: IssueContent) -> None:
    Fragment.objects.bulk_create(
        Fragment(
            dispatch=dispatch,
            key=piece.key,
            order=piece.order,
            html=piece.html_qp,
            text=piece.text_qp,
            occurrence_id=piece.occurrence_id,
            venue_ids=sorted(piece.venue_ids),
            district_ids=sorted(piece.district_ids),
        )
        for piece in encode_issue(content)
    )


def _end_unsent(dispatch: Dispatch, why: StoppedWhy, now: dt.datetime) -> None:
    """End what nobody got. An issue may be sent later, when it is mended; the week may not."""
    state = DispatchState.CANCELLED if dispatch.page_id else DispatchState.DONE
    _end(dispatch, state, why, now)


def _end(dispatch: Dispatch, state: DispatchState, why: StoppedWhy, now: dt.datetime) -> None:
    Dispatch.objects.filter(pk=dispatch.pk).update(state=state, stopped_why=why, finished_at=now)

"""Visits, swaps and courses: who comes, who waits, who moves up, and what they are told."""

import datetime as dt
import logging
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse

from activities.addresses import absolute
from core.domain.dates import instant
from core.post import PostError, post_template
from directory.models import VenuePage
from staff.models import ExchangeEvent, Lesson, SignUp, VisitRound, Wish
from staff.models.exchange import ExchangeKind, SeatState

logger = logging.getLogger(__name__)

REMIND_BEFORE = dt.timedelta(days=2)


class ExchangeError(ValueError):
    """A sign-up that makes no sense; `code` is `over` or `cancelled`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def sign_up(
    event: ExchangeEvent, user: Any, *, venue: VenuePage | None, now: dt.datetime
) -> SignUp:
    """Give `user` a place, or one on the waiting list; whoever has one keeps it.

    Raises ExchangeError for an event that has begun (`over`) or was called off (`cancelled`).
    """
    event = _locked(event)
    _check_open(event, now)
    row = SignUp.objects.filter(event=event, user=user).first()
    if row is not None and row.state != SeatState.OFF:
        return row
    state = SeatState.GOING if _has_room(event) else SeatState.WAITING
    row = row or SignUp(event=event, user=user)
    row.state, row.venue, row.at = state, venue, now
    row.save()
    return row


@transaction.atomic
def sign_off(event: ExchangeEvent, user: Any, *, now: dt.datetime) -> None:
    """Give the place back; whoever waits longest gets it, and a mail."""
    event = _locked(event)
    SignUp.objects.filter(event=event, user=user).update(state=SeatState.OFF, at=now)
    move_up(event, now=now)


def move_up(event: ExchangeEvent, *, now: dt.datetime) -> int:
    """Give free places to those who wait, and tell them; return how many moved up.

    Nobody does at an event that was called off or has begun.
    """
    if event.cancelled_at or event.starts_at <= now:
        return 0
    moved = 0
    waiting = SignUp.objects.filter(event=event, state=SeatState.WAITING, user__is_active=True)
    while _has_room(event) and (first := waiting.select_related("user").first()):
        first.state = SeatState.GOING
        first.save(update_fields=["state"])
        _write(event, first, "moved_up", now)
        moved += 1
    return moved


@transaction.atomic
def save_event(event: ExchangeEvent, *, by: Any, now: dt.datetime) -> ExchangeEvent:
    """Store an event; one that moved is told to those who come, and more seats let people in."""
    before = ExchangeEvent.objects.filter(pk=event.pk).first() if event.pk else None
    if before is None:
        event.created_by = by
    event.version = before.version + 1 if before else 0
    event.save()
    if before is not None:
        move_up(event, now=now)
        if (before.starts_at, before.where) != (event.starts_at, event.where):
            _write_to_all(event, "moved", now)
    return event


@transaction.atomic
def cancel_event(event: ExchangeEvent, *, reason: str, now: dt.datetime) -> None:
    """Call an event off, and tell those who come and those who wait. Twice does no harm."""
    event = _locked(event)
    if event.cancelled_at:
        return
    event.cancelled_at, event.reason = now, reason
    event.version += 1
    event.save()
    _write_to_all(event, "cancelled", now)


@transaction.atomic
def reopen_event(event: ExchangeEvent, *, now: dt.datetime) -> None:
    """Take a cancellation back, and tell the same people. Twice does no harm.

    Places that were given back meanwhile go to those who wait.
    """
    event = _locked(event)
    if not event.cancelled_at:
        return
    event.cancelled_at, event.reason = None, ""
    event.version += 1
    event.save()
    _write_to_all(event, "reopened", now)
    move_up(event, now=now)


@transaction.atomic
def start_round(
    *,
    title: str,
    venues: Iterable[VenuePage],
    first: dt.datetime,
    minutes: int,
    every_days: int,
    seats: int | None,
    by: Any,
) -> VisitRound:
    """Plan a visit at each venue, in order, `every_days` apart.

    `first` is the first start in local wall time, which stays the same when the clocks change.
    """
    row = VisitRound.objects.create(title=title, created_by=by)
    for number, venue in enumerate(venues):
        starts_at = instant(first + dt.timedelta(days=every_days * number))
        ExchangeEvent.objects.create(
            kind=ExchangeKind.VISIT,
            title=f"{title}: {venue.title}"[:120],
            venue=venue,
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(minutes=minutes),
            seats=seats,
            round=row,
            created_by=by,
        )
    return row


@transaction.atomic
def tell_lesson(event: ExchangeEvent, user: Any, *, text: str, now: dt.datetime) -> Lesson:
    """Keep what somebody learned; a second time replaces the first."""
    row, _made = Lesson.objects.update_or_create(
        event=event, user=user, defaults={"text": text, "at": now}
    )
    return row


@transaction.atomic
def close_wish(wish: Wish, *, now: dt.datetime) -> None:
    """Say that a wish is settled."""
    wish.closed_at = now
    wish.save(update_fields=["closed_at"])


@transaction.atomic
def remind_colleagues(*, now: dt.datetime) -> int:
    """Remind those with a place two days before, and ask afterwards what they learned; once each.

    Return how many mails were written or had been.
    """
    soon = ExchangeEvent.objects.filter(
        cancelled_at=None, starts_at__gt=now, starts_at__lte=now + REMIND_BEFORE
    )
    over = ExchangeEvent.objects.filter(
        cancelled_at=None, ends_at__lte=now, ends_at__gt=now - dt.timedelta(days=3)
    )
    told = sum(_write_to_all(event, "reminder", now, going_only=True) for event in soon)
    return told + sum(_write_to_all(event, "learned", now, going_only=True) for event in over)


def _locked(event: ExchangeEvent) -> ExchangeEvent:
    return ExchangeEvent.objects.select_for_update().get(pk=event.pk)


def _check_open(event: ExchangeEvent, now: dt.datetime) -> None:
    if event.cancelled_at:
        raise ExchangeError("cancelled")
    if event.starts_at <= now:
        raise ExchangeError("over")


def _has_room(event: ExchangeEvent) -> bool:
    if event.seats is None:
        return True
    return event.sign_ups.filter(state=SeatState.GOING).count() < event.seats


def _write_to_all(
    event: ExchangeEvent, kind: str, now: dt.datetime, *, going_only: bool = False
) -> int:
    rows = event.sign_ups.exclude(state=SeatState.OFF).filter(user__is_active=True)
    rows = rows.select_related("user")
    if going_only:
        rows = rows.filter(state=SeatState.GOING)
    return sum(_write(event, row, kind, now) for row in rows)


def _write(event: ExchangeEvent, row: SignUp, kind: str, now: dt.datetime) -> bool:
    # A reminder is written once per person and start, a place once per time somebody asked for
    # it, the rest once per version of the event.
    marks = {
        "reminder": f"{event.starts_at:%Y%m%d%H%M}",
        "learned": f"{event.starts_at:%Y%m%d%H%M}",
        "moved_up": f"{event.version}-{row.at:%Y%m%d%H%M%S}",
    }
    mark = marks.get(kind, event.version)
    try:
        post_template(
            template=f"mail/staff/exchange_{kind}",
            context={
                "event": event,
                "person": row.user,
                "url": absolute(reverse("exchange_event", args=[event.pk])),
            },
            to=row.user.email,
            purpose=f"exchange_{kind}",
            key=f"exchange-{kind}-{event.pk}-{row.user_id}-{mark}",
            now=now,
        )
    except PostError:
        logger.warning("Nobody could be told of event %s at one address", event.pk)
        return False
    return True

"""Calendars that venues keep elsewhere: look, take in, follow, and tell when one is silent."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from activities.actions.source_entries import GONE, settle_waiting
from activities.actions.source_reading import (
    Reading,
    SourceError,
    digest_of,
    read_body,
    store_reading,
)
from activities.models import CalendarSource, EntryState, SourceKind
from activities.models.source import FAILURES_UNTIL_ALARM
from core.fetching import PUBLIC, FetchError, FetchStatus, Gate, fetch
from core.post import post_template
from directory.permissions import PUBLISHES

EVERY = dt.timedelta(minutes=15)
LONGEST_PAUSE = dt.timedelta(hours=24)
CLAIM = dt.timedelta(minutes=5)
QUIET = dt.timedelta(minutes=2)  # so long without a settled entry, and nobody is at work
READ_ANEW = dt.timedelta(hours=20)  # the months ahead have moved on, if the calendar has not


def preview_source(
    source: CalendarSource, *, body: bytes | None = None, now: dt.datetime, gate: Gate = PUBLIC
) -> Reading:
    """Read a calendar that has not been taken in yet, and keep what was found for the editor.

    `body` is an uploaded file; without it the address is fetched. `source` may be unsaved. Raises
    SourceError, and then nothing is kept.
    """
    if body is None:
        got = _fetch(source, gate=gate)
        body, source.etag, source.last_modified = got.body, got.etag, got.last_modified
    found = read_body(body, now=now)
    source.digest, source.last_fetched_at, source.last_read_at = digest_of(body), now, now
    with transaction.atomic():
        source.save()
        return store_reading(source, found, now=now)


@transaction.atomic
def approve_source(
    source: CalendarSource,
    *,
    publish: bool,
    default_type: str,
    category_types: Mapping[str, str],
    when_gone: str,
    now: dt.datetime,
) -> int:
    """An editor has looked and says yes; return how many entries now wait to be taken in."""
    source.publish, source.default_type = publish, default_type
    source.category_types, source.when_gone = dict(category_types), when_gone
    source.approved_at = source.last_changed_at = now
    source.active = source.kind == SourceKind.ADDRESS
    source.next_fetch_at = now + EVERY if source.active else None
    source.save()
    found = source.entries.filter(state=EntryState.FOUND)
    return found.update(state=EntryState.WAITING)


def take_in(source: CalendarSource, *, now: dt.datetime, seconds: float = 30.0) -> int:
    """Settle a lot of what waits; return how many entries wait still."""
    return settle_waiting(source, now=now, seconds=seconds)[1]


def follow_source(source: CalendarSource, *, now: dt.datetime, gate: Gate = PUBLIC) -> Reading:
    """Fetch a calendar again and note what changed; `take_in` writes it to the pages.

    A fetch or a file that fails leaves everything as it was, is tried again ever more rarely, up
    to once a day, and is told to the venue once after three times in a row.
    """
    try:
        reading = _read_anew(source, now, gate)
    except SourceError as error:
        _note_failure(source, error.code, now)
        return Reading()
    source.failures, source.last_problem, source.alarmed_at = 0, "", None
    source.last_fetched_at, source.next_fetch_at = now, now + EVERY
    if reading.any_change:
        source.last_changed_at = now
    source.save()
    return reading


def claim_due(*, now: dt.datetime) -> list[int]:
    """Return the ids of calendars to fetch now. Each is given to one caller for five minutes."""
    due = CalendarSource.objects.filter(
        kind=SourceKind.ADDRESS, active=True, approved_at__isnull=False, next_fetch_at__lte=now
    )
    claimed = []
    for pk in list(due.order_by("next_fetch_at", "pk").values_list("pk", flat=True)):
        mine = due.filter(pk=pk).update(next_fetch_at=now + CLAIM)
        claimed += [pk] * mine
    return claimed


def left_halfway(*, now: dt.datetime) -> list[int]:
    """Return the ids of calendars with entries that wait, and that nobody is at work on."""
    quiet = now - QUIET
    at_work = CalendarSource.objects.filter(
        Q(approved_at__gt=quiet) | Q(last_read_at__gt=quiet) | Q(entries__settled_at__gt=quiet)
    )
    waiting = CalendarSource.objects.filter(entries__state=EntryState.WAITING)
    halfway = waiting.exclude(pk__in=at_work.values("pk")).order_by("pk")
    return list(halfway.values_list("pk", flat=True).distinct())


def pause_source(source: CalendarSource, *, pause: bool, now: dt.datetime) -> None:
    """Stop following an address, or go on and fetch it at the next opportunity."""
    source.active = not pause
    source.next_fetch_at = None if pause else now
    source.save(update_fields=["active", "next_fetch_at"])


def answer_gone(source: CalendarSource, entry_id: int, *, cancel: bool) -> bool:
    """Say what becomes of an entry that is no longer in the calendar; whether it was open."""
    asked = source.entries.filter(pk=entry_id, state=EntryState.ASKED)
    if cancel:
        return bool(asked.update(state=EntryState.WAITING, problem=GONE))
    return bool(asked.update(state=EntryState.GONE, problem=""))


def _read_anew(source: CalendarSource, now: dt.datetime, gate: Gate) -> Reading:
    stale = source.last_read_at is None or now - source.last_read_at > READ_ANEW
    stale = stale or source.failures > 0
    got = _fetch(source, gate=gate, conditional=not stale)
    if got.status is FetchStatus.NOT_MODIFIED:
        return Reading()
    digest = digest_of(got.body)
    if digest == source.digest and not stale:
        return Reading()
    found = read_body(got.body, now=now)
    source.etag, source.last_modified, source.digest = got.etag, got.last_modified, digest
    source.last_read_at = now
    return store_reading(source, found, now=now)


def _fetch(source: CalendarSource, *, gate: Gate, conditional: bool = False) -> Any:
    etag, modified = (source.etag, source.last_modified) if conditional else ("", "")
    try:
        return fetch(source.url, etag=etag, last_modified=modified, gate=gate)
    except FetchError as error:
        raise SourceError(error.code.value) from error


def _note_failure(source: CalendarSource, code: str, now: dt.datetime) -> None:
    source.failures += 1
    source.last_problem = code
    pause = EVERY * 2 ** min(source.failures, 10)
    source.next_fetch_at = now + min(pause, LONGEST_PAUSE)
    if source.failures >= FAILURES_UNTIL_ALARM and source.alarmed_at is None:
        source.alarmed_at = now
        source.save()
        _alarm(source, now)
    source.save()


def _alarm(source: CalendarSource, now: dt.datetime) -> None:
    """Tell each of the venue's leaders and editors."""
    people = get_user_model().objects.filter(
        is_active=True, memberships__venue=source.venue_id, memberships__role__in=PUBLISHES
    )
    path = reverse("calendar_sources:show", args=[source.pk])
    for address in sorted({user.email for user in people if user.email}):
        post_template(
            template="mail/activities/calendar_unread",
            context={"source": source, "url": f"{settings.BASE_URL}{path}"},
            to=address,
            purpose="calendar_unread",
            now=now,
        )

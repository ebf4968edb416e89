"""Telling readers within five minutes that something they follow is off, moved, or on again.

Each minute the changes of the last day are held against what has been told. A change waits a
minute and a half before it is told: several at once become one mail, and a slip of the finger that
is taken back at once becomes none.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation

from activities.actions import recurrence_id
from activities.models import ActivityStop, Occurrence, OccurrenceChange
from activities.taxonomy import ChangeKind, OccurrenceStatus
from core.domain.dates import local_time
from newsletter.actions.sending import create_dispatch
from newsletter.alert_content import alert_content, alert_subject, followers, told_states
from newsletter.domain.content import Entry, IssueContent
from newsletter.entries import entries_by_id
from newsletter.models import Alert, Dispatch, Subscriber, Topic
from newsletter.sending_taxonomy import DispatchKind, StoppedWhy
from newsletter.taxonomy import AlertState

AHEAD = dt.timedelta(days=7)
RECENT = dt.timedelta(days=1)
SETTLE = dt.timedelta(seconds=90)
YOUNGEST = dt.timedelta(seconds=60)  # what joins a batch that is going out
USEFUL = dt.timedelta(hours=1)
TOLD = (ChangeKind.CANCELLED, ChangeKind.MOVED)
STATES = {
    OccurrenceStatus.CANCELLED: AlertState.CANCELLED,
    OccurrenceStatus.MOVED: AlertState.MOVED,
}


@dataclass(frozen=True, slots=True)
class News:
    """One date of which there is something to tell, and since when (UTC).

    `place` is where it moved to, if it did; `same_time` says that its new time is known already.
    """

    occurrence_id: int
    state: AlertState
    starts_at: dt.datetime
    place: str
    since: dt.datetime
    same_time: bool = False


def send_alerts(*, now: dt.datetime) -> Dispatch | None:
    """Make the one dispatch that tells all that has waited long enough at `now` (aware).

    Returns None when there is nothing to tell, or nobody to tell it to: that is noted too, so that
    who signs up tomorrow is not told of yesterday. The caller queues `newsletter.tasks.tick`.
    """
    if not _ripe(news(now=now), now):
        return None
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        # One worker at a time; the second finds that all has been told.
        topic: Topic | None = Topic.objects.alerts().select_for_update().first()
        batch = {each.occurrence_id: each for each in _ripe(news(now=now), now)}
        entries = entries_by_id(batch, now=now)
        told = [each for pk, each in batch.items() if pk in entries]
        if not told:
            return None
        dispatch = _dispatch(topic, told, [_entry(entries, each) for each in told], now)
        _note(told, dispatch, now)
    return dispatch


def news(*, now: dt.datetime) -> list[News]:
    """Return the public dates of the next seven days of which readers know less than we do."""
    lately = _Lately(now)
    told = {row.occurrence_id: row for row in Alert.objects.filter(starts_at__gt=now - AHEAD)}
    concerned = Q(activity__in=lately.activities) | Q(pk__in=told)
    dates = Occurrence.objects.public().filter(concerned, _of_the_week(now))
    found = []
    for date in dates.order_by("starts_at", "pk"):
        state = STATES.get(OccurrenceStatus(date.status), AlertState.AGAIN)
        since, before = lately.since(date), told.get(date.pk)
        if before is None and (state == AlertState.AGAIN or since is None):
            continue
        place = date.place if state == AlertState.MOVED else ""
        same_time = _knows(before, state, date.starts_at)
        if before is None or not same_time or before.place != place:
            since = since or now - SETTLE
            found.append(News(date.pk, state, date.starts_at, place, since, same_time))
    return found


def _knows(before: Alert | None, state: AlertState, starts_at: dt.datetime) -> bool:
    return before is not None and (before.state, before.starts_at) == (state, starts_at)


def _entry(entries: Mapping[int, Entry], each: News) -> Entry:
    """Return the words about a date; of one that moved before, its place alone is new."""
    entry = entries[each.occurrence_id]
    return replace(entry, same_time=entry.same_time or each.same_time)


def content_as_it_leaves(dispatch: Dispatch, now: dt.datetime) -> IssueContent | None:
    """Return what a dispatch says when it is frozen at `now`, as `alert_content` does.

    A date that was put back meanwhile is noted as told no more: nothing is to be taken back, and
    it is news when it is off again. What an earlier mail told of it stays noted.
    """
    content = alert_content(dispatch, now)
    said = {entry.occurrence_id for entry in content.entries} if content else set()
    put_back = [pk for pk in told_states(dispatch) if pk not in said]
    untold = [pk for pk in put_back if not _told_before(pk, dispatch)]
    Alert.objects.filter(dispatch=dispatch, occurrence_id__in=untold).delete()
    return content


def _told_before(occurrence_id: int, dispatch: Dispatch) -> bool:
    others = Dispatch.objects.filter(
        kind=DispatchKind.ALERT, payload__dates__has_key=str(occurrence_id)
    ).exclude(pk=dispatch.pk)
    return others.exclude(stopped_why=StoppedWhy.EMPTY).exists()


def would_tell(occurrence_id: int, now: dt.datetime) -> bool:
    """Return whether readers get a mail when this date is cancelled or moved at `now`."""
    topic: Topic | None = Topic.objects.alerts().first()
    near = Occurrence.objects.public().filter(_of_the_week(now), pk=occurrence_id)
    if topic is None or not near.exists():
        return False
    entry = entries_by_id([occurrence_id], now=now)[occurrence_id]
    return _anybody(topic, sorted(entry.venue_ids), sorted(entry.district_ids), now)


def _ripe(found: Sequence[News], now: dt.datetime) -> list[News]:
    """Return what goes into the next mail: nothing before the first has waited its time."""
    if not any(each.since <= now - SETTLE for each in found):
        return []
    return [each for each in found if each.since <= now - YOUNGEST]


def _dispatch(
    topic: Topic | None, told: Sequence[News], entries: Sequence[Entry], now: dt.datetime
) -> Dispatch | None:
    venues = sorted(frozenset().union(*(entry.venue_ids for entry in entries)))
    districts = sorted(frozenset().union(*(entry.district_ids for entry in entries)))
    if topic is None or not _anybody(topic, venues, districts, now):
        return None
    return create_dispatch(
        kind=DispatchKind.ALERT,
        topic=topic,
        subject=alert_subject(entries, [each.state for each in told]),
        due_at=now,
        now=now,
        payload={
            "dates": {str(each.occurrence_id): each.state.value for each in told},
            "venues": venues,
            "districts": districts,
        },
        expires_at=max(now + USEFUL, *(each.starts_at for each in told)),
    )


def _anybody(
    topic: Topic, venues: Sequence[int], districts: Sequence[int], now: dt.datetime
) -> bool:
    receiving = Subscriber.objects.receiving(topic, now)
    return bool(followers(receiving, venues, districts).exists())


def _note(told: Iterable[News], dispatch: Dispatch | None, now: dt.datetime) -> None:
    Alert.objects.bulk_create(
        [
            Alert(
                occurrence_id=each.occurrence_id,
                state=each.state,
                starts_at=each.starts_at,
                place=each.place,
                told_at=now,
                dispatch=dispatch,
            )
            for each in told
        ],
        update_conflicts=True,
        unique_fields=["occurrence"],
        update_fields=["state", "starts_at", "place", "told_at", "dispatch"],
    )


class _Lately:
    """What was decided about dates in the last day; two queries."""

    def __init__(self, now: dt.datetime) -> None:
        lately = Q(undone_at__isnull=True, created_at__gt=now - RECENT)
        self._stops = list(ActivityStop.objects.filter(lately))
        self._changes = {
            (row.activity_id, recurrence_id(original)): row.created_at
            for row in OccurrenceChange.objects.filter(lately, kind__in=TOLD)
            if (original := row.change().original) is not None
        }
        stopped = {stop.activity_id for stop in self._stops}
        self.activities = stopped | {activity_id for activity_id, _name in self._changes}

    def since(self, date: Occurrence) -> dt.datetime | None:
        """Return when `date` was cancelled or moved, or None if that was not lately."""
        changed = self._changes.get((date.activity_id, date.recurrence_id))
        stopped = [
            stop.created_at
            for stop in self._stops
            if stop.activity_id == date.activity_id
            and stop.from_on <= date.original.date() <= stop.shown_until
        ]
        return max(filter(None, [changed, *stopped]), default=None)


def _of_the_week(now: dt.datetime) -> Q:
    """Whether a date as planned, or as it is now, lies within the next seven days."""
    wall = local_time(now)
    planned = Q(
        recurrence_id__gt=recurrence_id(wall), recurrence_id__lte=recurrence_id(wall + AHEAD)
    )
    return planned | Q(starts_at__gt=now, starts_at__lte=now + AHEAD)

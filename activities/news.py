"""What is new, for RSS and Atom: new activities, notices, and dates cancelled or moved.

Each kind is read newest first and no further than a feed is long, so that a feed costs the same
however much there is. What a feed says is true when it is read: a cancellation that was taken
back is not in it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from activities.calendar_text import public_url
from activities.models import (
    ActivityHost,
    ActivityPage,
    ActivityStop,
    CalendarEntry,
    Occurrence,
    OccurrenceChange,
)
from activities.querysets import OccurrenceQuerySet
from activities.taxonomy import ActivityKind, ChangeKind, HostRole, OccurrenceStatus
from core.domain.dates import local_time
from core.models import FristedImage
from core.pictures import shown
from core.syndication import Item, Picture, newest_first
from core.wording import date_text, moment_text, sentence
from directory.models import Notice, VenuePage

LIMIT = 50
TAG = "tag:fristed.example,2026:"  # the authority is a name, not an address: it never changes
PICTURE = "max-1200x1200|format-jpeg"
TOLD = (ChangeKind.CANCELLED, ChangeKind.MOVED)


@dataclass(frozen=True, slots=True)
class Sources:
    """What a feed tells of: all of it only what the public may see."""

    activities: "QuerySet[ActivityPage]"
    changes: "QuerySet[OccurrenceChange]"
    stops: "QuerySet[ActivityStop]"
    notices: "QuerySet[Notice]"


def everything(notices: "QuerySet[Notice]") -> Sources:
    """Return what a feed of the whole municipality tells of, with these notices.

    Changes are asked one by one whether they are public, so that the newest are found at once.
    """
    public = CalendarEntry.objects.filter(pk=OuterRef("activity_id"), public=True)
    changes = OccurrenceChange.objects.filter(Exists(public))
    stops = ActivityStop.objects.filter(Exists(public))
    return Sources(ActivityPage.objects.public(), changes, stops, notices)


def about(activities: "QuerySet[ActivityPage]", notices: "QuerySet[Notice]") -> Sources:
    """Return what a feed of some activities tells of, with these notices."""
    changes = OccurrenceChange.objects.filter(activity__in=activities.values("pk"))
    stops = ActivityStop.objects.filter(activity__in=activities.values("pk"))
    return Sources(activities, changes, stops, notices)


def news(sources: Sources, *, now: dt.datetime) -> tuple[Item, ...]:
    """Return the newest items at `now` (aware), newest first."""
    activities = _new_activities(sources.activities, now)
    changes = _new_changes(sources.changes, now)
    stops = _new_stops(sources.stops, now)
    told = [*(row.activity for row in changes), *(row.activity for row in stops)]
    venues = _Venues([*activities, *told])
    items = [
        *(_activity_item(activity, venues, now) for activity in activities),
        *_change_items(changes, venues),
        *(_stop_item(stop, venues) for stop in stops),
        *(_notice_item(notice) for notice in sources.notices.select_related("venue")[:LIMIT]),
    ]
    return newest_first(items, LIMIT)


def _new_activities(activities: "QuerySet[ActivityPage]", now: dt.datetime) -> list[ActivityPage]:
    """Those that somebody would want to hear of: one-offs, and what venues do together."""
    dates = Occurrence.objects.public().filter(activity=OuterRef("pk"))
    told = Q(kind=ActivityKind.VARYING) | Exists(dates.filter(shared=True))
    coming = dates.taking_place().filter(starts_at__gte=OuterRef("first_published_at"))
    first = coming.order_by("starts_at")
    found = (
        activities.filter(told, first_published_at__lte=now)
        .annotate(first_at=Subquery(first.values("starts_at")[:1]))
        .select_related("photo")
        .prefetch_related("photo__renditions")
        .order_by("-first_published_at", "-pk")
    )
    return list(found[:LIMIT])


def _new_changes(changes: "QuerySet[OccurrenceChange]", now: dt.datetime) -> list[OccurrenceChange]:
    rows = changes.filter(kind__in=TOLD, undone_at__isnull=True, created_at__lte=now)
    return list(rows.select_related("activity").order_by("-created_at", "-pk")[:LIMIT])


def _new_stops(stops: "QuerySet[ActivityStop]", now: dt.datetime) -> list[ActivityStop]:
    rows = stops.filter(undone_at__isnull=True, created_at__lte=now)
    return list(rows.select_related("activity").order_by("-created_at", "-pk")[:LIMIT])


class _Venues:
    """The venues that activities belong to, found with two queries however many there are."""

    def __init__(self, activities: Iterable[ActivityPage]) -> None:
        pages = {activity.pk: activity.path[: -activity.steplen] for activity in activities}
        leads = ActivityHost.objects.filter(role=HostRole.LEAD, activity__in=pages)
        own = VenuePage.objects.filter(path__in=set(pages.values()))
        by_path = {venue.path: venue for venue in own}
        self.found = {row.activity_id: row.venue for row in leads.select_related("venue")}
        self.found |= {pk: by_path[path] for pk, path in pages.items() if path in by_path}

    def name(self, activity: ActivityPage) -> str:
        venue = self.found.get(activity.pk)
        return venue.title if venue else ""


def _activity_item(activity: ActivityPage, venues: _Venues, now: dt.datetime) -> Item:
    title = _("New: %(title)s") % {"title": _dated(activity.title, activity.first_at)}
    return Item(
        uid=f"{TAG}activity/{activity.uid}",
        title=title,
        url=public_url(activity),
        announced_at=activity.first_published_at,
        paragraphs=(activity.summary, venues.name(activity)),
        picture=_picture(activity.photo, local_time(now).date()),
    )


def _change_items(changes: list[OccurrenceChange], venues: _Venues) -> Iterator[Item]:
    """Changes that hold: a date that the plan no longer has, or a later change, ends them."""
    dates = _dates_of(changes)
    for change in changes:
        original = change.change().original
        date = dates.get((change.activity_id, original))
        if original is None or date is None or date.status != change.kind:
            continue
        cancelled = change.kind == ChangeKind.CANCELLED
        pattern = _("Cancelled: %(title)s") if cancelled else _("Moved: %(title)s")
        dated = f"{change.activity.title} {moment_text(original, year=False)}"
        yield Item(
            uid=f"{TAG}change/{change.activity.uid}/{change.pk}",
            title=pattern % {"title": dated},
            url=public_url(change.activity),
            announced_at=change.created_at,
            paragraphs=tuple(_change_lines(change, date, venues)),
        )


def _stop_item(stop: ActivityStop, venues: _Venues) -> Item:
    """One item for all the dates of a stop, so that it does not push everything else out."""
    dated = f"{stop.activity.title} {date_text(stop.from_on, year=False)}"
    lines = (
        _("It takes place no more from that day on."),
        sentence(stop.reason),
        venues.name(stop.activity),
    )
    return Item(
        uid=f"{TAG}stop/{stop.activity.uid}/{stop.pk}",
        title=_("Cancelled: %(title)s") % {"title": dated},
        url=public_url(stop.activity),
        announced_at=stop.created_at,
        paragraphs=tuple(line for line in lines if line),
    )


def _dates_of(
    changes: Iterable[OccurrenceChange],
) -> dict[tuple[int, dt.datetime | None], Occurrence]:
    wanted = Q(pk__in=[])
    for change in changes:
        original = change.change().original
        if original is not None:
            name = original.strftime("%Y%m%dT%H%M%S")
            wanted |= Q(activity=change.activity_id, recurrence_id=name)
    dates: OccurrenceQuerySet = Occurrence.objects.public().filter(wanted)
    return {(date.activity_id, date.original): date for date in dates}


def _change_lines(change: OccurrenceChange, date: Occurrence, venues: _Venues) -> Iterator[str]:
    if date.status == OccurrenceStatus.MOVED:
        moment = moment_text(local_time(date.starts_at), year=False)
        yield _("New time: %(moment)s.") % {"moment": moment}
    if change.reason:
        yield sentence(change.reason)
    if change.note:
        yield sentence(change.note)
    yield change.place or venues.name(change.activity)


def _notice_item(notice: Notice) -> Item:
    venue = notice.venue
    title = f"{venue.title}: {notice.title}" if venue else notice.title
    owner = str(venue.uid) if venue else f"{notice.created_at:%Y%m%d%H%M%S}"
    return Item(
        uid=f"{TAG}notice/{owner}/{notice.pk}",
        title=title,
        url=public_url(venue) if venue else urljoin(settings.WAGTAILADMIN_BASE_URL, "/"),
        announced_at=max(notice.created_at, notice.starts_at),
        paragraphs=(notice.text or notice.title,),
    )


def _dated(title: str, starts_at: dt.datetime | None) -> str:
    if starts_at is None:
        return title
    return f"{title} {moment_text(local_time(starts_at), year=False)}"


def _picture(photo: FristedImage | None, today: dt.date) -> Picture | None:
    """A small copy: the file as it was taken is large and may tell where."""
    photo = shown(photo, today)
    if photo is None:
        return None
    copy = photo.get_rendition(PICTURE)
    return Picture(
        url=urljoin(settings.WAGTAILADMIN_BASE_URL, copy.url),
        length=copy.file.size,
        media_type="image/jpeg",
    )

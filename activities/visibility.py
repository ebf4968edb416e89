"""Whether the public may see an activity: the rule behind every `public` column.

Flags on the page alone are not enough: its venue may be unpublished, and a page above may be
behind a login (design.md section 13).
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page, PageViewRestriction

from activities.models import ActivityHost, ActivityPage
from activities.taxonomy import HostRole, HostStatus
from directory.models import VenuePage

FIELDS = ("pk", "path", "url_path", "live", "alias_of_id", "expire_at", "live_revision_id")
Row = tuple[int, str, str, bool, int | None, dt.datetime | None, int | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one activity stands: who holds it and whether the public may see it."""

    public: bool
    venue_id: int | None  # its own venue, or the main host of a shared event
    shared: bool
    live: bool
    revision: int | None
    url_path: str


@dataclass(frozen=True, slots=True)
class _Hosts:
    lead: int | None = None
    accepted: tuple[int, ...] = ()


def standings(ids: Collection[int] | None, *, now: dt.datetime) -> dict[int, Standing]:
    """Return the standing of the activities with `ids`, or of all, at `now` (aware).

    Four queries, however many activities.
    """
    return _standings(_rows(ids), ids, now)


def standing_of(activity: ActivityPage, *, now: dt.datetime) -> Standing:
    """Return the standing of a page that was just read, at `now` (aware). Three queries."""
    return _standings([tuple(getattr(activity, name) for name in FIELDS)], [activity.pk], now)[
        activity.pk
    ]


def _standings(
    rows: list[Row], ids: Collection[int] | None, now: dt.datetime
) -> dict[int, Standing]:
    parents = {row[0]: row[1][: -Page.steplen] for row in rows}
    hosts = _hosts(ids)
    venues = _venues(parents, hosts, everything=ids is None)
    walls = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    by_path = {path: pk for pk, (path, _, _) in venues.items()}
    seen = {pk for pk, (path, live, end) in venues.items() if _open(path, live, end, walls, now)}
    found = {}
    for pk, path, url_path, live, alias_of, expires, revision in rows:
        own = by_path.get(parents[pk])
        held = hosts.get(pk, _Hosts())
        holders = {own} if own else {held.lead, *held.accepted}
        shown = _open(path, live, expires, walls, now) and not alias_of
        found[pk] = Standing(
            public=shown and bool(holders & seen),
            venue_id=own or held.lead,
            shared=own is None or bool(held.accepted),
            live=live,
            revision=revision,
            url_path=url_path,
        )
    return found


def _open(
    path: str,
    live: bool,
    expires: dt.datetime | None,
    walls: tuple[str, ...],
    now: dt.datetime,
) -> bool:
    return live and not (expires and expires <= now) and not path.startswith(walls)


def _rows(ids: Collection[int] | None) -> list[Row]:
    activities = ActivityPage.objects.all()
    if ids is not None:
        activities = activities.filter(pk__in=ids)
    return list(activities.values_list(*FIELDS))


def _hosts(ids: Collection[int] | None) -> dict[int, _Hosts]:
    rows = ActivityHost.objects.filter(Q(role=HostRole.LEAD) | Q(status=HostStatus.ACCEPTED))
    if ids is not None:
        rows = rows.filter(activity_id__in=ids)
    found: dict[int, _Hosts] = {}
    for activity_id, venue_id, role in rows.order_by("pk").values_list(
        "activity_id", "venue_id", "role"
    ):
        held = found.get(activity_id, _Hosts())
        if role == HostRole.LEAD:
            found[activity_id] = _Hosts(venue_id, held.accepted)
        else:
            found[activity_id] = _Hosts(held.lead, (*held.accepted, venue_id))
    return found


def _venues(
    parents: dict[int, str], hosts: dict[int, _Hosts], *, everything: bool
) -> dict[int, tuple[str, bool, dt.datetime | None]]:
    venues = VenuePage.objects.all()
    if not everything:
        holding = {venue for held in hosts.values() for venue in (held.lead, *held.accepted)}
        venues = venues.filter(Q(path__in=set(parents.values())) | Q(pk__in=holding - {None}))
    return {
        pk: (path, live, end)
        for pk, path, live, end in venues.values_list("pk", "path", "live", "expire_at")
    }

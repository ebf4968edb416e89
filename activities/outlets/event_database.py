"""The feed for the event database of OS2 municipalities, with its own names for everything.

They fetch it; we send nothing. What is missing from the feed is deleted on their side, so it is
built whole or not at all. They know no series: every date stands by itself.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import nh3
from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.utils.html import escape
from django.utils.translation import gettext
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from activities.cards import price_text, public_path, site_root
from activities.models import ActivityHost, ActivityPage, Occurrence
from activities.querysets import HOLDING
from activities.taxonomy import HostRole, OccurrenceStatus, PlaceKind
from core.domain.dates import COPENHAGEN, day_bounds
from core.domain.text import clean
from core.models import FristedImage
from core.pictures import shown
from directory.models import VenuePage
from directory.taxonomy import Fact, PriceType

PICTURE = "max-1200x1200|format-jpeg"
SAFE_TAGS = {"p", "br", "b", "i", "strong", "em", "ul", "ol", "li", "a"}
SAFE_SCHEMES = {"http", "https", "mailto"}
_OWN_LINK = re.compile(r'href="(?=/)')
_BETWEEN = "<hr data-next>"  # editors cannot write it

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sources:
    """What all events are made of, read in a constant number of queries."""

    dates: dict[int, list[Occurrence]]
    venues: dict[str, VenuePage]  # by their place in the tree
    hosts: dict[int, list[ActivityHost]]  # the main host first
    bodies: dict[int, str]
    root: str
    today: dt.date


def last_day(today: dt.date) -> dt.date:
    """Return the last local day of the feed that is fetched on `today`."""
    return today + relativedelta(months=settings.FRISTED_EVENT_FEED_MONTHS)


def events(today: dt.date, *, page: int = 1, limit: int | None = None) -> list[Json]:
    """Return all public activities with a date from the local day `today` on, oldest first.

    With `limit` only so many of them, as many pages on as `page` says.
    """
    first, last = day_bounds(today)[0], day_bounds(last_day(today))[1]
    dates = Occurrence.objects.public().between(first, last)
    activities = ActivityPage.objects.public().filter(pk__in=dates.order_by().values("activity"))
    wanted = (
        activities.select_related("photo", "place_venue", "place_district")
        .prefetch_related("photo__renditions")
        .order_by("pk")
    )
    if limit is not None:
        wanted = wanted[(page - 1) * limit : page * limit]
    pages = list(wanted)
    sources = _sources(pages, dates.filter(activity__in=[one.pk for one in pages]), today)
    return [_event(activity, sources) for activity in pages]


def _sources(pages: Sequence[ActivityPage], dates: Any, today: dt.date) -> Sources:
    by_activity: dict[int, list[Occurrence]] = {}
    for date in dates:
        by_activity.setdefault(date.activity_id, []).append(date)
    hosts: dict[int, list[ActivityHost]] = {}
    held = ActivityHost.objects.filter(HOLDING, activity__in=by_activity)
    for host in held.select_related("venue__district"):
        hosts.setdefault(host.activity_id, []).append(host)
    for row in hosts.values():
        row.sort(key=lambda host: (host.role != HostRole.LEAD, host.pk))
    parents = {_parent_path(activity) for activity in pages}
    venues = VenuePage.objects.filter(path__in=parents).select_related("district")
    return Sources(
        dates=by_activity,
        venues={venue.path: venue for venue in venues},
        hosts=hosts,
        bodies=_bodies(pages),
        root=site_root(),
        today=today,
    )


def _event(activity: ActivityPage, sources: Sources) -> Json:
    venues = _venues(activity, sources)
    home = venues[0] if venues else None
    location = _location(activity, home, sources)
    # A place without a full address is no location on their side; then it is a room.
    named = [] if location else [activity.place_name or activity.place_street]
    room = ", ".join(part for part in [*named, activity.room] if part)
    dates = sources.dates[activity.pk]
    return {
        "id": str(activity.uid),
        "title": _line(activity.title, 255),
        "excerpt": _line(activity.summary, 255),
        "description": f"<p>{escape(_line(activity.summary))}</p>{sources.bodies[activity.pk]}",
        "url": _url(activity, sources.root),
        "image": _image(activity.photo, sources.today),
        "publicAccess": activity.open_to_public,
        "tags": _tags(activity, home, dates),
        "occurrences": [_occurrence(date, activity, room) for date in dates],
        "location": location,
        "organization": _organisation(home, sources.root) if home else None,
        "partners": [_organisation(venue, sources.root) for venue in venues[1:]],
    }


def _occurrence(date: Occurrence, activity: ActivityPage, room: str) -> Json:
    cancelled = date.status == OccurrenceStatus.CANCELLED
    return {
        "start": _moment(date.starts_at),
        "end": _moment(date.ends_at),
        "price": price_text(activity) or None,
        "room": _line(date.place or room) or None,
        "status": "cancelled" if cancelled else None,
    }


def _venues(activity: ActivityPage, sources: Sources) -> list[VenuePage]:
    """The venue an activity belongs to, then those that hold it too."""
    own = sources.venues.get(_parent_path(activity))
    hosts = [host.venue for host in sources.hosts.get(activity.pk, [])]
    seen = {venue.pk: venue for venue in [own, *hosts] if venue and venue.live}
    return list(seen.values())


def _location(activity: ActivityPage, home: VenuePage | None, sources: Sources) -> Json | None:
    """Return where it is, or None: they need a whole address.

    A secret one, or one of a venue that is not published, is in no output.
    """
    if activity.place_kind == PlaceKind.ADDRESS:
        return _address(
            activity.place_name or activity.place_street,
            activity.place_street,
            activity.place_postal_code,
            activity.place_city,
        )
    other = activity.place_kind == PlaceKind.OTHER_VENUE
    venue = activity.place_venue if other else home
    if venue is None or not (venue.address_public and venue.live):
        return None
    found = _address(venue.title, venue.street, venue.postal_code, venue.city)
    return found and found | {
        "telephone": venue.phone or None,
        "mail": venue.email or None,
        "url": _url(venue, sources.root),
        "disabilityAccess": _known(venue.step_free),
        "coordinates": _coordinates(venue),
    }


def _address(name: str, street: str, postal_code: str, city: str) -> Json | None:
    if not (street and postal_code and city):
        return None
    return {
        "name": _line(name),
        "street": _line(street),
        "postalCode": postal_code,
        "city": _line(city),
        "country": "Danmark",
    }


def _coordinates(venue: VenuePage) -> Json | None:
    if venue.latitude is None or venue.longitude is None:
        return None
    return {"latitude": f"{venue.latitude:.6f}", "longitude": f"{venue.longitude:.6f}"}


def _known(fact: str) -> bool | None:
    return None if fact == Fact.UNKNOWN else fact == Fact.YES


def _organisation(venue: VenuePage, root: str) -> Json:
    return {"name": venue.title, "mail": venue.email or None, "url": _url(venue, root)}


def _tags(activity: ActivityPage, home: VenuePage | None, dates: Iterable[Occurrence]) -> list[str]:
    """Words to find it by; never what somebody struggles with."""
    found = [
        home.get_venue_type_display() if home else "",
        activity.get_activity_type_display(),
        gettext("Held together") if any(date.shared for date in dates) else "",
        gettext("Free of charge") if activity.price_type == PriceType.FREE else "",
    ]
    return [str(tag) for tag in dict.fromkeys(found) if tag]


def _bodies(pages: Sequence[ActivityPage]) -> dict[int, str]:
    """Return the texts as plain HTML with whole addresses.

    All at once: the addresses of linked pages are then looked up once, not text by text.
    """
    if not pages:
        return {}
    joined = expand_db_html(_BETWEEN.join(activity.body for activity in pages))
    texts = joined.split(_BETWEEN)
    return {activity.pk: _safe(text) for activity, text in zip(pages, texts, strict=True)}


def _safe(html: str) -> str:
    absolute = _OWN_LINK.sub(f'href="{settings.WAGTAILADMIN_BASE_URL.rstrip("/")}', clean(html))
    return nh3.clean(
        absolute,
        tags=SAFE_TAGS,
        attributes={"a": {"href"}},
        url_schemes=SAFE_SCHEMES,
        link_rel=None,
    )


def _image(photo: FristedImage | None, today: dt.date) -> str | None:
    """Return the address of a picture while those in it agree to be shown."""
    photo = shown(photo, today)
    if photo is None:
        return None
    try:
        copy = photo.get_rendition(PICTURE)
    except SourceImageIOError:  # the file is lost; the activity still takes place
        return None
    return urljoin(settings.WAGTAILADMIN_BASE_URL, copy.url)


def _moment(moment: dt.datetime) -> str:
    """`2026-03-03T13:30:00+01:00`: their format Y-m-d\\TH:i:sP."""
    return moment.astimezone(COPENHAGEN).isoformat(timespec="seconds")


def _url(page: Page, root: str) -> str:
    return urljoin(settings.WAGTAILADMIN_BASE_URL, public_path(page.url_path, root))


def _parent_path(activity: ActivityPage) -> str:
    return activity.path[: -Page.steplen]


def _line(text: str, longest: int | None = None) -> str:
    return " ".join(clean(text).split())[:longest]

"""What OS2display reads: the calendar's three lists, and news that names the day.

Its calendar knows locations, and resources at them. Ours: a district or the municipality, and a
venue. It drops an event without resource or times, so none is sent without.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Max, Min, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from activities.addresses import absolute
from activities.calendar_text import public_url
from activities.calendar_views import city_name
from activities.card_rows import DateRow, card_rows
from activities.cards import price_text, where
from activities.models import ActivityHost, ActivityPage, Occurrence
from activities.news import TAG
from activities.querysets import HOLDING, LONGEST, OccurrenceQuerySet
from activities.subscriptions import Freshness, missing, site_names
from activities.venue_outlets import moved_to, venue_at
from core.domain.dates import COPENHAGEN, day_bounds, local_day, local_time
from core.domain.text import slugify_da
from core.page_cache import content_version
from core.syndication import RSS_TYPE, Feed, Item, rss
from core.wording import clock, day_month, sentence, time_text, weekday
from directory.models import VenuePage

DAYS_AHEAD = 60
MOST_NEWS = 50
DAY = dt.timedelta(days=1)
FEED = "/data/os2display/{venue}/feed.rss"


@require_safe
def locations(request: HttpRequest) -> HttpResponseBase:
    """Where there are venues: the municipality, and districts."""

    def build() -> Any:
        places = [_municipality(request), *map(_location, _venues())]
        return [
            {"id": key, "displayName": name} for key, name in dict(filter(None, places)).items()
        ]

    return _list(request, build)


@require_safe
def resources(request: HttpRequest) -> HttpResponseBase:
    """The venues."""

    def build() -> Any:
        town = _municipality(request)[0]
        return [
            {
                "id": str(venue.uid),
                "locationId": (_location(venue) or (town,))[0],
                "name": venue.title,
                "displayName": venue.title,
                "includedInEvents": True,
            }
            for venue in _venues()
        ]

    return _list(request, build)


@require_safe
def events(request: HttpRequest) -> HttpResponseBase:
    """Today's dates and those of the coming two months, once for each venue that holds them."""
    today = local_day(timezone.now())

    def build() -> Any:
        dates = Occurrence.objects.public().on_days(today, today + DAYS_AHEAD * DAY)
        return list(_events(dates))

    return _list(request, build)


@require_safe
def city_feed(request: HttpRequest) -> HttpResponseBase:
    """What comes at all venues, soonest first."""
    return _feed(
        request,
        Occurrence.objects.public(),
        lambda: (city_name(request), absolute("/aktiviteter/"), "all"),
    )


@require_safe
def venue_feed(request: HttpRequest, venue: str) -> HttpResponseBase:
    """What comes at one venue."""
    page = venue_at(venue)
    if page is None:
        return moved_to(request, venue, FEED) or missing(request)
    return _feed(
        request,
        Occurrence.objects.public().for_venue(page.pk),
        lambda: (page.title, public_url(page), str(page.uid)),
    )


def _list(request: HttpRequest, build: Callable[[], Any]) -> HttpResponseBase:
    midnight, next_midnight = day_bounds(local_day(timezone.now()))
    fresh = Freshness.of(request, since=[midnight], until=[next_midnight])
    return fresh.answer(
        request,
        lambda: JsonResponse(build(), safe=False, json_dumps_params={"ensure_ascii": False}),
    )


def _venues() -> Iterable[VenuePage]:
    today = local_day(timezone.now())
    return VenuePage.objects.public().standing(today).select_related("district").in_order()


def _municipality(request: HttpRequest) -> tuple[str, str]:
    names = site_names(request)
    name = names.municipality or names.site_name
    return f"kommune-{slugify_da(name)}", name


def _location(venue: VenuePage) -> tuple[str, str] | None:
    """The district of a venue whose address is public; else nothing is told of where it is."""
    if not (venue.address_public and venue.district):
        return None
    return f"bydel-{venue.district.slug}", venue.district.name


def _events(dates: OccurrenceQuerySet) -> Iterator[dict[str, str]]:
    names = {venue.pk: (str(venue.uid), venue.title) for venue in _venues()}
    columns = ("activity_id", "venue_id", "activity__title", "status", "starts_at", "ends_at")
    rows = list(dates.values_list(*columns))
    held: dict[int, list[int]] = {}
    hosts = ActivityHost.objects.filter(HOLDING, activity__in={row[0] for row in rows if row[0]})
    for activity, venue in hosts.order_by("pk").values_list("activity_id", "venue_id"):
        held.setdefault(activity, []).append(venue)
    for activity, home, title, status, starts, ends in rows:
        for venue in dict.fromkeys([home, *held.get(activity, ())]):
            if venue not in names:
                continue
            key, name = names[venue]
            yield {
                "title": _title(title, cancelled=status == "cancelled"),
                "startTime": starts.astimezone(COPENHAGEN).isoformat(timespec="seconds"),
                "endTime": ends.astimezone(COPENHAGEN).isoformat(timespec="seconds"),
                "resourceId": key,
                "resourceDisplayName": name,
                "displayName": name,
            }


def _feed(
    request: HttpRequest, dates: OccurrenceQuerySet, about: Callable[[], tuple[str, str, str]]
) -> HttpResponseBase:
    now = timezone.now()
    near = dates.filter(starts_at__gt=now - LONGEST, starts_at__lt=now + LONGEST)
    moments = near.order_by().aggregate(
        ended=Max("ends_at", filter=Q(ends_at__lte=now)),
        ends=Min("ends_at", filter=Q(ends_at__gt=now)),
    )
    fresh = Freshness.of(
        request,
        since=list(filter(None, [moments["ended"]])),
        until=list(filter(None, [moments["ends"]])),
    )

    def build() -> HttpResponseBase:
        title, page_url, key = about()
        names = site_names(request)
        feed = Feed(
            uid=f"{TAG}os2display/{key}",
            title=title,
            description=_("What happens in the coming time, soonest first."),
            author=names.municipality or names.site_name,
            page_url=page_url,
            url=urljoin(settings.WAGTAILADMIN_BASE_URL, request.path),
            changed_at=content_version(request)[1],
            items=tuple(_items(dates.upcoming(now), Site.find_for_request(request))),
        )
        return HttpResponse(rss(feed), content_type=f"{RSS_TYPE}; charset=utf-8")

    return fresh.answer(request, build)


def _items(dates: OccurrenceQuerySet, site: Site) -> Iterator[Item]:
    rows = card_rows(dates, MOST_NEWS)
    known = ActivityPage.objects.filter(occurrences__in=[row.pk for row in rows])
    changed = {
        uid_path: (uid, changed_at)
        for uid_path, uid, changed_at in known.values_list(
            "url_path", "uid", "calendar_entry__changed_at"
        )
    }
    for row in rows:
        uid, changed_at = changed[row.activity.url_path]
        starts = local_time(row.starts_at)
        path = row.activity.url_path.removeprefix(site.root_page.url_path)
        yield Item(
            uid=f"{TAG}occurrence/{uid}/{row.recurrence_id}",
            title=_("%(day)s %(time)s: %(title)s")
            % {
                "day": capfirst(f"{weekday(starts.date())} {day_month(starts.date())}"),
                "time": clock(starts.time()),
                "title": _title(row.activity.title, cancelled=row.cancelled),
            },
            url=f"{absolute('/')}{path}#{row.local_date.isoformat()}",
            announced_at=changed_at,
            paragraphs=(_first_sentence(row),),
        )


def _first_sentence(row: DateRow) -> str:
    """`Til kl. 16 · Perlen · gratis. Vi spiser sammen.`, or why it is cancelled."""
    if row.cancelled:
        if not row.reason:
            return _("Cancelled.")
        return _("Cancelled: %(reason)s") % {"reason": sentence(row.reason)}
    ends = time_text(local_time(row.ends_at).time(), end=True)
    price = price_text(row.activity)
    facts = [
        _("until %(time)s") % {"time": ends},
        where(row, "/").name,
        price[:1].lower() + price[1:],
    ]
    told = [" · ".join(filter(None, facts)), row.reason, row.note, row.activity.summary]
    return " ".join(sentence(text) for text in told if text)


def _title(title: str, *, cancelled: bool) -> str:
    return _("CANCELLED: %(title)s") % {"title": title} if cancelled else title

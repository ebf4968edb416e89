"""RSS and Atom of what is new: for the whole municipality, a venue, or what venues do together."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Max, Min, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from activities.calendar_entries import activities_of, shared_activities
from activities.calendar_text import public_url
from activities.models import SharedIndexPage
from activities.news import TAG, Sources, about, everything, news
from activities.subscriptions import Freshness, answer_page, find_page, site_names
from core.domain.dates import day_bounds, local_day
from core.page_cache import content_version
from core.syndication import ATOM_TYPE, RSS_TYPE, Feed, atom, rss
from directory.models import Notice, VenuePage
from directory.querysets import NoticeQuerySet

Found = TypeVar("Found")
FORMS: dict[str, tuple[str, Callable[[Feed], bytes]]] = {
    "rss": (RSS_TYPE, rss),
    "atom": (ATOM_TYPE, atom),
}


@require_safe
def city_feed(request: HttpRequest, form: str) -> HttpResponseBase:
    """What is new at all venues, and notices of the municipality itself."""

    def build(site: Site) -> HttpResponseBase:
        sources = everything(_public_notices())
        title = _("News from the venues")
        return _written(request, form, site.root_page, title, sources)

    return _answer(request, lambda: Site.find_for_request(request), build)


@require_safe
def venue_feed(request: HttpRequest, venue: str, form: str) -> HttpResponseBase:
    """What is new at one venue."""

    def build(page: VenuePage) -> HttpResponseBase:
        sources = about(activities_of(page), _public_notices().filter(venue=page))
        title = _("News from %(venue)s") % {"venue": page.title}
        return _written(request, form, page, title, sources)

    return _answer(request, lambda: find_page(VenuePage.objects.public(), request), build)


@require_safe
def shared_feed(request: HttpRequest, form: str) -> HttpResponseBase:
    """What is new of what venues do together."""

    def build(page: SharedIndexPage) -> HttpResponseBase:
        sources = about(shared_activities(), Notice.objects.none())
        return _written(request, form, page, page.title, sources)

    return _answer(request, lambda: find_page(SharedIndexPage.objects.live(), request), build)


def _answer(
    request: HttpRequest,
    find: Callable[[], Found | None],
    build: Callable[[Found], HttpResponseBase],
) -> HttpResponseBase:
    """Answer as a calendar does; notices come and go, and pictures end, by the clock too."""
    now = timezone.now()
    midnight, next_midnight = day_bounds(local_day(now))
    standing = Notice.objects.standing()
    moments = standing.aggregate(
        begun=Max("starts_at", filter=Q(starts_at__lte=now)),
        ended=Max("ends_at", filter=Q(ends_at__lte=now)),
        begins=Min("starts_at", filter=Q(starts_at__gt=now)),
        ends=Min("ends_at", filter=Q(ends_at__gt=now)),
    )
    past = [moments["begun"], moments["ended"], midnight]
    coming = [moments["begins"], moments["ends"], next_midnight]
    fresh = Freshness.of(request, since=list(filter(None, past)), until=list(filter(None, coming)))
    return answer_page(request, find, build, fresh)


def _written(
    request: HttpRequest, form: str, page: Page, title: str, sources: Sources
) -> HttpResponse:
    names = site_names(request)
    media_type, write = FORMS[form]
    author = names.municipality or names.site_name
    feed = Feed(
        uid=f"{TAG}feed/{page.translation_key}",
        title=f"{title} · {author}",
        description=_("New activities, messages, and dates that are cancelled or moved."),
        author=author,
        page_url=public_url(page),
        url=urljoin(settings.WAGTAILADMIN_BASE_URL, request.path),
        changed_at=content_version(request)[1],
        items=news(sources, now=timezone.now()),
    )
    return HttpResponse(write(feed), content_type=f"{media_type}; charset=utf-8")


def _public_notices() -> NoticeQuerySet:
    """Notices shown now, of public venues or of the municipality."""
    shown = Notice.objects.showing(timezone.now())
    return shown.filter(Q(venue=None) | Q(venue__in=VenuePage.objects.public()))

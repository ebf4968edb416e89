"""Public addresses of the outlets: the table for Kompas, and pictures that go with links."""

import datetime as dt
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.models import ActivityPage
from activities.outlets.kompas import headings
from activities.outlets.plan import coming_dates
from activities.outlets.share_picture import FORMATS, Words, picture_path
from activities.outlets.social import activity_words, picture_url, venue_words
from activities.outlets.sources import kompas_cards, placed
from activities.subscriptions import Freshness, site_names
from core.domain.dates import day_bounds, local_day
from core.http import answer
from core.models import SiteSettings
from core.sheets import csv_bytes
from directory.models import VenuePage

CSV_TYPE = "text/csv; charset=utf-8"
YEAR = 365 * 24 * 60 * 60


@require_safe
def kompas_csv(request: HttpRequest) -> HttpResponseBase:
    """Every venue and fixed activity as Kompas asks about them, as they stand today."""
    midnight, next_midnight = day_bounds(local_day(timezone.now()))
    fresh = Freshness.of(request, since=[midnight], until=[next_midnight])
    if fresh.is_known(request):
        return fresh.not_modified(request)

    def build() -> HttpResponseBase:
        rows = [card.row for card in kompas_cards(midnight)]
        return HttpResponse(csv_bytes(headings(), rows), content_type=CSV_TYPE)

    return fresh.answer(request, build)


@require_safe
def picture(request: HttpRequest, uid: UUID, form: str, key: str) -> HttpResponseBase:
    """The picture of an activity or a venue. An address whose words are old leads to the new."""
    if form not in FORMATS:
        raise Http404
    words = words_of(uid, site_names(request), timezone.now())
    if words is None:
        raise Http404
    if key != words.key:
        return HttpResponseRedirect(picture_url(uid, words, form))
    path = picture_path(uid.hex, form, words)
    drawn_at = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)

    def build() -> HttpResponseBase:
        return HttpResponse(path.read_bytes(), content_type="image/png")

    return answer(request, build, etag=f'"{key}"', changed_at=drawn_at, max_age=YEAR)


def words_of(uid: UUID, site: SiteSettings, now: dt.datetime) -> Words | None:
    """Return what the picture of a public activity or venue says; None if there is none."""
    activity = ActivityPage.objects.public().filter(uid=uid).first()
    if activity is not None:
        at = placed([activity], local_day(now))[0]
        dates = (card for card in coming_dates(activity, now) if not card.is_cancelled)
        return activity_words(at, next(dates, None), site)
    venue = VenuePage.objects.public().filter(uid=uid).first()
    return venue_words(venue, site) if venue else None

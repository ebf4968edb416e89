"""What calendars and news feeds share: is the reader's copy good, and what if the page is gone."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.http import (
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
)
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from activities.models import Tombstone
from core.domain.dates import local_day
from core.http import answer, has_copy, plain_answer, strong_etag
from core.models import SiteSettings
from core.page_cache import content_version
from directory.models import VenuePage

FORMAT = 1  # one up when what we write around stored texts changes: old copies end with it
MAX_AGE = 300

Found = TypeVar("Found")
FoundPage = TypeVar("FoundPage", bound=Page)


@dataclass(frozen=True, slots=True)
class Freshness:
    """Which answer this is, told from the content version and the address alone."""

    etag: str
    changed_at: dt.datetime
    max_age: int = MAX_AGE

    @classmethod
    def of(
        cls,
        request: HttpRequest,
        *parts: object,
        since: Sequence[dt.datetime] = (),
        until: Sequence[dt.datetime] = (),
    ) -> "Freshness":
        """Return it for an address and whatever else (`parts`) the answer depends on.

        `since` are past moments (aware) at which the answer changed by itself, `until` coming ones
        at which it will. Costs at most one query.
        """
        number, changed_at = content_version(request)
        now = timezone.now()
        key = [FORMAT, number, changed_at, request.path, *since, *parts]
        left = [int((moment - now).total_seconds()) for moment in until]
        return cls(strong_etag(*key), max([changed_at, *since]), min([MAX_AGE, *left]))

    def is_known(self, request: HttpRequest) -> bool:
        return has_copy(request, self.etag)

    def not_modified(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request, HttpResponseNotModified)

    def answer(
        self, request: HttpRequest, build: Callable[[], HttpResponseBase]
    ) -> HttpResponseBase:
        return answer(
            request, build, etag=self.etag, changed_at=self.changed_at, max_age=self.max_age
        )


def answer_page(
    request: HttpRequest,
    find: Callable[[], Found | None],
    build: Callable[[Found], HttpResponseBase],
    fresh: Freshness | None = None,
) -> HttpResponseBase:
    """Return what `build` makes of what `find` finds; 304, a redirect, 410 or 404 otherwise."""
    fresh = fresh or Freshness.of(request)
    if fresh.is_known(request):
        return fresh.not_modified(request)
    found = find()
    if found is None:
        return missing(request)
    return fresh.answer(request, lambda: build(found))


def find_page(pages: "PageQuerySet[FoundPage]", request: HttpRequest) -> FoundPage | None:
    """Return the page of `pages` that a file's address lies below."""
    folder = _folder(request)
    slug = folder.rstrip("/").rpartition("/")[2]
    return pages.filter(slug=slug, url_path__endswith=folder).first()


def site_names(request: HttpRequest) -> SiteSettings:
    """Return what the site calls itself; reading a feed writes nothing, not even defaults."""
    site = Site.find_for_request(request)
    return SiteSettings.objects.filter(site=site).first() or SiteSettings()


def missing(request: HttpRequest) -> HttpResponseBase:
    """Return where a page that is not there has gone: elsewhere, for good, or nobody knows."""
    folder, _slash, name = request.path.rpartition("/")
    site = Site.find_for_request(request)
    moved = Redirect.get_for_site(site).filter(old_path=Redirect.normalise_path(folder)).first()
    if moved and moved.redirect_page and moved.redirect_page.live:
        return HttpResponsePermanentRedirect(f"{moved.link.rstrip('/')}/{name}")
    merged = find_page(VenuePage.objects.filter(live=False), request)
    successor = merged and merged.successor_on(local_day(timezone.now()))
    if successor and successor.live:
        return HttpResponsePermanentRedirect(f"{successor.relative_url(site)}{name}")
    if Tombstone.objects.filter(url_path__endswith=_folder(request)).exists():
        return plain_answer(_("This has been deleted and will not come back."), 410)
    return plain_answer(_("We cannot find it. Perhaps the place has got another name."), 404)


def _folder(request: HttpRequest) -> str:
    return f"{request.path.rpartition('/')[0]}/"

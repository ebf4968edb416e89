"""The archive of newsletters as Atom, with all of each letter in it."""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.calendar_text import public_url
from activities.news import TAG
from activities.subscriptions import site_names
from core.domain.dates import day_bounds, local_day
from core.http import answer, strong_etag
from core.page_cache import content_version
from core.syndication import ATOM_TYPE, Feed, Item, atom
from core.wording import date_text, sentence
from newsletter.archive import block_is_shown
from newsletter.content import archived_content
from newsletter.domain.content import Block, by_day
from newsletter.models import IssuePage, NewsletterIndexPage

LIMIT = 20
MAX_AGE = 60  # seconds: a cancellation is seen within a minute


@require_safe
def archive_feed(request: HttpRequest) -> HttpResponseBase:
    """Answer with the newest letters, or 304 when the reader has them already."""
    index = NewsletterIndexPage.objects.live().first()
    if index is None:
        raise Http404
    now = timezone.now()
    number, changed_at = content_version(request)
    midnight = day_bounds(local_day(now))[0]  # a picture's consent ends with a day

    def build() -> HttpResponseBase:
        media_type = f"{ATOM_TYPE}; charset=utf-8"
        return HttpResponse(atom(feed_of(request, index, now=now)), content_type=media_type)

    return answer(
        request,
        build,
        etag=strong_etag("newsletters", request.get_host(), number, midnight.isoformat()),
        changed_at=max(changed_at, midnight),
        max_age=MAX_AGE,
    )


def feed_of(request: HttpRequest, index: NewsletterIndexPage, *, now: dt.datetime) -> Feed:
    """Return the newest letters as plain values, each with its whole text."""
    site = site_names(request)
    author = site.municipality or site.site_name
    issues = IssuePage.objects.in_archive().child_of(index)
    newest = issues.aggregate(at=Max("first_published_at"))["at"]
    return Feed(
        uid=f"{TAG}newsletters/{index.translation_key}",
        title=f"{index.title} · {author}",
        description=_("Newsletters from the venues."),
        author=author,
        page_url=public_url(index),
        url=urljoin(settings.WAGTAILADMIN_BASE_URL, request.path),
        changed_at=newest or content_version(request)[1],
        items=tuple(_item(issue, now) for issue in issues[:LIMIT]),
    )


def _item(issue: IssuePage, now: dt.datetime) -> Item:
    content = archived_content(issue, now=now)
    told = content.greeting_text.split("\n\n")
    for block in filter(block_is_shown, content.blocks):
        told += _paragraphs(block)
    return Item(
        uid=f"{TAG}newsletter/{issue.translation_key}",
        title=issue.title,
        url=content.web_url,
        announced_at=issue.first_published_at,
        paragraphs=tuple(filter(None, told)),
    )


def _paragraphs(block: Block) -> Iterator[str]:
    yield block.heading
    yield from block.text.split("\n\n")
    if block.lists_entries and not block.entries:
        yield block.empty_text
    for day, entries in by_day(block.entries):
        yield date_text(day).capitalize()
        for entry in entries:
            words = ", ".join(filter(None, (entry.title, entry.when, entry.place)))
            told = _("CANCELLED: %(title)s") % {"title": words} if entry.cancelled else words
            yield " ".join(filter(None, (sentence(told), entry.moved, entry.reason, entry.note)))

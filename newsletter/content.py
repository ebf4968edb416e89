"""A newsletter page as plain content: for the web, for mail, and for the preview of both.

Dates are read through `Occurrence.objects.public()`, as everywhere; a list on the page is only
the question, and this is where it is answered.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.html import format_html
from wagtail.rich_text import expand_db_html

from activities.calendar_text import public_url
from activities.domain.ical_text import plain_text
from activities.models import Occurrence
from core.domain.dates import local_day
from core.pictures import shown
from newsletter.blocks import Period
from newsletter.domain.content import Block, BlockKind, IssueContent, Kind
from newsletter.entries import entries_of

if TYPE_CHECKING:
    from activities.querysets import OccurrenceQuerySet
    from newsletter.models import IssuePage

PICTURE = "max-1200x1200|format-jpeg"
OWN_LINK = re.compile(r'(<a\b[^>]*?\bhref=")(/[^"]*)')


def content_of(page: "IssuePage", *, now: dt.datetime) -> IssueContent:
    """Return what `page` (live, or made from a revision) says when it is sent at `now`.

    Nothing that is over by then is told of.
    """
    return _content(page, Sending(since=now, now=now))


def archived_content(page: "IssuePage", *, now: dt.datetime) -> IssueContent:
    """Return what `page` said when it came out, with the dates as they turned out."""
    return _content(page, Sending(since=page.first_published_at or now, now=now))


@dataclass(frozen=True, slots=True)
class Sending:
    """When an issue is told of: nothing over at `since`, tags as of `now` (aware).

    The dates in `told` (ids) stand in a list of shared events and are not told twice.
    """

    since: dt.datetime
    now: dt.datetime
    told: frozenset[int] = frozenset()


def _content(page: "IssuePage", sending: Sending) -> IssueContent:
    greeting = mail_html(page.greeting)
    return IssueContent(
        subject=page.subject_line,
        preheader=page.preheader,
        greeting_html=greeting,
        greeting_text=plain_text(greeting),
        blocks=tuple(_blocks(page, sending)),
        web_url=public_url(page) if page.pk else urljoin(settings.WAGTAILADMIN_BASE_URL, "/"),
        kind=Kind.ISSUE,
    )


def _blocks(page: "IssuePage", sending: Sending) -> Iterator[Block]:
    shared = {
        place: _shared(child.value, sending)
        for place, child in enumerate(page.body)
        if child.block_type == "shared"
    }
    told = frozenset(entry.occurrence_id for block in shared.values() for entry in block.entries)
    rest = replace(sending, told=told)
    for place, child in enumerate(page.body):
        block = shared.get(place) or MAKERS[child.block_type](child.value, rest)
        if block is not None:
            yield block


def mail_html(source: str) -> str:
    """Return rich text as HTML that also works in a mail: every link has its whole address."""
    html = expand_db_html(source) if source else ""
    base = settings.WAGTAILADMIN_BASE_URL
    return OWN_LINK.sub(lambda found: f"{found[1]}{urljoin(base, found[2])}", html)


def _words(kind: BlockKind) -> Callable[[Any, Sending], Block]:
    def make(value: Any, sending: Sending) -> Block:
        html = mail_html(value["text"].source)
        return Block(kind, heading=value["heading"] or "", html=html, text=plain_text(html))

    return make


def _picture(value: Any, sending: Sending) -> Block | None:
    """A picture that may no longer be shown is left out, also from an old issue."""
    image = shown(value["image"], local_day(sending.now))
    if image is None:
        return None
    copy = image.get_rendition(PICTURE)
    words = value["caption"] or ""
    return Block(
        BlockKind.PICTURE,
        html=format_html("<p>{}</p>", words) if words else "",
        text=words,
        picture_url=urljoin(settings.WAGTAILADMIN_BASE_URL, copy.url),
        alt=value["alt"],
        width=copy.width,
        height=copy.height,
    )


def _activities(value: Any, sending: Sending) -> Block:
    found = within(value, sending.since).exclude(pk__in=sending.told)
    venues = [venue.pk for venue in value["venues"] if venue is not None]
    if venues:
        found = found.for_venues(venues)
    elif value["venues"]:
        found = found.none()  # all of them have been deleted: not the same as all venues
    if value["types"]:
        found = found.for_types(value["types"])
    if not value["fixed_too"]:
        found = found.of_kinds(["varying", "shared"])
    return _list(BlockKind.ACTIVITIES, found, value, sending)


def _shared(value: Any, sending: Sending) -> Block:
    found = within(value, sending.since).shared()
    return _list(BlockKind.SHARED, found, value, sending)


def _list(kind: BlockKind, found: "OccurrenceQuerySet", value: Any, sending: Sending) -> Block:
    return Block(
        kind,
        heading=value["heading"] or "",
        entries=entries_of(found, now=sending.now, most=value["most"] or 1),
        empty_text=value["empty_text"] or "",
    )


def within(value: Any, since: dt.datetime) -> "OccurrenceQuerySet":
    """Return the public dates of a list's period that are not over at `since`, soonest first."""
    first, last = period_of(value, local_day(since))
    dates = Occurrence.objects.public()
    if first is None or last is None:
        return dates.none()
    return dates.on_days(first, last).filter(ends_at__gt=since)


def period_of(value: Any, sent_on: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last local day of a list in an issue that is sent on `sent_on`."""
    if value["period"] == Period.DATES:
        return value["first"], value["last"]
    return sent_on, sent_on + dt.timedelta(days=int(value["period"] or 1) - 1)


MAKERS: dict[str, Callable[[Any, Sending], Block | None]] = {
    "text": _words(BlockKind.TEXT),
    "notice": _words(BlockKind.NOTICE),
    "picture": _picture,
    "activities": _activities,
}

"""The archive on the web: the list of issues, and one issue with its dates."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse

from core.domain.dates import day_bounds, local_day
from core.page_cache import changes_at
from newsletter.content import archived_content
from newsletter.domain.content import Block, Entry, by_day

if TYPE_CHECKING:
    from newsletter.models import IssuePage, NewsletterIndexPage
    from newsletter.querysets.issues import IssueQuerySet

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a list, and what happens on it."""

    date: dt.date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One block as the page shows it: its lists are divided into days."""

    block: Block
    days: tuple[Day, ...]


def issue_context(request: HttpRequest, page: "IssuePage", *, now: dt.datetime) -> dict[str, Any]:
    """Return what the page of one issue shows. A picture's consent may end with the day."""
    changes_at(request, day_bounds(local_day(now))[1])
    content = archived_content(page, now=now)
    return {
        "content": content,
        "parts": [part_of(block) for block in content.blocks if block_is_shown(block)],
        "sent_on": local_day(page.first_published_at or now),
    }


def part_of(block: Block) -> Part:
    days = (Day(date, entries) for date, entries in by_day(block.entries))
    return Part(block, tuple(days))


def block_is_shown(block: Block) -> bool:
    """Whether there is anything to see; a list that found nothing may have words for it."""
    return bool(block.entries or block.html or block.picture_url or block.empty_text)


def archive_context(
    request: HttpRequest, page: "NewsletterIndexPage", issues: "IssueQuerySet"
) -> dict[str, Any]:
    """Return a page of the list of issues, the newest first. An odd page number is the nearest."""
    shown = issues.child_of(page).select_related("topic")
    found = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("side"))
    return {
        "issues": found,
        "newer_url": f"?side={found.previous_page_number()}" if found.has_previous() else "",
        "older_url": f"?side={found.next_page_number()}" if found.has_next() else "",
        "feed_url": reverse("newsletter_feed"),
    }

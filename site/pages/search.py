"""Finding venues, activities and pages by what people write.

Words are folded and cut to their stems before they reach the database, in the index and in the
question alike, so that SQLite and PostgreSQL give the same answers.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Min
from wagtail.models import Page

from activities.models import ActivityPage, Occurrence
from core.domain.dates import local_time
from core.domain.text import close_words, fold, stems
from directory.models import VenuePage
from pages.models import StandardPage

MOST = 40

Found = TypeVar("Found", VenuePage, ActivityPage, StandardPage)


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, best first, and other words to try when it was little."""

    venues: list[VenuePage]
    activities: list[tuple[ActivityPage, dt.datetime]]
    pages: list[StandardPage]
    suggestions: list[str]

    @property
    def number(self) -> int:
        return len(self.venues) + len(self.activities) + len(self.pages)


def find(words: str, *, now: dt.datetime) -> Results:
    """Return what `words` finds at `now` (aware): only what the public may see."""
    wanted = stems(words)
    if not wanted:
        return Results([], [], [], [])
    venues = matching(VenuePage, wanted)
    activities = matching(ActivityPage, wanted)
    pages = matching(StandardPage, wanted)
    today = local_time(now).date()
    results = Results(
        venues=ranked(
            VenuePage.objects.public().standing(today).for_lists().filter(pk__in=venues), wanted
        ),
        activities=dated(activities, wanted, now),
        pages=ranked(StandardPage.objects.live().public().filter(pk__in=pages), wanted),
        suggestions=[],
    )
    return results if results.number else suggesting(results, words)


def matching(model: type[Page], wanted: str) -> list[int]:
    """Return the ids of pages whose indexed words hold every stem of `wanted`."""
    found = model.objects.search(wanted, operator="and")
    return [page.pk for page in found[: MOST * 5]]


def ranked(pages: Iterable[Found], wanted: str) -> list[Found]:
    """Return pages with the words in their title first, then by name as Danes sort."""

    def rank(page: Found) -> tuple[bool, str, int]:
        title = stems(page.title).split()
        return not all(stem in title for stem in wanted.split()), page.sort_key, page.pk

    return sorted(pages, key=rank)[:MOST]


def dated(ids: list[int], wanted: str, now: dt.datetime) -> list[tuple[ActivityPage, dt.datetime]]:
    """Return found activities that still have a date to come, with the next one."""
    coming = (
        Occurrence.objects.public()
        .taking_place()
        .upcoming(now)
        .order_by()
        .filter(activity_id__in=ids)
        .values_list("activity_id")
        .annotate(next_at=Min("starts_at"))
    )
    next_dates = dict(coming)
    activities = ActivityPage.objects.public().filter(pk__in=next_dates)
    found = ranked(activities.select_related("calendar_entry"), wanted)
    return [(activity, next_dates[activity.pk]) for activity in found]


def suggesting(results: Results, words: str) -> Results:
    """Return the empty results with titles spelt almost like what was written."""
    titles = [
        *VenuePage.objects.public().values_list("title", flat=True),
        *ActivityPage.objects.public().values_list("title", flat=True).distinct()[:500],
    ]
    by_fold = {fold(word): word for title in titles for word in [title, *title.split()]}
    close = close_words(fold(words), by_fold)
    return Results(
        results.venues, results.activities, results.pages, [by_fold[word] for word in close]
    )

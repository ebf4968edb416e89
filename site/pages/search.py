"""Finding venues, activities and pages by what people write.

Words are folded and cut to their stems before they reach the database, in the index and in the
question alike, so that SQLite and PostgreSQL give the same answers.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import OuterRef, Subquery
from wagtail.models import Page

from activities.card_rows import card_rows
from activities.cards import Card, make_cards
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
    activities: list[tuple[ActivityPage, Card]]
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


def dated(ids: list[int], wanted: str, now: dt.datetime) -> list[tuple[ActivityPage, Card]]:
    """Return found activities that still have a date to come, each with the next one's card."""
    dates = Occurrence.objects.public()
    coming = dates.taking_place().upcoming(now).filter(activity=OuterRef("pk"))
    activities = ActivityPage.objects.public().filter(pk__in=ids)
    with_next = activities.annotate(next_date=Subquery(coming.values("pk")[:1]))
    found = ranked(with_next.exclude(next_date=None), wanted)
    keys = [activity.next_date for activity in found]
    cards = make_cards(card_rows(dates.filter(pk__in=keys), MOST), dates, now)
    by_key = {card.key: card for card in cards}
    return [(activity, by_key[activity.next_date]) for activity in found]


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

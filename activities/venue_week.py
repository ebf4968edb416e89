"""What happens at a venue: its coming week day by day, and the next thing in one line."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext

from activities.card_rows import card_rows
from activities.cards import Card, make_cards
from core.domain.dates import day_bounds, local_time
from core.wording import clock, column_time, date_text, day_month, relative_day, weekday

if TYPE_CHECKING:
    from activities.querysets import OccurrenceQuerySet

DAYS = 7
MOST_IN_WEEK = 150
DAY = dt.timedelta(days=1)
LONGEST = dt.timedelta(days=2)


def week_of(venue_id: int, dates: "OccurrenceQuerySet", now: dt.datetime) -> list[Card]:
    """Return the cards of today and the six days after it, shared events included."""
    today = local_time(now).date()
    begins, ends = day_bounds(today)[0], day_bounds(today + (DAYS - 1) * DAY)[1]
    rows = dates.for_venue(venue_id).filter(starts_at__gte=begins, starts_at__lt=ends)
    shown = card_rows(rows.order_by("starts_at", "pk"), MOST_IN_WEEK)
    return make_cards(shown, dates, now)


def week_days(cards: Iterable[Card], today: dt.date) -> list[dict[str, Any]]:
    """Return the days of `components/week_list.html`, those without anything too."""
    by_day = {day: list(group) for day, group in groupby(cards, key=lambda card: card.day)}
    days = [today + number * DAY for number in range(DAYS)]
    return [_day(day, by_day.get(day, []), today) for day in days]


def next_for_venues(
    venue_ids: Collection[int], dates: "OccurrenceQuerySet", now: dt.datetime
) -> dict[int, tuple[str, str]]:
    """Return by venue what is on or next today: ("Nu:", "Åbent træværksted"). One query.

    Venues with nothing more today are left out; so are cancelled dates.
    """
    today = local_time(now).date()
    rows = (
        dates.taking_place()
        .filter(venue_id__in=venue_ids, ends_at__gt=now)
        .filter(starts_at__gt=now - LONGEST, starts_at__lt=day_bounds(today)[1])
        .order_by("starts_at", "pk")
        .values_list("venue_id", "starts_at", "activity__title")
    )
    found: dict[int, tuple[str, str]] = {}
    for venue_id, starts_at, title in rows:
        wall = local_time(starts_at)
        label = gettext("Now") if starts_at <= now else capfirst(clock(wall.time()))
        found.setdefault(venue_id, (f"{label}:", title))
    return found


def _day(day: dt.date, cards: Sequence[Card], today: dt.date) -> dict[str, Any]:
    close = (day - today).days < 2
    return {
        "title": capfirst(relative_day(day, today) if close else weekday(day)),
        "date_text": date_text(day, year=False) if close else day_month(day),
        "items": [_item(card) for card in cards],
        "changes": [card.change for card in cards if card.change],
        "empty_text": gettext("Nothing is planned."),
    }


def _item(card: Card) -> dict[str, Any]:
    notes = [gettext("held together")] if card.is_shared and not card.is_cancelled else []
    return {
        "time": column_time(local_time(card.starts).time()),
        "title": card.title,
        "url": card.url,
        "cancelled": card.is_cancelled,
        "note": ", ".join([*notes, card.note] if card.note else notes),
    }

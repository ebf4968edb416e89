"""What a venue's info screen shows: now and today, the coming days, and messages."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.text import capfirst

from activities.card_rows import card_rows
from activities.cards import Card, make_cards, next_moment
from core.domain.dates import day_bounds, instant, local_time
from core.wording import day_month, weekday
from directory.status import VenueStatus, opening_of, status_at

if TYPE_CHECKING:
    from activities.querysets import OccurrenceQuerySet
    from directory.models import Notice, VenuePage
    from directory.querysets import NoticeQuerySet

DAYS_AHEAD = 6
MOST = 120
LIGHT_FROM, DARK_FROM = 7, 20  # hours on the wall
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ScreenDay:
    """A coming day with what happens on it."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ScreenContent:
    """All that one screen shows at one moment. `next_change` is when it must be asked again."""

    today: dt.date
    today_text: str
    status: VenueStatus
    today_cards: tuple[Card, ...]
    days: tuple[ScreenDay, ...]
    notices: "tuple[Notice, ...]"
    is_dark: bool
    next_change: dt.datetime


def screen_content(
    venue: "VenuePage", dates: "OccurrenceQuerySet", notices: "NoticeQuerySet", now: dt.datetime
) -> ScreenContent:
    """Return what the screen of `venue` shows at `now`. Both querysets are of public things."""
    wall = local_time(now)
    today = wall.date()
    status = status_at(opening_of([venue], today)[venue.pk], now)
    coming = dates.for_venue(venue.pk).upcoming(now).to_day(today + DAYS_AHEAD * DAY)
    cards = make_cards(card_rows(coming, MOST), dates, now)
    told = notices.filter(Q(venue=venue) | Q(venue=None))
    moments = [
        status.next_change,
        next_moment(cards, now),
        told.next_change(now),
        _next_light(wall, now),
        day_bounds(today)[1],
    ]
    later = [card for card in cards if card.day > today]
    return ScreenContent(
        today=today,
        today_text=_day(today),
        status=status,
        today_cards=tuple(card for card in cards if card.day <= today),
        days=tuple(
            ScreenDay(capfirst(_day(day)), tuple(group))
            for day, group in groupby(later, lambda card: card.day)
        ),
        notices=tuple(told.showing(now)),
        is_dark=not LIGHT_FROM <= wall.hour < DARK_FROM,
        next_change=min(moment for moment in moments if moment),
    )


def _next_light(wall: dt.datetime, now: dt.datetime) -> dt.datetime:
    """When the screen next turns dark or light."""
    for hour in (LIGHT_FROM, DARK_FROM):
        if wall.hour < hour:
            return instant(wall.replace(hour=hour, minute=0, second=0, microsecond=0), after=now)
    tomorrow = wall.replace(hour=LIGHT_FROM, minute=0, second=0, microsecond=0) + DAY
    return instant(tomorrow, after=now)


def _day(day: dt.date) -> str:
    return f"{weekday(day)} {day_month(day)}"

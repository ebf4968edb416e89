"""Events that several venues hold: the page /faelles/, and the front page's three."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from activities.card_rows import card_rows
from activities.cards import Card, make_cards, next_moment
from core.domain.dates import day_bounds, local_time
from core.page_cache import changes_at
from core.wording import clock, date_text, sentence

if TYPE_CHECKING:
    from activities.cards import ChangeText
    from activities.querysets import OccurrenceQuerySet

MOST = 30
ROWS_READ = 200


@dataclass(frozen=True, slots=True)
class Event:
    """One shared event, as `components/shared_event.html` asks for it."""

    when: str
    title: str
    url: str
    text: str
    illustration: str
    change: "ChangeText | None"


def shared_context(
    request: HttpRequest, dates: "OccurrenceQuerySet", now: dt.datetime
) -> dict[str, Any]:
    """Return what /faelles/ shows at the aware moment `now`."""
    today = local_time(now).date()
    cards = coming_events(dates, now, MOST)
    changes_at(request, next_moment(cards, now))
    changes_at(request, day_bounds(today)[1])
    return {
        "events": [event_of(card, today) for card in cards],
        "follow_url": f"{reverse('subscribe')}?art=faelles",
    }


def coming_events(dates: "OccurrenceQuerySet", now: dt.datetime, most: int) -> list[Card]:
    """Return the next date of each shared event that is not over, soonest first."""
    rows = dates.filter(shared=True).upcoming(now).values_list("activity_id", "pk")[:ROWS_READ]
    first: dict[int, int] = {}
    for activity_id, key in rows:
        first.setdefault(activity_id, key)
    keys = list(first.values())[:most]
    found = card_rows(dates.filter(pk__in=keys).order_by("starts_at", "pk"), most)
    return make_cards(found, dates, now)


def event_of(card: Card, today: dt.date) -> Event:
    when = f"{date_text(card.day, year=card.day.year != today.year)} {_clock(card)}"
    open_to_all = gettext("Everybody is welcome.") if card.is_open_to_all else ""
    at = gettext("We meet here: %(place)s") % {"place": card.where.name} if card.where.name else ""
    texts = (sentence(card.summary), sentence(at) if at else "", open_to_all)
    return Event(
        when=capfirst(when),
        title=card.title,
        url=card.url,
        text=" ".join(text for text in texts if text),
        illustration=card.illustration,
        change=card.change,
    )


def _clock(card: Card) -> str:
    return clock(local_time(card.starts).time())

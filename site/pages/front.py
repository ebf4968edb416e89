"""The front page: what is open, what happens today, and where to ring; asked of the apps below."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from activities.card_rows import card_rows
from activities.cards import Card, make_cards, next_moment
from activities.models import Occurrence
from activities.together import coming_events, event_of
from activities.venue_week import next_for_venues
from core.domain.dates import day_bounds, local_time
from core.models import SiteSettings
from core.page_cache import changes_at
from core.wording import clock, date_text
from directory.listing import row
from directory.models import Notice, VenuePage
from directory.needs import NEEDS
from directory.status import VenueStatus, stored_states

MOST_OPEN = 8
MOST_OPENING = 4
FEW_OPEN = 4
MOST_RUNNING = 4
MOST_TODAY = 12
MOST_TOGETHER = 3
LONGEST = dt.timedelta(days=2)
NIGHT_BEGINS, NIGHT_ENDS = dt.time(21), dt.time(6)

States = dict[int, VenueStatus]


def front_context(request: HttpRequest, now: dt.datetime) -> dict[str, Any]:
    """Return all that the front page shows at the aware moment `now`."""
    wall = local_time(now)
    today = wall.date()
    dates = Occurrence.objects.public()
    cards = todays_cards(now)
    together = coming_events(dates, now, MOST_TOGETHER)
    notices = Notice.objects.filter(venue=None)
    for moment in (
        next_moment([*cards, *together], now),
        notices.next_change(now),
        day_bounds(today)[1],
        *_turns_of_night(wall, now),
    ):
        changes_at(request, moment)
    return {
        "now": now,
        "is_night": is_night(wall),
        "needs": need_doors(),
        "notices": notices.showing(now),
        "today_text": capfirst(date_text(today, year=False)),
        "running": [card for card in cards if card.starts <= now],
        "coming": [card for card in cards if card.starts > now],
        "is_more_today": len(cards) == MOST_TODAY,
        "together": [event_of(card, today) for card in together],
        "acute": acute_help(SiteSettings.for_request(request)),
        **_open_places(request, now),
    }


def need_doors() -> list[dict[str, str]]:
    """Return the six doors of `components/need_arcade.html`."""
    return [
        {"icon": need.icon, "label": str(need.label), "url": f"/steder/?behov={need.slug}"}
        for need in NEEDS
    ]


def is_night(wall: dt.datetime) -> bool:
    """Whether most places are closed by the clock: then the drawing has its lamp lit."""
    return wall.time() >= NIGHT_BEGINS or wall.time() < NIGHT_ENDS


def todays_cards(now: dt.datetime) -> list[Card]:
    """Return what is on and what is still to begin today, twelve at most, soonest first.

    Of all that runs only what began last is told: the time line is about what comes.
    """
    dates = Occurrence.objects.public()
    running = dates.filter(starts_at__gt=now - LONGEST, starts_at__lte=now, ends_at__gt=now)
    started = card_rows(running.order_by("-starts_at", "-pk"), MOST_RUNNING)
    midnight = day_bounds(local_time(now).date())[1]
    later = dates.filter(starts_at__gt=now, starts_at__lt=midnight).order_by("starts_at", "pk")
    rows = [*reversed(started), *card_rows(later, MOST_TODAY - len(started))]
    return make_cards(rows, dates, now)


def open_first(states: States) -> list[int]:
    """Return the keys of the open venues: the one that closes first, first."""
    opened = [(status.state.closes, key) for key, status in states.items() if status.is_open]
    closing = sorted((closes, key) for closes, key in opened if closes is not None)
    return [key for _, key in closing] + [key for closes, key in opened if closes is None]


def opening_next(states: States) -> list[int]:
    """Return the keys of the closed venues that open again: soonest first."""
    found = [
        (status.state.opens_next, key)
        for key, status in states.items()
        if not status.is_open and status.state.opens_next is not None
    ]
    return [key for _, key in sorted(found)]


def acute_help(site: SiteSettings) -> dict[str, Any] | None:
    """Return the inputs of `components/acute_help.html`; an editor writes every word of it."""
    if not site.acute_heading:
        return None
    numbers = [
        {"number": row.number, "tel": row.number.replace(" ", ""), "text": row.text}
        for row in site.acute_numbers.all()
    ]
    return {"heading": site.acute_heading, "text": site.acute_text, "numbers": numbers}


def _open_places(request: HttpRequest, now: dt.datetime) -> dict[str, Any]:
    wall = local_time(now)
    venues = VenuePage.objects.public().standing(wall.date())
    keys = list(venues.in_order().values_list("pk", flat=True))
    states = stored_states(VenuePage, keys, now)
    for status in states.values():
        changes_at(request, status.next_change)
    opened, closed = open_first(states), opening_next(states)
    shown = opened[:MOST_OPEN]
    follow = closed[:MOST_OPENING] if len(opened) < FEW_OPEN else []
    doing = next_for_venues(shown, Occurrence.objects.public(), now)
    told = venues.select_related("district").in_bulk([*shown, *follow])
    return {
        "open_count": len(opened),
        "open_text": open_text(len(opened)),
        "open_heading": _open_heading(len(opened), wall),
        "open_lead": _open_lead(len(opened), wall),
        "venue_count": len(keys),
        "open_rows": _rows(shown, told, states, doing, now),
        "opening_heading": _opening_heading(follow, states, wall),
        "opening_rows": _rows(follow, told, states, {}, now),
    }


def open_text(count: int) -> str:
    """`6 steder har åbent nu`."""
    if count == 0:
        return gettext("No place is open right now")
    text = ngettext("%(count)d place is open now", "%(count)d places are open now", count)
    return text % {"count": count}


def _open_heading(count: int, wall: dt.datetime) -> str:
    if count == 0:
        return gettext("Closed right now")
    return gettext("Open tonight") if is_night(wall) else gettext("Open now")


def _open_lead(count: int, wall: dt.datetime) -> str:
    if count == 0:
        return gettext("No place is open %(time)s. See below who opens first.") % {
            "time": clock(wall.time())
        }
    text = ngettext(
        "%(count)d place is open %(time)s. You can just walk in.",
        "%(count)d places are open %(time)s. You can just walk in.",
        count,
    )
    return text % {"count": count, "time": clock(wall.time())}


def _opening_heading(keys: Sequence[int], states: States, wall: dt.datetime) -> str:
    """`Åbner først i morgen`, or that they open next when one still opens today."""
    if not keys:
        return ""
    first = states[keys[0]].state.opens_next
    if first and first.date() == wall.date() + dt.timedelta(days=1):
        return gettext("Opens first tomorrow")
    return gettext("Opens next")


def _rows(
    keys: Iterable[int],
    venues: dict[int, VenuePage],
    states: States,
    doing: dict[int, tuple[str, str]],
    now: dt.datetime,
) -> list[dict[str, Any]]:
    found = []
    for key in keys:
        label, text = doing.get(key, ("", ""))
        found.append(row(venues[key], states[key], now) | {"next_label": label, "next_text": text})
    return found


def _turns_of_night(wall: dt.datetime, now: dt.datetime) -> list[dt.datetime]:
    """When the night begins and ends today, if that is still to come."""
    ahead = [
        now + (dt.datetime.combine(wall.date(), turn) - wall) for turn in (NIGHT_BEGINS, NIGHT_ENDS)
    ]
    return [moment for moment in ahead if moment > now]

"""One date as lists, time lines and tables show it: an occurrence in, ready words out.

The occurrences should come from `card_rows()`; nothing here asks the database for one at a time.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext, ngettext, pgettext
from wagtail.models import Site

from activities.card_rows import DateRow
from activities.change_wording import cancelled_text, extra_text, moved_text
from activities.taxonomy import OccurrenceStatus, PlaceKind
from core.domain.dates import local_time
from core.wording import column_time, kr, sentence
from directory.taxonomy import GenderPolicy, PriceType

if TYPE_CHECKING:
    from activities.models import ActivityPage, Occurrence
    from activities.querysets import OccurrenceQuerySet
    from directory.models import VenuePage

    Date: TypeAlias = Occurrence | DateRow

NEW_FOR = dt.timedelta(days=14)
FEW_PLACES = 10


@dataclass(frozen=True, slots=True)
class ChangeText:
    """What changed: `kind` is cancelled, moved or extra, `text` follows the bold word."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Where:
    """The place of one date as the public may know it: a secret address has no street."""

    name: str
    url: str
    district: str
    street: str


@dataclass(frozen=True, slots=True)
class Card:
    """One date: what `occurrence_row`, `timeline_item` and `shared_event` ask for."""

    key: int
    day: dt.date
    starts: dt.datetime
    ends: dt.datetime
    title: str
    url: str
    summary: str
    illustration: str
    where: Where
    price_text: str
    is_free: bool
    tags: tuple[tuple[str, str], ...]
    change: ChangeText | None
    is_now: bool
    is_over: bool
    is_shared: bool
    is_open_to_all: bool
    was_time: str
    note: str

    @property
    def is_cancelled(self) -> bool:
        return self.change is not None and self.change.kind == "cancelled"

    @property
    def state(self) -> str:
        """Return past, on, coming or cancelled, as the time line's marks have it."""
        if self.is_cancelled:
            return "cancelled"
        if self.is_now:
            return "on"
        return "past" if self.is_over else "coming"

    @property
    def shown_price(self) -> str:
        """Return the price for a row; "Gratis" is a tag there already."""
        return "" if self.is_free else self.price_text

    @property
    def meta(self) -> str:
        """`Perlen · Havnegade 12 · gratis`."""
        price = self.price_text[:1].lower() + self.price_text[1:]
        return " · ".join(part for part in (self.where.name, self.where.street, price) if part)


def make_cards(
    occurrences: Iterable["Date"], dates: "OccurrenceQuerySet", now: dt.datetime
) -> list[Card]:
    """Return the card of each occurrence at the aware moment `now`.

    `dates` are the public dates in which the next one after a cancelled date is looked up: one
    query for all of them, and none when nothing is cancelled.
    """
    rows = list(occurrences)
    coming = next_dates([row for row in rows if row.cancelled], dates, now)
    root = site_root()
    return [_card(row, coming.get(row.pk), now, root) for row in rows]


def next_dates(
    cancelled: Sequence["Date"], dates: "OccurrenceQuerySet", now: dt.datetime
) -> dict[int, dt.date]:
    """Return by key the day on which the activity next takes place after each cancelled date."""
    if not cancelled:
        return {}
    later = (
        dates.taking_place()
        .filter(activity=OuterRef("activity"), starts_at__gt=OuterRef("starts_at"))
        .filter(starts_at__gt=now)
        .order_by("starts_at", "pk")
    )
    rows = (
        dates.model._default_manager.filter(pk__in=[row.pk for row in cancelled])
        .annotate(next_on=Subquery(later.values("local_date")[:1]))
        .values_list("pk", "next_on")
    )
    return {pk: day for pk, day in rows if day is not None}


def next_moment(cards: Iterable[Card], now: dt.datetime) -> dt.datetime | None:
    """Return when the first of the shown dates begins or ends after `now`."""
    moments = (moment for card in cards for moment in (card.starts, card.ends))
    return min((moment for moment in moments if moment > now), default=None)


def site_root() -> str:
    """Return the tree address of the front page, from which public addresses are cut."""
    paths = Site.get_site_root_paths()
    return paths[0].root_path if paths else "/"


def public_path(url_path: str, root: str) -> str:
    """Return `/steder/perlen/` for a page's stored address below the front page's."""
    return f"/{url_path.removeprefix(root)}" if url_path.startswith(root) else url_path


def date_anchor(day: dt.date) -> str:
    """Return the id that a day has on its activity's page; links to it end in `#` and this."""
    return day.isoformat()


def price_text(activity: "ActivityPage") -> str:
    """`Gratis`, `30 kr.`, `20–40 kr.`; nothing where the price is not known."""
    if activity.price_type == PriceType.FREE or activity.price == 0 == (activity.price_max or 0):
        return gettext("Free of charge")
    if activity.price_type == PriceType.FIXED and activity.price is not None:
        return kr(activity.price)
    if activity.price_type == PriceType.RANGE and activity.price is not None:
        lowest = kr(activity.price).removesuffix(" kr.") if activity.price else "0"
        return f"{lowest}–{kr(activity.price_max or activity.price)}"
    if activity.price_type == PriceType.PAY_WHAT_YOU_CAN:
        return gettext("Pay what you can")
    if activity.price_type == PriceType.AT_COST:
        return gettext("You pay what it costs us")
    return ""


def is_free(activity: "ActivityPage") -> bool:
    return activity.price_type == PriceType.FREE


def seats_text(free: int) -> str:
    """`4 pladser tilbage`, or that there are none."""
    if free == 0:
        return gettext("No places left")
    return ngettext("%(count)d place left", "%(count)d places left", free) % {"count": free}


def drawing(activity: "ActivityPage") -> str:
    """Return the name of the activity's drawing: its own, else the one of its type."""
    return activity.illustration or DRAWINGS.get(activity.activity_type, "coffee")


DRAWINGS = {
    "social": "board_games",
    "physical": "football",
    "creative": "paint",
    "experience": "bus",
    "learning": "computer_help",
    "sensory": "quiet_room",
    "meal": "warm_meal",
    "advice": "talk",
    "health": "nurse",
    "peer_group": "talk",
    "user_meeting": "house_meeting",
    "celebration": "christmas_tree",
    "work": "workshop",
    "spiritual": "books",
}


def where(occurrence: "Date", root: str) -> Where:
    """Return where a date takes place, as far as the public may know."""
    activity = occurrence.activity
    if occurrence.place:
        return Where(occurrence.place, "", "", "")
    if activity.place_kind == PlaceKind.ADDRESS:
        district = activity.place_district.name if activity.place_district else ""
        name, street = activity.place_name, activity.place_street
        return Where(name or street, "", district, street if name else "")
    other = activity.place_venue if activity.place_kind == PlaceKind.OTHER_VENUE else None
    return venue_place(other or occurrence.venue, root)


def venue_place(venue: "VenuePage | None", root: str) -> Where:
    """Return a venue as a place; street and district only if the public may know them."""
    if venue is None:
        return Where("", "", "", "")
    url = public_path(venue.url_path, root) if venue.live else ""
    if not (venue.address_public and venue.live):
        return Where(venue.title, url, "", "")
    district = venue.district.name if venue.district else ""
    return Where(venue.title, url, district, venue.street)


def change_of(occurrence: "Date", next_on: dt.date | None, today: dt.date) -> ChangeText | None:
    """Return what is different about a date, or None when it is as planned."""
    starts = local_time(occurrence.starts_at)
    if occurrence.status == OccurrenceStatus.CANCELLED:
        text = cancelled_text(starts.date(), occurrence.reason, next_on, today=today)
    elif occurrence.status == OccurrenceStatus.MOVED:
        text = moved_text(
            occurrence.original,
            starts,
            local_time(occurrence.ends_at),
            place=occurrence.place,
            reason=occurrence.reason,
            today=today,
        )
    elif occurrence.status == OccurrenceStatus.EXTRA:
        text = extra_text(starts.date(), occurrence.reason, today=today)
    else:
        return None
    return ChangeText(str(occurrence.status), text)


def _card(occurrence: "Date", next_on: dt.date | None, now: dt.datetime, root: str) -> Card:
    activity = occurrence.activity
    today = local_time(now).date()
    change = change_of(occurrence, next_on, today)
    cancelled = occurrence.cancelled
    running = occurrence.starts_at <= now < occurrence.ends_at
    free = is_free(activity)
    return Card(
        key=occurrence.pk,
        day=occurrence.local_date,
        starts=occurrence.starts_at,
        ends=occurrence.ends_at,
        title=activity.title,
        url=f"{public_path(activity.url_path, root)}#{date_anchor(occurrence.local_date)}",
        summary=activity.summary,
        illustration=drawing(activity),
        where=where(occurrence, root),
        price_text=price_text(activity),
        is_free=free,
        tags=() if cancelled else tuple(_tags(occurrence, now, free=free)),
        change=change,
        is_now=running and not cancelled,
        is_over=occurrence.ends_at <= now,
        is_shared=occurrence.shared,
        is_open_to_all=activity.open_to_public,
        was_time=_was_time(occurrence),
        note=sentence(occurrence.note),
    )


def _tags(occurrence: "Date", now: dt.datetime, *, free: bool) -> Iterable[tuple[str, str]]:
    activity = occurrence.activity
    if free:
        yield "free", gettext("Free of charge")
    if occurrence.shared:
        yield "shared", gettext("Held together")
    if activity.gender_policy == GenderPolicy.WOMEN_ONLY:
        yield "women", gettext("Only for women")
    if activity.first_published_at and now - activity.first_published_at < NEW_FOR:
        yield "new", pgettext("of an activity", "New")
    seats = occurrence.free_seats
    if seats is not None and seats <= FEW_PLACES:
        yield "people", seats_text(seats)


def _was_time(occurrence: "Date") -> str:
    """The struck old time beside the new one, when the day is still the same."""
    original = occurrence.original
    starts = local_time(occurrence.starts_at)
    if not occurrence.moved or original.date() != starts.date() or original == starts:
        return ""
    return column_time(original.time())

"""The dates of a programme as lines on paper. Paper lasts for days: nothing is "today" there."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from activities.card_rows import DateRow, card_rows
from activities.cards import price_text, where
from activities.taxonomy import OccurrenceStatus, PlaceKind
from core.domain.dates import local_time
from core.wording import clock, column_time, day_month, sentence, time_text, weekday

if TYPE_CHECKING:
    from activities.querysets import OccurrenceQuerySet

MOST = 400  # lines on one programme; more makes no poster


@dataclass(frozen=True, slots=True)
class Line:
    """One date on paper. `change` is cancelled, moved, away, extra or nothing.

    "away" stands on the day a date was moved from. `was` is the old time of one moved within
    its day.
    """

    starts: dt.datetime
    time: str
    title: str
    until: str
    details: str
    change: str = ""
    news: str = ""
    was: str = ""

    @property
    def is_off(self) -> bool:
        return self.change in {"cancelled", "away"}


def lines_between(
    dates: "OccurrenceQuerySet", first: dt.date, last: dt.date, *, venue: str = ""
) -> tuple[list[Line], int]:
    """Return the lines of the days, soonest first, and how many more there are. 2-3 queries.

    `venue` is the name of the venue whose poster it is: it is not told as the place.
    """
    found = dates.on_days(first, last)
    rows = card_rows(found, MOST + 1)
    left = found.count() - MOST if len(rows) > MOST else 0
    lines = [_line(row, venue) for row in rows[:MOST]]
    lines += [
        line
        for line in map(_moved_away, card_rows(moved_from(dates, first, last), MOST))
        if line is not None
    ]
    return sorted(lines, key=lambda line: (line.starts, line.title)), left


def moved_from(dates: "OccurrenceQuerySet", first: dt.date, last: dt.date) -> "OccurrenceQuerySet":
    """Dates that were planned on one of the days, and moved, perhaps out of them."""
    after = last + dt.timedelta(days=1)
    return dates.filter(
        status=OccurrenceStatus.MOVED,
        recurrence_id__gte=f"{first:%Y%m%d}",
        recurrence_id__lt=f"{after:%Y%m%d}",
    ).order_by("recurrence_id", "pk")


def _line(row: DateRow, venue: str) -> Line:
    starts = local_time(row.starts_at)
    same_day = row.moved and row.original.date() == starts.date()
    return Line(
        starts=starts,
        time=column_time(starts.time()),
        title=row.activity.title,
        until="" if row.cancelled else _until(row),
        details=" · ".join(_details(row, venue)),
        change="" if row.status == OccurrenceStatus.PLANNED else str(row.status),
        news=_news(row, starts),
        was=column_time(row.original.time()) if same_day and row.original != starts else "",
    )


def _moved_away(row: DateRow) -> Line | None:
    """The old place of a date that is on another day now; nothing if it is the same day."""
    starts = local_time(row.starts_at)
    if row.original.date() == starts.date():
        return None
    to = _("to %(day)s %(time)s.") % {"day": _day(starts.date()), "time": clock(starts.time())}
    return Line(
        starts=row.original,
        time=column_time(row.original.time()),
        title=row.activity.title,
        until="",
        details="",
        change="away",
        news=to,
    )


def _until(row: DateRow) -> str:
    return _("until %(time)s") % {"time": time_text(local_time(row.ends_at).time(), end=True)}


def _details(row: DateRow, venue: str) -> Iterable[str]:
    """Where, and the price; of a cancelled date nothing."""
    if row.cancelled:
        return
    place = where(row, "/")
    home = venue or (row.venue.title if row.venue else "")
    if home != venue:
        yield home
    elsewhere = row.place or row.activity.place_kind != PlaceKind.OWN
    if elsewhere and place.name and place.name != home:
        yield ", ".join(part for part in (place.name, place.street) if part)
    if price := price_text(row.activity):
        yield price[:1].lower() + price[1:]


def _news(row: DateRow, starts: dt.datetime) -> str:
    """What follows the bold word: why, from when, and what else there is to say."""
    parts = []
    if row.moved and row.original.date() != starts.date():
        day, time = _day(row.original.date()), clock(row.original.time())
        parts.append(_("from %(day)s %(time)s.") % {"day": day, "time": time})
    elif row.moved and row.original != starts:
        parts.append(_("from %(time)s.") % {"time": clock(row.original.time())})
    if row.moved and row.place:
        parts.append(sentence(_("New place: %(place)s") % {"place": row.place}))
    parts += [sentence(text) for text in (row.reason, row.note) if text]
    return " ".join(parts)


def _day(day: dt.date) -> str:
    return f"{weekday(day)} {day_month(day)}"

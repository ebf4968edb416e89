"""5a: how many came, told so that no few people can be worked out (domain.suppression)."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.domain.counting import is_closed
from activities.models import HeadCount, Occurrence
from directory.models import VenuePage
from initiatives.domain.suppression import Cell, Release, Told
from initiatives.indicators.base import Asked, Measured, Part


def release(today: dt.date) -> Release:
    """Return what may be told of all head counts of closed months, seen on the local `today`.

    Of every venue and every month, whoever asks: what is told must not depend on the question.
    One query.
    """
    rows = HeadCount.objects.standing().by_month()
    cells = [
        Cell(row["venue_id"], row["month"], row["people"], row["dates"])
        for row in rows
        if is_closed(row["month"], today)
    ]
    return Release(cells, smallest=settings.FRISTED_SMALL_CELL)


def head_counts(asked: Asked) -> Measured:
    """5a: people counted at the dates of the period's closed months, by venue."""
    told = release(asked.today)
    months = closed_months(asked)
    places = counted_venues(asked, told, months)
    venues = [venue.pk for venue in places]
    parts = tuple(_part(venue, told.told([venue.pk], months)) for venue in places)
    whole = told.told(venues, months)
    return Measured(
        told_text(whole), parts, coverage(whole, venues, months), reverse("initiatives_guests")
    )


def counted_venues(asked: Asked, told: Release, months: Collection[dt.date]) -> list[VenuePage]:
    """Return the venues of today, and those that were counted then and have gone since."""
    known = {venue.pk for venue in asked.venues}
    gone = VenuePage.objects.filter(pk__in=told.venues_in(months) - known).in_order()
    return [*asked.venues, *gone]


def closed_months(asked: Asked) -> list[dt.date]:
    """Return the first days of the period's months whose figures are final."""
    return [month for month in asked.period.months if is_closed(month, asked.today)]


def coverage(whole: Told, venues: Collection[int], months: Sequence[dt.date]) -> str:
    """Return on how many dates people were counted, of how many that took place."""
    if not months:
        return _("The period's first month is not closed yet.")
    last = (months[-1] + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    dates = Occurrence.objects.taking_place().on_days(months[0], last).filter(venue__in=venues)
    words = {"counted": whole.dates, "held": dates.order_by().count()}
    return _("Counted on %(counted)d of %(held)d dates.") % words


def told_text(told: Told) -> str:
    """Return "143", "mindst 143", or in words that it is not told or nobody counted."""
    if not told.counted:
        return _("not counted")
    if told.people is None:
        return _("too few to tell")
    number = number_text(told.people)
    return number if told.exact else _("at least %(number)s") % {"number": number}


def number_text(number: int) -> str:
    """Return a number with points: "5.331"."""
    return f"{number:,}".replace(",", ".")


def _part(venue: VenuePage, told: Told) -> Part:
    return Part(
        label=venue.title,
        value=told_text(told),
        venue=venue.pk,
        amount=float(told.people) if told.people is not None else None,
    )

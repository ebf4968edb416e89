"""A programme on paper as values: the days with their hours and lines, and what stands below."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.addresses import qr_picture, spoken
from activities.poster.asked import Asked
from activities.poster.entries import Line, lines_between
from core.wording import weekday
from directory.domain.opening import DayPlan, Span, plans_between
from directory.status import Opening, opening_of
from directory.wording import day_hours, plan_exception

if TYPE_CHECKING:
    from activities.querysets import OccurrenceQuerySet
    from directory.models import VenuePage

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PosterDay:
    """One day. `hours` is `kl. 9–16`; `special` says why they are others than usual. `goes_on`: the
    rest of a day that stands in the column before."""

    date: dt.date
    title: str
    date_text: str
    hours: str
    special: str
    lines: tuple[Line, ...]
    goes_on: bool = False

    @property
    def weight(self) -> float:
        """Return how many lines of type it takes, roughly; long titles take two."""
        words = [len(line.title) + len(line.details) + len(line.news) for line in self.lines]
        return 1.5 + len(self.lines) + sum(max(0, length - 36) / 36 for length in words)


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code, what it does, and its address for those who write it."""

    picture: str
    alt: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Programme:
    """All that stands on one poster. `left_out` is how many dates there was no room for."""

    title: str
    asked: Asked
    welcome: str
    days: tuple[PosterDay, ...]
    left_out: int
    address: str
    stop: str
    phone: str
    week_hours: tuple[str, ...]
    codes: tuple[Code, ...]
    printed_on: dt.date

    @property
    def document_title(self) -> str:
        return _("%(venue)s: programme, %(period)s") % {
            "venue": self.title,
            "period": self.asked.heading,
        }

    @property
    def weight(self) -> float:
        """Return how many lines of type the days take, roughly."""
        return sum(day.weight for day in self.days)

    @property
    def name_size(self) -> str:
        """Return short, middle, long or longest: names differ, and the arch does not."""
        longest = max((len(word) for word in self.title.split()), default=0)
        if len(self.title) <= 8:
            return "short"
        if len(self.title) <= 20 and longest <= 13:
            return "middle"
        return "long" if len(self.title) <= 36 and longest <= 18 else "longest"


def venue_programme(
    venue: "VenuePage",
    dates: "OccurrenceQuerySet",
    asked: Asked,
    today: dt.date,
    *,
    page_url: str,
    follow_url: str,
) -> Programme:
    """Return the programme of one venue; `dates` are the public ones."""
    first, last = asked.days
    lines, left = lines_between(dates.for_venue(venue.pk), first, last, venue=venue.title)
    opening = opening_of([venue], first)[venue.pk]
    plans = plans_between(opening.hours, opening.deviations, first, last)
    return Programme(
        title=venue.title,
        asked=asked,
        welcome=venue.summary,
        days=_days(lines, plans, whole=not asked.by_month),
        left_out=left,
        address=venue.address_line,
        stop=venue.stop if venue.address_public else "",
        phone=venue.phone,
        week_hours=_weekly(opening, plans) if asked.by_month else (),
        codes=(
            Code(
                qr_picture(page_url),
                _("QR code to the page of %(venue)s") % {"venue": venue.title},
                _("Scan, and see if we are open right now"),
                spoken(page_url),
            ),
            Code(
                qr_picture(follow_url),
                _("QR code to the calendar of %(venue)s") % {"venue": venue.title},
                _("Scan, and get our calendar on your phone"),
                spoken(follow_url),
            ),
        ),
        printed_on=today,
    )


def city_programme(
    title: str,
    dates: "OccurrenceQuerySet",
    asked: Asked,
    today: dt.date,
    *,
    page_url: str,
    follow_url: str,
) -> Programme:
    """Return the programme of all venues together."""
    first, last = asked.days
    lines, left = lines_between(dates, first, last)
    count = (last - first).days + 1
    plans = [DayPlan(first + number * DAY, ()) for number in range(count)]
    return Programme(
        title=title,
        asked=asked,
        welcome=_("What happens at all the places."),
        days=_days(lines, plans, whole=not asked.by_month, with_hours=False),
        left_out=left,
        address="",
        stop="",
        phone="",
        week_hours=(),
        codes=(
            Code(
                qr_picture(page_url),
                _("QR code to the calendar on the web"),
                _("Scan, and see what is on today"),
                spoken(page_url),
            ),
            Code(
                qr_picture(follow_url),
                _("QR code to the page where you can follow the calendar"),
                _("Scan, and get the calendar on your phone"),
                spoken(follow_url),
            ),
        ),
        printed_on=today,
    )


def _days(
    lines: Sequence[Line], plans: Sequence[DayPlan], *, whole: bool, with_hours: bool = True
) -> tuple[PosterDay, ...]:
    """The days of a week all stand there; of a month those on which there is something to say."""
    by_day = {day: tuple(group) for day, group in groupby(lines, lambda line: line.starts.date())}
    days = [_day(plan, by_day.get(plan.day, ()), with_hours=with_hours) for plan in plans]
    told = (day for day in days if whole or day.lines or day.special)
    return tuple(replace(day, special=_shut(day)) if with_hours else day for day in told)


def _shut(day: PosterDay) -> str:
    return day.special or ("" if day.hours else _("Closed."))


def _day(plan: DayPlan, lines: tuple[Line, ...], *, with_hours: bool) -> PosterDay:
    special = plan_exception(plan) if with_hours else ""
    hours = day_hours(plan.spans) if plan.spans else ""
    return PosterDay(
        date=plan.day,
        title=capfirst(weekday(plan.day)),
        date_text=pgettext("poster", "%(day)d") % {"day": plan.day.day},
        hours=hours,
        special=special,
        lines=lines,
    )


def _weekly(opening: Opening, plans: Sequence[DayPlan]) -> tuple[str, ...]:
    """`Mandag–torsdag kl. 9–16`: the usual hours of a month's first weeks, alike days together."""
    usual = [
        day_hours(
            _usual_spans(opening, next(plan.day for plan in plans if plan.day.weekday() == n))
        )
        for n in range(7)
    ]
    texts = []
    for hours, group in groupby(range(7), key=lambda number: usual[number]):
        days = [plans[0].day + (number - plans[0].day.weekday()) * DAY for number in group]
        if hours:
            first, last = capfirst(weekday(days[0])), weekday(days[-1])
            name = first if len(days) == 1 else f"{first}–{last}"
            texts.append(f"{name} {hours}")
    return tuple(texts)


def _usual_spans(opening: Opening, day: dt.date) -> list[Span]:
    plan = plans_between(opening.hours, (), day, day)[0]
    return list(plan.spans or plan.usual)

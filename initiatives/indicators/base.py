"""What an indicator is, and what is asked of it."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.domain.dates import local_day
from directory.models import VenuePage
from initiatives.domain.periods import Period


@dataclass(frozen=True, slots=True)
class Asked:
    """For which venues, which period and at which moment a figure is worked out."""

    venues: Sequence[VenuePage]
    period: Period
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        return local_day(self.now)

    @property
    def last(self) -> dt.date:
        """The last day that can be looked at: today, or the period's end if that is past."""
        return min(self.period.last, self.today)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing behind a figure, in words, with the page to see it on."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What a figure is at one venue (`venue` None: not of one venue), and what is behind it.

    `amount` is for the bar beside it; None where there is nothing to draw.
    """

    label: str
    value: str
    venue: int | None = None
    url: str = ""
    amount: float | None = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure for the whole municipality, in words, with its parts. `note` says what to know."""

    value: str
    parts: tuple[Part, ...] = ()
    note: str = ""
    url: str = ""

    def seen_by(self, venues: frozenset[int] | None) -> "Measured":
        """Return it with the parts of one's own venues only; None means every venue."""
        if venues is None:
            return self
        parts = [part for part in self.parts if part.venue is None or part.venue in venues]
        return Measured(self.value, tuple(parts), self.note, self.url)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: which initiative it speaks of, what it counts, and how it is worked out.

    `over_time` says that it counts a period; else it is how things stand at the moment asked.
    """

    code: str
    initiative: str
    title: Any
    definition: Any
    over_time: bool
    measure: Callable[[Asked], Measured]


def asked_for(period: Period, now: dt.datetime) -> Asked:
    """Return the question for every public venue that stands at `now`."""
    venues: Any = VenuePage.objects.public().standing(local_day(now)).in_order()
    return Asked(list(venues.prefetch_related("target_groups")), period, now)


def percent(some: int, of: int) -> int:
    """Return how many in a hundred, to the nearest whole number; a half goes up, as in Danish."""
    return (200 * some + of) // (2 * of)


def one_decimal(number: Decimal | float) -> str:
    """Return a number with one decimal, as in "3,3" for 3.25."""
    return str(Decimal(number).quantize(Decimal("0.1"), ROUND_HALF_UP)).replace(".", ",")


def share(some: int, of: int) -> str:
    """Return "12 af 16 (75 %)", or that there is nothing to count."""
    if not of:
        return _("nothing to count")
    words = {"some": some, "all": of, "percent": percent(some, of)}
    return _("%(some)d of %(all)d (%(percent)d %%)") % words


def page_url(page: Any) -> str:
    return str(page.relative_url(None) or "")


def joined(texts: Iterable[str]) -> str:
    return ", ".join(texts)

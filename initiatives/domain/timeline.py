"""A timeline as numbers: where on a line of years each stretch begins and ends.

Drawn from what is agreed, beside the years the action plan gives. What has no end gets an
open one; nothing is ever a share of being done.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Local days from `first` to `last`; without a `last` it goes on."""

    first: dt.date
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole years `first` to `last` laid over a width, from `left` on."""

    first: int
    last: int
    left: float
    width: float

    @property
    def right(self) -> float:
        return self.left + self.width

    def x(self, day: dt.date) -> float:
        """Return where the morning of a day lies; days outside lie on the edge."""
        begin, end = dt.date(self.first, 1, 1), dt.date(self.last + 1, 1, 1)
        inside = min(max(day, begin), end)
        return round(self.left + self.width * (inside - begin).days / (end - begin).days, 1)

    def years(self) -> list[tuple[float, float, int]]:
        """Return each year as (where it begins, its middle, the year)."""
        found = []
        for year in range(self.first, self.last + 1):
            begins, ends = self.x(dt.date(year, 1, 1)), self.x(dt.date(year + 1, 1, 1))
            found.append((begins, round((begins + ends) / 2, 1), year))
        return found

    def bar(self, stretch: Stretch, *, least: float = 4) -> tuple[float, float]:
        """Return where a stretch begins and how long it is; never shorter than can be seen."""
        begins = self.x(stretch.first)
        ends = self.x(stretch.last + DAY) if stretch.last else self.right
        return begins, round(max(ends - begins, least), 1)


def scale_for(
    days: Iterable[dt.date], years: Iterable[int], today: dt.date, *, left: float, width: float
) -> Scale:
    """Return a scale that holds some days, some years and today, with the year after today."""
    known = {day.year for day in days} | set(years) | {today.year, today.year + 1}
    return Scale(min(known), max(known), left, width)


def hull(stretches: Iterable[Stretch]) -> Stretch | None:
    """Return the stretch from the first beginning to the last end; open if one of them is."""
    found = list(stretches)
    if not found:
        return None
    ends = [stretch.last for stretch in found]
    last = None if None in ends else max(end for end in ends if end)
    return Stretch(min(stretch.first for stretch in found), last)

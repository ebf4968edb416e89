"""Years, halves and quarters as figures name them: `2026`, `2026-H2`, `2026-K4`.

Periods of one rhythm never overlap, so that no figure can be subtracted from another of the same
rhythm to leave part of a period. What is asked about a period is reported within 45 days after it,
and told only then: a figure that is told never changes afterwards.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

FIRST_YEAR, LAST_YEAR = 2020, 2100
DAY = dt.timedelta(days=1)
REPORT_DAYS = 45
_CODE = re.compile(r"(\d{4})(?:-(H[12]|K[1-4]))?")


class Rhythm(StrEnum):
    """How long a period is."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"


_MONTHS = {Rhythm.YEAR: 12, Rhythm.HALF: 6, Rhythm.QUARTER: 3}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of whole months: local days `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @property
    def rhythm(self) -> Rhythm:
        months = self.last.month - self.first.month + 1
        return next(rhythm for rhythm, length in _MONTHS.items() if length == months)

    @property
    def number(self) -> int:
        """Which half or quarter of its year it is, from 1."""
        return (self.first.month - 1) // _MONTHS[self.rhythm] + 1

    @property
    def code(self) -> str:
        """Return it as an address writes it: `2026-H2`."""
        letters = {Rhythm.YEAR: "", Rhythm.HALF: "-H", Rhythm.QUARTER: "-K"}[self.rhythm]
        return f"{self.first.year}{letters}{self.number if letters else ''}"

    @property
    def months(self) -> list[dt.date]:
        """Return the first day of each of its months."""
        return [
            dt.date(self.first.year, month, 1)
            for month in range(self.first.month, self.last.month + 1)
        ]

    @property
    def told_from(self) -> dt.date:
        """Return the first day on which nothing can be reported about it any more."""
        return self.last + (REPORT_DAYS + 1) * DAY

    def takes_reports(self, today: dt.date) -> bool:
        """Whether it is over, and the time to report has not run out on the local day `today`."""
        return self.last < today < self.told_from


def period_of(day: dt.date, rhythm: Rhythm) -> Period:
    """Return the period of a rhythm that holds the local `day`."""
    length = _MONTHS[rhythm]
    begin = (day.month - 1) // length * length + 1
    after = dt.date(day.year + (begin + length > 12), (begin + length - 1) % 12 + 1, 1)
    return Period(dt.date(day.year, begin, 1), after - DAY)


def read_period(code: str) -> Period | None:
    """Return the period that a code names; None for anything else."""
    found = _CODE.fullmatch(code)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    year, part = int(found[1]), found[2] or ""
    if part.startswith("H"):
        return period_of(dt.date(year, 6 * int(part[1]), 1), Rhythm.HALF)
    if part.startswith("K"):
        return period_of(dt.date(year, 3 * int(part[1]), 1), Rhythm.QUARTER)
    return period_of(dt.date(year, 1, 1), Rhythm.YEAR)


def periods_back(day: dt.date, rhythm: Rhythm, count: int) -> Iterator[Period]:
    """Yield the period that holds `day` and those before it, newest first."""
    period = period_of(day, rhythm)
    for _ in range(count):
        yield period
        period = period_of(period.first - DAY, rhythm)

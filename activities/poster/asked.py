"""Which programme somebody asks for: `?uge=2026-W48` or `?maaned=2026-12`, and `format=a3`."""

import datetime as dt
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.domain.weeks import (
    format_month,
    format_week,
    iso_week,
    month_range,
    parse_month,
    parse_week,
    shift_month,
    shift_week,
    week_range,
)
from core.wording import day_range, month_text, week_text

FORMATS = ("a4", "a3", "stor")
FARTHEST = dt.timedelta(days=550)  # dates are stored 18 months ahead


@dataclass(frozen=True, slots=True)
class Asked:
    """A week or a month (`number` of `year`) on a kind of paper."""

    year: int
    number: int
    by_month: bool = False
    paper: str = "a4"

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """Return the first and the last local day."""
        span = month_range if self.by_month else week_range
        return span(self.year, self.number)

    @property
    def key(self) -> str:
        """Return `2026-W48` or `2026-12`."""
        write = format_month if self.by_month else format_week
        return write(self.year, self.number)

    @property
    def title(self) -> str:
        """Return `Uge 48` or `December 2026`."""
        if self.by_month:
            return capfirst(month_text(self.year, self.number))
        return capfirst(week_text(self.days[0]))

    @property
    def heading(self) -> str:
        """Return `Uge 48 · den 23.–29. november 2026` or `December 2026`."""
        if self.by_month:
            return self.title
        return f"{self.title} · {day_range(*self.days, year=True)}"

    def query(self) -> str:
        """Return the query that asks for this, always in the same order."""
        pairs = [("maaned" if self.by_month else "uge", self.key)]
        return urlencode([*pairs, ("format", self.paper)])

    def shifted(self, by: int) -> "Asked":
        """Return the same `by` weeks or months later."""
        shift = shift_month if self.by_month else shift_week
        year, number = shift(self.year, self.number, by)
        return Asked(year, number, self.by_month, self.paper)

    def on(self, paper: str) -> "Asked":
        return Asked(self.year, self.number, self.by_month, paper)

    def as_week(self) -> "Asked":
        """Return the week of the first day."""
        return Asked(*iso_week(self.days[0]), paper=self.paper)

    def as_month(self) -> "Asked":
        """Return the month that most of the week lies in."""
        middle = self.days[0] + dt.timedelta(days=3)
        return Asked(middle.year, middle.month, by_month=True, paper=self.paper)


def read(query: QueryDict, today: dt.date) -> tuple[Asked, list[str]]:
    """Return what `query` asks for, else this week on A4, and what could not be used of it."""
    problems: list[str] = []
    paper = query.get("format", "a4").strip().lower()
    if paper not in FORMATS:
        problems.append(_("We print on a4, a3 and stor (large print). Write one of them."))
        paper = "a4"
    this_week = Asked(*iso_week(today), paper=paper)
    asked = this_week
    try:
        if "uge" in query and "maaned" in query:
            problems.append(_("Choose either a week or a month."))
        elif "uge" in query:
            asked = Asked(*parse_week(query.get("uge", "")), paper=paper)
        elif "maaned" in query:
            asked = Asked(*parse_month(query.get("maaned", "")), by_month=True, paper=paper)
    except ValueError:
        problems.append(_("Write a week as 2026-W48, or a month as 2026-12."))
    if abs(asked.days[0] - today) > FARTHEST:
        problems.append(_("We only have the programme of the coming year and a half."))
        asked = this_week
    return asked, problems

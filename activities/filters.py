"""What a visitor asks of the calendar, read from an address. List and feeds read the same.

A value nobody knows is never a server error and never an empty lie: it is left out and told
(`Problem`); a page shows the problems, a feed answers 400 with the first of them.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from activities.taxonomy import ActivityType
from core.domain.text import clean
from core.domain.weeks import week_range
from directory.models import District, TargetGroup, VenuePage

PERIODS = ("idag", "imorgen", "uge", "weekend", "maaned")
KINDS = {"fast": "fixed", "varierende": "varying", "faelles": "shared"}
VIEWS = ("liste", "uge", "maaned")
KEYS = (
    "periode",
    "fra",
    "til",
    "sted",
    "maalgruppe",
    "type",
    "art",
    "bydel",
    "gratis",
    "q",
)
LONGEST_WORDS = 100
MOST_UNKNOWN = 5  # values of one key that are told of
LONGEST_SPAN = dt.timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Problem:
    """One value of an address that could not be used, and why, in the visitor's words."""

    key: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class CalendarFilter:
    """What to show. Days are local and included; empty means no limit.

    `period` keeps the word that `first` and `last` came from, for links and headings.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    period: str = ""
    venues: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    free: bool = False
    words: str = ""

    @classmethod
    def parse(cls, query: QueryDict, *, today: dt.date) -> tuple["CalendarFilter", list[Problem]]:
        """Return the filter an address asks for, and what of it could not be used."""
        problems: list[Problem] = []
        first, last, period = _parse_days(query, today, problems)
        wanted = cls(
            first=first,
            last=last,
            period=period,
            venues=_known(query, "sted", _slugs(VenuePage.objects.live(), query, "sted"), problems),
            groups=_known(query, "maalgruppe", _codes(query), problems),
            types=_known(query, "type", set(ActivityType.values), problems),
            kinds=tuple(KINDS[kind] for kind in _known(query, "art", set(KINDS), problems)),
            districts=_known(
                query, "bydel", _slugs(District.objects.all(), query, "bydel"), problems
            ),
            free=bool(_known(query, "gratis", {"1"}, problems)),
            words=_words(query, problems),
        )
        return wanted, problems

    @property
    def is_everything(self) -> bool:
        """Whether nothing was asked for but perhaps a period."""
        return replace(self, first=None, last=None, period="") == CalendarFilter()

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as (key, value) pairs of an address, always in the same order."""
        names = {code: word for word, code in KINDS.items()}
        pairs = [("periode", self.period)] if self.period else []
        if not self.period:
            pairs += [("fra", self.first.isoformat())] if self.first else []
            pairs += [("til", self.last.isoformat())] if self.last else []
        pairs += [("sted", value) for value in self.venues]
        pairs += [("maalgruppe", value) for value in self.groups]
        pairs += [("type", value) for value in self.types]
        pairs += [("art", names[value]) for value in self.kinds]
        pairs += [("bydel", value) for value in self.districts]
        pairs += [("gratis", "1")] if self.free else []
        pairs += [("q", self.words)] if self.words else []
        return pairs

    def query(self, *, without: Iterable[tuple[str, str]] = (), **changed: str) -> str:
        """Return "?key=value…" with some pairs left out and others set; "" when empty."""
        left = [
            pair for pair in self.pairs() if pair not in set(without) and pair[0] not in changed
        ]
        left += [(name, value) for name, value in changed.items() if value]
        return f"?{urlencode(left)}" if left else ""


def period_days(period: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last local day that a period's word stands for.

    From Friday evening on people ask for the weekend they are in, so Saturday and Sunday
    mean this one.
    """
    tomorrow = today + dt.timedelta(days=1)
    monday, sunday = week_range(*today.isocalendar()[:2])
    if period == "imorgen":
        return tomorrow, tomorrow
    if period == "uge":
        return monday, sunday
    if period == "weekend":
        return max(today, sunday - dt.timedelta(days=1)), sunday
    if period == "maaned":
        following = (today.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        return today.replace(day=1), following - dt.timedelta(days=1)
    return today, today


def _parse_days(
    query: QueryDict, today: dt.date, problems: list[Problem]
) -> tuple[dt.date | None, dt.date | None, str]:
    period = (_known(query, "periode", set(PERIODS), problems) or ("",))[-1]
    first = _parse_day(query, "fra", problems)
    last = _parse_day(query, "til", problems)
    if first is None and last is None and period:
        return *period_days(period, today), period
    if first and last and last < first:
        message = _("The last day lies before the first.")
        problems.append(Problem("til", last.isoformat(), message))
        last = None
    if first and last and last - first > LONGEST_SPAN:
        last = first + LONGEST_SPAN
    return first, last, ""


def _parse_day(query: QueryDict, key: str, problems: list[Problem]) -> dt.date | None:
    value = query.get(key, "")
    if not value:
        return None
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2100:
        message = _("Write the day as year-month-day, for example 2026-11-23.")
        problems.append(Problem(key, _short(value), message))
        return None
    return day


def _known(query: QueryDict, key: str, known: set[str], problems: list[Problem]) -> tuple[str, ...]:
    """Return the given values that exist, sorted and once each; tell of the others."""
    given = {value for value in query.getlist(key) if value}
    for value in sorted(given - known)[:MOST_UNKNOWN]:
        message = _("We do not know “%(value)s”.") % {"value": _short(value)}
        problems.append(Problem(key, _short(value), message))
    return tuple(sorted(given & known))


def _slugs(rows: object, query: QueryDict, key: str) -> set[str]:
    """Return which of the given slugs exist; asks the database only when some were given."""
    given = [value for value in query.getlist(key) if value and "\x00" not in value][:50]
    if not given:
        return set()
    return set(rows.filter(slug__in=given).values_list("slug", flat=True))  # type: ignore[attr-defined]


def _codes(query: QueryDict) -> set[str]:
    given = [value for value in query.getlist("maalgruppe") if value and "\x00" not in value][:50]
    if not given:
        return set()
    return set(TargetGroup.objects.filter(code__in=given).values_list("code", flat=True))


def _words(query: QueryDict, problems: list[Problem]) -> str:
    words = " ".join(clean(query.get("q", "")).split())
    if len(words) > LONGEST_WORDS:
        message = _("We only search for the first %(number)d letters.") % {"number": LONGEST_WORDS}
        problems.append(Problem("q", _short(words), message))
        words = words[:LONGEST_WORDS]
    return words


def _short(value: str) -> str:
    """Return a visitor's value fit to be shown: no control characters, not endless."""
    plain = clean(value).replace("\n", " ")
    return plain if len(plain) <= 40 else f"{plain[:39]}…"

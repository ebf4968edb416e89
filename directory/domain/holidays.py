"""The Danish days on which usual opening hours cannot be trusted.

Public holidays and the half-official ones people ask about (juleaften, 1. maj), by their
everyday names. A holiday never closes a venue by itself: some open because others close.
Dates come from the `holidays` package, which knows that Store bededag ended with 2023.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_EVERYDAY_NAMES = {
    "Anden påskedag": "2. påskedag",
    "Anden pinsedag": "2. pinsedag",
    "Arbejdernes kampdag": "1. maj",
    "Juleaftensdag": "juleaften",
    "Juledag": "1. juledag",
    "Anden juledag": "2. juledag",
}
_PROPER_NAMES = ("Kristi ",)


class HolidayKind(StrEnum):
    """Whether the law makes the day a holiday, or only custom does."""

    PUBLIC = "public"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day and its name as it stands inside a sentence: "juleaften"."""

    date: dt.date
    name: str
    kind: HolidayKind


def holiday_on(day: dt.date) -> Holiday | None:
    """Return the holiday on `day`, or None."""
    return _holidays_of(day.year).get(day)


def holidays_between(start: dt.date, end: dt.date) -> list[Holiday]:
    """Return the holidays from `start` to `end`, both included, in order."""
    return [
        holiday
        for year in range(start.year, end.year + 1)
        for day, holiday in _holidays_of(year).items()
        if start <= day <= end
    ]


@lru_cache(maxsize=64)
def _holidays_of(year: int) -> dict[dt.date, Holiday]:
    """Work out one year, in order of date.

    The import waits until it is needed: it takes a fifth of a second, a year takes less
    than one thousandth.
    """
    import holidays

    found: dict[dt.date, Holiday] = {}
    for kind in HolidayKind:
        days = holidays.country_holidays("DK", language="da", categories=kind.value, years=year)
        for day, names in days.items():
            everyday = [_everyday_name(name) for name in names.split("; ")]
            if day in found:
                merged = f"{found[day].name} og {' og '.join(everyday)}"
                found[day] = Holiday(day, merged, HolidayKind.PUBLIC)
            else:
                found[day] = Holiday(day, " og ".join(everyday), kind)
    return dict(sorted(found.items()))


def _everyday_name(name: str) -> str:
    if name in _EVERYDAY_NAMES:
        return _EVERYDAY_NAMES[name]
    return name if name.startswith(_PROPER_NAMES) else name[:1].lower() + name[1:]

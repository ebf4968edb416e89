"""What a citizen would misunderstand of a venue, seen before its page is published.

The rules are from the questions of docs/glossary.md: is it open, and where do I ring? And from the
clock as Danes write it: 24.00 is midnight, 12.00 is noon, and "4" is often four in the afternoon.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.domain.findings import Finding, Weight
from directory.domain.hours import Hours

A_DAY = 24 * 60
LONG = 15 * 60  # minutes: no usual house is open that long, and a night shelter is shorter
NIGHT_ENDS = dt.time(5)  # who opens before five in the morning may have meant the afternoon
YEARS_BACK, YEARS_AHEAD = 1, 2


@dataclass(frozen=True, slots=True)
class VenueFacts:
    """What the rules look at. `hours` are the rows of an ordinary week, in the editor's order."""

    phone: str
    hours: tuple[Hours, ...]
    address_public: bool
    address: str  # street or town; "" when nothing is said
    price_unknown: bool = False


def venue_findings(facts: VenueFacts, *, today: dt.date) -> list[Finding]:
    """Return what a citizen would misunderstand, the weightiest first, on the local day `today`."""
    return [
        *_overlaps(facts.hours),
        *_missing(facts),
        *(finding for row in facts.hours for finding in _strange(row, today)),
        *_all_over(facts.hours, today),
    ]


def overlap(one: Hours, other: Hours) -> bool:
    """Whether two weekly rows are open at the same time in some week."""
    starts = [day for day in (one.valid_from, other.valid_from) if day]
    ends = [day for day in (one.valid_until, other.valid_until) if day]
    if starts and ends and max(starts) > min(ends):
        return False
    (start, end), (other_start, other_end) = week_minutes(one), week_minutes(other)
    return any(
        start < other_end + shift and other_start + shift < end
        for shift in (-7 * A_DAY, 0, 7 * A_DAY)
    )


def week_minutes(row: Hours) -> tuple[int, int]:
    """Return the minutes of the week, from Monday at midnight, between which the row is open."""
    opens = row.opens.hour * 60 + row.opens.minute
    length = (row.closes.hour * 60 + row.closes.minute - opens) % A_DAY or A_DAY
    start = row.weekday * A_DAY + opens
    return start, start + length


def _missing(facts: VenueFacts) -> Iterator[Finding]:
    if not facts.hours:
        yield Finding("no_hours", "opening_hours")
    if not facts.phone:
        yield Finding("no_phone", "phone")
    if facts.address_public and not facts.address:
        yield Finding("no_address", "street")
    if facts.price_unknown:
        yield Finding("no_food_price", "food_price_type")


def _overlaps(rows: Sequence[Hours]) -> Iterator[Finding]:
    for place, row in enumerate(rows):
        clash = next((o for o in rows[:place] if o.kind == row.kind and overlap(o, row)), None)
        if clash is not None:
            yield Finding(
                "hours_overlap", "opening_hours", _about(row), Weight.ERROR, {"row": clash}
            )


def _strange(row: Hours, today: dt.date) -> Iterator[Finding]:
    """Times and years that are seldom meant."""
    start, end = week_minutes(row)
    length = end - start
    if LONG < length < A_DAY:
        yield Finding("long_hours", "opening_hours", _about(row), facts={"row": row})
    elif dt.time(0) <= row.opens < NIGHT_ENDS and length < A_DAY:
        yield Finding("opens_at_night", "opening_hours", _about(row), facts={"row": row})
    for day in (row.valid_from, row.valid_until):
        if day and not today.year - YEARS_BACK <= day.year <= today.year + YEARS_AHEAD:
            yield Finding("strange_year", "opening_hours", f"{day}", facts={"day": day})


def _all_over(rows: Iterable[Hours], today: dt.date) -> Iterator[Finding]:
    """All hours had a last day, and the last of them is past."""
    ends = [row.valid_until for row in rows]
    known = [day for day in ends if day is not None]
    if ends and len(known) == len(ends) and max(known) < today:
        yield Finding("hours_over", "opening_hours", facts={"day": max(known)})


def _about(row: Hours) -> str:
    return f"{row.weekday} {row.opens:%H:%M}-{row.closes:%H:%M}"

"""Dates as plain objects with just the values that cards are made of.

A page object takes a tenth of a millisecond to make, and a list of fifty dates has over a
hundred of them; the same values without the pages cost a sixth.
"""

import datetime as dt
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeAlias

from activities.taxonomy import OccurrenceStatus

if TYPE_CHECKING:
    from activities.querysets import OccurrenceQuerySet

VENUE_COLUMNS = ("title", "url_path", "live", "address_public", "street", "district__name")
ACTIVITY_COLUMNS = (
    "title",
    "url_path",
    "first_published_at",
    "summary",
    "activity_type",
    "gender_policy",
    "place_kind",
    "place_name",
    "place_street",
    "price_type",
    "price",
    "price_max",
    "open_to_public",
    "illustration",
    "place_district__name",
)
COLUMNS = (
    "pk",
    "recurrence_id",
    "starts_at",
    "ends_at",
    "local_date",
    "status",
    "reason",
    "note",
    "place",
    "free_seats",
    "shared",
    *(f"activity__{column}" for column in ACTIVITY_COLUMNS),
    *(f"activity__place_venue__{column}" for column in VENUE_COLUMNS),
    *(f"venue__{column}" for column in VENUE_COLUMNS),
)

Columns: TypeAlias = tuple[tuple[str, int], ...]  # the name of a value, and its place in a row


def _columns_of(prefix: str) -> Columns:
    """Return the names of a part's own values, and where in a row each stands."""
    return tuple(
        (name.removeprefix(prefix), place)
        for place, name in enumerate(COLUMNS)
        if name.startswith(prefix) and "__" not in name.removeprefix(prefix)
    )


DATE = _columns_of("")
ACTIVITY = _columns_of("activity__")
DISTRICT = _columns_of("activity__place_district__")
VENUE = _columns_of("venue__"), _columns_of("venue__district__")
OTHER_VENUE = (
    _columns_of("activity__place_venue__"),
    _columns_of("activity__place_venue__district__"),
)


class DateRow(SimpleNamespace):
    """One date with its activity, venue and place, named as on the models."""

    @property
    def cancelled(self) -> bool:
        return bool(self.status == OccurrenceStatus.CANCELLED)

    @property
    def moved(self) -> bool:
        return bool(self.status == OccurrenceStatus.MOVED)

    @property
    def original(self) -> dt.datetime:
        """Return the naive local start the schedule gave."""
        return dt.datetime.fromisoformat(self.recurrence_id)


def card_rows(found: "OccurrenceQuerySet", most: int) -> list[DateRow]:
    """Return the first `most` dates in the order they have. One query."""
    return [_date_row(row) for row in found.values_list(*COLUMNS)[:most]]


def _date_row(row: tuple[Any, ...]) -> DateRow:
    activity = SimpleNamespace(
        **{name: row[place] for name, place in ACTIVITY},
        place_district=_part(row, DISTRICT),
        place_venue=_venue(row, *OTHER_VENUE),
    )
    date = {name: row[place] for name, place in DATE}
    return DateRow(**date, activity=activity, venue=_venue(row, *VENUE))


def _venue(row: tuple[Any, ...], own: Columns, district: Columns) -> SimpleNamespace | None:
    venue = _part(row, own)
    if venue is not None:
        venue.district = _part(row, district)
    return venue


def _part(row: tuple[Any, ...], columns: Columns) -> SimpleNamespace | None:
    """Return a part with its values; one of which nothing is known is None."""
    values = {name: row[place] for name, place in columns}
    known = any(value is not None for value in values.values())
    return SimpleNamespace(**values) if known else None

"""Dates as plain objects with just the values that cards are made of.

A page object takes a tenth of a millisecond to make, and a list of fifty dates has over a
hundred of them; the same values without the pages cost a sixth.
"""

import datetime as dt
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

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
# Longest first: a part is put into its whole before the whole is.
PARTS = (
    "activity__place_venue__district",
    "activity__place_venue",
    "activity__place_district",
    "activity",
    "venue__district",
    "venue",
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
    return [
        _nested(dict(zip(COLUMNS, row, strict=True))) for row in found.values_list(*COLUMNS)[:most]
    ]


def _nested(values: dict[str, Any]) -> DateRow:
    """Put `activity__title` into an activity; a part of which nothing is known is None."""
    for part in PARTS:
        prefix = f"{part}__"
        inner = {
            name.removeprefix(prefix): values.pop(name)
            for name in list(values)
            if name.startswith(prefix)
        }
        known = any(value is not None for value in inner.values())
        values[part] = SimpleNamespace(**inner) if known else None
    return DateRow(**values)

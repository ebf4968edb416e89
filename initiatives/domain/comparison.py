"""This year's locked round against last year's: totals by status, and what moved where.

Nothing is turned into a percentage or a score: the catalogue states no effect for users of 1a, 4a
and 5a, and a continuous initiative is never finished.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from initiatives.domain.snapshot import CellCopy, InitiativeCopy, Snapshot

# From the beginning to the goal. Paused and dropped stand outside the order.
ORDER = ("not_started", "started", "developing", "implemented", "in_operation")
STATUSES = (*ORDER, "paused", "dropped")


class Change(StrEnum):
    """What became of a status since last year."""

    NEW = "new"
    FORWARD = "forward"
    BACK = "back"
    SAME = "same"
    PAUSED = "paused"
    RESUMED = "resumed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Row:
    """One initiative at one venue, or jointly (`venue` empty), now and a year ago."""

    venue: str
    status: str
    was: str
    change: Change
    deadline: dt.date | None = None


def change_of(was: str, now: str) -> Change:
    """Return how `now` follows on `was`; an empty `was` is a place without last year."""
    if not was:
        return Change.NEW
    if was == now:
        return Change.SAME
    if now in {"paused", "dropped"}:
        return Change(now)
    if was in {"paused", "dropped"}:
        return Change.RESUMED
    return Change.FORWARD if ORDER.index(now) > ORDER.index(was) else Change.BACK


def rows_of(initiative: InitiativeCopy, now: Snapshot, before: Snapshot | None) -> list[Row]:
    """Return an initiative's rows: the joint one first, then those of the round's venues.

    A venue that had become part of another when the round closed has no row of its own: it is
    told of by `left_venues`.
    """
    names = {venue.id: venue.name for venue in now.venues if not venue.became}
    wanted: list[int | None] = [None] if initiative.joint else []
    wanted += list(names) if initiative.at_venues else []
    rows = []
    for venue in wanted:
        cell = now.cell(initiative.number, venue)
        if cell is None:
            continue
        earlier = before.cell(initiative.number, venue) if before else None
        was = earlier.status if earlier else ""
        name = names[venue] if venue is not None else ""
        change = change_of(was, cell.status)
        rows.append(Row(name, cell.status, was, change, cell.agreed_deadline))
    return rows


def counts(rows: Sequence[Row | CellCopy], statuses: Sequence[str] = STATUSES) -> tuple[int, ...]:
    """Return how many rows have each of `statuses`, in that order."""
    return tuple(sum(row.status == status for row in rows) for status in statuses)


def changes(rows: Sequence[Row]) -> Mapping[Change, int]:
    """Return how many rows had each change; only those that occur, in a fixed order."""
    found = {change: sum(row.change is change for row in rows) for change in Change}
    return {change: count for change, count in found.items() if count}


def left_venues(now: Snapshot, before: Snapshot | None) -> list[tuple[str, str]]:
    """Return (name, what it became part of) of venues that are no more; "" if only gone."""
    merged = [(venue.name, venue.became) for venue in now.venues if venue.became]
    here = {venue.id for venue in now.venues}
    earlier = before.venues if before else ()
    return merged + [(v.name, v.became) for v in earlier if v.id not in here and not v.became]


def new_venues(now: Snapshot, before: Snapshot | None) -> list[str]:
    """Return the names of venues that last year's round did not ask."""
    if before is None:
        return []
    known = {venue.id for venue in before.venues}
    return [venue.name for venue in now.venues if venue.id not in known and not venue.became]

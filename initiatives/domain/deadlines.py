"""Days worked out from the catalogue's months. Months count from the agreed start and from nothing
else (S3, S4): without one there is no suggestion, and leaders may always agree on another day.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dateutil.relativedelta import relativedelta

from initiatives.domain.status import REACHED, WAITING, Code


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the catalogue's months make of an agreed start: `months` after `start` is `deadline`.

    `deadline` is None where the catalogue names no end.
    """

    start: dt.date
    months: int | None
    deadline: dt.date | None


def suggestion(perspective: Mapping[str, Any], start: dt.date | None) -> Suggestion | None:
    """Return the day the catalogue expects the end on, counted from the agreed `start`.

    `perspective` is the initiative's `time_perspective`. None without an agreed start.
    """
    if start is None:
        return None
    months = (perspective.get("end") or {}).get("months")
    if months is None or perspective.get("no_end_date"):
        return Suggestion(start, None, None)
    return Suggestion(start, months, start + relativedelta(months=months))


class Freshness(StrEnum):
    """How lately somebody said that the facts of an initiative still hold."""

    NEVER = "never"
    FRESH = "fresh"
    STALE = "stale"


def freshness(confirmed_on: dt.date | None, today: dt.date, *, within_days: int) -> Freshness:
    """Return whether what was confirmed on a local day still counts as fresh on `today`."""
    if confirmed_on is None:
        return Freshness.NEVER
    age = (today - confirmed_on).days
    return Freshness.FRESH if age <= within_days else Freshness.STALE


def is_overdue(status: str, deadline: dt.date | None, today: dt.date) -> bool:
    """Whether the agreed deadline has passed and the initiative is not there.

    What is paused or dropped is nobody's delay; the deadline's own day still counts as in time.
    """
    done_with = REACHED | {Code.PAUSED, Code.DROPPED}
    return deadline is not None and deadline < today and Code(status) not in done_with


def is_late_to_start(status: str, latest_year: int, today: dt.date) -> bool:
    """Whether the plan's last start year has gone by without a start."""
    return Code(status) in WAITING - {Code.DROPPED} and today.year > latest_year

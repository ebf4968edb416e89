"""One square of the board as it stood on a day, and what it says to whom. Values only: the log
keeps them as JSON, and rounds and reports freeze them.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from initiatives.domain.deadlines import Freshness, freshness, is_late_to_start, is_overdue
from initiatives.domain.status import REACHED, WAITING, Code


@dataclass(frozen=True, slots=True)
class ProgressState:
    """What was known of one initiative at one venue (`venue_id` None: jointly) on a local day.

    `progress_id` is None when nobody had written anything yet; `changed_on` and `confirmed_on`
    are local days.
    """

    initiative_id: int
    venue_id: int | None
    progress_id: int | None = None
    status: str = Code.NOT_STARTED.value
    agreed_start: dt.date | None = None
    agreed_deadline: dt.date | None = None
    responsible: str = ""
    next_step: str = ""
    confirmed_on: dt.date | None = None
    changed_on: dt.date | None = None

    @property
    def begun(self) -> bool:
        """Whether the initiative has been started here, also if it is paused now."""
        return Code(self.status) not in WAITING

    @property
    def reached(self) -> bool:
        """Whether it counts as reached: implemented, or in operation (S6)."""
        return Code(self.status) in REACHED

    def overdue(self, today: dt.date) -> bool:
        """Whether the agreed deadline had passed on the local day `today`."""
        return is_overdue(self.status, self.agreed_deadline, today)

    def late_to_start(self, latest_year: int | None, today: dt.date) -> bool:
        """Whether the plan's last start year had gone by without a start."""
        return latest_year is not None and is_late_to_start(self.status, latest_year, today)

    def fresh(self, today: dt.date, *, within_days: int) -> Freshness:
        """Return how lately it was confirmed, as seen on the local day `today`."""
        return freshness(self.confirmed_on, today, within_days=within_days)

    def stale(self, today: dt.date, *, within_days: int) -> bool:
        """Whether something begun has not been confirmed for `within_days` days."""
        old = self.fresh(today, within_days=within_days) != Freshness.FRESH
        return self.begun and Code(self.status) != Code.PAUSED and old


def to_json(state: ProgressState) -> dict[str, Any]:
    """Return the state as the log keeps it: days as ISO text, without the ids."""
    return {
        "status": state.status,
        "agreed_start": _text(state.agreed_start),
        "agreed_deadline": _text(state.agreed_deadline),
        "responsible": state.responsible,
        "next_step": state.next_step,
        "confirmed_on": _text(state.confirmed_on),
        "changed_on": _text(state.changed_on),
    }


def from_json(
    stored: Mapping[str, Any],
    *,
    initiative_id: int,
    venue_id: int | None,
    progress_id: int | None,
) -> ProgressState:
    """Return the state that `to_json` made."""
    return ProgressState(
        initiative_id=initiative_id,
        venue_id=venue_id,
        progress_id=progress_id,
        status=stored["status"],
        agreed_start=_day(stored["agreed_start"]),
        agreed_deadline=_day(stored["agreed_deadline"]),
        responsible=stored["responsible"],
        next_step=stored["next_step"],
        confirmed_on=_day(stored["confirmed_on"]),
        changed_on=_day(stored["changed_on"]),
    )


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None

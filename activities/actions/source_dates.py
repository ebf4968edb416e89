"""Single dates of a foreign calendar: what it cancels, moves and no longer names.

Each change we make is remembered by the calendar's own recurrence id, so that it can be taken
back when the calendar does. What somebody decided here about the same date stands.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from wagtail.log_actions import log

from activities.domain.imported_series import Series, SeriesDate
from activities.log_actions import CHANGE_RECORDED, CHANGE_UNDONE
from activities.models import ActivityPage, OccurrenceChange
from activities.taxonomy import ChangeKind

TOLD_AHEAD = dt.timedelta(days=90)  # dates of a series further off go without a word
Known = dict[str, dict[str, Any]]  # by recurrence id: original, starts, ends, gone, and our changes

CANCELLED, MOVED = ChangeKind.CANCELLED.value, ChangeKind.MOVED.value


def dates_of(series: Series, known: Known, *, now: dt.datetime) -> list[SeriesDate]:
    """Return the dates that hold: those of the calendar, and as cancelled those it dropped.

    `now` is naive local time. A single event keeps the start it was first announced with as its
    original, so that a new time is told as a move. A dropped date that has another one on its
    day was only corrected and is not told as cancelled.
    """
    found = [_announced(date, known, now) if not series.repeats else date for date in series.dates]
    names = {date.recurrence_id for date in found}
    days = {date.original.date() for date in found}
    for name, row in known.items():
        date = _date(name, row)
        dropped = name not in names and date.original > now and date.original.date() not in days
        if dropped and (not series.repeats or date.original - now < TOLD_AHEAD):
            found.append(date)
    return sorted(found, key=lambda date: date.original)


def all_gone(known: Known, *, repeats: bool, now: dt.datetime) -> list[SeriesDate]:
    """Return the coming dates of an entry that is no longer in the calendar, as cancelled."""
    dates = [_date(name, row) for name, row in known.items()]
    coming = (date for date in dates if date.original > now)
    return [date for date in coming if not repeats or date.original - now < TOLD_AHEAD]


def spans_of(dates: Iterable[SeriesDate]) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return what the plan has to give for `dates`: originals, with their usual length."""
    found = list(dates)
    usual = _usual_length(found)
    return [(date.original, date.original + usual) for date in found]


def settle_dates(
    page: ActivityPage,
    dates: Iterable[SeriesDate],
    known: Known,
    *,
    planned: set[dt.datetime],
    now: dt.datetime,
    moment: dt.datetime,
) -> tuple[Known, bool]:
    """Cancel, move and take back until the page says what `dates` say.

    Only dates of `planned` that are still to come are touched; `now` is naive local, `moment` the
    same aware. Returns what to remember, and whether somebody here had decided otherwise.
    """
    told = list(dates)
    usual = _usual_length(told)
    found = [date for date in told if date.original > now or date.starts > now]
    book = _Book(page, moment)
    remembered: Known = {}
    for date in found:
        row = known.get(date.recurrence_id, {})
        moved = (date.starts, date.ends) != (date.original, date.original + usual)
        fits = date.original in planned
        remembered[date.recurrence_id] = {
            "original": date.original.isoformat(),
            "starts": date.starts.isoformat(),
            "ends": date.ends.isoformat(),
            "cancelled": date.cancelled,
            CANCELLED: book.settle(CANCELLED, date, row, wanted=date.cancelled and fits),
            MOVED: book.settle(MOVED, date, row, wanted=moved and fits),
        }
    for name in known.keys() - remembered.keys():
        book.forget(known[name])
    return remembered, book.decided_here


class _Book:
    """The changes of one activity, read once."""

    def __init__(self, page: ActivityPage, moment: dt.datetime) -> None:
        self.page = page
        self.moment = moment
        self.rows: dict[int, OccurrenceChange] = {row.pk: row for row in page.changes.all()}
        self.decided_here = False

    def settle(self, kind: str, date: SeriesDate, row: dict[str, Any], *, wanted: bool) -> Any:
        """Return the id of our change of that kind, or None."""
        ours = self.rows.get(row.get(kind) or 0)
        if not wanted:
            self._undo(ours)
            return None
        if ours is not None and ours.undone_at is not None:
            self.decided_here = True  # somebody took it back
            return ours.pk
        if ours is not None and (kind == CANCELLED or _says(ours, date)):
            return ours.pk
        self._undo(ours)
        if self._theirs(kind, date) is not None:
            self.decided_here |= kind == MOVED
            return None
        return self._record(kind, date)

    def forget(self, row: dict[str, Any]) -> None:
        """A date that is past, or no more: a past one keeps its story."""
        if dt.datetime.fromisoformat(row["original"]).date() > self.moment.date():
            for kind in (CANCELLED, MOVED):
                self._undo(self.rows.get(row.get(kind) or 0))

    def _theirs(self, kind: str, date: SeriesDate) -> OccurrenceChange | None:
        for row in self.rows.values():
            same = (row.original_on, row.original_at) == _original(date)
            if row.kind == kind and row.undone_at is None and same:
                return row
        return None

    def _record(self, kind: str, date: SeriesDate) -> int:
        on, at = _original(date)
        times: dict[str, Any] = {}
        if kind == MOVED:
            times = {
                "starts_on": date.starts.date(),
                "starts_at": date.starts.time(),
                "ends_at": date.ends.time(),
            }
        row = OccurrenceChange.objects.create(
            activity=self.page, kind=kind, original_on=on, original_at=at, **times
        )
        self.rows[row.pk] = row
        self._log(row, CHANGE_RECORDED)
        return row.pk

    def _undo(self, row: OccurrenceChange | None) -> None:
        if row is None or row.undone_at is not None:
            return
        row.undone_at = self.moment
        row.save(update_fields=["undone_at"])
        self._log(row, CHANGE_UNDONE)

    def _log(self, row: OccurrenceChange, action: str) -> None:
        log(
            instance=self.page,
            action=action,
            data={"kind": row.kind, "day": str(row.original_on), "reason": ""},
        )


def _announced(date: SeriesDate, known: Known, now: dt.datetime) -> SeriesDate:
    row = known.get(date.recurrence_id)
    original = dt.datetime.fromisoformat(row["original"]) if row else date.original
    if original <= now:
        original = date.original
    return SeriesDate(date.recurrence_id, original, date.starts, date.ends, date.cancelled)


def _date(name: str, row: dict[str, Any]) -> SeriesDate:
    original, starts, ends = (
        dt.datetime.fromisoformat(row[key]) for key in ("original", "starts", "ends")
    )
    return SeriesDate(name, original, starts, ends, cancelled=True)


def _usual_length(dates: list[SeriesDate]) -> dt.timedelta:
    lengths = Counter(date.ends - date.starts for date in dates if date.starts == date.original)
    lengths = lengths or Counter(date.ends - date.starts for date in dates)
    return lengths.most_common(1)[0][0] if lengths else dt.timedelta(hours=1)


def _original(date: SeriesDate) -> tuple[dt.date, dt.time]:
    return date.original.date(), date.original.time()


def _says(row: OccurrenceChange, date: SeriesDate) -> bool:
    return (row.starts_on, row.starts_at, row.ends_at) == (
        date.starts.date(),
        date.starts.time(),
        date.ends.time(),
    )

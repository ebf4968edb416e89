"""What was read from a calendar is compared with what we know of it; nothing is written to pages.

An empty or broken reading changes nothing: what was good the last time stays.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from activities import importing
from activities.actions.refresh import horizon_of, local_day
from activities.actions.source_entries import GONE
from activities.domain.imported_series import Series, from_json, group, shares_start
from activities.domain.imports.values import Imported, ImportProblem, Limits, Problem
from activities.models import CalendarSource, EntryState, SourceEntry, WhenGone
from core.domain.text import fold

LIMITS = Limits(dates_per_calendar=8_000)  # in 400 days; a house with 2,000 entries has about 7,000
UID_LENGTH = 255
WITHHELD = (Problem.PRIVATE, Problem.BUSY, Problem.SUPERSEDED)
BATCH = 200


class SourceError(Exception):
    """A calendar that gave nothing. `code` is a FetchProblem's or a Problem's value."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading found: entries that are new, changed, the same, and gone."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0

    @property
    def any_change(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def read_body(body: bytes, *, now: dt.datetime) -> Imported:
    """Return what a calendar says of today and the 18 months ahead. Raises SourceError."""
    first, last = local_day(now), horizon_of(now)
    limits = LIMITS.for_days((last - first).days)
    found = importing.read_calendar(body, first=first, last=last, limits=limits)
    if found.refused is not None:
        raise SourceError(found.refused.code.value)
    return found


@transaction.atomic
def store_reading(source: CalendarSource, found: Imported, *, now: dt.datetime) -> Reading:
    """Note for each entry what the calendar says now; what differs waits to be settled.

    An entry is known by its uid. One whose uid is unknown, while an entry with its title and one
    of its starts is missing, is that entry under a new name.
    """
    known = {entry.uid: entry for entry in source.entries.select_for_update()}
    series = {_uid(each.uid): each for each in group(found.events)}
    _rename(known, series)
    digests = {
        uid: each.digest(today=local_day(now), last=horizon_of(now)) for uid, each in series.items()
    }
    new, changed, same = _sort_out(source, known, series, digests)
    gone = []
    if found.complete and found.entries:
        unread = _unread(found.problems)
        missing = [entry for uid, entry in known.items() if uid not in series]
        gone = list(_gone(source, missing, unread, now))
    SourceEntry.objects.bulk_create(new, batch_size=BATCH)
    SourceEntry.objects.bulk_update(
        [*changed, *gone], ["title", "first_on", "state", "problem", "digest", "wanted"], BATCH
    )
    source.problems = [_plain(problem) for problem in found.problems]
    source.save(update_fields=["problems"])
    return Reading(len(new), len(changed), same, len(gone))


def digest_of(body: bytes) -> str:
    """Return a name for a file, without the stamps that some programs renew at every reading."""
    lines = (line for line in body.splitlines() if not line.upper().startswith(b"DTSTAMP"))
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def _rename(known: dict[str, SourceEntry], series: dict[str, Series]) -> None:
    """Give entries their new uid, where the calendar makes up new ones for the same events."""
    strangers = [uid for uid in series if uid not in known]
    if not strangers:
        return
    missing: dict[str, list[tuple[str, Series]]] = {}
    for uid, entry in known.items():
        if uid not in series and entry.wanted:
            missing.setdefault(fold(entry.title), []).append((uid, from_json(entry.wanted)))
    for uid in strangers:
        alike = missing.get(fold(series[uid].title), [])
        pair = next((pair for pair in alike if shares_start(series[uid], pair[1])), None)
        if pair is not None:
            alike.remove(pair)
            entry = known.pop(pair[0])
            entry.uid = uid
            entry.save(update_fields=["uid"])
            known[uid] = entry


def _sort_out(
    source: CalendarSource,
    known: dict[str, SourceEntry],
    series: dict[str, Series],
    digests: dict[str, str],
) -> tuple[list[SourceEntry], list[SourceEntry], int]:
    new, changed, same = [], [], 0
    for uid, each in series.items():
        digest = digests[uid]
        entry = known.get(uid)
        if entry is None:
            entry = SourceEntry(source=source, uid=uid)
            new.append(entry)
        elif entry.digest == digest or entry.state == EntryState.REMOVED:
            same += 1
            continue
        else:
            changed.append(entry)
        entry.title, entry.digest, entry.wanted = each.title[:255], digest, each.to_json()
        entry.first_on = each.dates[0].starts.date()
        entry.problem = each.problem
        entry.state = _next_state(source, each)
    return new, changed, same


def _next_state(source: CalendarSource, series: Series) -> str:
    if series.problem:
        return EntryState.REFUSED
    return EntryState.WAITING if source.approved_at else EntryState.FOUND


def _unread(problems: Iterable[ImportProblem]) -> Callable[[str], bool]:
    """Return whether an entry is in the calendar, but not in a way that we can use."""
    left_out = [each for each in problems if not each.kept and each.code not in WITHHELD]
    uids = {_uid(each.uid) for each in left_out}
    not_listed = any(each.code is Problem.MORE for each in left_out)
    return lambda uid: not_listed or uid in uids


def _gone(
    source: CalendarSource,
    missing: Iterable[SourceEntry],
    unread: Callable[[str], bool],
    now: dt.datetime,
) -> Iterable[SourceEntry]:
    """Those of the missing that somebody may still wait for; others are simply over."""
    today = str(local_day(now))
    for entry in missing:
        if not entry.taken:
            entry.delete()
            continue
        if unread(entry.uid):
            continue
        ahead = any(row["starts"][:10] >= today for row in entry.dates.values())
        held = entry.state in (EntryState.TAKEN, EntryState.OVERRIDDEN, EntryState.WAITING)
        if not (ahead and held and entry.activity_id) or entry.problem == GONE:
            continue
        entry.problem, entry.digest = GONE, ""
        asks = source.when_gone == WhenGone.ASK
        entry.state = EntryState.ASKED if asks else EntryState.WAITING
        yield entry


def _uid(uid: str) -> str:
    if len(uid) <= UID_LENGTH:
        return uid
    return hashlib.sha256(uid.encode()).hexdigest()


def _plain(problem: ImportProblem) -> dict[str, Any]:
    values = asdict(problem)
    values["code"] = problem.code.value
    values["on"] = problem.on.isoformat() if problem.on else None
    del values["uid"]
    return values

"""The demo's leaders' tracker: two years of plan, progress, rounds, meetings and a report."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from core.models import User
from directory.models import Membership
from directory.taxonomy import Role
from initiatives.actions import (
    PlannedStart,
    revise_plan,
)
from initiatives.domain.deadlines import suggestion
from initiatives.domain.progress import to_json
from initiatives.domain.rounds import half_of
from initiatives.models import Initiative, Progress, StatusChange
from initiatives.reading import present_state
from initiatives.taxonomy import ChangeKind, Status
from pages.demo import days
from pages.demo.content import Table, read
from pages.demo.memory import Memory

LETTERS = {
    "N": Status.NOT_STARTED,
    "S": Status.STARTED,
    "U": Status.DEVELOPING,
    "I": Status.IMPLEMENTED,
    "D": Status.IN_OPERATION,
    "P": Status.PAUSED,
    "X": Status.DROPPED,
}


@dataclass(frozen=True)
class Tracked:
    """What the parts of the tracker's demo share. `year` is that of the round that runs."""

    written: Table
    memory: Memory
    initiatives: dict[str, Initiative]
    head: User | None
    leaders: dict[str, User]
    year: int

    @property
    def today(self) -> dt.date:
        return self.memory.today

    def at(self, year: int, month: int, day: int) -> dt.datetime:
        return days.moment(dt.date(year, month, day), dt.time(9))

    def ago(self, count: int) -> dt.datetime:
        return days.moment(self.today - dt.timedelta(days=count), dt.time(9))

    def author(self, slug: str) -> dict[str, Any]:
        """Return who writes for a venue: its leader's account, or only the function."""
        user = self.leaders.get(slug) if slug else self.head
        venue = self.memory.venues[slug].title if slug else ""
        return {"by": user, "by_name": str(user) if user else f"Lederen af {venue}"}


def begin_tracker(memory: Memory) -> Tracked:
    """Return what the tracker's demo is made of; the catalogue must be there."""
    written = read("tracker.toml")
    opened = memory.today + dt.timedelta(days=written["round"]["opened"])
    return Tracked(
        written=written,
        memory=memory,
        initiatives={one.number: one for one in Initiative.objects.all()},
        leaders={
            row.venue.slug: row.user
            for row in Membership.objects.filter(role=Role.VENUE_LEADER)
            if row.venue
        },
        head=User.objects.filter(memberships__role=Role.AREA_HEAD).first(),
        year=half_of(opened).year,
    )


def add_first_plan(tracked: Tracked) -> None:
    """Decide the first version of the action plan, two years ago."""
    row = tracked.written["plans"][0]
    revise_plan(
        planned(tracked, row["order"]),
        decided_on=dt.date(tracked.year - 2, 8, 20),
        decision=row["decision"],
        reason=row["reason"],
        by=tracked.head,
        now=tracked.at(tracked.year - 2, 8, 21),
    )


def planned(tracked: Tracked, order: list[str]) -> list[PlannedStart]:
    """Return the initiatives in an order of priority, with the catalogue's years."""
    rows = [tracked.initiatives[number] for number in order]
    return [PlannedStart(one, one.start_year_min, one.start_year_max) for one in rows]


def add_progress(tracked: Tracked) -> None:
    """Let each square go through its statuses: two years ago, a year ago, and since.

    Squares and their log are written in two lots: one by one they take as long as all the rest.
    """
    board = tracked.written["board"]
    rows: list[Progress] = []
    log: list[StatusChange] = []
    place = 0
    for slug, stages in [("", board["joint_rows"]["all"]), *board["rows"].items()]:
        numbers = board["initiatives"] if slug else board["joint"]
        for column, number in enumerate(numbers):
            place += 1
            letters = [stage[column] for stage in stages]
            if set(letters) != {"N"}:
                progress, changes = _square(tracked, number, slug, letters, place)
                rows.append(progress)
                log += changes
    Progress.objects.bulk_create(rows)
    StatusChange.objects.bulk_create(log)


def _square(
    tracked: Tracked, number: str, slug: str, letters: list[str], place: int
) -> tuple[Progress, list[StatusChange]]:
    """Return a square as it is now, and every entry of its log on the way there."""
    moments = [
        tracked.at(tracked.year - 2, 9, 1),
        tracked.at(tracked.year - 1, 9, 15),
        _lately(tracked, place),
    ]
    initiative, author = tracked.initiatives[number], tracked.author(slug)
    venue = tracked.memory.venues[slug] if slug else None
    progress = Progress(initiative=initiative, venue=venue, changed_at=moments[0])
    log: list[StatusChange] = []
    before = "N"
    for letter, moment in zip(letters, moments, strict=True):
        if letter == before:
            continue
        if not log:
            log.append(_entry(progress, ChangeKind.CREATED, {}, author, moment))
        values = _facts(tracked, initiative, f"{slug} {number}", letter, moment)
        log.append(_entry(progress, ChangeKind.CHANGED, values, author, moment))
        before = letter
    merged = venue is not None and venue.successor_on(tracked.today) is not None
    stays = slug in tracked.written["board"]["stale"] or merged
    if letters[1] == letters[2] and not stays:
        confirmed = max(tracked.ago(5 + place % 40), moments[1])
        log.append(_entry(progress, ChangeKind.CONFIRMED, {}, author, confirmed))
    return progress, log


def _entry(
    progress: Progress, kind: ChangeKind, values: Table, author: Table, moment: dt.datetime
) -> StatusChange:
    """Write `values` into a square, and return the entry of the log that says so."""
    before = {key: _plain(getattr(progress, key)) for key in values}
    for key, value in values.items():
        setattr(progress, key, value)
    progress.changed_at = moment
    if kind != ChangeKind.CREATED:
        progress.confirmed_at = moment
    after = {key: _plain(value) for key, value in values.items()}
    changed = {key for key in after if after[key] != before[key]}
    return StatusChange(
        progress=progress,
        kind=kind,
        at=moment,
        **author,
        before={key: before[key] for key in sorted(changed)},
        after={key: after[key] for key in sorted(changed)},
        state=to_json(present_state(progress)),
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


def _lately(tracked: Tracked, place: int) -> dt.datetime:
    """A day since the last round of the year before, spread out over the squares."""
    latest = tracked.today - dt.timedelta(days=13)
    span = max((latest - dt.date(tracked.year - 1, 12, 5)).days, 1)
    return days.moment(latest - dt.timedelta(days=place * 7 % span), dt.time(10))


def _facts(
    tracked: Tracked, initiative: Initiative, name: str, letter: str, moment: dt.datetime
) -> Table:
    """What is agreed on when a square changes: started squares have a start and a deadline."""
    words = tracked.written["initiatives"][initiative.number]
    values: Table = {
        "status": LETTERS[letter],
        "responsible": words["responsible"],
        "next_step": "" if letter in "ID" else words["next_step"],
    }
    if letter in "NX":
        return values
    progress_start = moment.date() - dt.timedelta(days=20)
    found = suggestion(initiative.time_perspective, progress_start)
    values |= {"agreed_start": progress_start}
    if found and found.deadline:
        ahead = max(found.deadline, tracked.today + dt.timedelta(days=40))
        values["agreed_deadline"] = found.deadline if letter in "ID" else ahead
    board = tracked.written["board"]
    for key, sign in (("overdue", -1), ("soon", 1)):
        if name in board[key]:
            due = tracked.today + sign * dt.timedelta(days=board[key][name])
            values["agreed_deadline"] = max(due, progress_start)
    return values

"""The demo's follow-up rounds, and the report that last year's became."""

import datetime as dt

from initiatives.actions.reports import approve_report, begin_report, publish_report, write_report
from initiatives.actions.rounds import add_correction, lock_round, open_round
from initiatives.domain.rounds import Half, half_of
from initiatives.models import FollowUpAnswer, FollowUpEntry, FollowUpRound
from initiatives.reading import board_on
from initiatives.round_taxonomy import RoundAnswer
from initiatives.taxonomy import Status
from pages.demo import days
from pages.demo.tracker import Tracked

DAYS_OPEN = 28
LEFT_OUT = 17  # every so manyth place was not answered
TOLD = 3  # every so manyth answer has words
YES, PARTLY, NO, LATER = RoundAnswer.YES, RoundAnswer.PARTLY, RoundAnswer.NO, RoundAnswer.LATER
CHOICES = {
    Status.NOT_STARTED: (NO, LATER, LATER),
    Status.STARTED: (YES, NO, LATER),
    Status.DEVELOPING: (YES, YES, PARTLY),
    Status.IMPLEMENTED: (YES, YES, YES),
    Status.IN_OPERATION: (YES, PARTLY, YES),
    Status.PAUSED: (YES, NO, NO),
    Status.DROPPED: (NO, NO, NO),
}


def locked_halves(tracked: Tracked) -> list[Half]:
    """Return the half years whose rounds are locked: one two years ago, and the last ones."""
    present = half_of(running_from(tracked))
    return sorted({Half(tracked.year - 2, 2), Half(tracked.year - 1, 2), present.before})


def opened_at(tracked: Tracked, half: Half) -> dt.datetime:
    """Return when the round of a past half year was opened."""
    return tracked.at(half.year, 5 if half.number == 1 else 11, 4)


def add_locked_round(tracked: Tracked, half: Half) -> None:
    """Open, answer and lock the round of a past half year."""
    begun = opened_at(tracked, half)
    asked = _open(tracked, half, begun, begun.date() + dt.timedelta(days=DAYS_OPEN))
    entries = list(asked.entries.select_related("initiative", "venue"))
    _answer(tracked, [one for place, one in enumerate(entries) if place % LEFT_OUT], begun)
    locked_at = begun + dt.timedelta(days=DAYS_OPEN)
    lock_round(asked, by=tracked.head, now=locked_at, despite_missing=True)
    _correct(tracked, asked)


def add_running_round(tracked: Tracked) -> None:
    """Open this half year's round; most have answered."""
    deadline = tracked.today + dt.timedelta(days=tracked.written["round"]["deadline"])
    begun = days.moment(running_from(tracked), dt.time(9))
    running = _open(tracked, half_of(begun.date()), begun, deadline)
    entries = list(running.entries.select_related("initiative", "venue"))
    _answer(tracked, [one for one in entries if _has_answered(tracked, one)], begun)


def running_from(tracked: Tracked) -> dt.date:
    """Return the day on which this half year's round was opened."""
    return tracked.today + dt.timedelta(days=tracked.written["round"]["opened"])


def _open(tracked: Tracked, half: Half, opened_at: dt.datetime, deadline: dt.date) -> FollowUpRound:
    return open_round(
        half,
        deadline_on=deadline,
        introduction=tracked.written["round"]["introduction"],
        by=tracked.head,
        now=opened_at,
    )


def _has_answered(tracked: Tracked, entry: FollowUpEntry) -> bool:
    """Most have; some are half way, and the joint ones wait for the meeting."""
    row = tracked.written["round"]
    if entry.venue is None:
        return False
    half_way = entry.venue.slug in row["partly"] and entry.initiative.number < "2"
    return entry.venue.slug in row["answered"] or half_way


def _answer(tracked: Tracked, entries: list[FollowUpEntry], opened_at: dt.datetime) -> None:
    """Answer as the board stood when the round opened, a few a day."""
    board = board_on(opened_at.date())
    rows = []
    for place, entry in enumerate(entries):
        state = board.get((entry.initiative_id, entry.venue_id))
        status = Status(state.status) if state else Status.NOT_STARTED
        start, development, implementation = CHOICES[status]
        told = tracked.written["initiatives"][entry.initiative.number]["told"]
        rows.append(
            FollowUpAnswer(
                entry=entry,
                start=start,
                development=development,
                development_text=told if place % TOLD == 0 and start == YES else "",
                implementation=implementation,
                at=opened_at + dt.timedelta(days=1 + place % 9, minutes=place),
                **tracked.author(entry.venue.slug if entry.venue else ""),
            )
        )
    FollowUpAnswer.objects.bulk_create(rows)


def _correct(tracked: Tracked, asked: FollowUpRound) -> None:
    """Put something right beside last year's round."""
    if (asked.year, asked.half) != (tracked.year - 1, 2):
        return
    slug, number = tracked.written["round"]["correction_at"]
    add_correction(
        asked,
        tracked.written["round"]["correction"],
        initiative=tracked.initiatives[number],
        venue=tracked.memory.venues[slug],
        by=tracked.author(slug)["by"],
        now=days.moment(dt.date(asked.year, 12, 10), dt.time(9)),
    )


def add_report(tracked: Tracked) -> None:
    """Freeze and publish last year's report; begin this year's if a round of it is locked."""
    written = tracked.written["report"]
    approved_on = min(dt.date(tracked.year, 1, 20), tracked.today - dt.timedelta(days=1))
    now = days.moment(approved_on, dt.time(9))
    report = begin_report(tracked.year - 1, by=tracked.head, now=now)
    write_report(
        report,
        foreword=written["foreword"],
        afterword=written["afterword"],
        texts=written["texts"],
    )
    frozen = approve_report(report, by=tracked.head, now=now, keep_files=False)
    publish_report(frozen, introduction=written["introduction"], by=tracked.head)
    if FollowUpRound.objects.filter(year=tracked.year, running=False).exists():
        begin_report(tracked.year, by=tracked.head, now=tracked.ago(3))

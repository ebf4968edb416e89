"""What a square of the leaders' board says beside its status, and what all squares add up to.

A square may be over its deadline, late to start, stale or unwritten. What is reached counts
as reached whether or not it ever ends (S5, S6): nothing here is a percentage of being done.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from initiatives.domain.progress import ProgressState
from initiatives.domain.status import REACHED, UNDER_WAY, Code


class Mark(StrEnum):
    """Something about a square that wants looking at, the most pressing first."""

    OVERDUE = "overdue"
    LATE_START = "late_start"
    MISSING = "missing"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Terms:
    """By what squares are judged: the local `day`, and for how many days a word stays fresh."""

    day: dt.date
    fresh_days: int


@dataclass(frozen=True, slots=True)
class PlanYears:
    """In which years the action plan lets an initiative start, both included."""

    first: int
    last: int


def marks_of(state: ProgressState, years: PlanYears | None, terms: Terms) -> tuple[Mark, ...]:
    """Return what wants looking at in one square, the most pressing first.

    `years` is None when no plan has been decided: then nothing is late to start.
    """
    latest = years.last if years else None
    found = {
        Mark.OVERDUE: state.overdue(terms.day),
        Mark.LATE_START: state.late_to_start(latest, terms.day),
        Mark.MISSING: is_missing(state, years, terms.day),
        Mark.STALE: state.stale(terms.day, within_days=terms.fresh_days),
    }
    return tuple(mark for mark in Mark if found[mark])


def is_missing(state: ProgressState, years: PlanYears | None, day: dt.date) -> bool:
    """Whether the leaders owe a word: nothing is written though its start year has come, or it is
    under way and nobody is named, or there is no next step.
    """
    if state.progress_id is None:
        return years is not None and years.first <= day.year
    if Code(state.status) in UNDER_WAY:
        return not (state.responsible and state.next_step)
    return state.begun and not state.responsible


@dataclass(frozen=True, slots=True)
class Tally:
    """How many squares there are, and how many of each kind. Dropped ones are in `squares` only."""

    squares: int
    reached: int
    under_way: int
    waiting: int
    marked: Counter[Mark]


def tally(squares: Iterable[tuple[ProgressState, tuple[Mark, ...]]]) -> Tally:
    """Return what squares with their marks add up to."""
    found = list(squares)
    codes = Counter(Code(state.status) for state, _ in found)
    return Tally(
        squares=len(found),
        reached=sum(codes[code] for code in REACHED),
        under_way=sum(codes[code] for code in UNDER_WAY),
        waiting=codes[Code.NOT_STARTED] + codes[Code.PAUSED],
        marked=Counter(mark for _, marks in found for mark in marks),
    )

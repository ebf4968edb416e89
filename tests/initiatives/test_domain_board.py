"""What wants looking at in a square, and what all squares add up to."""

import datetime as dt
from collections import Counter

import pytest

from initiatives.domain.board import Mark, PlanYears, Tally, Terms, is_missing, marks_of, tally
from initiatives.domain.progress import ProgressState

DAY = dt.date(2026, 11, 23)
TERMS = Terms(DAY, fresh_days=190)
YEARS = PlanYears(2025, 2025)


def state(status="developing", **fields):
    values = {
        "progress_id": 1,
        "responsible": "Lederen",
        "next_step": "Vi prøver det af.",
        "confirmed_on": dt.date(2026, 11, 1),
    } | fields
    return ProgressState(initiative_id=1, venue_id=1, status=status, **values)


UNWRITTEN = ProgressState(initiative_id=1, venue_id=1)


@pytest.mark.parametrize(
    ("square", "marks"),
    [
        (state(), ()),
        (state(agreed_deadline=dt.date(2026, 11, 22)), (Mark.OVERDUE,)),
        (state(agreed_deadline=DAY), ()),
        (state("implemented", agreed_deadline=dt.date(2025, 1, 1)), ()),
        (state("paused", agreed_deadline=dt.date(2025, 1, 1), confirmed_on=None), ()),
        (state(confirmed_on=dt.date(2026, 5, 16)), (Mark.STALE,)),
        (state(confirmed_on=dt.date(2026, 5, 17)), ()),
        (state("in_operation", confirmed_on=None), (Mark.STALE,)),
        (state(next_step=""), (Mark.MISSING,)),
        (state("in_operation", next_step=""), ()),
        (state("in_operation", responsible=""), (Mark.MISSING,)),
        (state("not_started", responsible=""), (Mark.LATE_START,)),
        (UNWRITTEN, (Mark.LATE_START, Mark.MISSING)),
        (
            state(agreed_deadline=dt.date(2026, 1, 1), responsible="", confirmed_on=None),
            (Mark.OVERDUE, Mark.MISSING, Mark.STALE),
        ),
    ],
)
def test_marks_come_the_most_pressing_first(square, marks):
    assert marks_of(square, YEARS, TERMS) == marks


def test_without_a_plan_nothing_is_late_to_start_or_owed():
    assert marks_of(UNWRITTEN, None, TERMS) == ()


@pytest.mark.parametrize(("first", "missing"), [(2026, True), (2027, False)])
def test_nothing_is_owed_before_its_first_year(first, missing):
    assert is_missing(UNWRITTEN, PlanYears(first, 2028), DAY) is missing


def test_squares_add_up_by_kind_and_dropped_ones_are_no_kind():
    squares = [
        (state("implemented"), ()),
        (state("in_operation"), (Mark.STALE,)),
        (state("started"), (Mark.OVERDUE, Mark.STALE)),
        (state("paused"), ()),
        (UNWRITTEN, ()),
        (state("dropped"), ()),
    ]

    assert tally(squares) == Tally(
        squares=6,
        reached=2,
        under_way=1,
        waiting=2,
        marked=Counter({Mark.STALE: 2, Mark.OVERDUE: 1}),
    )

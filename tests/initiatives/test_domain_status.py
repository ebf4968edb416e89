"""What a status may follow, and days worked out from the catalogue's months."""

import datetime as dt

import pytest

from initiatives.domain.deadlines import (
    Freshness,
    Suggestion,
    freshness,
    is_late_to_start,
    is_overdue,
    suggestion,
)
from initiatives.domain.progress import ProgressState, from_json, to_json
from initiatives.domain.reminders import due_step
from initiatives.domain.status import Code, may_follow, needs_start

START = dt.date(2026, 8, 31)
TODAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("not_started", "not_started started developing dropped"),
        ("started", "started developing implemented in_operation paused dropped"),
        ("developing", "developing implemented in_operation paused dropped"),
        ("implemented", "implemented developing in_operation dropped"),
        ("in_operation", "in_operation developing paused dropped"),
        ("paused", "paused started developing in_operation dropped"),
        ("dropped", "dropped not_started"),
    ],
)
def test_each_status_names_what_may_follow(before: str, after: str) -> None:
    assert [code.value for code in may_follow(before)] == after.split()


def test_what_needs_no_building_may_be_in_use_at_once() -> None:
    allowed = may_follow("not_started", at_once=True)

    assert allowed == (
        Code.NOT_STARTED,
        Code.STARTED,
        Code.DEVELOPING,
        Code.IMPLEMENTED,
        Code.IN_OPERATION,
        Code.DROPPED,
    )


def test_what_has_no_end_is_never_implemented() -> None:
    assert Code.IMPLEMENTED not in may_follow("developing", endless=True)


def test_unknown_status_is_an_error() -> None:
    with pytest.raises(ValueError, match="finished"):
        may_follow("finished")


def test_only_what_has_begun_needs_a_start() -> None:
    assert [code for code in Code if not needs_start(code)] == [Code.NOT_STARTED, Code.DROPPED]


def test_months_count_from_the_agreed_start_to_the_end_of_a_short_month() -> None:
    found = suggestion({"end": {"kind": "finished", "months": 6}}, START)

    assert found == Suggestion(START, 6, dt.date(2027, 2, 28))


def test_no_day_is_suggested_without_an_agreed_start() -> None:
    assert suggestion({"end": {"kind": "finished", "months": 6}}, None) is None


@pytest.mark.parametrize(
    "perspective",
    [
        {"end": {"kind": "none_stated", "months": None}},
        {"end": {"kind": "finished", "months": 6}, "no_end_date": True},
        {},
    ],
)
def test_no_day_is_suggested_where_the_catalogue_names_no_end(perspective: dict) -> None:
    assert suggestion(perspective, START) == Suggestion(START, None, None)


@pytest.mark.parametrize(
    ("status", "deadline", "overdue"),
    [
        ("started", TODAY - DAY, True),
        ("started", TODAY, False),
        ("not_started", TODAY - DAY, True),
        ("implemented", TODAY - DAY, False),
        ("in_operation", TODAY - DAY, False),
        ("paused", TODAY - DAY, False),
        ("dropped", TODAY - DAY, False),
        ("developing", None, False),
    ],
)
def test_overdue_is_what_should_have_been_there(
    status: str, deadline: dt.date | None, overdue: bool
) -> None:
    assert is_overdue(status, deadline, TODAY) is overdue


def test_late_to_start_is_the_year_after_the_plans_last() -> None:
    found = [
        is_late_to_start("not_started", 2025, TODAY),
        is_late_to_start("not_started", 2026, TODAY),
        is_late_to_start("started", 2025, TODAY),
        is_late_to_start("dropped", 2025, TODAY),
    ]

    assert found == [True, False, False, False]


def test_freshness_lasts_for_the_days_that_are_set() -> None:
    found = [freshness(TODAY - days * DAY, TODAY, within_days=190) for days in (0, 190, 191)]

    assert found == [Freshness.FRESH, Freshness.FRESH, Freshness.STALE]
    assert freshness(None, TODAY, within_days=190) == Freshness.NEVER


def test_nothing_that_rests_or_has_not_begun_is_stale() -> None:
    old = {"initiative_id": 1, "venue_id": 2, "confirmed_on": TODAY - 300 * DAY}
    states = [ProgressState(**old, status=status) for status in ("started", "paused", "dropped")]

    assert [state.stale(TODAY, within_days=190) for state in states] == [True, False, False]


def test_state_comes_back_from_the_log_as_it_was() -> None:
    state = ProgressState(
        initiative_id=4,
        venue_id=None,
        progress_id=9,
        status="developing",
        agreed_start=START,
        responsible="Koordinatoren",
        next_step="Spørg på husmødet",
        confirmed_on=TODAY,
        changed_on=TODAY,
    )

    stored = to_json(state)

    assert from_json(stored, initiative_id=4, venue_id=None, progress_id=9) == state


@pytest.mark.parametrize(
    ("ahead", "step"),
    [(91, None), (90, 90), (31, 90), (30, 30), (0, 30), (-1, None)],
)
def test_two_reminders_at_most_and_none_afterwards(ahead: int, step: int | None) -> None:
    assert due_step(TODAY + ahead * DAY, TODAY) == step

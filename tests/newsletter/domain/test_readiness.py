"""What must be in order before an issue is sent."""

import datetime as dt

from newsletter.domain.readiness import Obstacle, State, TimeProblem, obstacles, time_problem

NOW = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)


def test_nothing_hinders_an_issue_that_says_something_to_somebody():
    assert obstacles(State(says_something=True)) == []


def test_everything_that_hinders_is_named_the_weightiest_first():
    state = State(
        says_something=False,
        gone_headings=("Det sker",),
        past_headings=("Ud sammen",),
        has_readers=False,
        needs_approval=True,
    )

    assert obstacles(state) == [
        (Obstacle.NO_CONTENT, ""),
        (Obstacle.GONE_VENUE, "Det sker"),
        (Obstacle.PAST_PERIOD, "Ud sammen"),
        (Obstacle.EMPTY_TOPIC, ""),
        (Obstacle.NOT_APPROVED, ""),
    ]


def test_an_issue_in_approval_waits_also_where_approval_is_a_choice():
    assert obstacles(State(says_something=True, in_approval=True)) == [(Obstacle.IN_APPROVAL, "")]
    assert obstacles(State(says_something=True, needs_approval=True, approved=True)) == []


def test_what_was_sent_has_no_other_obstacle():
    assert obstacles(State(says_something=False, sent=True)) == [(Obstacle.ALREADY_SENT, "")]


def test_a_time_is_at_least_a_minute_and_at_most_three_months_ahead():
    assert time_problem(NOW, NOW) is TimeProblem.PAST
    assert time_problem(NOW + dt.timedelta(minutes=1), NOW) is None
    assert time_problem(NOW + dt.timedelta(days=92), NOW) is None
    assert time_problem(NOW + dt.timedelta(days=93), NOW) is TimeProblem.TOO_FAR

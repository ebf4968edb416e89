"""What follows from a mail server's answer."""

import datetime as dt

import pytest

from newsletter.domain.sending import Answer, means_no_mailbox, next_try, refill, rest_after

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)


def test_the_plan_is_one_five_and_thirty_minutes_two_and_six_hours():
    waits = [next_try(tries, now=NOW) for tries in range(1, 6)]

    assert [wait - NOW for wait in waits] == [
        dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360)
    ]
    assert (next_try(6, now=NOW), next_try(0, now=NOW)) == (None, None)


def test_nothing_is_tried_when_the_issue_is_out_of_date():
    soon = NOW + dt.timedelta(minutes=5)

    assert next_try(1, now=NOW, expires_at=soon) == NOW + dt.timedelta(minutes=1)
    assert next_try(2, now=NOW, expires_at=soon) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("5.1.1 no such user", True),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound", True),
        ("5.2.1 mailbox closed", True),
        ("5.2.2 mailbox full", False),
        ("5.7.1 blocked", False),
        ("4.1.1 later", False),
        ("no such user", False),
        ("15.1.1.3", False),
    ],
)
def test_only_some_codes_say_that_the_address_is_wrong(text, wrong):
    assert means_no_mailbox(text) is wrong
    assert Answer(550, text).no_mailbox is wrong


def test_a_passing_no_says_nothing_of_the_address():
    assert (Answer(451, "5.1.1").no_mailbox, Answer(451).permanent) == (False, False)


def test_a_rest_doubles_up_to_two_minutes():
    rests = [rest_after(setbacks).total_seconds() for setbacks in (0, 1, 2, 3, 5, 6, 19, 10_000)]

    assert rests == [5, 5, 10, 20, 80, 120, 120, 120]


def test_a_bucket_never_holds_more_than_it_can_and_time_does_not_go_back():
    assert refill(0, per_minute=60, seconds=4, most=10) == 4
    assert refill(8, per_minute=60, seconds=4, most=10) == 10
    assert refill(3, per_minute=60, seconds=-5, most=10) == 3

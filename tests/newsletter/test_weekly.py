"""The week's programme: made by itself, for each reader, unless an editor holds it back."""

import datetime as dt

import pytest

from directory.taxonomy import Role
from newsletter.actions.sending import freeze_due
from newsletter.actions.weekly import hold_week, release_week, send_due_week
from newsletter.domain.content import Kind
from newsletter.issue_lists import weeks
from newsletter.models import Delivery, Dispatch, WeeklyIssue, WeeklyPlan, WeekState
from newsletter.sending_taxonomy import DispatchKind, DispatchState
from newsletter.weekly import weekly_content
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.newsletter import make_reader, topic

MONDAY = dt.date(2027, 3, 8)
BEFORE = dt.datetime(2027, 3, 7, 14, 59, tzinfo=dt.UTC)
SUNDAY_AT_FOUR = dt.datetime(2027, 3, 7, 15, tzinfo=dt.UTC)
TUESDAY_MORNING = dt.datetime(2027, 3, 9, 8, tzinfo=dt.UTC)


@pytest.fixture
def soup(home):
    """A meal each Tuesday at Perlen."""
    schedule = make_schedule(dt.date(2027, 3, 2))
    return make_activity(make_venue("Perlen"), "Suppe", schedules=[schedule])


@pytest.fixture
def reader(home):
    return make_reader("aase@example.org", topic("ugens-program"))


@pytest.fixture
def editor(home):
    return make_user(role=Role.COMMUNICATION)


def states():
    return list(WeeklyIssue.objects.values_list("monday", "state"))


def test_the_programme_tells_of_the_week_from_monday_to_sunday(soup):
    content = weekly_content(MONDAY, now=SUNDAY_AT_FOUR)

    assert (content.kind, content.subject, content.web_url) == (
        Kind.WEEKLY,
        "Ugens program: uge 10, den 8.–14. marts",
        "https://fristed.example/aktiviteter/?fra=2027-03-08&til=2027-03-14",
    )
    assert [(entry.day, entry.title) for entry in content.entries] == [
        (dt.date(2027, 3, 9), "Suppe")
    ]


def test_it_leaves_by_itself_at_its_time_and_once(soup, reader):
    early = send_due_week(now=BEFORE)
    dispatch = send_due_week(now=SUNDAY_AT_FOUR)
    again = send_due_week(now=SUNDAY_AT_FOUR + dt.timedelta(minutes=1))
    freeze_due(now=SUNDAY_AT_FOUR)

    assert (early, again) == (None, None)
    assert list(Dispatch.objects.values_list("kind", "key", "expires_at")) == [
        (
            DispatchKind.WEEKLY,
            "weekly:ugens-program:2027-03-08",
            dt.datetime(2027, 3, 14, 23, tzinfo=dt.UTC),
        )
    ]
    assert dispatch is not None
    assert Delivery.objects.filter(dispatch=dispatch).count() == 1
    assert states() == [(MONDAY, WeekState.SENT)]


def test_a_week_in_which_nothing_happens_is_not_sent(home, reader):
    assert send_due_week(now=SUNDAY_AT_FOUR) is None
    assert states() == [(MONDAY, WeekState.EMPTY)]
    assert not Dispatch.objects.exists()


def test_what_is_held_back_does_not_leave(soup, reader, editor):
    held = hold_week(MONDAY, by=editor, now=BEFORE)

    assert held
    assert send_due_week(now=SUNDAY_AT_FOUR) is None
    assert states() == [(MONDAY, WeekState.HELD)]


def test_let_go_before_its_time_it_leaves_at_its_time(soup, reader, editor):
    hold_week(MONDAY, by=editor, now=BEFORE)

    at_once = release_week(MONDAY, by=editor, now=BEFORE)

    assert at_once is None
    assert send_due_week(now=SUNDAY_AT_FOUR) is not None


def test_let_go_after_its_time_it_leaves_at_once(soup, reader, editor):
    hold_week(MONDAY, by=editor, now=BEFORE)
    send_due_week(now=SUNDAY_AT_FOUR)

    dispatch = release_week(MONDAY, by=editor, now=TUESDAY_MORNING)

    assert dispatch is not None
    assert (dispatch.due_at, dispatch.created_by) == (TUESDAY_MORNING, editor)


def test_a_week_that_is_over_is_not_sent(soup, reader, editor):
    hold_week(MONDAY, by=editor, now=BEFORE)

    late = release_week(MONDAY, by=editor, now=dt.datetime(2027, 3, 15, 8, tzinfo=dt.UTC))

    assert (late, states()) == (None, [])


def test_what_has_left_cannot_be_held_back(soup, reader, editor):
    send_due_week(now=SUNDAY_AT_FOUR)

    assert hold_week(MONDAY, by=editor, now=TUESDAY_MORNING) is False
    assert states() == [(MONDAY, WeekState.SENT)]


def test_letting_go_of_what_is_still_to_come_changes_nothing(soup, reader, editor):
    assert release_week(MONDAY, by=editor, now=BEFORE) is None
    assert (states(), Dispatch.objects.count()) == ([], 0)


def test_what_missed_its_time_is_shown_and_can_be_sent(soup, reader, editor):
    new_site = weeks(now=TUESDAY_MORNING)
    send_due_week(now=SUNDAY_AT_FOUR - dt.timedelta(days=7))
    in_time = weeks(now=SUNDAY_AT_FOUR + dt.timedelta(hours=17))
    shown = weeks(now=TUESDAY_MORNING)
    by_itself = send_due_week(now=TUESDAY_MORNING)

    dispatch = release_week(MONDAY, by=editor, now=TUESDAY_MORNING)

    next_monday = MONDAY + dt.timedelta(days=7)
    assert [week.monday for week in new_site] == [next_monday]
    assert [(week.monday, week.is_late) for week in in_time] == [(next_monday, False)]
    assert [(week.monday, week.is_late) for week in shown] == [
        (MONDAY, True),
        (next_monday, False),
    ]
    assert (by_itself, dispatch is None) == (None, False)
    assert [week.monday for week in weeks(now=TUESDAY_MORNING)] == [next_monday]


def test_what_was_sent_cannot_be_let_go_again(soup, reader, editor):
    send_due_week(now=SUNDAY_AT_FOUR)

    assert release_week(MONDAY, by=editor, now=TUESDAY_MORNING) is None
    assert Dispatch.objects.count() == 1


def test_switched_off_nothing_leaves_and_another_time_holds(soup, reader):
    plan = WeeklyPlan.objects.create(topic=topic("ugens-program"), active=False)
    off = send_due_week(now=SUNDAY_AT_FOUR)
    WeeklyPlan.objects.filter(pk=plan.pk).update(active=True, weekday=4, at=dt.time(12))

    friday = send_due_week(now=dt.datetime(2027, 3, 5, 11, tzinfo=dt.UTC))

    assert off is None
    assert friday is not None


def test_a_week_that_became_empty_ends_without_a_mail(soup, reader):
    dispatch = send_due_week(now=SUNDAY_AT_FOUR)
    soup.unpublish()

    freeze_due(now=SUNDAY_AT_FOUR)

    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.DONE
    assert Delivery.objects.count() == 0

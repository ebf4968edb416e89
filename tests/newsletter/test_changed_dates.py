"""What is cancelled before a message leaves is cancelled in it."""

import datetime as dt

import pytest

from activities.actions import record_change, refresh_activity, undo_change
from activities.models import ActivityPage, Occurrence
from activities.taxonomy import ChangeKind
from core.models import ContentVersion
from newsletter.actions.changed_dates import refresh_entries
from newsletter.domain.content import Block, BlockKind
from newsletter.entries import entries_by_id
from newsletter.mail import encode_issue, letter_of
from newsletter.models import Dispatch, Fragment
from newsletter.sending_taxonomy import DispatchKind
from tests.factories.activities import make_activity
from tests.factories.directory import make_venue
from tests.factories.mail import make_content, make_mail_reader
from tests.factories.newsletter import topic

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
TUESDAY = dt.datetime(2026, 3, 3, 17, 30)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meal(home) -> ActivityPage:
    page = make_activity(make_venue("Perlen"), refresh=False)
    refresh_activity(page.pk, now=NOW)
    return page


@pytest.fixture
def dispatch(meal) -> Dispatch:
    """An issue with the meal of tomorrow and of the week after, on its way."""
    dates = Occurrence.objects.filter(activity=meal, starts_at__gt=NOW).order_by("starts_at")[:2]
    found = entries_by_id([date.pk for date in dates], now=NOW)
    week = Block(BlockKind.ACTIVITIES, "Ugen", entries=tuple(found.values()))
    dispatch = Dispatch.objects.create(
        kind=DispatchKind.ISSUE,
        topic=topic(),
        subject="Uge 10",
        created_at=NOW,
        due_at=NOW,
        frozen_at=NOW,
        content_version=ContentVersion.current()[0],
    )
    Fragment.objects.bulk_create(
        Fragment(
            dispatch=dispatch,
            key=each.key,
            order=each.order,
            html=each.html_qp,
            text=each.text_qp,
            occurrence_id=each.occurrence_id,
            venue_ids=sorted(each.venue_ids),
            district_ids=sorted(each.district_ids),
        )
        for each in encode_issue(make_content(blocks=(week,)))
    )
    return dispatch


def lines(dispatch):
    text = letter_of(dispatch).parts(make_mail_reader()).text
    return [
        line.strip() for line in text.splitlines() if "Fællesspisning" in line or "Kokken" in line
    ]


def cancel(meal, **fields):
    return record_change(meal, kind=ChangeKind.CANCELLED, original=TUESDAY, now=NOW, **fields)


def test_a_date_cancelled_on_the_way_is_cancelled_in_the_mail(meal, dispatch):
    cancel(meal, reason="Kokken er syg")

    assert refresh_entries(dispatch, now=NOW)

    assert lines(dispatch) == [
        "17.30  AFLYST: Fællesspisning",
        "Kokken er syg. Næste gang er tirsdag den 10. marts.",
        "17.30  Fællesspisning",
    ]


def test_what_is_put_back_is_as_it_was(meal, dispatch):
    before = letter_of(dispatch).to(make_mail_reader())
    row = cancel(meal)
    refresh_entries(dispatch, now=NOW)
    undo_change(row, now=NOW)

    refresh_entries(dispatch, now=NOW)

    assert letter_of(dispatch).to(make_mail_reader()) == before


def test_a_date_that_moved_says_from_when(meal, dispatch):
    record_change(
        meal,
        kind=ChangeKind.MOVED,
        original=TUESDAY,
        starts=dt.datetime(2026, 3, 3, 19),
        ends=dt.datetime(2026, 3, 3, 21),
        now=NOW,
    )

    refresh_entries(dispatch, now=NOW)

    text = letter_of(dispatch).parts(make_mail_reader()).text
    assert "19.00  Fællesspisning" in text
    assert "Flyttet fra kl. 17.30 til kl. 19" in text


def test_a_date_that_is_gone_goes_with_its_day(meal, dispatch):
    meal.live = False
    meal.save()
    refresh_activity(meal.pk, now=NOW)

    refresh_entries(dispatch, now=NOW)

    text = letter_of(dispatch).parts(make_mail_reader()).text
    assert "Fællesspisning" not in text
    assert "Ugen" not in text


def test_while_nothing_changes_one_query_is_asked(dispatch, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not refresh_entries(dispatch, now=NOW)


def test_a_worker_that_comes_second_reads_the_letter_anew(meal, dispatch):
    second = Dispatch.objects.get(pk=dispatch.pk)
    cancel(meal)
    refresh_entries(dispatch, now=NOW)

    assert refresh_entries(second, now=NOW)
    assert lines(second) == lines(dispatch)


def test_a_new_title_is_told_with_the_old_greeting(meal, dispatch):
    meal.title = "Fællesspisning for alle"
    meal.save_revision().publish()

    refresh_entries(dispatch, now=NOW)

    text = letter_of(dispatch).parts(make_mail_reader()).text
    assert "17.30  Fællesspisning for alle" in text
    assert "Hej. Du kan bare komme." in text

"""Mail within five minutes when something a reader follows is off, moved, or on again."""

import datetime as dt

import pytest
import time_machine

from activities.actions import record_change, refresh_activity, stop_activity, undo_change
from activities.models import Occurrence
from activities.taxonomy import ChangeKind
from core.models import KeptMail
from newsletter.actions.alerts import send_alerts
from newsletter.actions.sending import freeze_due
from newsletter.alert_content import alert_content
from newsletter.mail import letter_of, readers_of
from newsletter.models import Alert, Delivery, Dispatch
from newsletter.tasks import tell_of_changes
from tests.factories.activities import make_activity, make_schedule
from tests.factories.directory import make_venue
from tests.factories.newsletter import make_reader, topic

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)  # a Monday; it takes place on Tuesdays 17.30
TUESDAY = dt.datetime(2026, 3, 3, 17, 30)
ALERTS = "aflysninger"

pytestmark = pytest.mark.django_db


def after(**time):
    return NOW + dt.timedelta(**time)


def make_meal(venue, title="Fællesspisning"):
    with time_machine.travel(NOW - dt.timedelta(days=10), tick=False):
        return make_activity(venue, title)


def change(activity, kind=ChangeKind.CANCELLED, original=TUESDAY, at=NOW, **fields):
    with time_machine.travel(at, tick=False):
        return record_change(activity, kind=kind, original=original, now=at, **fields)


def told():
    """What each dispatch tells, in the order they were made."""
    return [
        (row.subject, list(row.payload["dates"].values()))
        for row in Dispatch.objects.order_by("created_at")
    ]


@pytest.fixture
def perlen(home):
    return make_venue("Perlen")


@pytest.fixture
def meal(perlen):
    return make_meal(perlen)


@pytest.fixture
def aase():
    return make_reader("aase@example.org", topic(ALERTS))


def test_a_cancellation_is_told_after_a_minute_and_a_half(meal, aase):
    change(meal, reason="Vi er for få")

    assert send_alerts(now=after(seconds=60)) is None
    assert send_alerts(now=after(seconds=90)) == Dispatch.objects.get()
    assert told() == [("Aflyst: Fællesspisning tirsdag den 3. marts", ["cancelled"])]


def test_the_mail_is_with_the_relay_within_five_minutes(
    meal, aase, django_capture_on_commit_callbacks
):
    change(meal)
    waits = dt.timedelta(minutes=1)
    moments = [NOW + waits * number for number in range(5)]

    for moment in moments:
        with (
            time_machine.travel(moment, tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            tell_of_changes()

    kept = KeptMail.objects.get()
    assert (kept.to, kept.subject) == (
        "aase@example.org",
        "Aflyst: Fællesspisning tirsdag den 3. marts",
    )
    assert Delivery.objects.get().settled_at == after(minutes=2)


def test_a_change_made_just_now_waits_for_the_next_mail(meal, perlen, aase):
    change(meal)
    change(make_meal(perlen, "Gåtur"), at=after(seconds=50))

    send_alerts(now=after(seconds=90))
    send_alerts(now=after(seconds=150))

    assert [subject for subject, _ in told()] == [
        "Aflyst: Fællesspisning tirsdag den 3. marts",
        "Aflyst: Gåtur tirsdag den 3. marts",
    ]


def test_nobody_is_told_twice(meal, aase):
    change(meal)
    send_alerts(now=after(minutes=2))

    assert send_alerts(now=after(minutes=3)) is None
    assert Dispatch.objects.count() == 1


def test_several_changes_are_one_mail(meal, perlen, aase):
    walk = make_meal(perlen, "Gåtur")
    change(meal)
    change(walk, at=after(seconds=20))

    send_alerts(now=after(seconds=90))

    assert told() == [("Ændringer på de steder, du følger", ["cancelled", "cancelled"])]


def test_a_slip_of_the_finger_is_never_told(meal, aase):
    undo_change(change(meal), now=after(seconds=20))

    assert send_alerts(now=after(minutes=2)) is None
    assert not Alert.objects.exists()


def test_a_date_that_moves_is_told_with_its_new_time(meal, aase):
    change(
        meal,
        ChangeKind.MOVED,
        starts=dt.datetime(2026, 3, 4, 18),
        ends=dt.datetime(2026, 3, 4, 20),
    )

    dispatch = send_alerts(now=after(minutes=2))

    entry = alert_content(dispatch, after(minutes=2)).entries[0]
    assert told() == [("Flyttet: Fællesspisning er nu onsdag den 4. marts kl. 18–20", ["moved"])]
    assert entry.moved.startswith("Flyttet fra tirsdag den 3. marts kl. 17.30 til onsdag den 4.")


def test_a_date_at_its_hour_in_another_place_is_told_with_the_place(meal, aase):
    hours = {"starts": TUESDAY, "ends": dt.datetime(2026, 3, 3, 19, 30)}
    change(meal, ChangeKind.MOVED, **hours, place="Biblioteket")

    dispatch = send_alerts(now=after(minutes=2))

    entry = alert_content(dispatch, after(minutes=2)).entries[0]
    assert told() == [("Nyt sted: Fællesspisning tirsdag den 3. marts kl. 17.30–19.30", ["moved"])]
    assert entry.moved == "Flyttet til Biblioteket tirsdag den 3. marts."


def test_a_new_place_is_told_when_the_new_hour_is_known(meal, aase):
    hours = {"starts": dt.datetime(2026, 3, 4, 18), "ends": dt.datetime(2026, 3, 4, 20)}
    change(meal, ChangeKind.MOVED, **hours)
    send_alerts(now=after(minutes=2))
    change(meal, ChangeKind.MOVED, at=after(minutes=3), **hours, place="Biblioteket")

    dispatch = send_alerts(now=after(minutes=5))

    assert dispatch.subject == "Nyt sted: Fællesspisning onsdag den 4. marts kl. 18–20"
    assert "Biblioteket" in alert_content(dispatch, after(minutes=5)).entries[0].moved
    assert send_alerts(now=after(minutes=6)) is None


def test_what_was_told_and_is_taken_back_is_told_too(meal, aase):
    row = change(meal)
    send_alerts(now=after(minutes=2))
    undo_change(row, now=after(hours=1))

    dispatch = send_alerts(now=after(hours=1, minutes=1))

    assert dispatch.subject == "Som planlagt: Fællesspisning tirsdag den 3. marts"
    entry = alert_content(dispatch, after(hours=2)).entries[0]
    assert entry.moved == "Som planlagt: Ændringen er taget tilbage."


def test_a_stopped_activity_is_told_for_the_coming_week_only(meal, aase):
    with time_machine.travel(NOW, tick=False):
        stop_activity(meal, TUESDAY, now=NOW)

    dispatch = send_alerts(now=after(minutes=2))

    assert Occurrence.objects.filter(activity=meal, status="cancelled").count() > 1
    assert list(dispatch.payload["dates"].values()) == ["cancelled"]


@pytest.mark.parametrize(
    "original", [dt.datetime(2026, 3, 10, 17, 30), dt.datetime(2026, 2, 24, 17, 30)]
)
def test_dates_further_off_or_past_are_not_told(perlen, aase, original):
    first = dt.date(2026, 2, 24)
    with time_machine.travel(NOW - dt.timedelta(days=10), tick=False):
        meal = make_activity(perlen, schedules=[make_schedule(first)])
    change(meal, original=original)

    assert send_alerts(now=after(minutes=2)) is None


def test_an_old_cancellation_is_not_news_when_its_week_comes(meal, aase):
    change(meal, original=dt.datetime(2026, 3, 10, 17, 30))

    assert send_alerts(now=after(days=5)) is None


def test_what_the_public_does_not_see_is_not_told(meal, aase):
    change(meal)
    meal.live = False
    meal.save()
    refresh_activity(meal.pk, now=after(seconds=10))

    assert send_alerts(now=after(minutes=2)) is None


def test_without_readers_it_is_noted_and_told_to_nobody_later(meal):
    change(meal)

    assert send_alerts(now=after(minutes=2)) is None
    make_reader("ny@example.org", topic(ALERTS))
    assert send_alerts(now=after(minutes=3)) is None
    assert not Dispatch.objects.exists()


def test_only_readers_who_follow_the_place_are_in_the_audience(meal, perlen, home):
    stuen = make_venue("Stuen")
    there = make_reader("aase@example.org", topic(ALERTS), venues=[perlen])
    everything = make_reader("bo@example.org", topic(ALERTS))
    make_reader("ida@example.org", topic(ALERTS), venues=[stuen])
    make_reader("liv@example.org", topic("ugens-program"), venues=[perlen])
    change(meal)

    send_alerts(now=after(minutes=2))
    freeze_due(now=after(minutes=2))

    found = Delivery.objects.values_list("subscriber", "state")
    assert sorted(found) == sorted([(there.pk, "queued"), (everything.pk, "queued")])


def test_the_mail_says_what_is_off_and_when_it_is_next(root, meal, aase):
    change(meal, reason="Kokken er syg")
    dispatch = send_alerts(now=after(minutes=2))
    freeze_due(now=after(minutes=2))
    dispatch.refresh_from_db()

    parts = letter_of(dispatch).parts(readers_of(dispatch, [aase])[aase.pk])

    text = parts.text.partition("-- \n")[0]
    assert text == (root / "tests/data/mail/alert.txt").read_text(encoding="utf-8")
    assert parts.headers["Auto-Submitted"] == "auto-generated"


def test_what_is_put_back_before_it_leaves_is_not_told(meal, aase):
    row = change(meal)
    dispatch = send_alerts(now=after(minutes=2))
    undo_change(row, now=after(minutes=2, seconds=5))

    freeze_due(now=after(minutes=2, seconds=10))

    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.stopped_why) == ("done", "empty")
    assert send_alerts(now=after(minutes=4)) is None  # nobody was told, so nothing is taken back


def test_what_was_put_back_untold_is_news_when_it_is_off_again(meal, perlen, aase):
    row = change(meal)
    change(make_meal(perlen, "Gåtur"))
    send_alerts(now=after(minutes=2))
    undo_change(row, now=after(minutes=2, seconds=5))
    freeze_due(now=after(minutes=2, seconds=10))
    taken_back = send_alerts(now=after(minutes=3))
    change(meal, at=after(minutes=3))

    again = send_alerts(now=after(minutes=5))

    assert taken_back is None
    assert again.subject == "Aflyst: Fællesspisning tirsdag den 3. marts"


def test_what_was_told_before_is_still_taken_back(meal, aase):
    first = change(meal)
    freeze_due(now=send_alerts(now=after(minutes=2)).due_at)
    undo_change(first, now=after(minutes=3))
    hours = {"starts": dt.datetime(2026, 3, 4, 18), "ends": dt.datetime(2026, 3, 4, 20)}
    second = change(meal, ChangeKind.MOVED, at=after(minutes=3), **hours)
    moved = send_alerts(now=after(minutes=5))
    undo_change(second, now=after(minutes=5, seconds=5))
    freeze_due(now=after(minutes=5, seconds=10))

    dispatch = send_alerts(now=after(minutes=6))

    assert moved.subject.startswith("Flyttet: Fællesspisning")
    assert dispatch.subject == "Som planlagt: Fællesspisning tirsdag den 3. marts"


def test_looking_costs_the_same_however_much_has_changed(
    meal, perlen, aase, django_assert_max_num_queries
):
    for number in range(3):
        change(make_meal(perlen, f"Gåtur {number}"))

    with django_assert_max_num_queries(4):
        send_alerts(now=after(seconds=10))

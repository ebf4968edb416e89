"""Two taps to count who came, for those who work there and nobody else."""

import datetime as dt

import pytest
from django.test import Client

from activities.actions import count_heads, record_change
from activities.models import HeadCount, Occurrence
from activities.taxonomy import ChangeKind
from directory.permissions import rights_of
from staff.counts import countable_dates
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import make_user
from tests.factories.directory import make_venue

MADE = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 3, 10, 19, 0, tzinfo=dt.UTC)  # Tuesday 20.00 in Denmark


@pytest.fixture
def venue(home):
    return make_venue()


@pytest.fixture
def activity(venue, time_machine):
    """Tuesdays 17.30 to 19.30, 3 to 24 March 2026, seen on the evening of the 10th."""
    time_machine.move_to(MADE, tick=False)
    page = make_activity(venue, schedules=[make_schedule(until_on=dt.date(2026, 3, 24))])
    time_machine.move_to(NOW, tick=False)
    return page


@pytest.fixture
def user(venue):
    return make_user(role="staff", venue=venue)


@pytest.fixture
def staff(client: Client, user) -> Client:
    client.force_login(user)
    return client


def date_of(activity, day):
    return Occurrence.objects.get(activity=activity, local_date=dt.date(2026, 3, day))


def test_one_tap_leads_to_the_date_and_one_counts(staff, activity):
    date = date_of(activity, 10)
    asked = staff.get("/intern/").content.decode()

    answer = staff.post(f"/intern/tael/{date.pk}/", {"number": "14"})

    count = HeadCount.objects.get()
    assert f'href="/intern/tael/{date.pk}/"' in asked
    assert answer["Location"] == f"/intern/tael/?talt={count.pk}"
    assert (count.number, count.local_date, count.counted_by.email) == (
        14,
        dt.date(2026, 3, 10),
        "rikke@eksempelby.example",
    )


def test_what_was_counted_is_told_with_a_way_back(staff, activity):
    date = date_of(activity, 10)

    told = staff.post(f"/intern/tael/{date.pk}/", {"number": "1"}, follow=True).content.decode()
    undone = staff.post(f"/intern/tael/{HeadCount.objects.get().pk}/fortryd/")

    assert "Fællesspisning: 1 gæst. Tak, fordi du talte." in told
    assert undone["Location"] == "/intern/tael/"
    assert not HeadCount.objects.standing().exists()


def test_dates_of_two_weeks_that_have_begun_are_there_newest_first(activity, user):
    record_change(
        activity, ChangeKind.NOTE, original=date_of(activity, 3).original, note="Kage", now=NOW
    )
    count_heads(date_of(activity, 3), 9, now=NOW)

    rows = countable_dates(rights_of(user), activity.get_parent().pk, now=NOW)

    assert [(row.date.local_date.day, row.count.number if row.count else None) for row in rows] == [
        (10, None),
        (3, 9),
    ]


def test_a_cancelled_date_is_not_asked_about(activity, user):
    record_change(activity, ChangeKind.CANCELLED, original=date_of(activity, 3).original, now=NOW)

    rows = countable_dates(rights_of(user), activity.get_parent().pk, now=NOW)

    assert [row.date.local_date.day for row in rows] == [10]


@pytest.mark.parametrize("number", ["", "mange", "-1", "1000", "9" * 400, "³"])
def test_what_is_no_number_is_said_and_nothing_is_kept(staff, activity, number):
    answer = staff.post(f"/intern/tael/{date_of(activity, 10).pk}/", {"number": number})

    assert answer.status_code == 422
    assert "Skriv et tal fra 0 til 999." in answer.content.decode()
    assert not HeadCount.objects.exists()


def test_a_date_that_is_to_come_cannot_be_counted(staff, activity):
    answer = staff.post(f"/intern/tael/{date_of(activity, 17).pk}/", {"number": "3"})

    assert (answer.status_code, HeadCount.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("role", "elsewhere", "code"),
    [
        ("volunteer", False, 403),
        ("editor", False, 200),
        ("venue_leader", False, 200),
        ("staff", True, 403),
        ("", False, 403),
    ],
)
def test_only_those_who_operate_the_venue_count(client, activity, venue, role, elsewhere, code):
    place = make_venue("Stuen") if elsewhere else venue
    client.force_login(
        make_user(f"{role}x@eksempelby.example", role=role, venue=place if role else None)
    )
    date = date_of(activity, 10)
    count = count_heads(date, 8, now=NOW)

    answers = [
        client.get(f"/intern/tael/{date.pk}/").status_code,
        client.post(f"/intern/tael/{date.pk}/", {"number": "8"}).status_code,
        client.post(f"/intern/tael/{count.pk}/fortryd/").status_code,
    ]

    assert answers == [code, 302 if code == 200 else 403, 302 if code == 200 else 403]


def test_a_visitor_is_asked_to_log_in(client, activity):
    answer = client.get("/intern/tael/")

    assert answer["Location"] == "/admin/login/?next=/intern/tael/"


def test_nobody_learns_of_a_count_elsewhere_from_the_address(staff, activity):
    other = make_activity(make_venue("Stuen"), title="Suppe")
    count = count_heads(date_of(other, 10), 8, now=NOW)

    text = staff.get(f"/intern/tael/?talt={count.pk}").content.decode()

    assert "Suppe" not in text


def test_reading_costs_the_same_for_one_date_and_for_many(
    activity, user, venue, django_assert_num_queries
):
    rights = rights_of(user)
    countable_dates(rights, venue.pk, now=NOW)

    def read():
        with django_assert_num_queries(4):
            countable_dates(rights, venue.pk, now=NOW)

    read()
    make_activity(venue, title="Suppe")
    read()


def test_few_guests_are_told_of_to_those_who_count_and_in_no_history(
    venue, activity, user, staff, client
):
    date = Occurrence.objects.get(activity=activity, local_date=NOW.date())
    count_heads(date, 2, by=user, now=NOW)
    log, history = f"/intern/sted/{venue.pk}/log/", f"/admin/pages/{activity.pk}/history/"
    told = {"staff": staff.get(log).content.decode()}
    for role in ("volunteer", "area_head"):
        client.force_login(
            make_user(f"{role}@b.example", role=role, venue=venue if role == "volunteer" else None)
        )
        told[role] = client.get(log).content.decode()
    client.force_login(make_user("admin@b.example", admin=True))
    told["history"] = client.get(history).content.decode()

    with_number = {who: "2 kom tirsdag den 10. marts 2026" in text for who, text in told.items()}
    without = {
        who: "Talte gæster: tirsdag den 10. marts 2026" in text for who, text in told.items()
    }

    others = ("volunteer", "area_head", "history")
    assert with_number == {"staff": True, **dict.fromkeys(others, False)}
    assert without == {"staff": False, **dict.fromkeys(others, True)}

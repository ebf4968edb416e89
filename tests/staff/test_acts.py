"""Two taps: cancel, move, note, add, stop, close, count, and take it back."""

import datetime as dt

import pytest
from django.test import Client

from activities.actions import record_change
from activities.models import ActivityStop, Occurrence, OccurrenceChange
from activities.taxonomy import ChangeKind
from directory.models import OpeningException
from tests.factories.activities import make_activity, make_schedule, make_shared_event
from tests.factories.core import make_user
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
THIRD, TENTH = dt.datetime(2026, 3, 3, 17, 30), dt.datetime(2026, 3, 10, 17, 30)


@pytest.fixture(autouse=True)
def monday(time_machine):
    """Monday 2 March 2026 at 13 in Denmark."""
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def venue(home):
    return make_venue()


@pytest.fixture
def activity(venue):
    """Tuesdays 17.30 to 19.30, 3 to 24 March 2026."""
    return make_activity(venue, schedules=[make_schedule(until_on=dt.date(2026, 3, 24))], seats=12)


@pytest.fixture
def staff(client: Client, venue) -> Client:
    client.force_login(make_user(role="staff", venue=venue))
    return client


def date_of(activity, original):
    return Occurrence.objects.get(activity=activity, recurrence_id=f"{original:%Y%m%dT%H%M%S}")


def statuses(activity):
    rows = Occurrence.objects.filter(activity=activity).order_by("starts_at")
    return [f"{row.local_date:%d} {row.status}" for row in rows]


def test_a_date_is_cancelled_with_two_taps(staff, activity):
    date = date_of(activity, THIRD)
    address = f"/intern/dato/{date.pk}/aflys/"
    asked = staff.get(address).content.decode()

    answer = staff.post(address, {"why": "illness", "words": "", "scope": "one"})

    change = OccurrenceChange.objects.get()
    assert "Fællesspisning" in asked
    assert answer["Location"] == f"/intern/?gjort=dato-{change.pk}"
    assert statuses(activity) == ["03 cancelled", "10 planned", "17 planned", "24 planned"]
    assert change.created_by.email == "rikke@eksempelby.example"


def test_the_reason_is_the_chip_and_what_was_written(staff, activity):
    date = date_of(activity, THIRD)

    staff.post(f"/intern/dato/{date.pk}/aflys/", {"why": "other", "words": "kokken er på ferie"})

    assert OccurrenceChange.objects.get().reason == "kokken er på ferie"


def test_what_happened_is_told_with_a_way_back(staff, activity):
    date = date_of(activity, THIRD)
    answer = staff.post(f"/intern/dato/{date.pk}/aflys/", {"why": "few"}, follow=True)
    change = OccurrenceChange.objects.get()
    undo = f"/intern/fortryd/dato/{change.pk}/"

    undone = staff.post(undo)

    assert answer.content.decode().count(f'action="{undo}"') == 2  # told above, and in the row
    assert undone["Location"] == "/intern/?gjort=fortrudt"
    assert statuses(activity)[0] == "03 planned"


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("one", ["03 planned", "10 cancelled", "17 planned", "24 planned"]),
        ("following", ["03 planned", "10 cancelled", "17 cancelled", "24 cancelled"]),
        ("all", ["03 cancelled", "10 cancelled", "17 cancelled", "24 cancelled"]),
    ],
)
def test_one_date_those_after_it_or_all_are_cancelled_and_given_back(
    staff, activity, scope, expected
):
    date = date_of(activity, TENTH)
    answer = staff.post(f"/intern/dato/{date.pk}/aflys/", {"scope": scope})
    cancelled = statuses(activity)
    kind, _, pk = answer["Location"].rpartition("=")[2].partition("-")

    staff.post(f"/intern/fortryd/{kind}/{pk}/")

    assert cancelled == expected
    assert statuses(activity) == ["03 planned", "10 planned", "17 planned", "24 planned"]


def test_a_date_is_moved(staff, activity):
    date = date_of(activity, THIRD)
    times = {"day": "2026-03-04", "starts": "18", "ends": "20", "place": "Biblioteket"}

    staff.post(f"/intern/dato/{date.pk}/flyt/", times)

    date.refresh_from_db()
    assert (date.status, date.local_date, date.place) == (
        "moved",
        dt.date(2026, 3, 4),
        "Biblioteket",
    )


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("following", ["0303 17.30", "1003 18.00", "1703 18.00", "2403 18.00"]),
        ("all", ["0303 18.00", "1003 18.00", "1703 18.00", "2403 18.00"]),
    ],
)
def test_a_new_time_for_several_dates_is_one_act_with_one_undo(staff, activity, scope, expected):
    date = date_of(activity, TENTH)
    typed = {"day": "2026-03-10", "starts": "18", "ends": "20", "scope": scope}

    def times():
        rows = Occurrence.objects.filter(activity=activity).order_by("starts_at")
        return [f"{row.original:%d%m %H.%M}" for row in rows]

    answer = staff.post(f"/intern/dato/{date.pk}/flyt/", typed, follow=True)
    moved = times()
    undo = answer.context["done"].undo
    staff.post(f"/intern/fortryd/{undo.kind}/{undo.pk}/")

    assert moved == expected
    assert times() == ["0303 17.30", "1003 17.30", "1703 17.30", "2403 17.30"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": "4. marts", "starts": "18", "ends": "20"}, "day"),
        ({"day": "2026-03-01", "starts": "18", "ends": "20"}, "day"),
        ({"day": "2026-03-04", "starts": "kvart", "ends": "20"}, "starts"),
        ({"day": "2026-03-04", "starts": "18", "ends": "17.30"}, "ends"),
        ({"day": "2026-03-03", "starts": "17.30", "ends": "19.30"}, "starts"),
        ({"day": "2026-03-04", "starts": "18", "ends": "20", "scope": "following"}, "day"),
    ],
)
def test_errors_stand_beside_the_field_and_what_was_typed_stays(staff, activity, typed, field):
    date = date_of(activity, THIRD)

    answer = staff.post(f"/intern/dato/{date.pk}/flyt/", typed | {"reason": "Vi har fået gæster"})

    assert list(answer.context["form"].errors) == [field]
    assert "Vi har fået gæster" in answer.content.decode()
    assert OccurrenceChange.objects.count() == 0


def test_a_note_an_extra_date_and_free_places(staff, activity):
    date = date_of(activity, THIRD)

    staff.post(f"/intern/dato/{date.pk}/bemaerkning/", {"note": "Tag en kop med"})
    staff.post(
        f"/intern/aktivitet/{activity.pk}/ekstra/",
        {"day": "5.3.2026", "starts": "10", "ends": "12"},
    )
    counted = staff.post(f"/intern/dato/{date.pk}/pladser/", {"step": "-1"})

    date.refresh_from_db()
    assert (date.note, date.free_seats) == ("Tag en kop med", 11)
    assert statuses(activity)[1] == "05 extra"
    assert counted["Location"] == f"/intern/#d{date.pk}"


def test_an_activity_is_stopped_from_a_day_on(staff, activity):
    staff.post(f"/intern/aktivitet/{activity.pk}/stop/", {"day": "2026-03-10", "reason": "Slut"})

    stop = ActivityStop.objects.get()
    assert (stop.from_on, stop.reason) == (dt.date(2026, 3, 10), "Slut")
    assert statuses(activity) == ["03 planned", "10 cancelled", "17 cancelled", "24 cancelled"]


def test_stopping_what_has_no_more_dates_is_refused_in_the_form(staff, activity):
    answer = staff.post(f"/intern/aktivitet/{activity.pk}/stop/", {"day": "2026-04-10"})

    assert answer.status_code == 200
    assert len(answer.context["form"].non_field_errors()) == 1


def test_closing_a_venue_offers_its_dates_and_cancels_those_ticked(staff, venue, activity):
    days = {"first_on": "2026-03-09", "until_on": "2026-03-18", "reason": "summer", "note": ""}
    offered = staff.get(f"/intern/sted/{venue.pk}/luk/", days)
    tenth = date_of(activity, TENTH)

    answer = staff.post(f"/intern/sted/{venue.pk}/luk/", days | {"dates": [tenth.pk]}, follow=True)

    assert offered.content.decode().count("checked") == 2
    assert statuses(activity) == ["03 planned", "10 cancelled", "17 planned", "24 planned"]
    assert OpeningException.objects.get().venue_id == venue.pk
    assert "/intern/fortryd/samlet/" in answer.content.decode()


def test_closing_asks_for_days_first_and_refuses_those_that_cannot_be(staff, venue):
    empty = staff.get(f"/intern/sted/{venue.pk}/luk/")
    wrong = staff.get(
        f"/intern/sted/{venue.pk}/luk/",
        {"first_on": "2026-03-09", "until_on": "2026-03-08", "reason": "summer"},
    )

    assert empty.context["form"].is_bound is False
    assert list(wrong.context["form"].errors) == ["until_on"]


def test_an_act_is_not_carried_out_by_looking_at_its_address(staff, activity):
    date = date_of(activity, THIRD)
    change = record_change(activity, ChangeKind.CANCELLED, original=TENTH, now=NOW)

    codes = [
        staff.get(f"/intern/fortryd/dato/{change.pk}/").status_code,
        staff.get(f"/intern/dato/{date.pk}/pladser/").status_code,
    ]

    assert codes == [405, 405]
    assert statuses(activity)[:2] == ["03 planned", "10 cancelled"]


def test_an_act_without_the_token_of_its_form_is_refused(venue, activity):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(role="staff", venue=venue))
    date = date_of(activity, THIRD)

    answer = client.post(f"/intern/dato/{date.pk}/aflys/", {})

    assert answer.status_code == 403
    assert statuses(activity)[0] == "03 planned"


ACTS = [
    "dato/{date}/aflys/",
    "dato/{date}/flyt/",
    "dato/{date}/bemaerkning/",
    "dato/{date}/pladser/",
    "aktivitet/{activity}/ekstra/",
    "aktivitet/{activity}/stop/",
    "sted/{venue}/luk/",
    "fortryd/dato/{change}/",
]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", ["volunteer", "elsewhere", "nobody", "area_head"])
def test_others_may_do_nothing_with_a_venues_dates(client, venue, activity, act, role):
    other = make_venue(title="Kahytten")
    who = {
        "volunteer": {"role": "volunteer", "venue": venue},
        "elsewhere": {"role": "editor", "venue": other},
        "nobody": {},
        "area_head": {"role": "area_head"},
    }[role]
    client.force_login(make_user(**who))
    change = record_change(activity, ChangeKind.CANCELLED, original=TENTH, now=NOW)
    keys = {"date": date_of(activity, THIRD).pk, "activity": activity.pk}
    address = "/intern/" + act.format(**keys, venue=venue.pk, change=change.pk)
    before = statuses(activity)

    answer = client.post(address, {"step": "-1", "day": "2026-03-05", "starts": "9", "ends": "10"})

    assert (answer.status_code, statuses(activity)) == (403, before)


@pytest.mark.parametrize("act", ACTS)
def test_visitors_are_asked_to_log_in(client, venue, activity, act):
    keys = {"date": date_of(activity, THIRD).pk, "activity": activity.pk}
    address = "/intern/" + act.format(**keys, venue=venue.pk, change=1)

    answer = client.post(address)

    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize(("accepted", "code"), [(True, 302), (False, 403)])
def test_a_host_may_cancel_a_shared_event_once_it_has_said_yes(client, home, venue, accepted, code):
    lead = make_venue(title="Kahytten")
    event = make_shared_event(home.shared, lead, venue, accepted=accepted)
    client.force_login(make_user(role="staff", venue=venue))
    date = date_of(event, THIRD)

    answer = client.post(f"/intern/dato/{date.pk}/aflys/", {"scope": "one"})

    assert answer.status_code == code


def test_a_volunteer_sees_the_week_without_buttons(client, venue, activity):
    client.force_login(make_user(role="volunteer", venue=venue))

    text = client.get("/intern/").content.decode()

    assert ("Fællesspisning" in text, "aflys/" in text) == (True, False)


def test_nobody_is_told_of_what_others_did(client, venue, activity):
    change = record_change(activity, ChangeKind.CANCELLED, original=THIRD, now=NOW)
    client.force_login(make_user(role="staff", venue=make_venue(title="Kahytten")))

    text = client.get(f"/intern/?gjort=dato-{change.pk}").content.decode()

    assert "Fællesspisning" not in text


@pytest.mark.parametrize("typed", ["dato-", "dato-x", "dato-99999", "samlet-1", "x-1", "²", "-"])
def test_an_address_that_tells_of_nothing_is_just_the_week(staff, activity, typed):
    assert staff.get(f"/intern/?gjort={typed}").status_code == 200


@pytest.mark.parametrize("count", [1, 6])
def test_the_week_asks_the_same_number_of_questions_for_any_number_of_dates(
    staff, venue, count, django_assert_max_num_queries
):
    for number in range(count):
        make_activity(venue, title=f"Brætspil {number}")

    with django_assert_max_num_queries(33):
        staff.get("/intern/")

"""Datoer in the admin: the same acts as in the internal section, and dates of closed days."""

import datetime as dt

import pytest
from django.urls import reverse

from activities.actions import stop_activity
from activities.models import Occurrence, OccurrenceChange
from directory.models import OpeningException
from directory.permissions import sync_groups
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

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
    return make_activity(venue, schedules=[make_schedule(until_on=dt.date(2026, 3, 24))])


def sign_in(client, role, venue):
    user = make_user(role=role, venue=venue)
    sync_groups(user)
    client.force_login(user)
    return client


@pytest.fixture
def editor(client, venue):
    return sign_in(client, "editor", venue)


def statuses(activity):
    rows = Occurrence.objects.filter(activity=activity).order_by("starts_at")
    return [f"{row.local_date:%d} {row.status}" for row in rows]


def test_list_and_editor_lead_to_the_dates(editor, activity):
    address = reverse("dates_list", args=[activity.pk])
    pages = [
        reverse("wagtailadmin_explore", args=[activity.get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[activity.pk]),
        reverse("activity_list:index"),
    ]

    assert [address in editor.get(page).content.decode() for page in pages] == [True, True, True]


def test_a_date_is_cancelled_from_the_list_of_dates_and_given_back(editor, activity):
    address = reverse("dates_list", args=[activity.pk])
    date = Occurrence.objects.get(activity=activity, local_date=TENTH.date())
    cancel = reverse("dates_cancel", args=[date.pk])
    offered = cancel in editor.get(address).content.decode()

    answer = editor.post(cancel, {"why": "illness", "scope": "one"})
    cancelled = statuses(activity)
    change = OccurrenceChange.objects.get()
    told = editor.get(answer["Location"]).content.decode()
    undo = reverse("dates_undo", args=["dato", change.pk])
    editor.post(undo)

    assert (offered, answer["Location"]) == (True, f"{address}?gjort=dato-{change.pk}")
    assert undo in told
    assert cancelled == ["03 planned", "10 cancelled", "17 planned", "24 planned"]
    assert statuses(activity)[1] == "10 planned"


@pytest.mark.parametrize("act", ["cancel", "move", "note"])
def test_the_forms_of_a_date_open_in_the_admin(editor, activity, act):
    date = Occurrence.objects.get(activity=activity, local_date=TENTH.date())

    assert editor.get(reverse(f"dates_{act}", args=[date.pk])).status_code == 200


@pytest.mark.parametrize("act", ["extra", "stop"])
def test_the_forms_of_an_activity_open_in_the_admin(editor, activity, act):
    assert editor.get(reverse(f"dates_{act}", args=[activity.pk])).status_code == 200


def test_dates_of_others_are_refused(client, venue, activity):
    sign_in(client, "editor", make_venue(title="Kahytten"))

    # Wagtail's admin leads somebody without the right back to its front page.
    assert client.get(reverse("dates_list", args=[activity.pk])).status_code in {302, 403}


def close(client, venue, **fields):
    data = {
        "venue": venue.pk,
        "first_on": "9.3.2026",
        "until_on": "18.3.2026",
        "closed": "on",
        "kind": "staffed",
        "reason": "summer",
        "note": "Vi maler huset",
    } | fields
    return client.post(reverse("andre-aabningstider:add"), data)


def test_closing_a_venue_in_the_admin_leads_to_what_happens_on_those_days(editor, venue, activity):
    answer = close(editor, venue)

    closure = OpeningException.objects.get()
    address = reverse("closure_dates", args=[closure.pk])
    assert answer["Location"] == address
    assert editor.get(address).content.decode().count("checked") == 2


def test_what_is_ticked_is_cancelled_and_one_undo_opens_the_venue_again(editor, venue, activity):
    close(editor, venue)
    closure = OpeningException.objects.get()
    dates = Occurrence.objects.filter(activity=activity, local_date=TENTH.date())
    address = reverse("closure_dates", args=[closure.pk])

    answer = editor.post(address, {"dates": [dates.get().pk]})
    cancelled = statuses(activity)
    pk = answer["Location"].rpartition("-")[2]
    editor.post(reverse("dates_undo", args=["samlet", pk]))

    assert cancelled == ["03 planned", "10 cancelled", "17 planned", "24 planned"]
    assert statuses(activity)[1] == "10 planned"
    assert OpeningException.objects.count() == 0


def test_closing_days_with_nothing_on_asks_nothing(editor, venue):
    answer = close(editor, venue)

    assert answer["Location"] == reverse("andre-aabningstider:index")


def test_the_list_of_activities_says_until_when_a_stopped_one_goes_on(editor, venue):
    page = make_activity(venue, schedules=[make_schedule()])
    stop_activity(page, TENTH, now=NOW)

    (row,) = editor.get(reverse("activity_list:index")).context["object_list"]

    assert row.when_text == "Hver tirsdag kl. 17.30–19.30 fra den 3. til den 9. marts 2026"

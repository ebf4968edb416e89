"""The admin around activities: saving, autosave, lists, next dates, changes, invitations."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from activities.actions import record_change
from activities.admin_views import unstored
from activities.models import ActivityHost, ActivityPage, Occurrence, OccurrenceChange
from activities.taxonomy import ChangeKind, HostStatus
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.activities.test_editor_form import posted, row
from tests.factories.activities import make_activity, make_schedule, make_shared_event
from tests.factories.core import make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

MONDAY = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def monday():
    """Monday 2 March 2026 at 13 in Denmark."""
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def venue(home):
    return make_venue()


def log_in(client, venue, role=Role.EDITOR, email="rikke@eksempelby.example"):
    user = make_user(email, role=role, venue=venue)
    sync_groups(user)
    client.force_login(user)
    return user


def add_url(parent):
    return reverse("wagtailadmin_pages:add", args=["activities", "activitypage", parent.pk])


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


AUTOSAVE = {"HTTP_ACCEPT": "application/json"}


def test_an_editor_publishes_a_weekly_activity(client, venue):
    log_in(client, venue)

    response = client.post(add_url(venue), posted(row()) | {"action-publish": "1"})

    page = ActivityPage.objects.get()
    assert response.status_code == 302
    assert (page.live, page.slug) == (True, "faellesspisning-paa-aeroe")
    first = Occurrence.objects.public().first()
    assert (first.local_date, first.activity_id) == (dt.date(2026, 3, 3), page.pk)


def test_errors_come_in_danish_beside_the_field_and_what_was_typed_stays(client, venue):
    log_in(client, venue)

    data = posted(row(ends="16.30", until_on="2.3.2026")) | {"action-publish": "1"}
    html = client.post(add_url(venue), data).content.decode()

    assert ActivityPage.objects.count() == 0
    assert 'value="16.30"' in html
    assert 'aria-invalid="true"' in html


def test_a_volunteer_writes_a_draft_and_publishes_nothing(client, venue):
    log_in(client, venue, Role.VOLUNTEER)

    client.post(add_url(venue), posted(row()) | {"action-publish": "1"})

    assert [page.live for page in ActivityPage.objects.all()] == [False]


def test_an_editor_of_another_venue_is_kept_out(client, venue):
    log_in(client, make_venue("Klub Vera"))
    page = make_activity(venue)

    statuses = [
        client.get(add_url(venue)).status_code,
        client.post(edit_url(page), posted(row())).status_code,
    ]

    assert statuses == [302, 302]
    page.refresh_from_db()
    assert page.title == "Fællesspisning"


def test_an_autosave_with_a_half_written_row_neither_fails_nor_stores_half(client, venue):
    log_in(client, venue)
    page = make_activity(venue, live=False)
    stored = page.schedules.get()
    kept = row(id=str(stored.pk), key=stored.key)

    data = posted(kept, row(starts=""), slug=page.slug) | {"schedules-INITIAL_FORMS": "1"}
    response = client.post(edit_url(page), data, **AUTOSAVE)

    assert response.status_code == 400
    assert response.json()["success"] is False
    assert response.json()["error_message"]  # which the editor shows beside the button
    page.refresh_from_db()
    assert [each.key for each in page.schedules.all()] == [stored.key]


def test_an_autosave_creates_the_page_and_tells_the_form_the_rows_key(client, venue):
    log_in(client, venue)

    answer = client.post(add_url(venue), posted(row()), **AUTOSAVE).json()

    page = ActivityPage.objects.get()
    stored = page.schedules.get()
    assert (page.live, answer["pk"]) == (False, page.pk)
    assert answer["field_updates"]["schedules-0-key"] == stored.key
    assert answer["field_updates"]["schedules-0-id"] == str(stored.pk)


def test_an_autosave_of_a_published_page_keeps_its_dates_and_keys(client, venue):
    log_in(client, venue)
    page = make_activity(venue)
    stored = page.schedules.get()
    dates = list(Occurrence.objects.values_list("pk", "recurrence_id"))

    changed = row(id=str(stored.pk), key=stored.key, starts="18")
    data = posted(changed, row(weekdays=["3"]), slug=page.slug, title=page.title)
    client.post(edit_url(page), data | {"schedules-INITIAL_FORMS": "1"}, **AUTOSAVE)

    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert [each.starts for each in page.schedules.all()] == [dt.time(17, 30)]
    assert next(each.key for each in draft.schedules.all()) == stored.key
    assert list(Occurrence.objects.values_list("pk", "recurrence_id")) == dates


def test_the_next_dates_of_unsaved_rows_are_told(client, venue):
    log_in(client, venue)
    page = make_activity(venue)
    stored = page.schedules.get()

    rows = posted(row(id=str(stored.pk), key=stored.key), row(starts=""))
    response = client.post(reverse("activity_dates"), rows | {"schedules-INITIAL_FORMS": "1"})
    html = response.content.decode()

    assert response.status_code == 200
    assert html.count("<time") == 10
    assert 'datetime="2026-03-03T17:30"' in html
    assert "Hver tirsdag kl. 17.30-19.30" in html.replace("–", "-")
    page.refresh_from_db()
    assert page.schedules.get().starts == dt.time(17, 30)


@pytest.mark.postgresql_too
@pytest.mark.parametrize(
    "data",
    [
        {},
        {"schedules-TOTAL_FORMS": "mange", "breaks-TOTAL_FORMS": "-1"},
        {"schedules-TOTAL_FORMS": "1", "schedules-INITIAL_FORMS": "1"},
        {
            "schedules-TOTAL_FORMS": "1",
            "schedules-INITIAL_FORMS": "0",
            "schedules-0-starts": "\x00",
        },
    ],
)
def test_strange_rows_never_break_the_next_dates(client, venue, data):
    log_in(client, venue)

    assert client.post(reverse("activity_dates"), data).status_code == 200


def test_of_endless_rows_a_hundred_are_read(client, venue):
    log_in(client, venue)
    data = posted(*(row(ORDER=str(number)) for number in range(150)))

    answer = client.post(reverse("activity_dates"), data)
    saved = client.post(add_url(venue), data)

    assert answer.status_code == 200
    assert unstored(answer.wsgi_request.POST)["schedules-TOTAL_FORMS"] == "100"
    assert saved.context["form"].formsets["schedules"].non_form_errors()
    assert not ActivityPage.objects.exists()


def test_next_dates_are_for_people_with_a_role(client, venue):
    stranger = make_user("fremmed@eksempelby.example")
    client.force_login(stranger)

    assert client.post(reverse("activity_dates"), {}).status_code == 302


def test_the_preview_of_ten_dates_works_with_unsaved_rows(client, venue):
    log_in(client, venue)
    args = ["activities", "activitypage", venue.pk]
    address = reverse("wagtailadmin_pages:preview_on_add", args=args)

    told = client.post(address, posted(row())).json()
    html = client.get(address, {"mode": "datoer"}).content.decode()

    assert told == {"is_valid": True, "is_available": True}
    assert "3. marts" in html


def list_titles(client, **query):
    response = client.get(reverse("activity_list:index"), query)
    return [page.title for page in response.context["object_list"]]


def test_the_list_shows_the_soonest_first_and_only_what_one_may_see(client, venue):
    log_in(client, venue)
    other = make_venue("Klub Vera")
    make_activity(venue, "Sidst", schedules=[make_schedule(dt.date(2026, 3, 6))])
    make_activity(venue, "Først", schedules=[make_schedule(dt.date(2026, 3, 3))])
    make_activity(venue, "Slut", schedules=[make_schedule(until_on=dt.date(2026, 3, 1))])
    make_activity(other, "Fremmed")

    assert list_titles(client) == ["Først", "Sidst", "Slut"]


@pytest.mark.postgresql_too
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"q": "aeroe"}, ["Tur til Ærø"]),
        ({"kind": "varying"}, ["Tur til Ærø"]),
        ({"activity_type": "meal"}, ["Suppe"]),
        ({"status": "draft"}, ["Kladde"]),
        ({"status": "live"}, ["Suppe", "Tur til Ærø"]),
        ({"status": "ended"}, []),
        ({"next_date": "this_week"}, ["Suppe"]),
        ({"next_date": "none"}, ["Kladde"]),
        ({"next_between_from": "2026-03-10", "next_between_to": "2026-03-20"}, ["Tur til Ærø"]),
        ({"kind": "sludder"}, ["Suppe", "Tur til Ærø", "Kladde"]),
        ({"q": "\x00"}, ["Suppe", "Tur til Ærø", "Kladde"]),
        ({"p": "99999999999999"}, ["Suppe", "Tur til Ærø", "Kladde"]),
        ({"ordering": "-next_at"}, ["Tur til Ærø", "Suppe", "Kladde"]),
    ],
)
def test_the_list_is_filtered_and_searched(client, venue, query, titles):
    log_in(client, venue)
    make_activity(venue, "Suppe", activity_type="meal")
    once = make_schedule(dt.date(2026, 3, 14), frequency="once", weekdays=[])
    make_activity(venue, "Tur til Ærø", kind="varying", schedules=[once])
    make_activity(venue, "Kladde", live=False, schedules=[])

    assert list_titles(client, **query) == titles


def test_the_list_is_filtered_by_venue(client, venue):
    user = log_in(client, venue)
    other = make_venue("Klub Vera")
    user.memberships.create(venue=other, role=Role.EDITOR)
    make_activity(venue, "Her")
    make_activity(other, "Der")

    assert list_titles(client, venue=str(other.pk)) == ["Der"]


def test_the_list_asks_as_often_for_three_as_for_one(client, venue, django_assert_max_num_queries):
    log_in(client, venue)
    make_activity(venue, "Et")
    address = reverse("activity_list:index")
    client.get(address)
    with django_assert_max_num_queries(200) as one:
        client.get(address)
    make_activity(venue, "To")
    make_activity(venue, "Tre")

    with django_assert_max_num_queries(len(one)) as three:
        client.get(address)

    assert len(three) == len(one)


def test_who_writes_for_one_venue_is_not_asked_which(client, venue):
    log_in(client, venue, Role.VOLUNTEER)

    response = client.get(reverse("activity_list:choose_parent"))

    assert (response.status_code, response.url) == (302, add_url(venue))


def test_who_writes_for_more_is_asked(client, home, venue):
    log_in(client, venue)

    html = client.get(reverse("activity_list:choose_parent")).content.decode()

    assert (add_url(venue) in html, add_url(home.shared) in html) == (True, True)


def test_a_change_is_listed_and_taken_back(client, venue):
    user = log_in(client, venue, Role.STAFF)
    page = make_activity(venue)
    start = dt.datetime(2026, 3, 3, 17, 30)
    now = timezone.now()
    change = record_change(
        page, ChangeKind.CANCELLED, original=start, reason="Sne", by=user, now=now
    )

    html = client.get(reverse("change_list:index")).content.decode()
    client.post(reverse("change_list:undo", args=[change.pk]))

    assert ("Sne" in html, str(user) in html) == (True, True)
    change.refresh_from_db()
    assert (change.undone_by, change.undone_at) == (user, now)
    assert Occurrence.objects.order_by("starts_at").first().status == "planned"


def test_a_change_of_another_venue_is_neither_shown_nor_taken_back(client, venue):
    log_in(client, make_venue("Klub Vera"))
    page = make_activity(venue)
    start = dt.datetime(2026, 3, 3, 17, 30)
    change = record_change(page, ChangeKind.CANCELLED, original=start, now=timezone.now())

    rows = client.get(reverse("change_list:index")).context["object_list"]
    client.post(reverse("change_list:undo", args=[change.pk]))

    assert list(rows) == []
    assert OccurrenceChange.objects.get().undone_at is None


def test_whoever_writes_a_shared_event_invites_others_who_answer(client, home, venue):
    log_in(client, venue)
    other = make_venue("Klub Vera")

    data = posted(row(), co_hosts=[str(other.pk)]) | {"action-publish": "1"}
    client.post(add_url(home.shared), data)

    event = ActivityPage.objects.get()
    hosts = {host.venue: (host.role, host.status) for host in event.hosts.all()}
    assert hosts == {venue: ("lead", "accepted"), other: ("co_host", "invited")}
    invitation = ActivityHost.objects.get(venue=other)
    log_in(client, other, email="vera@eksempelby.example")
    html = client.get(reverse("invitation_list:index")).content.decode()
    client.post(reverse("invitation_list:answer", args=[invitation.pk]), {"answer": "yes"})
    invitation.refresh_from_db()
    assert (event.title in html, invitation.status) == (True, HostStatus.ACCEPTED)


def test_an_autosave_invites_nobody(client, home, venue):
    log_in(client, venue)
    other = make_venue("Klub Vera")

    data = posted(row(), co_hosts=[str(other.pk)])
    client.post(add_url(home.shared), data, **AUTOSAVE)

    assert [host.venue for host in ActivityHost.objects.all()] == [venue]


def test_somebody_with_two_venues_chooses_the_main_host(client, home, venue):
    user = log_in(client, venue)
    other = make_venue("Klub Vera")
    user.memberships.create(venue=other, role=Role.EDITOR)

    data = posted(row(), lead_venue=str(other.pk))
    client.post(add_url(home.shared), data, **AUTOSAVE)
    page = ActivityPage.objects.get()
    stored = page.schedules.get()
    again = posted(row(id=str(stored.pk)), lead_venue=str(other.pk), slug=page.slug)
    client.post(edit_url(page), again | {"schedules-INITIAL_FORMS": "1"})

    assert [(host.venue, host.role) for host in ActivityHost.objects.all()] == [(other, "lead")]


def test_the_chosen_main_host_holds_when_an_event_is_published_at_once(client, home, venue):
    user = log_in(client, venue)
    other = make_venue("Klub Vera")
    user.memberships.create(venue=other, role=Role.EDITOR)

    data = posted(row(), lead_venue=str(other.pk)) | {"action-publish": "1"}
    client.post(add_url(home.shared), data)

    assert [(host.venue, host.role) for host in ActivityHost.objects.all()] == [(other, "lead")]
    assert {date.venue_id for date in Occurrence.objects.public()} == {other.pk}


def test_who_takes_part_does_not_become_the_main_host(client, home, venue):
    lead, second = make_venue("Klub Vera"), make_venue("Kahytten")
    event = make_shared_event(home.shared, lead, venue, live=False)
    ActivityPage.objects.filter(pk=event.pk).update(first_published_at=None)
    stored = event.schedules.first()
    user = log_in(client, venue)
    user.memberships.create(venue=second, role=Role.EDITOR)

    form = client.get(edit_url(event)).context["form"]
    data = posted(row(id=str(stored.pk) if stored else ""), lead_venue=str(venue.pk))
    client.post(edit_url(event), data | {"schedules-INITIAL_FORMS": "1" if stored else "0"})

    assert "lead_venue" not in form.fields
    assert ActivityHost.objects.get(activity=event, role="lead").venue == lead


def test_another_venues_invitation_is_not_ours_to_answer(client, home, venue):
    other = make_venue("Klub Vera")
    make_shared_event(home.shared, venue, other, accepted=False)
    invitation = ActivityHost.objects.get(venue=other)
    log_in(client, venue)

    client.post(reverse("invitation_list:answer", args=[invitation.pk]), {"answer": "yes"})

    invitation.refresh_from_db()
    assert invitation.status == HostStatus.INVITED

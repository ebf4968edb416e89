"""Mail about holding an event together, and the pages on which it is answered."""

import datetime as dt

import pytest
from django.test import Client

from activities.actions import answer_invitation, invite_host
from activities.actions.invitations import remind_unanswered
from activities.models import ActivityHost
from activities.taxonomy import HostStatus
from core.models import OutgoingMail
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.factories.activities import make_change, make_host, make_schedule, make_shared_event
from tests.factories.core import make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)
PARTY = dt.date(2026, 3, 20)


@pytest.fixture(autouse=True)
def first_of_march(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def event(home):
    """Perlen's party on 20 March."""
    plan = [make_schedule(PARTY, frequency="once", weekdays=[])]
    return make_shared_event(home.shared, make_venue("Perlen"), schedules=plan)


@pytest.fixture
def ankeret(home):
    return make_venue("Ankeret")


def person(email, role, venue=None):
    user = make_user(email, role=role, venue=venue)
    sync_groups(user)
    return user


def letters():
    return list(OutgoingMail.objects.order_by("pk").values_list("purpose", "to"))


def test_everybody_who_may_answer_for_the_invited_venue_is_asked(event, ankeret):
    person("leder@ankeret.example", Role.VENUE_LEADER, ankeret)
    person("redaktoer@ankeret.example", Role.EDITOR, ankeret)
    person("medarbejder@ankeret.example", Role.STAFF, ankeret)
    person("frivillig@ankeret.example", Role.VOLUNTEER, ankeret)
    person("redaktoer@andre.example", Role.EDITOR, make_venue("Klub Vera"))
    asleep = person("borte@ankeret.example", Role.EDITOR, ankeret)
    asleep.is_active = False
    asleep.save()

    invite_host(event, ankeret, now=NOW)

    assert letters() == [
        ("invitation", "leder@ankeret.example"),
        ("invitation", "redaktoer@ankeret.example"),
    ]


def test_the_question_names_event_day_main_host_and_the_way_to_answer(event, ankeret):
    person("leder@ankeret.example", Role.VENUE_LEADER, ankeret)

    host = invite_host(event, ankeret, now=NOW)

    mail = OutgoingMail.objects.get()
    told = ["Sommerfest", "fredag den 20. marts 2026 kl. 17.30", "Perlen", "Ankeret"]
    assert [word for word in told if word not in mail.text] == []
    assert f"/admin/invitationer/{host.pk}/svar/" in mail.text
    assert "&" not in mail.text.replace("&amp;", "")


def test_a_draft_is_asked_about_with_the_day_of_its_plan(home, ankeret):
    plan = [make_schedule(PARTY, frequency="once", weekdays=[])]
    draft = make_shared_event(home.shared, make_venue("Perlen"), schedules=plan, live=False)
    person("leder@ankeret.example", Role.VENUE_LEADER, ankeret)

    invite_host(draft, ankeret, now=NOW)

    assert "fredag den 20. marts 2026 kl. 17.30" in OutgoingMail.objects.get().text


def test_whoever_asks_gets_no_mail_about_it(event, ankeret):
    asker = person("begge@ankeret.example", Role.EDITOR, ankeret)

    invite_host(event, ankeret, by=asker, now=NOW)

    assert letters() == []


def test_the_main_host_hears_each_answer_once(event, ankeret):
    person("leder@perlen.example", Role.VENUE_LEADER, event.hosts.get().venue)
    host = invite_host(event, ankeret, now=NOW)

    answer_invitation(host, accept=True, now=NOW)
    answer_invitation(host, accept=True, now=NOW)
    answer_invitation(host, accept=False, now=NOW + WEEK)

    assert letters() == [("invitation_answer", "leder@perlen.example")] * 2
    first, second = OutgoingMail.objects.order_by("pk")
    assert first.subject != second.subject


def test_a_broken_address_stops_neither_the_invitation_nor_the_others(event, ankeret):
    person("leder@ankeret.example", Role.VENUE_LEADER, ankeret)
    broken = person("redaktoer@ankeret.example", Role.EDITOR, ankeret)
    type(broken).objects.filter(pk=broken.pk).update(email="ikke en adresse")

    host = invite_host(event, ankeret, now=NOW)

    assert (host.status, letters()) == (
        HostStatus.INVITED,
        [("invitation", "leder@ankeret.example")],
    )


def test_a_week_later_the_venue_is_reminded_once(event, ankeret):
    person("leder@ankeret.example", Role.VENUE_LEADER, ankeret)
    invite_host(event, ankeret, now=NOW)

    counts = [
        remind_unanswered(now=NOW + WEEK - dt.timedelta(minutes=1)),
        remind_unanswered(now=NOW + WEEK),
        remind_unanswered(now=NOW + WEEK),
        remind_unanswered(now=NOW + WEEK + dt.timedelta(days=3)),
    ]

    assert counts == [0, 1, 0, 0]
    assert [purpose for purpose, _to in letters()] == ["invitation", "invitation_reminder"]


def test_a_venue_asked_again_may_be_reminded_again(event, ankeret):
    person("leder@ankeret.example", Role.VENUE_LEADER, ankeret)
    host = invite_host(event, ankeret, now=NOW)
    remind_unanswered(now=NOW + WEEK)
    answer_invitation(host, accept=False, now=NOW + WEEK)

    invite_host(event, ankeret, now=NOW + WEEK)

    assert remind_unanswered(now=NOW + 2 * WEEK - dt.timedelta(minutes=1)) == 0
    assert remind_unanswered(now=NOW + 2 * WEEK) == 1


def test_nobody_is_reminded_of_what_is_over_called_off_or_answered(event, ankeret, home):
    person("leder@ankeret.example", Role.VENUE_LEADER, ankeret)
    host = invite_host(event, ankeret, now=NOW)
    after = NOW + dt.timedelta(days=30)

    over = remind_unanswered(now=after)
    make_change(event, dt.datetime.combine(PARTY, dt.time(17, 30)))
    cancelled = remind_unanswered(now=NOW + WEEK)
    event.changes.all().delete()
    answer_invitation(host, accept=True, now=NOW)
    answered = remind_unanswered(now=NOW + WEEK)

    assert (over, cancelled, answered) == (0, 0, 0)


def test_reminding_stops_at_its_limit(event, home):
    for name in ("Ankeret", "Kahytten", "Stuen"):
        make_host(event, make_venue(name), status=HostStatus.INVITED)
    ActivityHost.objects.update(invited_at=NOW)

    assert [remind_unanswered(now=NOW + WEEK, limit=2) for _ in range(3)] == [2, 1, 0]


@pytest.mark.parametrize("page", ["/admin/invitationer/{}/svar/", "/intern/invitation/{}/"])
def test_the_page_asks_before_it_answers(client: Client, event, ankeret, page):
    host = invite_host(event, ankeret, now=NOW)
    client.force_login(person("leder@ankeret.example", Role.VENUE_LEADER, ankeret))
    address = page.format(host.pk)

    shown = client.get(address)
    silly = client.post(address, {"answer": "måske"})
    host.refresh_from_db()
    before = host.status
    answered = client.post(address, {"answer": "yes"})

    host.refresh_from_db()
    assert (shown.status_code, silly.status_code, answered.status_code) == (200, 302, 302)
    assert (before, host.status) == (HostStatus.INVITED, HostStatus.ACCEPTED)


@pytest.mark.parametrize(
    ("role", "at", "status"),
    [
        (Role.VENUE_LEADER, "Ankeret", 200),
        (Role.EDITOR, "Ankeret", 200),
        (Role.STAFF, "Ankeret", 403),  # sees the planning, does not answer
        (Role.VOLUNTEER, "Ankeret", 404),
        (Role.EDITOR, "Perlen", 403),  # the main host does not answer for others
        (Role.EDITOR, "Klub Vera", 404),
        (Role.AREA_HEAD, "", 403),
        (Role.COMMUNICATION, "", 200),
    ],
)
def test_only_the_venues_own_people_answer_for_it(client, event, ankeret, role, at, status):
    venues = {"Ankeret": ankeret, "Perlen": event.hosts.get().venue}
    venue = venues.get(at) or (make_venue(at) if at else None)
    host = make_host(event, ankeret, status=HostStatus.INVITED)
    client.force_login(person("nogen@eksempelby.example", role, venue))

    pages = [f"/intern/invitation/{host.pk}/", f"/admin/invitationer/{host.pk}/svar/"]
    read = [client.get(page).status_code for page in pages]
    client.post(pages[0], {"answer": "yes"})

    host.refresh_from_db()
    said = HostStatus.ACCEPTED if status == 200 else HostStatus.INVITED
    admin = 302 if status == 403 else status  # the admin leads back to its front page
    assert (read, host.status) == ([status, admin], said)


def test_the_list_tells_open_from_answered_and_offers_what_one_may(client, event, ankeret):
    leader = person("leder@perlen.example", Role.VENUE_LEADER, event.hosts.get().venue)
    make_host(event, ankeret, status=HostStatus.DECLINED)
    make_host(event, make_venue("Kahytten"), status=HostStatus.INVITED)
    client.force_login(leader)

    found = {
        state: [row.venue.title for row in answer.context["object_list"]]
        for state in ("", "open", "answered")
        if (answer := client.get(f"/admin/invitationer/?state={state}"))
    }

    assert found == {"": ["Kahytten", "Ankeret"], "open": ["Kahytten"], "answered": ["Ankeret"]}
    html = client.get("/admin/invitationer/").content.decode()
    assert (html.count("/inviter-igen/"), html.count("/svar/")) == (1, 0)


def test_the_main_host_asks_again_and_nobody_else_does(client, event, ankeret):
    host = make_host(event, ankeret, status=HostStatus.DECLINED)
    kahytten = make_venue("Kahytten")
    make_host(event, kahytten)
    address = f"/intern/faelles/{event.pk}/plan/inviter-igen/{host.pk}/"

    client.force_login(person("redaktoer@kahytten.example", Role.EDITOR, kahytten))
    refused = client.post(address).status_code
    client.force_login(person("leder@perlen.example", Role.EDITOR, event.hosts.first().venue))
    asked = client.post(address).status_code

    host.refresh_from_db()
    assert (refused, asked, host.status) == (403, 302, HostStatus.INVITED)


def test_the_internal_section_tells_of_waiting_invitations(client, event, ankeret):
    make_host(event, ankeret, status=HostStatus.INVITED)
    client.force_login(person("leder@ankeret.example", Role.VENUE_LEADER, ankeret))

    front = client.get("/intern/")
    listed = client.get("/intern/faelles/")

    assert front.context["invitations"] == 1
    assert [row.venue.title for row in listed.context["invitations"]] == ["Ankeret"]

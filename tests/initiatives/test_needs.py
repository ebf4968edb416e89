"""What waits for whom, on the admin's front page and on its own."""

import datetime as dt

import pytest

from directory.permissions import sync_groups
from initiatives.actions.indicators import agree_indicator, report_measurement
from initiatives.domain.periods import read_period
from initiatives.models import LeadersMeeting, MeetingAction
from initiatives.needs import Need, needs_of
from initiatives.permissions import tracker_rights
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import make_catalogue, make_progress

NOW = dt.datetime(2026, 7, 20, 9, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 7, 20)


@pytest.fixture
def perlen(home, time_machine):
    time_machine.move_to(NOW, tick=False)
    make_catalogue()
    return make_venue("Perlen")


@pytest.fixture
def leader(perlen):
    user = make_user("leder@eksempelby.example", role="venue_leader", venue=perlen)
    sync_groups(user)
    return user


@pytest.fixture
def head(perlen):
    user = make_user("chef@eksempelby.example", role="area_head")
    sync_groups(user)
    return user


def titles(user):
    found = needs_of(tracker_rights(user), NOW)
    return {title: [need.title for need in needs] for title, needs in found.groups}


def test_a_deadline_that_is_past_waits_for_those_who_lead_the_venue(perlen, leader):
    other = make_venue("Stuen")
    for venue in (perlen, other):
        dates = {"agreed_start": dt.date(2026, 1, 5), "agreed_deadline": dt.date(2026, 7, 1)}
        make_progress("1b", venue, at=NOW, status="started", **dates)

    assert titles(leader) == {"Initiativer": ["1b Strategisk brugerinddragelse · Perlen"]}


def test_meetings_and_tasks_wait_until_they_are_held_and_done(perlen, leader, head):
    held = LeadersMeeting.objects.create(on=dt.date(2026, 7, 1), starts=dt.time(9))
    LeadersMeeting.objects.create(on=dt.date(2026, 8, 4), starts=dt.time(9), theme="Ensomhed")
    LeadersMeeting.objects.create(on=dt.date(2026, 9, 4), starts=dt.time(9))
    for venue, text in ((perlen, "Skriv plan"), (make_venue("Stuen"), "Spørg naboen")):
        MeetingAction.objects.create(
            meeting=held, text=text, owner="Lederen", venue=venue, due_on=dt.date(2026, 7, 31)
        )

    assert titles(leader) == {
        "Møder og opgaver": ["Værestedsledermøde den 4. august", "Skriv plan"]
    }
    assert titles(head)["Møder og opgaver"] == [
        "Værestedsledermøde den 4. august",
        "Referatet af mødet den 1. juli 2026 er ikke lagt fast endnu.",
        "Skriv plan",
        "Spørg naboen",
    ]


def test_a_figure_waits_until_the_venue_has_reported_it(perlen, leader, head):
    indicator = agree_indicator(
        make_catalogue()["5a"],
        now=NOW,
        title="Mindre alene",
        definition="Føler du dig mindre alene?",
        kind="share",
        rhythm="half",
        method="Kort i en kasse",
    )
    period = read_period("2026-H1")

    found = needs_of(tracker_rights(leader), NOW)
    assert found.first(9) == [
        Need(
            "Mindre alene · Perlen",
            f"/admin/initiativer/tal/faelles/{indicator.pk}/sted/{perlen.pk}/",
            "Det kan indberettes til og med den 14. august 2026.",
        )
    ]
    assert needs_of(tracker_rights(head), NOW).count == 0

    report_measurement(
        indicator, perlen, period, people=20, agree=12, method_note="Uge 24", now=NOW, today=TODAY
    )
    assert needs_of(tracker_rights(leader), NOW).count == 0


def test_the_front_page_of_the_admin_tells_leaders_and_nobody_else(client, perlen, leader):
    client.force_login(leader)
    told = client.get("/admin/").content.decode()

    staff = make_user("m@eksempelby.example", role="staff", venue=perlen)
    sync_groups(staff)
    client.force_login(staff)
    untold = client.get("/admin/").content.decode()

    assert ("Der venter ikke noget på dig" in told, "Venter på dig" in untold) == (True, False)
    assert client.get("/admin/initiativer/venter/").status_code in {302, 403}


def test_the_page_has_all_of_it(client, perlen, leader):
    dates = {"agreed_start": dt.date(2026, 1, 5), "agreed_deadline": dt.date(2026, 7, 1)}
    make_progress("1b", perlen, at=NOW, status="started", **dates)
    client.force_login(leader)

    text = client.get("/admin/initiativer/venter/").content.decode()

    assert "1b Strategisk brugerinddragelse · Perlen" in text
    assert "Fristen var den 1. juli 2026." in text

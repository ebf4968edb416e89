"""What needs somebody: one line a square, for those who may see to it."""

import datetime as dt

import pytest
from django.utils.translation import override

from directory.models import CooperationAgreement
from initiatives.actions import proposed_order, revise_plan, save_record, save_service
from initiatives.due import due_items
from initiatives.permissions import tracker_rights
from tests.factories.core import make_user
from tests.factories.directory import make_organisation, make_venue
from tests.factories.initiatives import NOW, make_catalogue, make_progress

DAY = dt.timedelta(days=1)
TODAY = NOW.date()
START = TODAY - 200 * DAY


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def told(user, venue=None) -> list[tuple[str, str, str]]:
    """Return kind, initiative and words of what is due for `user`."""
    items = due_items(tracker_rights(user), NOW, venue=venue)
    return [
        (item.kind.value, item.initiative.number if item.initiative else "", item.text)
        for item in items
    ]


def test_each_square_says_the_most_pressing_thing_only(home) -> None:
    make_catalogue()
    venue = make_venue()
    leader = make_user(role="venue_leader", venue=venue)
    long_ago = NOW - 199 * DAY
    running = {"status": "started", "agreed_start": START, "at": long_ago}
    make_progress("1a", venue, agreed_deadline=TODAY - DAY, **running)
    make_progress("1b", venue, agreed_deadline=TODAY + 5 * DAY, **running)
    make_progress("1c", venue, **running)
    make_progress("2a", venue, status="started", agreed_start=START, at=NOW - DAY)

    assert told(leader) == [
        ("overdue", "1a", "The deadline was November 22, 2026."),
        ("due_soon", "1b", "The deadline is November 28, 2026."),
        ("stale", "1c", "Last confirmed 6 months ago. Is it still right?"),
    ]


def test_plans_last_year_gone_by_without_a_start_is_told(home) -> None:
    make_catalogue()
    venue = make_venue()
    make_progress("1a", venue, status="started", agreed_start=START)
    revise_plan(proposed_order(), decided_on=TODAY, decision="x", reason="y", now=NOW)

    late = told(make_user(role="venue_leader", venue=venue))

    assert [(kind, number) for kind, number, _text in late] == [
        ("late_to_start", number) for number in ("1b", "1c", "2a", "4b")
    ]
    assert late[0][2] == "Should have started in 2025 according to the action plan."


def test_days_of_records_and_services_without_a_meeting_are_told(home) -> None:
    make_catalogue()
    venue = make_venue()
    progress = make_progress("1a", venue)
    save_record(progress, {"review_due": (TODAY + 20 * DAY).isoformat()}, now=NOW)
    facts = {"title": "Sygeplejerske", "area": "health", "provider": "Sundhedsplejen"}
    save_service(None, {"venue": venue, "status": "agreed", **facts}, now=NOW)

    assert told(make_user(role="venue_leader", venue=venue)) == [
        ("review", "1a", "Næste gennemgang: December 13, 2026."),
        ("service", "", "“Sygeplejerske” has not been coordinated at a leaders' meeting yet."),
    ]


def test_agreement_is_told_before_and_after_its_end_until_another_follows(home) -> None:
    make_catalogue()
    organisation = make_organisation()
    venue = make_venue(organisation=organisation)
    leader = make_user(role="venue_leader", venue=venue)
    row = CooperationAgreement.objects.create(
        organisation=organisation, title="Aftalen", starts_on=START, ends_on=TODAY - DAY
    )
    before = told(leader)
    CooperationAgreement.objects.create(
        organisation=organisation, title="Ny", starts_on=row.ends_on + DAY
    )

    assert before == [("agreement", "", "The agreement “Aftalen” ended November 22, 2026.")]
    assert told(leader) == []


def test_everybody_is_told_of_what_is_theirs_and_no_more(home) -> None:
    make_catalogue()
    own, other = make_venue(), make_venue("Stuen")
    overdue = {"status": "started", "agreed_start": START, "agreed_deadline": TODAY - DAY}
    for venue in (own, other):
        make_progress("1a", venue, **overdue)
    make_progress("4a", **overdue)
    make_progress("2c", **overdue)
    leader = make_user(role="venue_leader", venue=own)
    head = make_user("chef@eksempelby.example", role="area_head")
    staff = make_user("vagt@eksempelby.example", role="staff", venue=own)

    found = {
        user.email: sorted(
            (item.initiative.number, item.venue.title if item.venue else "")
            for item in due_items(tracker_rights(user), NOW)
        )
        for user in (leader, head, staff)
    }

    assert found == {
        leader.email: [("1a", "Perlen"), ("2c", "")],
        head.email: [("1a", "Perlen"), ("1a", "Stuen"), ("2c", ""), ("4a", "")],
        staff.email: [],
    }


def test_one_venues_page_leaves_joint_matters_out(home) -> None:
    make_catalogue()
    venue = make_venue()
    overdue = {"status": "started", "agreed_start": START, "agreed_deadline": TODAY - DAY}
    make_progress("1a", venue, **overdue)
    make_progress("2c", **overdue)

    found = told(make_user(role="area_head"), venue=venue)

    assert [(kind, number) for kind, number, _text in found] == [("overdue", "1a")]


def test_number_of_queries_does_not_grow_with_the_venues(home, django_assert_num_queries) -> None:
    make_catalogue()
    rights = tracker_rights(make_user(role="area_head"))
    overdue = {"status": "started", "agreed_start": START, "agreed_deadline": TODAY - DAY}
    make_progress("1a", make_venue(), **overdue)
    with django_assert_num_queries(6):
        due_items(rights, NOW)
    for title in ("Stuen", "Lygten"):
        make_progress("1a", make_venue(title), **overdue)

    with django_assert_num_queries(6):
        due_items(rights, NOW)

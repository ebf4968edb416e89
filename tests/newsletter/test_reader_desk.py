"""Readers in the admin: numbers, topics, and signing a person up."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from wagtail.permissions import policy_registry

from directory.taxonomy import Role
from newsletter.models import Consent, Subscriber, Topic
from newsletter.reader_counts import TopicCount, count_text, place_counts, topic_counts
from newsletter.reader_desk import free_slug
from newsletter.taxonomy import Act, How, ReaderState
from tests.factories.core import make_user
from tests.factories.directory import make_district, make_venue
from tests.factories.newsletter import make_reader, topic

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
NEWS, STAFF = "nyt-fra-vaerestederne", "til-personalet"
DESK = "/admin/laesere/"

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


@pytest.fixture(autouse=True)
def monday(home):
    with time_machine.travel(NOW, tick=False):
        yield


def words_of(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def test_numbers_below_five_are_not_told():
    assert [count_text(number) for number in (0, 1, 4, 5, 6)] == [
        "færre end 5",
        "færre end 5",
        "færre end 5",
        "5",
        "6",
    ]


def test_topics_are_counted_in_one_query(django_assert_num_queries):
    news = topic(NEWS)
    for number in range(6):
        make_reader(f"laeser{number}@example.org", news, at=NOW)
    make_reader("stoppet@example.org", state=ReaderState.STOPPED)

    with django_assert_num_queries(1):
        counts = topic_counts(NOW)

    few = "færre end 5"
    assert counts[0] == TopicCount(topic=news, active="6", come="6", gone=few, waiting=few)
    assert {row.active for row in counts[1:]} == {few}


def test_places_are_counted_for_those_who_chose_them(django_assert_num_queries):
    venue, district = make_venue("Perlen"), make_district("Havnen")
    make_venue("Ankeret")
    for number in range(5):
        make_reader(f"laeser{number}@example.org", venues=(venue,), districts=(district,))

    with django_assert_num_queries(5):
        counts = place_counts()

    assert counts == [("Havnen", "5"), ("Ankeret", "færre end 5"), ("Perlen", "5")]


def test_staff_sign_a_person_up_to_pending(client, django_capture_on_commit_callbacks):
    client.force_login(make_user(role=Role.STAFF, venue=make_venue("Perlen")))

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            DESK, {"email": "ny@example.org", "topics": [NEWS, STAFF], "asked": "on"}, follow=True
        )

    reader = Subscriber.objects.get()
    assert "Der sker ikke mere, før personen selv siger ja." in words_of(answer)
    assert reader.state == ReaderState.PENDING
    assert [sent.to for sent in mail.outbox] == [["ny@example.org"]]
    assert {(row.act, row.how) for row in Consent.objects.all()} == {(Act.ASKED, How.STAFF)}


def test_nobody_is_signed_up_who_has_not_asked(client):
    client.force_login(make_user(role=Role.STAFF, venue=make_venue("Perlen")))

    answer = client.post(DESK, {"email": "ny@", "topics": [NEWS]})

    assert answer.status_code == 422
    assert "Ingen bliver tilmeldt uden selv at have bedt om det." in words_of(answer)
    assert "Det, der står efter @, er ikke rigtigt." in words_of(answer)


def test_the_answer_to_staff_tells_nothing_of_the_address(client):
    make_reader("kendt@example.org", topic(NEWS))
    client.force_login(make_user(role=Role.STAFF, venue=make_venue("Perlen")))

    answers = [
        client.post(DESK, {"email": email, "topics": [NEWS], "asked": "on"}, follow=True)
        for email in ("kendt@example.org", "ukend@example.org")
    ]

    said = [words_of(answer).replace("ukend@", "kendt@") for answer in answers]
    assert len({re.sub(r'_TOKEN": "[^"]+"', "", text) for text in said}) == 1


def test_numbers_are_for_those_who_write(client):
    make_reader("laeser@example.org", topic(NEWS))
    venue = make_venue("Perlen")
    seen = {}
    for role, place in ((Role.STAFF, venue), (Role.AREA_HEAD, None), (Role.COMMUNICATION, None)):
        client.force_login(make_user(f"{role}@eksempelby.example", role=role, venue=place))
        seen[role] = "Hvor mange får hvad" in words_of(client.get(DESK))

    assert seen == {Role.STAFF: False, Role.AREA_HEAD: False, Role.COMMUNICATION: True}


def test_the_desk_names_no_reader(client):
    for number in range(6):
        venue = make_venue(f"Sted {number}")
        make_reader(f"laeser{number}@example.org", topic(NEWS), venues=(venue,))
    client.force_login(make_user(admin=True))

    page = client.get(DESK).content.decode()

    assert "laeser" not in page.replace("/admin/laesere/", "").replace("/vejledning/laesere/", "")


def test_who_has_no_role_sees_nothing(client):
    client.force_login(make_user())

    assert client.get(DESK).status_code == 302
    assert client.post(DESK, {"email": "ny@example.org"}).status_code == 302
    assert client.get("/admin/laesere/emner/").status_code == 302


def test_a_new_topic_gets_an_address_of_its_own(client):
    client.force_login(make_user(role=Role.COMMUNICATION))

    values = {"title": "Ældre & unge", "description": "Nyt.", "audience": "public", "order": "50"}
    first = client.post("/admin/laesere/emner/new/", {**values, "active": "on"})
    second = client.post("/admin/laesere/emner/new/", {**values, "active": "on"})

    assert (first.status_code, second.status_code) == (302, 302)
    slugs = Topic.objects.filter(order=50).values_list("slug", flat=True)
    assert sorted(slugs) == ["aeldre-unge", "aeldre-unge-2"]


def test_a_topic_keeps_its_address_when_its_title_changes(client):
    client.force_login(make_user(role=Role.COMMUNICATION))
    news = topic(NEWS)

    client.post(
        f"/admin/laesere/emner/edit/{news.pk}/",
        {"title": "Nyt", "description": "Nyt.", "audience": "public", "order": "10"},
    )

    news.refresh_from_db()
    assert (news.title, news.slug, news.active) == ("Nyt", NEWS, False)


def test_topics_are_changed_by_those_who_write_and_deleted_by_nobody():
    policy = policy_registry.get_by_type(Topic)
    people = {
        "communication": make_user("k@eksempelby.example", role=Role.COMMUNICATION),
        "admin": make_user("a@eksempelby.example", admin=True),
        "editor": make_user("e@eksempelby.example", role=Role.EDITOR, venue=make_venue("Perlen")),
    }

    may = {
        name: [policy.user_has_permission(user, act) for act in ("add", "change", "delete")]
        for name, user in people.items()
    }

    assert may == {
        "communication": [True, True, False],
        "admin": [True, True, False],
        "editor": [False, False, False],
    }


def test_an_address_for_a_topic_is_never_empty():
    assert free_slug("!!!") == "emne"


def test_a_list_has_a_name_of_its_own():
    assert topic(NEWS).list_id("fristed.example") == f"{NEWS}.nyhedsbrev.fristed.example"

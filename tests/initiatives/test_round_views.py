"""Follow-up rounds in the admin: who may do what, and what bad input gets."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.models import VenueMove, VenuePage
from initiatives.actions.rounds import answer_entry, lock_round, open_round
from initiatives.domain.rounds import half_of
from initiatives.models import FollowUpAnswer, FollowUpRound, Initiative, RoundCorrection
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import make_catalogue
from tests.factories.pages import SiteTree
from tests.initiatives.test_rounds import ANSWER

pytestmark = pytest.mark.sqlite_is_enough

ADMIN = "/admin/initiativer/opfoelgning/"


def logged_in(email: str, **fields: object) -> Client:
    client = Client()
    client.force_login(make_user(email, **fields))
    return client


def running(*titles: str) -> tuple[FollowUpRound, list[VenuePage]]:
    """Open the present half year's round for venues with `titles`."""
    make_catalogue()
    venues = [make_venue(title) for title in titles]
    now = timezone.now()
    deadline = timezone.localdate() + dt.timedelta(days=14)
    return open_round(half_of(timezone.localdate()), deadline_on=deadline, now=now), venues


def sheet(asked: FollowUpRound, venue: VenuePage) -> str:
    return f"{ADMIN}{asked.pk}/sted/{venue.pk}/"


def test_leader_answers_for_their_own_venue(home: SiteTree) -> None:
    asked, (perlen,) = running("Perlen")
    leader = logged_in("hanne@eksempelby.example", role="venue_leader", venue=perlen)
    written = {f"1a-{key}": value for key, value in ANSWER.items()} | {"1a-seen": "0"}

    shown = leader.get(sheet(asked, perlen))
    saved = leader.post(sheet(asked, perlen), written)

    assert shown.status_code == 200
    assert (saved.status_code, saved.url) == (302, sheet(asked, perlen))
    answer = FollowUpAnswer.objects.get()
    assert (answer.entry.initiative.number, answer.entry.venue_id) == ("1a", perlen.pk)
    assert (answer.start, answer.start_text) == ("yes", "Vi gik i gang i august.")
    assert answer.by.email == "hanne@eksempelby.example"


def test_answer_beside_a_newer_one_is_saved_when_it_is_sent_again(home: SiteTree) -> None:
    asked, (perlen,) = running("Perlen")
    leader = logged_in("hanne@eksempelby.example", role="venue_leader", venue=perlen)
    written = {f"1a-{key}": value for key, value in ANSWER.items()} | {"1a-seen": "0"}
    leader.post(sheet(asked, perlen), written | {"1a-start_text": "Først"})

    refused = leader.post(sheet(asked, perlen), written)
    seen = {"1a-seen": str(refused.context["form"]["1a-seen"].value())}
    again = leader.post(sheet(asked, perlen), written | seen)

    assert (refused.status_code, again.status_code) == (422, 302)
    assert FollowUpAnswer.objects.order_by("-pk").first().start_text == ANSWER["start_text"]


def test_leader_neither_sees_nor_answers_for_another_venue(home: SiteTree) -> None:
    asked, (perlen, stuen) = running("Perlen", "Stuen")
    leader = logged_in("hanne@eksempelby.example", role="venue_leader", venue=perlen)

    answers = [
        leader.get(sheet(asked, stuen)),
        leader.post(sheet(asked, stuen), {"1a-start": "yes"}),
        leader.post(f"{sheet(asked, stuen)}tag-med/"),
    ]
    shown = leader.get(f"{ADMIN}{asked.pk}/").content.decode()

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert "Perlen" in shown
    assert "Stuen" not in shown
    assert not FollowUpAnswer.objects.exists()


@pytest.mark.parametrize("step", ["ny/", "{pk}/frist/", "{pk}/laas/"])
def test_only_the_area_head_leads_rounds(home: SiteTree, step: str) -> None:
    asked, (perlen,) = running("Perlen")
    leader = logged_in("hanne@eksempelby.example", role="venue_leader", venue=perlen)
    address = ADMIN + step.format(pk=asked.pk)

    for client, status in (
        (leader, 302),
        (logged_in("mette@eksempelby.example", role="staff", venue=perlen), 302),
        (logged_in("chef@eksempelby.example", role="area_head"), 200),
    ):
        assert client.get(address).status_code == status
    assert leader.post(address, {"despite_missing": "on"}).status_code == 302
    assert FollowUpRound.objects.get().running


def test_leader_answers_their_joint_matters_and_not_the_area_heads(home: SiteTree) -> None:
    asked, (perlen,) = running("Perlen")
    leader = logged_in("hanne@eksempelby.example", role="venue_leader", venue=perlen)
    written = {f"{number}-{key}": value for number in ("2c", "4a") for key, value in ANSWER.items()}

    leader.post(f"{ADMIN}{asked.pk}/faelles/", written)

    answered = [answer.entry.initiative.number for answer in FollowUpAnswer.objects.all()]
    assert answered == ["2c"]


def test_answer_without_all_choices_saves_nothing_and_says_where(home: SiteTree) -> None:
    asked, (perlen,) = running("Perlen")
    leader = logged_in("hanne@eksempelby.example", role="venue_leader", venue=perlen)
    whole = {f"1a-{key}": value for key, value in ANSWER.items()}

    answer = leader.post(sheet(asked, perlen), whole | {"1b-start": "yes"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count("Vælg et svar.") == 2
    assert "Der mangler noget herunder. Der er ikke gemt noget endnu." in html
    assert not FollowUpAnswer.objects.exists()


def test_locked_round_is_not_edited_through_its_address(home: SiteTree) -> None:
    asked, (perlen,) = running("Perlen")
    lock_round(asked, now=timezone.now(), despite_missing=True)
    before = FollowUpRound.objects.values().get()
    head = logged_in("chef@eksempelby.example", role="area_head")
    written = {f"1a-{key}": value for key, value in ANSWER.items()}

    answers = [
        head.post(sheet(asked, perlen), written, follow=True),
        head.post(f"{sheet(asked, perlen)}tag-med/", follow=True),
        head.post(f"{ADMIN}{asked.pk}/frist/", {"deadline_on": "2030-01-01"}),
        head.post(f"{ADMIN}{asked.pk}/laas/", {"despite_missing": "on"}),
    ]

    told = "Runden er låst og kan ikke ændres. Du kan tilføje en rettelse."
    assert [told in answer.content.decode() for answer in answers] == [True] * 4
    assert FollowUpRound.objects.values().get() == before
    assert not FollowUpAnswer.objects.exists()


def test_round_is_not_opened_twice(home: SiteTree) -> None:
    asked, _venues = running("Perlen")
    lock_round(asked, now=timezone.now(), despite_missing=True)
    head = logged_in("chef@eksempelby.example", role="area_head")
    half = half_of(timezone.localdate())
    deadline = timezone.localdate() + dt.timedelta(days=20)

    answer = head.post(
        f"{ADMIN}ny/",
        {"half": f"{half.year}-{half.number}", "deadline_on": deadline.isoformat()},
    )

    assert answer.status_code == 422
    assert "Det halvår har haft sin runde." in answer.content.decode()
    assert FollowUpRound.objects.count() == 1


def test_venue_merged_meanwhile_is_told_where_to_answer(home: SiteTree) -> None:
    asked, (perlen, stuen) = running("Perlen", "Stuen")
    leader = logged_in("bo@eksempelby.example", role="venue_leader", venue=stuen)
    VenueMove.objects.create(venue=stuen, kind="merged", on=timezone.localdate(), successor=perlen)

    answer = leader.post(
        sheet(asked, stuen), {f"1a-{key}": text for key, text in ANSWER.items()}, follow=True
    )

    assert "Stuen er blevet en del af Perlen. Svar dér fra nu af." in answer.content.decode()
    assert not FollowUpAnswer.objects.exists()


def test_last_answers_are_taken_over_with_one_press(home: SiteTree) -> None:
    catalogue, perlen = make_catalogue(), make_venue("Perlen")
    today, now = timezone.localdate(), timezone.now()
    earlier = now - dt.timedelta(days=184)
    first = open_round(
        half_of(today).before, deadline_on=today, now=earlier + dt.timedelta(days=100)
    )
    answer_entry(first, catalogue["1a"], perlen, ANSWER, now=now)
    lock_round(first, now=now, despite_missing=True)
    asked = open_round(half_of(today), deadline_on=today + dt.timedelta(days=9), now=now)
    leader = logged_in("hanne@eksempelby.example", role="venue_leader", venue=perlen)

    leader.post(f"{sheet(asked, perlen)}tag-med/")

    taken = FollowUpAnswer.objects.get(entry__round=asked)
    assert (taken.start_text, taken.carried_over) == ("Vi gik i gang i august.", True)


def test_correction_of_a_leader_is_about_their_venue(home: SiteTree) -> None:
    asked, (perlen, stuen) = running("Perlen", "Stuen")
    lock_round(asked, now=timezone.now(), despite_missing=True)
    leader = logged_in("hanne@eksempelby.example", role="venue_leader", venue=perlen)
    address = f"{ADMIN}{asked.pk}/rettelse/"

    refused = leader.post(address, {"text": "Forkert", "venue": stuen.pk})
    leader.post(address, {"text": "Det var i maj.", "venue": perlen.pk})

    assert refused.status_code == 422
    assert [(row.text, row.venue_id) for row in RoundCorrection.objects.all()] == [
        ("Det var i maj.", perlen.pk)
    ]


def test_list_of_venues_costs_the_same_for_one_and_three(
    home: SiteTree, django_assert_num_queries
) -> None:
    asked, _venues = running("Perlen")
    head = logged_in("chef@eksempelby.example", role="area_head")
    address = f"{ADMIN}{asked.pk}/"
    head.get(address)
    with CaptureQueriesContext(connection) as few:
        head.get(address)
    for title in ("Stuen", "Kanten"):
        venue = make_venue(title)
        for entry in asked.entries.filter(venue__title="Perlen"):
            asked.entries.create(initiative=entry.initiative, venue=venue)

    with django_assert_num_queries(len(few)):
        head.get(address)


def test_history_tells_each_leader_of_answers_at_their_own_venue(home: SiteTree) -> None:
    asked, (perlen, stuen) = running("Perlen", "Stuen")
    catalogue = {one.number: one for one in Initiative.objects.all()}
    now = timezone.now()
    for venue, text in ((perlen, "Vi er i gang."), (stuen, "Vi venter.")):
        answer_entry(asked, catalogue["1a"], venue, ANSWER | {"start_text": text}, now=now)
    leader = logged_in("hanne@eksempelby.example", role="venue_leader", venue=perlen)

    html = leader.get("/admin/initiativer/historik/").content.decode()
    file = leader.get("/admin/initiativer/historik/?export=csv").content.decode()

    assert "Er arbejdet sat i gang? Ja: Vi er i gang." in html
    assert "Vi venter." not in html + file


def test_sheet_shows_what_was_answered_before(home: SiteTree) -> None:
    asked, (perlen,) = running("Perlen")
    initiative = Initiative.objects.get(number="1a")
    now = timezone.now()
    for choice in ("no", "partly"):
        answer_entry(asked, initiative, perlen, ANSWER | {"start": choice}, now=now)
    leader = logged_in("hanne@eksempelby.example", role="venue_leader", venue=perlen)

    html = leader.get(sheet(asked, perlen)).content.decode()

    assert "Tidligere svar i denne runde" in html
    assert "Nej · Delvist · Ikke aktuelt endnu" in " ".join(html.split())

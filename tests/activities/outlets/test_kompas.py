"""The card for Kompas: true fields, no person, no secret address, a hash of facts only."""

import datetime as dt

import pytest
import time_machine

from activities.models import ActivityPage, Schedule, ScheduleBreak
from activities.outlets.kompas import LABELS, belongs_in_kompas, headings
from activities.outlets.plan import card_of
from activities.outlets.sources import kompas_cards
from directory.models import OpeningHours, TargetGroup, VenueContact, VenuePage
from directory.taxonomy import Referral
from tests.factories.activities import make_activity, make_change, make_schedule, make_shared_event
from tests.factories.directory import make_organisation, make_venue

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def standing_clock():
    """Dates are stored from the day on which an activity is published."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def venue(home):
    return make_venue(
        organisation=make_organisation(),
        email="perlen@eksempelby.example",
        age_min=18,
        target_groups=["loneliness"],
        hours=[(0, "10.00", "16.00"), (0, "18.00", "20.00"), (2, "10.00", "14.00")],
    )


def texts(card):
    return {field.code: field.text for field in card.fields}


def stored(activity):
    """Return the hash of an activity as it stands in the database."""
    return card_of(ActivityPage.objects.get(pk=activity.pk), NOW).content_hash


def test_an_activity_has_every_field_in_words(venue):
    activity = make_activity(
        venue,
        summary="Vi laver mad sammen.",
        body="<p>Kom og spis.</p><ul><li>Suppe</li></ul>",
        activity_type="meal",
        price_type="fixed",
        price=2500,
        room="Caféen",
        who_text="For alle, der er sultne",
    )

    found = texts(card_of(activity, NOW))

    group = TargetGroup.objects.get(code="loneliness")
    assert list(found) == list(LABELS)
    assert {code: found[code] for code in ("title", "short", "description", "challenges")} == {
        "title": "Fællesspisning",
        "short": "Vi laver mad sammen.",
        "description": "Kom og spis.\n\n– Suppe",
        "challenges": group.label,
    }
    assert found["when"].startswith("Hver tirsdag kl. 17.30")
    assert found["when"].endswith("Perlen. Caféen.")
    assert (found["type"], found["age_from"], found["age_to"]) == ("Spisning", "18", "")
    assert (found["address"], found["price"]) == ("Ågade 4, 9999 Eksempelby", "25 kr.")
    assert (found["phone"], found["email"]) == ("12 34 56 78", "perlen@eksempelby.example")
    assert found["link"].endswith("/steder/perlen/faellesspisning/")
    assert (found["organiser"], found["non_profit"]) == ("Perlen, Eksempelby Kommune", "Ja")


def test_a_venue_tells_its_weekly_hours(venue):
    found = texts(card_of(venue, NOW))

    assert found["when"] == "Mandag: kl. 10–16 · kl. 18–20\nOnsdag: kl. 10–14"
    assert (found["type"], found["organiser"]) == ("Værested", "Eksempelby Kommune")


def test_a_secret_address_is_in_no_field(home):
    secret = make_venue("Lyngen", address_public=False, phone="11 11 11 11")
    VenuePage.objects.filter(pk=secret.pk).update(street="Skjulestien 9", city="Skjulby")
    own = make_activity(secret, room="Gennem gården ved Skjulestien")
    guest = make_activity(
        make_venue("Perlen"), "Gæstebud", place_kind="other_venue", place_venue=secret
    )

    cards = [card_of(VenuePage.objects.get(pk=secret.pk), NOW), card_of(own, NOW)]
    cards.append(card_of(guest, NOW))

    told = " ".join(" ".join(card.row) for card in cards)
    assert "Skjul" not in told
    assert [texts(card)["address"] for card in cards] == ["", "", ""]


def test_nobody_is_named(venue):
    venue.contacts = [
        VenueContact(
            function="Køkkenet", first_name="Mette", phone="22 22 22 22", email="mette@x.example"
        )
    ]
    venue.save()
    activity = make_activity(venue)

    cards = [card_of(venue, NOW), card_of(activity, NOW)]

    assert [texts(card)["contact"] for card in cards] == ["Køkkenet", "Køkkenet"]
    assert "mette" not in " ".join(" ".join(card.row) for card in cards).lower()


def test_a_shared_event_names_its_hosts_the_main_one_first(home):
    lead, other = make_venue("Stuen"), make_venue("Perlen")
    asked = make_venue("Broen")
    event = make_shared_event(home.shared, lead, other)
    make_shared_event(home.shared, lead, asked, accepted=False, title="Bål")

    assert texts(card_of(event, NOW))["organiser"] == "Stuen, Perlen"


FACTS = {
    "title": "Suppedag",
    "summary": "Vi koger suppe.",
    "body": "<p>Ny tekst.</p>",
    "activity_type": "social",
    "who_text": "For mænd",
    "gender_policy": "men_only",
    "room": "Haven",
    "price_note": "Kaffe er med",
    "price_type": "pay_what_you_can",
    "sign_up": "call",
    "sign_up_text": "Ring inden middag",
    "seats": 12,
    "phone": "99 99 99 99",
    "slug": "suppedag",
}


@pytest.mark.parametrize("name", FACTS)
def test_the_hash_changes_with_a_public_fact(venue, name):
    activity = make_activity(venue, activity_type="meal")
    before = card_of(activity, NOW).content_hash

    setattr(activity, name, FACTS[name])
    activity.save()

    assert card_of(activity, NOW).content_hash != before


def test_the_hash_changes_with_the_plan_a_break_and_the_place(venue):
    activity = make_activity(venue)
    hashes = [stored(activity)]

    Schedule.objects.filter(activity=activity).update(starts=dt.time(18))
    hashes.append(stored(activity))
    ScheduleBreak.objects.create(
        activity=activity, first_on=dt.date(2026, 7, 1), until_on=dt.date(2026, 7, 31)
    )
    hashes.append(stored(activity))
    VenuePage.objects.filter(pk=venue.pk).update(street="Havnegade 1")
    hashes.append(stored(activity))

    assert len(set(hashes)) == 4


def test_the_hash_of_a_venue_changes_with_its_hours_and_terms(venue):
    hashes = [card_of(venue, NOW).content_hash]

    OpeningHours.objects.filter(venue=venue, weekday=2).update(closes=dt.time(15))
    hashes.append(card_of(venue, NOW).content_hash)
    VenuePage.objects.filter(pk=venue.pk).update(referral=Referral.OPTIONAL)
    hashes.append(card_of(venue, NOW).content_hash)

    assert len(set(hashes)) == 3


def test_the_hash_stays_when_no_public_fact_changes(venue):
    activity = make_activity(
        venue,
        schedules=[
            make_schedule(),
            make_schedule(dt.date(2026, 3, 5), key="plan2"),
        ],
    )
    before = stored(activity)

    make_change(activity, dt.datetime(2026, 3, 3, 17, 30), reason="Komfuret er i stykker")
    activity.search_words = "mad, suppe"
    activity.search_description = "Til søgemaskiner"
    activity.illustration = "kitchen"
    activity.save()
    TargetGroup.objects.filter(code="loneliness").update(label="Ensomme", synonyms="alene")
    rows = list(Schedule.objects.filter(activity=activity).values())
    Schedule.objects.filter(activity=activity).delete()
    for row in reversed(rows):
        Schedule.objects.create(**(row | {"id": None, "key": f"ny{row['id']}"}))

    later = card_of(ActivityPage.objects.get(pk=activity.pk), NOW + dt.timedelta(days=200))
    assert (stored(activity), later.content_hash) == (before, before)


def test_only_what_one_may_come_to_without_a_referral_belongs_there(home):
    terms = [Referral.NONE, Referral.OPTIONAL, Referral.UNKNOWN, Referral.REQUIRED]

    found = [belongs_in_kompas(make_venue(f"Sted {term}", referral=term)) for term in terms]

    assert found == [True, True, True, False]


def test_the_cards_are_of_public_venues_and_fixed_activities_that_go_on(venue):
    make_activity(venue, "Fast")
    make_activity(venue, "Af og til", kind="varying")
    make_activity(venue, "Kun for dem, der er inviteret", open_to_public=False)
    make_activity(venue, "Forbi", schedules=[make_schedule(until_on=dt.date(2026, 3, 3))])
    make_activity(venue, "Kladde", live=False)
    referred = make_venue("Visiteret", referral=Referral.REQUIRED)
    make_activity(referred, "For de visiterede")
    make_venue("Ikke udgivet", live=False)

    found = kompas_cards(dt.datetime(2026, 3, 10, 12, 0, tzinfo=dt.UTC))

    assert [(card.kind, card.title) for card in found] == [
        ("venue", "Perlen"),
        ("activity", "Fast"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_all_cards_cost_as_much_as_one(home, count, django_assert_num_queries):
    for number in range(count):
        venue = make_venue(f"Sted {number}", target_groups=["loneliness"])
        make_activity(venue, f"Suppe {number}")
    kompas_cards(NOW)

    with django_assert_num_queries(15):
        cards = kompas_cards(NOW)

    assert len(cards) == 2 * count


def test_a_row_has_a_cell_for_each_heading(venue):
    card = card_of(venue, NOW)

    assert len(card.row) == len(headings()) == len(LABELS) + 2

"""Fields of a venue → what a citizen reads. The words are Danish: they are what is judged."""

import datetime as dt

import pytest

from core.domain.dates import COPENHAGEN
from directory import answers
from directory.answers import Answer, Asked, Mark
from directory.domain.hours import Deviation, Hours
from directory.domain.opening import day_spans
from directory.models import VenuePage
from directory.status import Opening, status_at

# A page asks for its kind when it is made, also one that is never stored.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]

MONDAY_NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=COPENHAGEN)
EVE = dt.date(2026, 12, 24)
WEEKDAYS = tuple(Hours(day, dt.time(9), dt.time(16)) for day in range(5))
RING = {"phone": "00 00 12 12", "tel": "00001212"}


def ask(*, amenities=(), deviations=(), **fields) -> Asked:
    values = {"title": "Perlen", "phone": "00 00 12 12", "street": "Havnegade 12"} | fields
    opening = Opening(WEEKDAYS, tuple(deviations))
    return Asked(
        venue=VenuePage(**values),
        amenities=frozenset(amenities),
        status=status_at(opening, MONDAY_NOON),
        christmas=day_spans(WEEKDAYS, deviations, EVE),
        index_url="/steder/",
    )


@pytest.mark.parametrize(
    ("fields", "mark", "strong", "text"),
    [
        ({}, "yes", "Ja.", "Alle kan komme. Du skal ikke henvises."),
        ({"age_min": 18}, "yes", "Ja.", "Alle fra 18 år kan komme. Du skal ikke henvises."),
        (
            {"age_min": 18, "age_max": 30, "access_note": "Gå bare ind."},
            "yes",
            "Ja.",
            "Alle fra 18 til 30 år kan komme. Du skal ikke henvises. Gå bare ind.",
        ),
        (
            {"gender_policy": "women_only", "call_first": "yes"},
            "yes",
            "Ja, hvis du er kvinde.",
            "Alle kvinder kan komme. Du skal ikke henvises. Ring, før du kommer første gang.",
        ),
        (
            {"referral": "optional", "residency_required": "yes"},
            "yes",
            "Ja.",
            "Alle kan komme. Det er en god idé at være henvist, men det er ikke et krav. "
            "Du skal bo i kommunen.",
        ),
        ({"referral": "required"}, "info", "Kun hvis du er henvist.", "Alle kan komme."),
    ],
)
def test_may_i_come_tells_age_sex_and_referral(fields, mark, strong, text):
    assert answers.may_i_come(ask(**fields)) == Answer("Må jeg komme?", mark, strong, text)


@pytest.mark.parametrize(
    ("fields", "mark", "strong", "text"),
    [
        ({"food_price_type": "free"}, "yes", "Maden er gratis.", ""),
        (
            {"food_price_type": "fixed", "food_price": 2500, "food_note": "Morgenmad er gratis."},
            "info",
            "Et måltid koster 25 kr.",
            "Morgenmad er gratis.",
        ),
        (
            {"food_price_type": "range", "food_price": 1050, "food_price_max": 4000},
            "info",
            "Et måltid koster fra 10,50 kr. til 40 kr.",
            "",
        ),
        ({"food_price_type": "pay_what_you_can"}, "info", "Du betaler det, du kan.", ""),
        ({"food_price_type": "at_cost"}, "info", "Du betaler det, maden har kostet.", ""),
        ({"food_note": "Suppe fredag. 10 kr."}, "info", "Suppe fredag.", "10 kr."),
    ],
)
def test_food_price_is_told_in_kroner(fields, mark, strong, text):
    found = answers.food_price(ask(**fields))

    assert found == Answer("Hvad koster maden?", mark, strong, text)


def test_a_venue_with_other_amenities_has_no_food():
    found = answers.food_price(ask(amenities={"wifi"}))

    assert found == Answer(
        "Hvad koster maden?",
        Mark.NO,
        "Her er ikke mad.",
        url="/steder/?behov=mad",
        link_text="Find et sted med mad",
    )


@pytest.mark.parametrize(
    ("policy", "mark", "strong"),
    [
        ("welcome", "yes", "Ja."),
        ("restricted", "yes", "Ja, i snor eller udenfor."),
        ("by_agreement", "info", "Efter aftale. Ring først."),
        ("assistance_only", "no", "Nej, kun servicehunde."),
    ],
)
def test_dogs(policy, mark, strong):
    found = answers.dog(ask(pets_policy=policy, pets_note="Der står vand."))

    assert found == Answer("Må min hund komme med?", mark, strong, "Der står vand.")


@pytest.mark.parametrize(
    ("fields", "mark", "strong", "text"),
    [
        ({"sobriety_policy": "required"}, "no", "Nej.", "Du skal være ædru og clean."),
        ({"sobriety_policy": "by_agreement"}, "info", "Det aftaler du med stedet.", ""),
        (
            {
                "sobriety_policy": "not_required",
                "alcohol_policy": "may_be_intoxicated",
                "drug_policy": "not_allowed",
            },
            "yes",
            "Ja.",
            "Men du må ikke drikke eller tage stoffer her.",
        ),
        (
            {"alcohol_policy": "allowed_designated", "drug_policy": "not_allowed"},
            "yes",
            "Ja.",
            "Du må drikke alkohol bestemte steder. Du må ikke tage stoffer her.",
        ),
        (
            {"sobriety_policy": "required", "intoxication_note": "Vi er et ædru hus."},
            "no",
            "Nej.",
            "Vi er et ædru hus.",
        ),
    ],
)
def test_being_under_the_influence(fields, mark, strong, text):
    found = answers.under_influence(ask(**fields))

    assert found == Answer("Må jeg være påvirket?", mark, strong, text)


def test_who_meets_me_puts_the_first_sentence_first():
    found = answers.who_meets_me(ask(who_meets_you="Mette eller Omar. Vi viser dig rundt."))

    assert found == Answer(
        "Hvem tager imod mig?", "info", "Mette eller Omar.", "Vi viser dig rundt."
    )


@pytest.mark.parametrize(
    ("fields", "mark", "strong", "text"),
    [
        ({"step_free": "yes"}, "yes", "Ja.", ""),
        (
            {"step_free": "yes", "accessible_toilet": "yes"},
            "yes",
            "Ja.",
            "Der er et handicaptoilet.",
        ),
        ({"step_free": "no"}, "no", "Nej.", ""),
        (
            {"step_free": "no", "door_help": "yes", "wheelchair_note": "Der er to trin."},
            "no",
            "Nej, ikke alene.",
            "Der er to trin.",
        ),
    ],
)
def test_wheelchair(fields, mark, strong, text):
    found = answers.wheelchair(ask(**fields))

    assert found == Answer("Kan jeg komme ind med kørestol?", mark, strong, text)


def test_bath_and_bed_follow_from_the_amenities():
    asked = ask(amenities={"shower", "rest_room"}, bath_note="Kl. 9–14.")

    assert answers.bath(asked) == Answer("Kan jeg få et bad?", "yes", "Ja.", "Kl. 9–14.")
    assert answers.sleep(asked) == Answer(
        "Kan jeg sove her?",
        "no",
        "Nej.",
        "Men du kan hvile dig, mens der er åbent.",
        url="/steder/?behov=sove",
        link_text="Find et sted at sove",
    )


@pytest.mark.parametrize(
    ("fields", "mark", "strong", "text"),
    [
        ({"gender_policy": "women_only"}, "yes", "Ja.", ""),
        ({"gender_policy": "men_only"}, "no", "Nej.", "Her er kun mænd."),
        (
            {"gender_policy": "women_hours", "gender_note": "Tirsdag kl. 10–12."},
            "info",
            "På bestemte tider.",
            "Tirsdag kl. 10–12.",
        ),
    ],
)
def test_women_only(fields, mark, strong, text):
    found = answers.women_only(ask(**fields))

    assert found == Answer("Er der kun kvinder?", mark, strong, text)


@pytest.mark.parametrize(
    "question",
    [
        answers.anonymous,
        answers.food_price,
        answers.dog,
        answers.under_influence,
        answers.who_meets_me,
        answers.wheelchair,
        answers.bath,
        answers.sleep,
        answers.christmas_eve,
    ],
)
def test_what_nobody_has_written_is_not_known(question):
    found = question(ask())

    assert found == Answer(found.question, Mark.UNKNOWN, "Vi ved det ikke.", **RING)


def test_a_secret_address_is_told_on_the_phone_only():
    found = answers.way_and_phone(ask(address_public=False, stop="Toldboden"))

    assert found == Answer(
        "Hvordan kommer jeg derhen?",
        "info",
        "Adressen er hemmelig.",
        "Ring, så fortæller vi, hvordan du kommer hertil.",
        url="tel:00001212",
        link_text="00 00 12 12",
    )


def test_christmas_eve_with_hours():
    open_then = Deviation(EVE, EVE, closed=False, opens=dt.time(12), closes=dt.time(20))
    asked = ask(deviations=[open_then], christmas_note="Vi spiser and.")

    assert answers.christmas_eve(asked) == Answer(
        "Er der åbent juleaften?", "yes", "Ja, kl. 12–20.", "Vi spiser and."
    )


def test_christmas_eve_closed():
    asked = ask(deviations=[Deviation(EVE, EVE, reason="Jul og nytår")])

    assert answers.christmas_eve(asked) == Answer(
        "Er der åbent juleaften?", "no", "Nej.", "Jul og nytår."
    )


def test_the_coming_christmas_eve_is_this_years_until_it_is_over():
    days = [dt.date(2026, 1, 1), dt.date(2026, 12, 24), dt.date(2026, 12, 25)]

    assert [answers.coming_christmas_eve(day).year for day in days] == [2026, 2026, 2027]

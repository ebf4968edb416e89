"""Words for social media: within limits, with the link, and no hashtags."""

import datetime as dt

import pytest
import time_machine

from activities.outlets.plan import coming_dates
from activities.outlets.social import (
    LONG,
    SHORT,
    activity_words,
    alt_text,
    cancelled_text,
    long_text,
    share_links,
    short_text,
    venue_words,
)
from activities.outlets.sources import placed
from core.models import SiteSettings
from directory.models import VenuePage
from tests.factories.activities import make_activity, make_change
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 3, 9, 12, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 9)
URL = "/steder/perlen/faellesspisning/"


@pytest.fixture(autouse=True)
def standing_clock():
    """Dates are stored from the day on which an activity is published."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def venue(home):
    return make_venue()


def at_and_next(activity):
    cards = coming_dates(activity, NOW)
    return placed([activity], TODAY)[0], next((c for c in cards if not c.is_cancelled), None)


def test_the_short_text_says_what_when_and_how_much_and_ends_with_the_link(venue):
    at, coming = at_and_next(make_activity(venue))

    found = short_text(at, coming)

    words, _, link = found.partition("\n")
    assert words == (
        "Fællesspisning på Perlen, tirsdag den 10. marts kl. 17.30–19.30. Gratis. Vi spiser sammen."
    )
    assert link.endswith(URL)


def test_the_short_text_leaves_out_what_does_not_fit_and_keeps_the_link(venue):
    title = "Beskæftigelse og samvær " * 10
    at, coming = at_and_next(make_activity(venue, title.strip(), slug="lang", summary="x " * 90))

    found = short_text(at, coming)

    assert len(found) <= SHORT
    assert found.endswith("/steder/perlen/lang/")


def test_the_long_text_has_the_facts_and_stays_within_its_limit(venue):
    activity = make_activity(
        venue, body=f"<p>{'Vi laver suppe. ' * 300}</p>", price_type="fixed", price=2500
    )
    at, coming = at_and_next(activity)

    found = long_text(at, coming)

    assert len(found) <= LONG
    assert found.startswith("Fællesspisning\n\nVi spiser sammen.\n\nVi laver suppe.")
    assert "Pris: 25 kr." in found
    assert "Hvor: Perlen. Ågade 4, 9999 Eksempelby." in found
    assert found.endswith(URL)


def test_no_text_has_a_hashtag(venue):
    activity = make_activity(venue, target_groups=[], activity_type="health")
    at, coming = at_and_next(activity)

    told = short_text(at, coming) + long_text(at, coming)

    assert "#" not in told


def test_a_cancelled_date_is_passed_over_and_has_a_text_of_its_own(venue):
    activity = make_activity(venue)
    make_change(activity, dt.datetime(2026, 3, 10, 17, 30), reason="Komfuret er i stykker")
    at, coming = at_and_next(activity)
    first = coming_dates(activity, NOW)[0]

    assert "tirsdag den 17. marts" in short_text(at, coming)
    told = cancelled_text(at, first)
    assert told.startswith("Aflyst: Fællesspisning på Perlen, tirsdag den 10. marts")
    assert "Komfuret er i stykker" in told
    assert told.endswith(URL)


def test_a_secret_address_is_in_no_text_and_no_picture(home):
    secret = make_venue("Lyngen", address_public=False, phone="11 11 11 11")
    VenuePage.objects.filter(pk=secret.pk).update(street="Skjulestien 9", city="Skjulby")
    at, coming = at_and_next(make_activity(secret, title="Suppe"))
    words = activity_words(at, coming, SiteSettings())

    told = short_text(at, coming) + long_text(at, coming) + alt_text(words)

    assert "Skjul" not in told
    assert "11 11 11 11" in long_text(at, coming)


def test_a_fixed_activity_s_picture_tells_the_plan_and_a_varying_one_s_the_date(venue):
    fixed = at_and_next(make_activity(venue))
    varying = at_and_next(make_activity(venue, "Udflugt", kind="varying"))
    site = SiteSettings(site_name="Fristed", municipality="Eksempelby Kommune")

    plan, date = activity_words(*fixed, site), activity_words(*varying, site)

    assert plan.when.startswith("Hver tirsdag kl. 17.30")
    assert date.when == "tirsdag den 10. marts kl. 17.30–19.30".capitalize()
    assert (plan.place, plan.price, plan.sender) == (
        "Perlen",
        "Gratis",
        "Fristed · Eksempelby Kommune",
    )


def test_an_unknown_drawing_is_replaced(venue):
    at, coming = at_and_next(make_activity(venue, illustration="findes-ikke"))

    assert activity_words(at, coming, SiteSettings()).illustration == "coffee"


def test_the_alt_text_says_what_the_picture_says(venue):
    words = venue_words(venue, SiteSettings())

    assert alt_text(words) == (
        "En tegning af en åben dør, og i den: kaffe. Der står: Perlen, Værested, "
        "Et hus med varm kaffe og god tid."
    )


def test_a_door_in_the_door_is_told_once(home):
    words = venue_words(make_venue(illustration="hero_door"), SiteSettings())

    assert alt_text(words).startswith("En tegning af en åben dør. Der står: Perlen")


def test_only_the_facebook_link_leaves_and_says_so():
    found = share_links("Suppe & snak", "Kom på torsdag", "https://x.example/a/?b=1")

    assert [(link["url"], link.get("note", "")) for link in found] == [
        (
            "mailto:?subject=Suppe%20%26%20snak"
            "&body=Kom%20p%C3%A5%20torsdag%0Ahttps%3A//x.example/a/%3Fb%3D1",
            "",
        ),
        ("sms:?&body=Kom%20p%C3%A5%20torsdag%0Ahttps%3A//x.example/a/%3Fb%3D1", ""),
        (
            "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fx.example%2Fa%2F%3Fb%3D1",
            "Åbner et andet websted: Facebook",
        ),
    ]

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions import refresh_activity
from activities.card_rows import card_rows
from activities.cards import Card, ChangeText, Where, make_cards, next_moment, price_text
from activities.models import ActivityPage, Occurrence
from activities.taxonomy import ChangeKind, PlaceKind
from directory.taxonomy import GenderPolicy, PriceType
from tests.factories.activities import (
    make_activity,
    make_change,
    make_schedule,
    make_shared_event,
)
from tests.factories.directory import make_district, make_venue

pytestmark = pytest.mark.sqlite_is_enough

# Monday at 13.40 in Denmark.
NOW = dt.datetime(2026, 11, 23, 12, 40, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 11, 23)


def mondays(starts: str = "14.30", ends: str = "16.00"):
    return [make_schedule(dt.date(2026, 11, 2), starts, ends)]


def cards(now: dt.datetime = NOW, most: int = 1) -> list[Card]:
    """Return the cards of the first coming dates, everything worked out at NOW."""
    for key in ActivityPage.objects.values_list("pk", flat=True):
        refresh_activity(key, now=NOW)
    dates = Occurrence.objects.public()
    return make_cards(card_rows(dates.upcoming(now), most), dates, now)


def activity(parent, title: str = "Gåtur", **fields) -> ActivityPage:
    values = {"schedules": mondays(), "refresh": False} | fields
    return make_activity(parent, title, **values)


def test_a_card_has_the_words_of_a_row(home):
    activity(make_venue(district=make_district("Havnekvarteret")))

    (card,) = cards()

    assert (card.title, card.url) == ("Gåtur", "/steder/perlen/gaatur/#2026-11-23")
    assert card.where == Where("Perlen", "/steder/perlen/", "Havnekvarteret", "Ågade 4")
    assert card.meta == "Perlen · Ågade 4 · gratis"
    assert (card.tags, card.change, card.state) == ((("free", "Gratis"),), None, "coming")


def test_a_secret_address_is_on_no_card(home):
    venue = make_venue("Kvindehuset", address_public=False, district=make_district())
    activity(venue)

    (card,) = cards()

    assert card.where == Where("Kvindehuset", "/steder/kvindehuset/", "", "")


def test_another_place_has_its_own_district(home):
    activity(
        make_venue(),
        place_kind=PlaceKind.ADDRESS,
        place_name="Biblioteket",
        place_street="Torvet 3",
        place_district=make_district("Midtbyen"),
    )

    (card,) = cards()

    assert card.where == Where("Biblioteket", "", "Midtbyen", "Torvet 3")


def test_an_unpublished_place_has_no_link(home):
    other = make_venue("Stuen", live=False)
    activity(make_venue(), place_kind=PlaceKind.OTHER_VENUE, place_venue=other)

    (card,) = cards()

    assert (card.where.name, card.where.url) == ("Stuen", "")


def test_a_cancelled_card_says_when_next(home):
    walk = activity(make_venue())
    make_change(walk, dt.datetime(2026, 11, 23, 14, 30), reason="Vi er for få", refresh=False)

    (card,) = cards()

    text = "i dag: Vi er for få. Næste gang er mandag den 30. november."
    assert card.change == ChangeText("cancelled", text)
    assert (card.tags, card.state, card.is_now) == ((), "cancelled", False)


def test_a_moved_card_has_the_old_time(home):
    walk = activity(make_venue())
    make_change(
        walk,
        dt.datetime(2026, 11, 23, 14, 30),
        ChangeKind.MOVED,
        starts_on=MONDAY,
        starts_at=dt.time(16),
        ends_at=dt.time(17),
        refresh=False,
    )

    (card,) = cards()

    assert card.change == ChangeText("moved", "fra kl. 14.30 til kl. 16 i dag. Samme sted.")
    assert card.was_time == "14.30"


def test_tags_tell_what_matters(home):
    venue = make_venue()
    group = activity(
        venue,
        gender_policy=GenderPolicy.WOMEN_ONLY,
        price_type=PriceType.FIXED,
        price=3000,
        first_published_at=NOW - dt.timedelta(days=13),
    )
    refresh_activity(group.pk, now=NOW)
    Occurrence.objects.update(free_seats=4)

    (card,) = cards()

    assert card.tags == (
        ("women", "Kun for kvinder"),
        ("new", "Nyt"),
        ("people", "4 pladser tilbage"),
    )
    assert card.shown_price == "30 kr."


def test_what_is_on_is_on_now_until_it_ends(home):
    activity(make_venue(), schedules=mondays("13.00", "15.00"))

    (card,) = cards()

    assert (card.is_now, card.state) == (True, "on")
    assert next_moment([card], NOW) == dt.datetime(2026, 11, 23, 14, tzinfo=dt.UTC)


def test_a_shared_event_is_marked(home):
    make_shared_event(
        home.shared,
        make_venue(),
        make_venue("Stuen"),
        schedules=mondays(),
        refresh=False,
    )

    (card,) = cards()

    assert card.is_shared
    assert ("shared", "Fælles") in card.tags


def test_next_dates_cost_one_query_however_many_are_cancelled(home):
    venue = make_venue()
    counts = []
    for number in (1, 3):
        for place in range(number):
            walk = activity(venue, f"Tur {number} {place}")
            make_change(walk, dt.datetime(2026, 11, 23, 14, 30), refresh=False)
        cards()
        dates = Occurrence.objects.public()
        with CaptureQueriesContext(connection) as queries:
            found = make_cards(card_rows(dates.upcoming(NOW), 10), dates, NOW)
        counts.append(len(queries))
        assert sum(card.is_cancelled for card in found) >= number

    assert counts == [2, 2]


@pytest.mark.django_db  # a page asks for its kind when it is made
def test_prices_are_told_as_people_say_them():
    def told(price_type: str, price: int | None = None, highest: int | None = None) -> str:
        return price_text(ActivityPage(price_type=price_type, price=price, price_max=highest))

    assert told(PriceType.FREE) == "Gratis"
    assert told(PriceType.FIXED, 2550) == "25,50 kr."
    assert told(PriceType.RANGE, 2000, 4000) == "20–40 kr."
    assert told(PriceType.PAY_WHAT_YOU_CAN) == "Betal, hvad du kan"
    assert told(PriceType.UNKNOWN) == ""

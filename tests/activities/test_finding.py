import datetime as dt

import pytest
from django.http import QueryDict

from activities.finding import find
from activities.taxonomy import ActivityType
from directory.finder import read_question
from directory.models import Amenity
from directory.taxonomy import GenderPolicy
from tests.factories.activities import make_activity, make_schedule
from tests.factories.directory import make_venue

# Monday at 13.30 in Denmark.
NOW = dt.datetime(2026, 11, 23, 12, 30, tzinfo=dt.UTC)

MONDAY = [(0, "10.00", "16.00")]

pytestmark = pytest.mark.django_db


def ask(text):
    return find(read_question(QueryDict(text), ["havnen"], NOW), now=NOW).found


@pytest.fixture
def perlen(home):
    venue = make_venue("Perlen", hours=MONDAY, age_min=18)
    venue.amenities.set(Amenity.objects.filter(code="hot_meal"))
    venue.save()
    return venue


def test_venue_that_is_open_says_when_it_closes_and_what_it_has(perlen):
    [found] = ask("behov=mad&behov=hund")

    assert (found.name, found.state, found.when) == ("Perlen", "open", "lukker kl. 16")
    assert found.has == ("Mad",)
    assert found.ask == ("Med hund",)
    assert found.rules == ("Fra 18 år",)


def test_later_the_hours_of_that_time_count(perlen):
    [evening] = ask("behov=mad&tid=aften")

    assert (evening.state, evening.when) == ("closed", "lukket på det tidspunkt")


def test_next_activity_is_one_that_suits_the_need(perlen):
    tuesday = make_schedule(dt.date(2026, 11, 24), "18.00", "19.00")
    make_activity(perlen, "Kor", activity_type=ActivityType.CREATIVE)
    make_activity(perlen, "Suppe", activity_type=ActivityType.MEAL, schedules=[tuesday])

    [hungry], [curious] = ask("behov=mad"), ask("")

    assert (hungry.next_when, hungry.next_title) == ("I morgen kl. 18", "Suppe")
    assert (curious.next_when, curious.next_title) == ("I morgen kl. 17.30", "Kor")


def test_women_only_is_a_rule_everybody_reads(perlen):
    perlen.gender_policy = GenderPolicy.WOMEN_ONLY
    perlen.save()

    assert ask("koen=kvinde")[0].rules == ("Kun for kvinder", "Fra 18 år")
    assert ask("koen=mand") == ()


def test_unpublished_venue_is_not_found(perlen):
    perlen.unpublish()

    assert ask("behov=mad") == ()


def test_secret_address_stays_secret(home):
    secret = make_venue("Skjulet", address_public=False)

    [found] = [one for one in ask("") if one.venue == secret]

    assert found.meta == "Værested · hemmelig adresse"


def test_number_of_queries_does_not_grow(home, django_assert_num_queries):
    for name in ("A", "B", "C", "D"):
        make_venue(name, hours=MONDAY)

    with django_assert_num_queries(8):
        assert len(ask("behov=mad")) == 4

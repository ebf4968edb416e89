import datetime as dt

import pytest
from django.http import QueryDict

from directory.domain.finder import Condition, Met, Sex, Wish
from directory.finder import needs_of, read_question
from directory.models import Amenity
from directory.taxonomy import Fact, PetsPolicy, PriceType
from tests.factories.directory import make_venue

# Monday at 13.30 in Denmark.
NOW = dt.datetime(2026, 11, 23, 12, 30, tzinfo=dt.UTC)
WALL = dt.datetime(2026, 11, 23, 13, 30)


def ask(text):
    return read_question(QueryDict(text), ["havnen"], NOW)


def test_nothing_asked_means_now():
    question = ask("")

    assert (question.wish, question.asked, question.is_now) == (Wish(), False, True)
    assert (question.start, question.end) == (WALL, WALL + dt.timedelta(minutes=1))


def test_everything_asked():
    question = ask(
        "behov=mad&behov=hund&dag=2026-11-24&tid=aften&bydel=havnen&koen=kvinde&alder=40&rus=paavirket"
    )

    assert question.wish == Wish(
        needs=("mad", "hund"),
        district="havnen",
        sex=Sex.WOMAN,
        age=40,
        condition=Condition.UNDER_INFLUENCE,
    )
    assert question.start == dt.datetime(2026, 11, 24, 17)
    assert question.end == dt.datetime(2026, 11, 24, 22)
    assert question.unknown == ()


def test_part_of_today_begins_now_at_the_earliest():
    assert ask("tid=eftermiddag").start == WALL


def test_part_of_today_that_is_over_means_now():
    assert ask("tid=formiddag").is_now


def test_night_ends_next_morning():
    question = ask("tid=nat")

    assert question.start == dt.datetime(2026, 11, 23, 22)
    assert question.end == dt.datetime(2026, 11, 24, 7)


def test_another_day_without_a_time_is_all_of_it():
    question = ask("dag=2026-11-25")

    assert (question.start, question.end) == (
        dt.datetime(2026, 11, 25),
        dt.datetime(2026, 11, 26),
    )
    assert not question.is_now


@pytest.mark.parametrize(
    "text",
    [
        "behov=guld",
        "bydel=månen",
        "koen=ja",
        "rus=lidt",
        "tid=13.30",
        "dag=i%20morgen",
        "dag=2026-11-22",
        "dag=2026-12-24",
        "alder=-1",
        "alder=121",
        "alder=tyve",
        "alder=²",
    ],
)
def test_what_nobody_knows_is_named_and_left_out(text):
    question = ask(text)

    assert question.wish == Wish()
    assert question.unknown == (next(QueryDict(text).values()),)
    assert question.is_now


@pytest.mark.django_db
def test_venue_that_has_written_nothing_is_not_taken_to_have_nothing(home):
    venue = make_venue()

    assert set(needs_of(venue).values()) == {Met.UNKNOWN}


@pytest.mark.django_db
def test_venue_answers_what_it_has_written(home):
    venue = make_venue(
        pets_policy=PetsPolicy.BY_AGREEMENT,
        anonymous_ok=Fact.YES,
        step_free=Fact.NO,
        food_price_type=PriceType.FREE,
    )
    venue.amenities.set(Amenity.objects.filter(code__in=["hot_meal", "shower"]))

    assert needs_of(venue) == {
        "mad": Met.YES,
        "gratismad": Met.YES,
        "bad": Met.YES,
        "snak": Met.NO,
        "sove": Met.NO,
        "hund": Met.UNKNOWN,
        "anonym": Met.YES,
        "koerestol": Met.NO,
        "ro": Met.UNKNOWN,
    }

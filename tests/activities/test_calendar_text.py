"""The words of an activity in calendars: where, what it costs, how to join, who holds it."""

import datetime as dt

import pytest

from activities.calendar_text import entry_writer, public_url
from activities.domain.rules import Change, ChangeKind
from activities.models import ActivityPage
from activities.taxonomy import PlaceKind, SignUp
from directory.models import VenuePage
from directory.taxonomy import PriceType
from tests.factories.activities import make_activity, make_host, make_schedule, make_shared_event
from tests.factories.directory import make_venue
from tests.factories.pages import SiteTree

pytestmark = pytest.mark.sqlite_is_enough

STAMP = dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
FIRST = dt.datetime(2026, 11, 24, 17, 30)


def render(page: ActivityPage, *changes: Change, today: dt.date = TODAY) -> str:
    stored = ActivityPage.objects.get(pk=page.pk)
    text = entry_writer(stored, changes=changes, today=today)(0, STAMP)
    return text.replace("\r\n ", "")


def value(text: str, name: str) -> str:
    (line,) = [line for line in text.split("\r\n") if line.startswith(f"{name}:")]
    plain = line.partition(":")[2]
    return plain.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")


def make_once(venue: VenuePage, **fields: object) -> ActivityPage:
    once = make_schedule(FIRST.date(), frequency="once")
    return make_activity(venue, refresh=False, schedules=[once], **fields)


ADDRESS = {
    "place_kind": PlaceKind.ADDRESS,
    "place_street": "Havnegade 1",
    "place_postal_code": "9999",
    "place_city": "Eksempelby",
}


@pytest.mark.parametrize(
    ("fields", "location"),
    [
        ({}, "Perlen, Ågade 4, 9999 Eksempelby"),
        ({**ADDRESS, "place_name": "Havnen"}, "Havnen, Havnegade 1, 9999 Eksempelby"),
        (ADDRESS, "Havnegade 1, 9999 Eksempelby"),
    ],
)
def test_location_says_where_it_is(home: SiteTree, fields: dict[str, str], location: str) -> None:
    assert value(render(make_once(make_venue(), **fields)), "LOCATION") == location


def test_location_may_be_another_venue(home: SiteTree) -> None:
    other = make_venue("Blåkilde", street="Bækvej 2")
    page = make_once(make_venue(), place_kind=PlaceKind.OTHER_VENUE, place_venue=other)

    assert value(render(page), "LOCATION") == "Blåkilde, Bækvej 2, 9999 Eksempelby"


def test_location_of_a_venue_not_published_is_its_name(home: SiteTree) -> None:
    other = make_venue("Blåkilde", live=False)
    page = make_once(make_venue(), place_kind=PlaceKind.OTHER_VENUE, place_venue=other)

    assert value(render(page), "LOCATION") == "Blåkilde"


def test_date_with_a_place_of_its_own_has_neither_room_nor_map(home: SiteTree) -> None:
    page = make_once(make_venue(latitude=56.1, longitude=10.2), room="Køkkenet")

    text = render(page, Change(ChangeKind.NOTE, FIRST, place="Skoven"))

    assert value(text, "LOCATION") == "Skoven"
    assert "GEO" not in text
    assert "Køkkenet" not in text


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"price_type": PriceType.UNKNOWN}, []),
        ({"price_type": PriceType.FIXED, "price": 2500}, ["Pris: 25 kr."]),
        ({"price_type": PriceType.UNKNOWN, "price_note": "spørg"}, ["Pris: spørg"]),
        (
            {"price_type": PriceType.RANGE, "price": 0, "price_max": 3000, "price_note": "frit"},
            ["Pris: 0–30 kr. (frit)"],
        ),
    ],
)
def test_description_tells_the_price(
    home: SiteTree, fields: dict[str, object], lines: list[str]
) -> None:
    page = make_once(make_venue(), **fields)

    assert practical(page) == lines


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"sign_up": SignUp.CALL}, "Ring til 12 34 56 78, hvis du vil med."),
        (
            {"sign_up": SignUp.CALL, "phone": "87 65 43 21"},
            "Ring til 87 65 43 21, hvis du vil med.",
        ),
        (
            {"sign_up": SignUp.ASK, "sign_up_text": "senest i dag"},
            "Spørg på stedet, hvis du vil med. Senest i dag.",
        ),
        ({"sign_up_text": "Bare kom"}, "Bare kom."),
        ({"who_text": "Kvinder"}, "For hvem: Kvinder"),
        ({"room": "Køkkenet"}, "Hvor: Køkkenet"),
    ],
)
def test_description_tells_how_to_join(
    home: SiteTree, fields: dict[str, object], line: str
) -> None:
    page = make_once(make_venue(), price_type=PriceType.UNKNOWN, **fields)

    assert practical(page) == [line]


def test_description_without_a_phone_sends_people_to_the_place(home: SiteTree) -> None:
    page = make_once(make_venue(phone=""), price_type=PriceType.UNKNOWN, sign_up=SignUp.CALL)

    assert practical(page) == ["Ring til stedet, hvis du vil med."]


def test_description_names_the_hosts_who_said_yes(home: SiteTree) -> None:
    perlen, kilden, cafeen = make_venue(), make_venue("Blåkilde"), make_venue("Caféen")
    page = make_shared_event(
        home.shared, perlen, kilden, refresh=False, price_type=PriceType.UNKNOWN
    )
    make_host(page, cafeen)
    make_host(page, make_venue("Lyngen"), status="invited")

    assert practical(page) == ["Holdes af Perlen, Blåkilde og Caféen"]


def practical(page: ActivityPage) -> list[str]:
    """What stands between the summary and the address of the page."""
    parts = value(render(page), "DESCRIPTION").split("\n\n")
    assert (parts[0], parts[-1]) == ("Vi spiser sammen.", public_url(page))
    return "\n\n".join(parts[1:-1]).split("\n") if parts[1:-1] else []


@pytest.mark.parametrize(
    ("change", "title", "news"),
    [
        (Change(ChangeKind.CANCELLED, FIRST), "AFLYST: Fællesspisning", "Aflyst."),
        (
            Change(ChangeKind.CANCELLED, FIRST, reason="vi er for få", note="ring gerne"),
            "AFLYST: Fællesspisning",
            "Aflyst: Vi er for få. Ring gerne.",
        ),
        (
            Change(ChangeKind.MOVED, FIRST, FIRST + dt.timedelta(hours=1), reason="kursus"),
            "Fællesspisning",
            "Flyttet fra tirsdag den 24. november kl. 17.30. Kursus.",
        ),
        (Change(ChangeKind.NOTE, FIRST, note="tag sko med"), "Fællesspisning", "Tag sko med."),
    ],
)
def test_description_begins_with_what_is_special(
    home: SiteTree, change: Change, title: str, news: str
) -> None:
    text = render(make_once(make_venue()), change)

    assert value(text, "SUMMARY") == title
    assert value(text, "DESCRIPTION").split("\n\n")[0] == news


def test_entry_of_what_ended_long_ago_is_empty(home: SiteTree) -> None:
    page = make_once(make_venue())

    assert render(page, today=dt.date(2027, 5, 24)) != ""
    assert render(page, today=dt.date(2027, 5, 25)) == ""

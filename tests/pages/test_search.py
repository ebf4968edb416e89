"""Search finds what people mean, and says what to try when it finds nothing."""

import datetime as dt

import pytest
from django.test import Client

from pages.search import find
from tests.factories.activities import make_activity
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def town(home):
    perlen = make_venue(title="Perlen", summary="En varmestue ved havnen.", search_words="Ålborg")
    make_venue(title="Café Kanten", slug="cafe-kanten", summary="Kager og snak.")
    make_activity(perlen, title="Fællesspisning", summary="Varm suppe.")
    return perlen


@pytest.mark.parametrize(
    ("words", "venues"),
    [
        ("varmestuer", ["Perlen"]),
        ("AALBORG", ["Perlen"]),
        ("cafe", ["Café Kanten"]),
        ("kage", ["Café Kanten"]),
        ("perlen havn", ["Perlen"]),
        ("perlen kage", []),
    ],
)
def test_venues_are_found_by_what_people_write(town, words: str, venues: list[str]) -> None:
    assert [venue.title for venue in find(words, now=NOW).venues] == venues


def test_an_activity_is_found_with_its_next_date_and_its_place(town) -> None:
    found = find("faellesspisninger", now=NOW).activities

    assert [(activity.title, date.starts, date.meta) for activity, date in found] == [
        (
            "Fællesspisning",
            dt.datetime(2026, 11, 24, 16, 30, tzinfo=dt.UTC),
            "Perlen · Ågade 4 · gratis",
        )
    ]


def test_an_unpublished_venue_is_found_by_nobody(town) -> None:
    town.unpublish()

    results = find("perlen fællesspisning", now=NOW)

    assert (results.venues, results.activities) == ([], [])


def test_a_slip_of_the_finger_brings_a_suggestion(town) -> None:
    assert find("pelren", now=NOW).suggestions == ["Perlen"]


@pytest.mark.parametrize(
    "words",
    ["", "a" * 10_000, "\x00", "🐕", "'; drop table", '"', "(", "æ" * 300, "AND OR NOT", "-", "*"],
)
def test_nothing_that_is_typed_breaks_the_page(home, client: Client, words: str) -> None:
    assert client.get("/soeg/", {"q": words}).status_code == 200


@pytest.mark.parametrize("query", ["", "?q=xyzzy"])
def test_whoever_has_found_nothing_meets_the_six_doors(home, client: Client, query: str) -> None:
    page = client.get(f"/soeg/{query}").content.decode()

    assert page.count("/steder/?behov=") == 6


def test_the_next_date_is_said_as_people_say_it(town, client: Client, time_machine) -> None:
    time_machine.move_to(NOW, tick=False)

    page = client.get("/soeg/?q=fællesspisning").content.decode()

    assert "i morgen kl. 17.30" in page

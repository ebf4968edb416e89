"""RSS and Atom as readers fetch them: what is told, what is taken back, and what it costs."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import feedparser
import pytest
import time_machine
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from activities.models import ActivityPage, OccurrenceChange
from activities.news import PICTURE
from activities.taxonomy import ActivityKind, ActivityType, ChangeKind
from core.models import ContentVersion, FristedImage
from directory.models import VenuePage
from tests.factories.activities import (
    make_activity,
    make_change,
    make_schedule,
    make_shared_event,
)
from tests.factories.directory import make_notice, make_venue
from tests.factories.pages import SiteTree

pytestmark = pytest.mark.sqlite_is_enough

DATA = Path(__file__).resolve().parents[1] / "data"
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
TUESDAY = dt.datetime(2026, 11, 24, 17, 30)
FEEDS = ["/feed.rss", "/feed.atom", "/steder/perlen/feed.rss", "/steder/perlen/feed.atom"]


@pytest.fixture(autouse=True)
def at_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def titles(client: Client, path: str) -> list[str]:
    found = feedparser.parse(client.get(path).content)
    return [entry.title for entry in found.entries]


def publish(page: ActivityPage, at: dt.datetime) -> None:
    ActivityPage.objects.filter(pk=page.pk).update(first_published_at=at)
    ContentVersion.bump()


def announce(change: OccurrenceChange, at: dt.datetime) -> None:
    OccurrenceChange.objects.filter(pk=change.pk).update(created_at=at)
    ContentVersion.bump()


def make_concert(venue: VenuePage, title: str = "Koncert", **fields: object) -> ActivityPage:
    once = make_schedule(dt.date(2026, 12, 12), frequency="once", starts="19.00", ends="21.00")
    values = {"kind": ActivityKind.VARYING, "schedules": [once]} | fields
    page = make_activity(venue, title, **values)
    publish(page, NOW - 5 * HOUR)
    return page


def make_news(home: SiteTree) -> VenuePage:
    """A venue with one piece of news of each kind, the notice first and the concert last."""
    venue, other = make_venue(), make_venue("Blåkilde")
    make_concert(venue, uid=UUID(int=1), summary="Koret synger <højt> & længe.")
    party = make_shared_event(
        home.shared,
        venue,
        other,
        title="Julefrokost",
        uid=UUID(int=2),
        schedules=[make_schedule(dt.date(2026, 12, 18), frequency="once")],
    )
    publish(party, NOW - 4 * HOUR)
    meal = make_activity(venue, uid=UUID(int=3), activity_type=ActivityType.MEAL)
    announce(make_change(meal, TUESDAY, pk=11, reason="Bussen er i stykker"), NOW - 3 * HOUR)
    moved = make_change(
        meal,
        dt.datetime(2026, 12, 1, 17, 30),
        ChangeKind.MOVED,
        pk=12,
        starts_on=dt.date(2026, 12, 2),
        starts_at=dt.time(18),
        ends_at=dt.time(20),
        note="Tag varmt tøj på",
    )
    announce(moved, NOW - 2 * HOUR)
    make_notice(venue, NOW - HOUR, NOW + HOUR, pk=13, text="Vi ses i morgen.\nRing gerne.")
    VenuePage.objects.filter(pk=venue.pk).update(uid=UUID(int=4), translation_key=UUID(int=5))
    home.home.translation_key = UUID(int=6)
    home.home.save()
    return venue


NEWS = [
    "Perlen: Lukket i dag på grund af sygdom",
    "Flyttet: Fællesspisning tirsdag den 1. december kl. 17.30",
    "Aflyst: Fællesspisning tirsdag den 24. november kl. 17.30",
    "Nyt: Julefrokost fredag den 18. december kl. 17.30",
    "Nyt: Koncert lørdag den 12. december kl. 19",
]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/feed.rss", "feed_city.rss.xml"),
        ("/feed.atom", "feed_city.atom.xml"),
        ("/steder/perlen/feed.rss", "feed_venue.rss.xml"),
    ],
)
def test_feed_is_this_file(client: Client, home: SiteTree, path: str, name: str) -> None:
    make_news(home)

    assert client.get(path).content.decode() == (DATA / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/feed.rss", NEWS),
        ("/feed.atom", NEWS),
        ("/steder/perlen/feed.rss", NEWS),
        ("/steder/blaakilde/feed.rss", NEWS[3:4]),
        ("/steder/blaakilde/feed.atom", NEWS[3:4]),
        ("/faelles/feed.rss", NEWS[3:4]),
        ("/faelles/feed.atom", NEWS[3:4]),
    ],
)
def test_feed_tells_the_newest_first(
    client: Client, home: SiteTree, path: str, found: list[str]
) -> None:
    make_news(home)

    assert titles(client, path) == found


def test_fixed_activity_is_no_news_but_its_changes_are(client: Client, home: SiteTree) -> None:
    meal = make_activity(make_venue())
    publish(meal, NOW - HOUR)

    assert titles(client, "/feed.rss") == []

    make_change(meal, TUESDAY)

    assert titles(client, "/feed.rss") == [NEWS[2]]


def test_new_activity_is_not_announced_with_a_cancelled_date(
    client: Client, home: SiteTree
) -> None:
    plan = [make_schedule(dt.date(2026, 11, 24), until_on=dt.date(2026, 12, 1))]
    page = make_concert(make_venue(), schedules=plan)
    announce(make_change(page, TUESDAY), NOW - HOUR)

    assert titles(client, "/feed.rss") == [
        "Aflyst: Koncert tirsdag den 24. november kl. 17.30",
        "Nyt: Koncert tirsdag den 1. december kl. 17.30",
    ]


def test_what_is_taken_back_is_in_no_feed(client: Client, home: SiteTree) -> None:
    venue = make_venue()
    meal = make_activity(venue)
    OccurrenceChange.objects.filter(pk=make_change(meal, TUESDAY).pk).update(undone_at=NOW)
    make_notice(venue, NOW - HOUR, NOW + HOUR, withdrawn_at=NOW)
    make_change(meal, dt.datetime(2026, 11, 25, 17, 30))  # a Wednesday: the plan has no such date

    assert titles(client, "/feed.rss") == []


def test_date_moved_and_then_cancelled_is_told_as_cancelled(client: Client, home: SiteTree) -> None:
    meal = make_activity(make_venue())
    times = {"starts_on": dt.date(2026, 11, 25), "starts_at": dt.time(18), "ends_at": dt.time(20)}
    make_change(meal, TUESDAY, ChangeKind.MOVED, **times)
    make_change(meal, TUESDAY)

    assert titles(client, "/feed.rss") == [NEWS[2]]


def test_drafts_and_notices_of_drafts_are_in_no_feed(client: Client, home: SiteTree) -> None:
    venue = make_venue(live=False)
    make_concert(venue)
    make_notice(venue, NOW - HOUR, NOW + HOUR)
    make_notice(None, NOW - HOUR, NOW + HOUR, title="Rådhuset er lukket")

    assert titles(client, "/feed.rss") == ["Rådhuset er lukket"]
    assert client.get("/steder/perlen/feed.rss").status_code == 404


def test_notice_comes_and_goes_by_the_clock(client: Client, home: SiteTree) -> None:
    make_notice(make_venue(), NOW + HOUR, NOW + 2 * HOUR)
    ContentVersion.bump()
    seen = []
    for hours in (0, 1, 2):
        with time_machine.travel(NOW + hours * HOUR, tick=False):
            response = client.get("/feed.rss")
            entries = feedparser.parse(response.content).entries
            seen.append((len(entries), response["Last-Modified"], response["ETag"]))

    assert [(number, changed) for number, changed, _ in seen] == [
        (0, "Mon, 23 Nov 2026 09:00:00 GMT"),
        (1, "Mon, 23 Nov 2026 10:00:00 GMT"),
        (0, "Mon, 23 Nov 2026 11:00:00 GMT"),
    ]
    assert len({etag for _, _, etag in seen}) == 3


def test_no_copy_is_kept_beyond_the_next_notice(client: Client, home: SiteTree) -> None:
    make_notice(make_venue(), NOW + dt.timedelta(seconds=40), NOW + HOUR)

    assert client.get("/feed.rss")["Cache-Control"] == "public, max-age=40"


def test_feed_is_fifty_items_long_at_most(client: Client, home: SiteTree) -> None:
    meal = make_activity(make_venue(), refresh=False)
    first = dt.datetime(2026, 11, 24, 17, 30)
    for week in range(55):
        make_change(meal, first + week * dt.timedelta(weeks=1), refresh=week == 54)

    assert len(titles(client, "/feed.rss")) == 50


@pytest.mark.parametrize("path", FEEDS)
def test_reader_with_the_feed_is_told_so_without_building(
    client: Client,
    home: SiteTree,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
) -> None:
    make_news(home)
    first = client.get(path)

    with django_assert_num_queries(2):
        by_tag = client.get(path, headers={"If-None-Match": first["ETag"]})
    by_date = client.get(path, headers={"If-Modified-Since": first["Last-Modified"]})

    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert (by_date.status_code, by_date.content) == (304, b"")


@pytest.mark.parametrize("path", FEEDS)
def test_feed_says_what_it_is_and_nothing_of_the_reader(
    client: Client, home: SiteTree, path: str
) -> None:
    make_news(home)

    got, head = client.get(path), client.head(path)

    kind = "rss" if path.endswith("rss") else "atom"
    assert got["Content-Type"] == f"application/{kind}+xml; charset=utf-8"
    assert (head.content, head["Content-Length"]) == (b"", str(len(got.content)))
    assert (got.cookies, got.has_header("Vary")) == ({}, False)


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_feeds_are_only_read(client: Client, home: SiteTree, method: str) -> None:
    assert getattr(client, method)("/feed.rss").status_code == 405


@pytest.mark.parametrize("path", ["/feed.rss", "/steder/perlen/feed.rss", "/faelles/feed.rss"])
@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_does_not_grow(
    client: Client,
    home: SiteTree,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    path: str,
    number: int,
) -> None:
    venue, other = make_venue(), make_venue("Blåkilde")
    photo = make_photo()
    for each in range(number):
        make_concert(venue, f"Koncert {each}", photo=photo)
        publish(make_shared_event(home.shared, venue, other, title=f"Fest {each}"), NOW)
        make_change(make_activity(venue, f"Kaffe {each}"), TUESDAY)
        make_notice(venue, NOW - HOUR, NOW + HOUR)
    client.get(path)

    with django_assert_max_num_queries(17):
        assert len(titles(client, path)) in {number, 4 * number}


def make_photo(**fields: object) -> FristedImage:
    """A picture with the small copy that feeds use; Wagtail leaves files open that it makes."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "seagreen").save(file, "JPEG")
    photo = FristedImage.objects.create(
        title="Koret", file=ImageFile(file, name="kor.jpg"), **fields
    )
    photo.renditions.create(
        filter_spec=PICTURE, width=40, height=30, file=ImageFile(file, name="kor.lille.jpg")
    )
    return photo


def test_picture_goes_along_while_consent_lasts(client: Client, home: SiteTree) -> None:
    photo = make_photo(consent_expires_on=NOW.date())
    make_concert(make_venue(), photo=photo)

    (today,) = feedparser.parse(client.get("/feed.rss").content).entries
    with time_machine.travel(NOW + dt.timedelta(days=1), tick=False):
        (tomorrow,) = feedparser.parse(client.get("/feed.rss").content).entries

    copy = photo.renditions.get()
    assert [dict(each) for each in today.enclosures] == [
        {
            "href": f"https://fristed.example{copy.url}",
            "length": str(copy.file.size),
            "type": "image/jpeg",
        }
    ]
    assert tomorrow.enclosures == []

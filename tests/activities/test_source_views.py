"""Calendars in the admin: from an address or a file to activities, for one's own venues."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from activities.actions import sources
from activities.domain.imports.values import Problem
from activities.models import ActivityPage, CalendarSource, EntryState, Occurrence, SourceKind
from activities.source_views import NewSourceView
from activities.source_wording import SENTENCES
from core.fetching import FetchProblem
from directory.models import VenuePage
from directory.taxonomy import Role
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.harness.far_away import FarAway, far_away

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
EVENT = """BEGIN:VEVENT
UID:{uid}
DTSTAMP:20260301T120000Z
DTSTART;TZID=Europe/Copenhagen:{start}
DTEND;TZID=Europe/Copenhagen:{end}
SUMMARY:{title}
{extra}END:VEVENT
"""


def event(uid: str, start: str, end: str, title: str, extra: str = "") -> str:
    return EVENT.format(uid=uid, start=start, end=end, title=title, extra=extra)


def calendar(*events: str) -> bytes:
    body = "".join(events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//DA\n{body}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


SUPPER = event(
    "1", "20260303T173000", "20260303T193000", "Fællesspisning",
    "RRULE:FREQ=WEEKLY;COUNT=4\nCATEGORIES:Mad\n",
)  # fmt: skip
TRIP = event("2", "20260320T100000", "20260320T150000", "Tur til havet")
SECRET = event("3", "20260321T100000", "20260321T150000", "Samtale med Bo", "CLASS:PRIVATE\n")
DAY = (
    "BEGIN:VEVENT\nUID:4\nDTSTAMP:20260301T120000Z\nDTSTART;VALUE=DATE:20260405\n"
    "SUMMARY:Påskefest\nEND:VEVENT\n"
)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def venue(home) -> VenuePage:
    return make_venue("Kahytten")


@pytest.fixture
def editor(venue: VenuePage, client: Client) -> Client:
    client.force_login(make_user(role=Role.EDITOR, venue=venue))
    return client


def upload(client: Client, venue: VenuePage, body: bytes) -> CalendarSource:
    file = SimpleUploadedFile("kalender.ics", body, "text/calendar")
    values = {"venue": venue.pk, "name": "Husets kalender", "url": "", "file": file}
    answer = client.post(reverse("calendar_sources:new"), values)
    source = CalendarSource.objects.get()
    assert answer.headers["Location"] == reverse("calendar_sources:show", args=[source.pk])
    return source


def test_file_is_shown_before_anything_is_made(editor: Client, venue: VenuePage):
    source = upload(editor, venue, calendar(SUPPER, TRIP, SECRET, DAY))

    page = editor.get(reverse("calendar_sources:show", args=[source.pk]))

    assert [(row["title"], row["count"]) for row in page.context["rows"]] == [
        ("Fællesspisning", 4),
        ("Tur til havet", 1),
    ]
    assert [(row["title"], row["reason"]) for row in page.context["refused"]] == [
        ("Påskefest", str(SENTENCES["all_day"])),
        ("", str(SENTENCES["private"])),
    ]
    assert page.context["form"].categories == ["Mad"]
    assert ActivityPage.objects.count() == 0
    assert "Samtale med Bo" not in page.content.decode()


def test_yes_makes_the_activities(
    editor: Client, venue: VenuePage, django_capture_on_commit_callbacks
):
    source = upload(editor, venue, calendar(SUPPER, TRIP))
    values = {"publish": "1", "default_type": "experience", "category_0": "meal"}

    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("calendar_sources:take_in", args=[source.pk]), values)

    found = ActivityPage.objects.order_by("title").values_list("title", "activity_type", "live")
    assert list(found) == [
        ("Fællesspisning", "meal", True),
        ("Tur til havet", "experience", True),
    ]
    assert Occurrence.objects.public().count() == 5
    page = editor.get(reverse("calendar_sources:show", args=[source.pk]))
    assert (page.context["waiting"], page.context["settled"]) == (0, 2)


def test_page_renews_itself_while_entries_wait(editor: Client, venue: VenuePage):
    source = upload(editor, venue, calendar(SUPPER, TRIP))
    sources.approve_source(
        source, publish=True, default_type="meal", category_types={}, when_gone="cancel", now=NOW
    )

    page = editor.get(reverse("calendar_sources:show", args=[source.pk]))

    assert page.headers["Refresh"] == "3"
    assert (page.context["settled"], page.context["usable"]) == (0, 2)


def test_file_that_is_no_calendar_is_refused_beside_the_field(editor: Client, venue: VenuePage):
    file = SimpleUploadedFile("kalender.ics", b"<!doctype html><title>Log ind</title>")
    values = {"venue": venue.pk, "name": "Husets kalender", "url": "", "file": file}

    page = editor.post(reverse("calendar_sources:new"), values)

    assert page.context["form"].errors == {"file": [str(SENTENCES["web_page"])]}
    assert CalendarSource.objects.count() == 0


@pytest.mark.parametrize("url", ["http://127.0.0.1/a.ics", "file:///etc/passwd", "kalender"])
def test_address_we_never_fetch_is_refused_beside_the_field(
    editor: Client, venue: VenuePage, url: str
):
    values = {"venue": venue.pk, "name": "Husets kalender", "url": url}

    page = editor.post(reverse("calendar_sources:new"), values)

    assert page.context["form"].errors == {"url": [str(FetchProblem.ADDRESS.label)]}


def test_address_or_file_is_needed_and_not_both(editor: Client, venue: VenuePage):
    page = editor.post(
        reverse("calendar_sources:new"), {"venue": venue.pk, "name": "Husets kalender"}
    )

    assert list(page.context["form"].errors) == ["__all__"]


def follow(other: FarAway, venue: VenuePage, rf: RequestFactory) -> CalendarSource:
    """Add the calendar at /hemmelig.ics through the form, and say yes."""
    values = {"venue": venue.pk, "name": "Outlook", "url": other.url("/hemmelig.ics")}
    request = rf.post("/", values)
    request.user = make_user("redaktoer@eksempelby.example", role=Role.EDITOR, venue=venue)
    answer = NewSourceView.as_view(gate=other.gate)(request)
    assert answer.status_code == 302
    source = CalendarSource.objects.get()
    sources.approve_source(
        source, publish=True, default_type="meal", category_types={}, when_gone="cancel", now=NOW
    )
    sources.take_in(source, now=NOW)
    return source


def test_address_is_followed_with_short_answers(venue: VenuePage, rf: RequestFactory):
    with far_away() as other:
        other.serve("/hemmelig.ics", calendar(SUPPER, TRIP), ETag='"1"')
        source = follow(other, venue, rf)
        other.serve("/hemmelig.ics", b"", 304, ETag='"1"')
        sources.follow_source(source, now=NOW + dt.timedelta(minutes=15), gate=other.gate)
        asked = [headers.get("If-None-Match") for _, headers in other.asked]
        cancelled = TRIP.replace("SUMMARY", "STATUS:CANCELLED\nSUMMARY")
        other.serve("/hemmelig.ics", calendar(SUPPER, cancelled), ETag='"2"')
        sources.follow_source(source, now=NOW + dt.timedelta(minutes=30), gate=other.gate)
        sources.take_in(source, now=NOW + dt.timedelta(minutes=30))

    trip = Occurrence.objects.get(activity__title="Tur til havet")
    assert asked == [None, '"1"']
    assert (source.etag, source.failures, trip.status) == ('"2"', 0, "cancelled")


@pytest.mark.parametrize(
    "break_it",
    [
        lambda other: other.serve("/hemmelig.ics", b"", 500),
        lambda other: other.serve("/hemmelig.ics", b"<html>Log ind</html>"),
        lambda other: other.serve("/hemmelig.ics", calendar(SUPPER)[:120], Content_Length="9000"),
        lambda other: other.serve("/hemmelig.ics", b"", 302, Location="http://10.0.0.1/"),
        lambda other: other.serve("/hemmelig.ics", b""),
    ],
)
def test_broken_calendar_keeps_the_last_good_state(venue: VenuePage, rf: RequestFactory, break_it):
    with far_away() as other:
        other.serve("/hemmelig.ics", calendar(SUPPER, TRIP))
        source = follow(other, venue, rf)
        break_it(other)
        sources.follow_source(source, now=NOW + dt.timedelta(minutes=15), gate=other.gate)

    assert source.failures == 1
    assert set(source.entries.values_list("state", flat=True)) == {EntryState.TAKEN}
    assert set(Occurrence.objects.values_list("status", flat=True)) == {"planned"}


def test_calendar_that_is_cut_in_the_middle_takes_nothing_away(
    venue: VenuePage, rf: RequestFactory
):
    with far_away() as other:
        other.serve("/hemmelig.ics", calendar(SUPPER, TRIP))
        source = follow(other, venue, rf)
        other.serve("/hemmelig.ics", calendar(SUPPER).replace(b"END:VCALENDAR\r\n", b""))
        sources.follow_source(source, now=NOW + dt.timedelta(minutes=15), gate=other.gate)
        sources.take_in(source, now=NOW)

    assert set(source.entries.values_list("state", flat=True)) == {EntryState.TAKEN}


def test_address_is_never_shown_in_full(editor: Client, venue: VenuePage, rf: RequestFactory):
    with far_away() as other:
        other.serve("/hemmelig.ics", calendar(SUPPER))
        source = follow(other, venue, rf)

    for name, args in (("index", []), ("show", [source.pk]), ("delete", [source.pk])):
        page = editor.get(reverse(f"calendar_sources:{name}", args=args))
        assert page.status_code == 200
        assert "hemmelig.ics" not in page.content.decode()


def test_others_calendars_are_not_there(editor: Client):
    elsewhere = CalendarSource.objects.create(
        venue=make_venue("Perlen"),
        kind=SourceKind.ADDRESS,
        name="Perlens",
        url="https://a.example/",
    )

    assert "Perlens" not in editor.get(reverse("calendar_sources:index")).content.decode()
    for name in ("show", "take_in", "fetch_now", "pause", "delete"):
        url = reverse(f"calendar_sources:{name}", args=[elsewhere.pk])
        assert (name, editor.post(url).status_code) == (name, 404)
    assert CalendarSource.objects.filter(pk=elsewhere.pk).exists()


def test_staff_without_the_right_to_publish_have_no_calendars(client: Client, venue: VenuePage):
    client.force_login(make_user(role=Role.STAFF, venue=venue))

    answer = client.get(reverse("calendar_sources:new"))

    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("wagtailadmin_home")


def test_calendar_is_paused_and_deleted_and_its_activities_stay(
    editor: Client, venue: VenuePage, rf: RequestFactory
):
    with far_away() as other:
        other.serve("/hemmelig.ics", calendar(SUPPER))
        source = follow(other, venue, rf)
    editor.post(reverse("calendar_sources:pause", args=[source.pk]))
    source.refresh_from_db()
    paused = source.active

    editor.post(reverse("calendar_sources:delete", args=[source.pk]))

    assert (paused, CalendarSource.objects.count()) == (False, 0)
    assert ActivityPage.objects.get().title == "Fællesspisning"


def test_activity_says_which_calendar_it_comes_from(
    editor: Client, venue: VenuePage, rf: RequestFactory
):
    with far_away() as other:
        other.serve("/hemmelig.ics", calendar(SUPPER))
        source = follow(other, venue, rf)
    page = ActivityPage.objects.get()

    form = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert reverse("calendar_sources:show", args=[source.pk]) in form


def test_every_reason_has_a_sentence():
    codes = {problem.value for problem in Problem} | {problem.value for problem in FetchProblem}

    with translation.override("da"):
        missing = {code for code in codes if not str(SENTENCES.get(code, ""))}

    assert missing == set()

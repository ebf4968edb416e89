"""Calendars of venues: taken in, followed, and never louder than what was changed here."""

import datetime as dt

import pytest

from activities.actions import sources
from activities.actions.source_reading import store_reading
from activities.domain.imports.values import Imported, ImportedEvent
from activities.domain.recurrence import local_to_utc
from activities.models import (
    ActivityPage,
    CalendarSource,
    EntryState,
    Occurrence,
    OccurrenceChange,
    SourceKind,
    WhenGone,
)
from core.models import OutgoingMail
from directory.models import SecretAddress, VenuePage
from directory.taxonomy import Role
from tests.factories.activities import make_change
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.harness.far_away import far_away

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
SUPPER = dt.datetime(2026, 3, 3, 17, 30)


@pytest.fixture
def venue(home) -> VenuePage:
    return make_venue("Kahytten")


def make_source(venue: VenuePage, **fields: object) -> CalendarSource:
    values = {"kind": SourceKind.ADDRESS, "name": "Husets kalender"} | fields
    return CalendarSource.objects.create(venue=venue, **values)


def event(
    start: dt.datetime = SUPPER, title: str = "Fællesspisning", uid: str = "1", **fields: object
) -> ImportedEvent:
    ends = fields.pop("ends", start + dt.timedelta(hours=2))
    values = {
        "recurrence_id": "",
        "series": False,
        "description": "",
        "location": "",
        "url": "",
        "all_day": False,
        "cancelled": False,
    } | fields
    return ImportedEvent(
        uid=uid,
        title=title,
        starts=local_to_utc(start),
        ends=local_to_utc(ends),
        starts_local=start,
        ends_local=ends,
        **values,
    )


def series(count: int = 5, *, changes: dict[int, dict] | None = None, **fields: object) -> list:
    """A weekly supper; `changes` are fields of single dates by their number."""
    found = []
    for number in range(count):
        original = SUPPER + dt.timedelta(weeks=number)
        own = dict((changes or {}).get(number, {}))
        start = own.pop("start", original)
        found.append(
            event(start, recurrence_id=original.isoformat(), series=True, **{**fields, **own})
        )
    return found


def read(source: CalendarSource, events: list, *, now: dt.datetime = NOW, **fields: object):
    source.refresh_from_db()
    values = {"entries": len({each.uid for each in events})} | fields
    reading = store_reading(source, Imported(events=tuple(events), **values), now=now)
    sources.take_in(source, now=now)
    return reading


def take_in(source: CalendarSource, events: list, **choices: object) -> None:
    store_reading(source, Imported(events=tuple(events), entries=len(events)), now=NOW)
    values = {
        "publish": True,
        "default_type": "meal",
        "category_types": {},
        "when_gone": WhenGone.CANCEL,
    } | choices
    sources.approve_source(source, now=NOW, **values)
    sources.take_in(source, now=NOW)


def dates(page: ActivityPage) -> list[tuple[str, str]]:
    rows = Occurrence.objects.filter(activity=page).order_by("starts_at")
    return [(row.recurrence_id, row.status) for row in rows]


def test_nothing_is_made_before_an_editor_has_said_yes(venue: VenuePage):
    source = make_source(venue)

    reading = store_reading(source, Imported(events=tuple(series()), entries=1), now=NOW)

    assert (reading.new, sources.take_in(source, now=NOW)) == (1, 0)
    assert source.entries.get().state == EntryState.FOUND
    assert ActivityPage.objects.count() == 0


def test_series_becomes_one_published_activity_with_a_weekly_plan(venue: VenuePage):
    source = make_source(venue)

    take_in(source, series(description="Vi laver mad.\nAlle er velkomne."))

    page = ActivityPage.objects.get()
    rows = [
        (row.frequency, row.weekdays, row.first_on, row.until_on) for row in page.schedules.all()
    ]
    assert rows == [("weekly", [1], dt.date(2026, 3, 3), dt.date(2026, 3, 31))]
    assert (page.title, page.summary, page.activity_type, page.kind, page.live) == (
        "Fællesspisning",
        "Vi laver mad.",
        "meal",
        "fixed",
        True,
    )
    assert page.body == "<p>Vi laver mad.</p><p>Alle er velkomne.</p>"
    assert page.get_parent().specific == venue
    assert page.first_published_at is not None
    assert Occurrence.objects.public().count() == 5
    assert source.entries.get().state == EntryState.TAKEN


def test_drafts_are_made_when_the_editor_wants_to_look_first(venue: VenuePage):
    source = make_source(venue)

    take_in(source, [event()], publish=False)

    page = ActivityPage.objects.get()
    assert (page.live, page.has_unpublished_changes) == (False, True)
    assert page.schedules.get().first_on == SUPPER.date()


def test_category_decides_the_kind_of_activity(venue: VenuePage):
    source = make_source(venue)

    take_in(source, [event(categories=("Musik", "Kor"))], category_types={"Kor": "creative"})

    assert ActivityPage.objects.get().activity_type == "creative"


def test_cancelled_and_moved_dates_are_told(venue: VenuePage):
    source = make_source(venue)
    later = SUPPER + dt.timedelta(weeks=2, days=1)

    take_in(source, series(4, changes={1: {"cancelled": True}, 2: {"start": later}}))

    assert dates(ActivityPage.objects.get()) == [
        ("20260303T173000", "planned"),
        ("20260310T173000", "cancelled"),
        ("20260317T173000", "moved"),
        ("20260324T173000", "planned"),
    ]


def test_cancellation_is_followed_and_taken_back(venue: VenuePage):
    source = make_source(venue)
    take_in(source, series(3))
    page = ActivityPage.objects.get()
    ids = list(Occurrence.objects.values_list("pk", flat=True))

    read(source, series(3, changes={1: {"cancelled": True}}))
    cancelled = dates(page)[1]
    read(source, series(3))

    assert cancelled == ("20260310T173000", "cancelled")
    assert dates(page)[1] == ("20260310T173000", "planned")
    assert list(Occurrence.objects.values_list("pk", flat=True)) == ids


def test_single_event_that_gets_another_day_is_told_as_moved(venue: VenuePage):
    source = make_source(venue)
    take_in(source, [event()])

    read(source, [event(SUPPER + dt.timedelta(days=2))])

    date = Occurrence.objects.get()
    assert (date.recurrence_id, date.status, date.local_date) == (
        "20260303T173000",
        "moved",
        dt.date(2026, 3, 5),
    )


def test_same_reading_again_writes_nothing(venue: VenuePage, django_assert_max_num_queries):
    source = make_source(venue)
    take_in(source, series())
    page = ActivityPage.objects.get()

    with django_assert_max_num_queries(10):
        reading = read(source, series())

    assert (reading.new, reading.changed, reading.same, reading.gone) == (0, 0, 1, 0)
    assert ActivityPage.objects.get().latest_revision_id == page.latest_revision_id


def test_words_are_followed_but_what_was_edited_here_wins(venue: VenuePage):
    source = make_source(venue)
    take_in(source, series())
    page = ActivityPage.objects.get()
    page.title = "Spis med i Kahytten"
    page.save_revision().publish()

    read(source, series(title="Mad og snak", description="Nu også med dessert."))

    page = ActivityPage.objects.get()
    assert (page.title, page.summary) == ("Spis med i Kahytten", "Nu også med dessert.")
    entry = source.entries.get()
    assert (entry.state, entry.overridden) == (EntryState.OVERRIDDEN, ["title"])


def test_plan_that_was_edited_here_is_left_alone(venue: VenuePage):
    source = make_source(venue)
    take_in(source, series())
    page = ActivityPage.objects.get()
    row = page.schedules.get()
    row.starts = dt.time(18)
    page.schedules = [row]
    page.save_revision().publish()

    read(source, series(7))

    assert [row.starts for row in ActivityPage.objects.get().schedules.all()] == [dt.time(18)]
    assert source.entries.get().overridden == ["plan"]


def test_date_that_somebody_took_back_here_stays_on(venue: VenuePage):
    source = make_source(venue)
    take_in(source, series(3, changes={1: {"cancelled": True}}))
    page = ActivityPage.objects.get()
    OccurrenceChange.objects.update(undone_at=NOW)

    read(source, series(3, changes={1: {"cancelled": True}}, description="Nyt."))

    assert dates(page)[1] == ("20260310T173000", "planned")
    assert source.entries.get().overridden == ["dates"]


def test_date_cancelled_here_stays_cancelled(venue: VenuePage):
    source = make_source(venue)
    take_in(source, series(3))
    page = ActivityPage.objects.get()
    make_change(page, SUPPER + dt.timedelta(weeks=1), reason="Sygdom")

    read(source, series(3, description="Nyt."))

    assert dates(page)[1] == ("20260310T173000", "cancelled")


def test_draft_that_waits_is_never_published(venue: VenuePage):
    source = make_source(venue)
    take_in(source, series())
    page = ActivityPage.objects.get()
    page.summary = "Kladde"
    page.save_revision()

    read(source, series(title="Mad og snak"))

    page = ActivityPage.objects.get()
    draft = page.get_latest_revision_as_object()
    assert (page.title, page.summary) == ("Mad og snak", "Mad og snak")
    assert (draft.title, draft.summary) == ("Mad og snak", "Kladde")
    assert page.has_unpublished_changes


def test_date_the_calendar_dropped_is_shown_as_cancelled(venue: VenuePage):
    source = make_source(venue)
    take_in(source, series(4))

    read(source, [each for number, each in enumerate(series(4)) if number != 2])

    assert dates(ActivityPage.objects.get()) == [
        ("20260303T173000", "planned"),
        ("20260310T173000", "planned"),
        ("20260317T173000", "cancelled"),
        ("20260324T173000", "planned"),
    ]


def test_whole_series_at_another_time_keeps_its_dates(venue: VenuePage):
    source = make_source(venue)
    take_in(source, series(3))
    ids = list(Occurrence.objects.values_list("pk", flat=True))
    earlier = [
        event(
            SUPPER - dt.timedelta(hours=1) + dt.timedelta(weeks=number),
            recurrence_id=(SUPPER - dt.timedelta(hours=1) + dt.timedelta(weeks=number)).isoformat(),
            series=True,
        )
        for number in range(3)
    ]

    read(source, earlier)

    assert dates(ActivityPage.objects.get()) == [
        ("20260303T163000", "planned"),
        ("20260310T163000", "planned"),
        ("20260317T163000", "planned"),
    ]
    assert list(Occurrence.objects.values_list("pk", flat=True)) == ids


def test_entry_that_is_gone_is_shown_as_cancelled(venue: VenuePage):
    source = make_source(venue)
    other = event(dt.datetime(2026, 3, 20, 10), title="Banko", uid="2")
    take_in(source, [event(), other])

    read(source, [other])

    page = ActivityPage.objects.get(title="Fællesspisning")
    assert dates(page) == [("20260303T173000", "cancelled")]
    assert source.entries.get(uid="1").state == EntryState.GONE


def test_entry_that_comes_back_takes_place_again(venue: VenuePage):
    source = make_source(venue)
    other = event(dt.datetime(2026, 3, 20, 10), title="Banko", uid="2")
    take_in(source, [event(), other])
    read(source, [other])

    read(source, [event(), other])

    page = ActivityPage.objects.get(title="Fællesspisning")
    assert dates(page) == [("20260303T173000", "planned")]
    assert source.entries.get(uid="1").state == EntryState.TAKEN


def test_entry_that_is_gone_can_wait_for_an_answer(venue: VenuePage):
    source = make_source(venue)
    other = event(dt.datetime(2026, 3, 20, 10), title="Banko", uid="2")
    take_in(source, [event(), other], when_gone=WhenGone.ASK)
    read(source, [other])
    page = ActivityPage.objects.get(title="Fællesspisning")
    entry = source.entries.get(uid="1")
    before = (entry.state, dates(page))

    sources.answer_gone(source, entry.pk, cancel=True)
    sources.take_in(source, now=NOW)

    assert before == (EntryState.ASKED, [("20260303T173000", "planned")])
    assert dates(page) == [("20260303T173000", "cancelled")]


@pytest.mark.parametrize("broken", [{"entries": 0}, {"complete": False}])
def test_empty_or_broken_reading_takes_nothing_away(venue: VenuePage, broken: dict):
    source = make_source(venue)
    take_in(source, [event()])

    read(source, [], **broken)

    assert dates(ActivityPage.objects.get()) == [("20260303T173000", "planned")]
    assert source.entries.get().state == EntryState.TAKEN


def test_event_with_a_new_uid_at_every_reading_is_the_same(venue: VenuePage):
    source = make_source(venue)
    take_in(source, series(uid="a"))

    reading = read(source, series(uid="b"))

    assert (reading.new, reading.same, reading.gone) == (0, 1, 0)
    assert ActivityPage.objects.count() == 1
    assert source.entries.get().uid == "b"


def test_same_uid_in_another_calendar_is_another_activity(venue: VenuePage):
    take_in(make_source(venue), [event()])

    take_in(make_source(venue, name="Den anden"), [event(title="Banko")])

    assert sorted(ActivityPage.objects.values_list("title", "slug")) == [
        ("Banko", "banko"),
        ("Fællesspisning", "faellesspisning"),
    ]


def test_activity_deleted_here_stays_away(venue: VenuePage):
    source = make_source(venue)
    take_in(source, [event()])
    ActivityPage.objects.get().delete()

    read(source, [event(description="Nyt.")])

    assert ActivityPage.objects.count() == 0
    assert source.entries.get().state == EntryState.REMOVED


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"all_day": True}, "all_day"),
        ({"ends": SUPPER + dt.timedelta(days=2)}, "over_a_day"),
        ({"title": ""}, "no_title"),
    ],
)
def test_entry_we_cannot_show_is_refused_with_a_reason(venue: VenuePage, fields, problem: str):
    source = make_source(venue)

    take_in(source, [event(**fields)])

    entry = source.entries.get()
    assert (entry.state, entry.problem) == (EntryState.REFUSED, problem)
    assert ActivityPage.objects.count() == 0


def test_event_without_an_end_lasts_an_hour(venue: VenuePage):
    source = make_source(venue)

    take_in(source, [event(ends=SUPPER)])

    row = ActivityPage.objects.get().schedules.get()
    assert (row.starts, row.ends) == (dt.time(17, 30), dt.time(18, 30))


def test_place_is_taken_unless_it_is_the_venue_itself(venue: VenuePage):
    source = make_source(venue)

    take_in(
        source,
        [
            event(location="Kahytten, Ågade 4", title="Hjemme"),
            event(location="Svømmehallen", title="Ude", uid="2"),
        ],
    )

    assert sorted(ActivityPage.objects.values_list("title", "place_kind", "place_name")) == [
        ("Hjemme", "own", ""),
        ("Ude", "address", "Svømmehallen"),
    ]


def test_secret_address_never_leaves_through_a_calendar(home):
    venue = make_venue("Kvindehuset", address_public=False)
    SecretAddress.objects.create(venue=venue, street="Skjulevej 7")
    source = make_source(venue)

    take_in(
        source,
        [
            event(location="Skjulevej 7", title="Te"),
            event(description="Vi mødes på Skjulevej 7.", title="Tur", uid="2"),
        ],
    )

    assert list(ActivityPage.objects.values_list("title", "place_name")) == [("Te", "")]
    assert source.entries.get(uid="2").problem == "secret_address"


def test_words_of_strangers_are_text_and_never_markup(venue: VenuePage):
    source = make_source(venue)

    take_in(source, [event(title="<b>Kor</b>", description="<script>x()</script>\nMere")])

    page = ActivityPage.objects.get()
    assert page.body == "<p>&lt;script&gt;x()&lt;/script&gt;</p><p>Mere</p>"


def test_entry_that_fails_is_put_aside_and_the_others_are_taken(venue: VenuePage):
    source = make_source(venue)
    store_reading(source, Imported(events=(event(), event(uid="2")), entries=2), now=NOW)
    sources.approve_source(
        source, publish=True, default_type="meal", category_types={}, when_gone="cancel", now=NOW
    )
    source.entries.filter(uid="1").update(wanted={"uid": "1"})

    sources.take_in(source, now=NOW)

    assert sorted(source.entries.values_list("uid", "state", "problem")) == [
        ("1", "refused", "failed"),
        ("2", "taken", ""),
    ]


def test_lot_stops_in_time_and_goes_on_later(venue: VenuePage):
    source = make_source(venue)
    store_reading(
        source, Imported(events=(event(), event(uid="2", title="Banko")), entries=2), now=NOW
    )
    sources.approve_source(
        source, publish=True, default_type="meal", category_types={}, when_gone="cancel", now=NOW
    )

    left = sources.take_in(source, now=NOW, seconds=-1)
    at_work = sources.left_halfway(now=NOW)
    halfway = sources.left_halfway(now=NOW + dt.timedelta(minutes=3))
    done = sources.take_in(source, now=NOW)

    assert (left, at_work, halfway, done) == (2, [], [source.pk], 0)
    assert sources.left_halfway(now=NOW + dt.timedelta(minutes=6)) == []


def test_calendar_is_due_once_for_one_caller(venue: VenuePage):
    source = make_source(venue, approved_at=NOW, next_fetch_at=NOW)
    make_source(venue, name="Paused", approved_at=NOW, next_fetch_at=NOW, active=False)
    make_source(venue, name="Not yet", approved_at=NOW, next_fetch_at=NOW + dt.timedelta(minutes=1))
    make_source(venue, name="Only looked at", next_fetch_at=NOW)

    assert (sources.claim_due(now=NOW), sources.claim_due(now=NOW)) == ([source.pk], [])


def test_three_failures_tell_the_venue_once_and_keep_what_was_good(venue: VenuePage):
    make_user("leder@fristed.example", role=Role.VENUE_LEADER, venue=venue)
    make_user("frivillig@fristed.example", role=Role.VOLUNTEER, venue=venue)
    pauses = []
    with far_away() as other:
        source = make_source(venue, url=other.url("/hemmelig.ics"))
        take_in(source, [event()])
        for _ in range(4):
            sources.follow_source(source, now=NOW, gate=other.gate)
            pauses.append((source.next_fetch_at - NOW) // dt.timedelta(minutes=1))

    assert (source.failures, source.last_problem, source.ailing) == (4, "missing", True)
    assert pauses == [30, 60, 120, 240]
    [alarm] = OutgoingMail.objects.all()
    assert (alarm.to, alarm.purpose) == ("leder@fristed.example", "calendar_unread")
    assert "hemmelig" not in alarm.text
    assert dates(ActivityPage.objects.get()) == [("20260303T173000", "planned")]


def test_address_is_shown_without_its_secret_part(venue: VenuePage):
    source = make_source(venue, url="https://kalender.example/privat/4711.ics?token=x")

    assert source.shown_address == "kalender.example/…"

"""A page of an issue as plain content: the calendar fills its lists in."""

import datetime as dt

import pytest

from activities.models import Occurrence
from newsletter.content import archived_content, content_of
from newsletter.domain.content import Block, BlockKind, Entry
from newsletter.entries import entries_by_id
from tests.factories.activities import (
    make_activity,
    make_change,
    make_schedule,
    make_shared_event,
)
from tests.factories.directory import make_district, make_venue
from tests.factories.issues import (
    activities_block,
    make_issue,
    make_newsletters,
    shared_block,
    text_block,
)

NOW = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)  # a Monday
TUESDAY = dt.date(2027, 3, 2)


@pytest.fixture
def index(home):
    return make_newsletters(home.home)


def told(page, **kwargs):
    """Return day and title of every date the issue tells of."""
    found = content_of(page, now=kwargs.get("now", NOW)).entries
    return [(entry.day.isoformat(), entry.title) for entry in found]


def weekly(title, venue, first_on=TUESDAY, **fields):
    return make_activity(venue, title, schedules=[make_schedule(first_on)], **fields)


def test_a_date_is_told_with_time_place_price_and_whom_it_concerns(index):
    district = make_district("Midtbyen")
    venue = make_venue("Perlen", district=district, street="Havnegade 12")
    activity = weekly("Suppe", venue, price_type="fixed", price=2500)
    issue = make_issue(index, "Nyt", activities_block(period="7"))

    assert content_of(issue, now=NOW).entries == (
        Entry(
            occurrence_id=Occurrence.objects.get(local_date=TUESDAY).pk,
            activity_id=activity.pk,
            venue_ids=frozenset({venue.pk}),
            district_ids=frozenset({district.pk}),
            starts_at=dt.datetime(2027, 3, 2, 16, 30, tzinfo=dt.UTC),
            day=TUESDAY,
            when="kl. 17.30–19.30",
            title="Suppe",
            place="Perlen, Havnegade 12",
            url="https://fristed.example/steder/perlen/suppe/#2027-03-02",
            tags=("25 kr.",),
        ),
    )


def test_the_period_is_counted_from_the_day_it_is_sent(index):
    weekly("Suppe", make_venue())
    issue = make_issue(index, "Nyt", activities_block(period="14"))

    assert told(issue) == [("2027-03-02", "Suppe"), ("2027-03-09", "Suppe")]
    assert told(issue, now=NOW + dt.timedelta(days=7)) == [
        ("2027-03-09", "Suppe"),
        ("2027-03-16", "Suppe"),
    ]


def test_what_is_over_when_it_is_sent_is_not_told(index):
    weekly("Suppe", make_venue())
    issue = make_issue(index, "Nyt", activities_block(period="7"))

    assert told(issue, now=dt.datetime(2027, 3, 2, 18, 29, tzinfo=dt.UTC)) == [
        ("2027-03-02", "Suppe")
    ]
    assert told(issue, now=dt.datetime(2027, 3, 2, 18, 30, tzinfo=dt.UTC)) == []


def test_a_period_of_two_days_is_the_same_whenever_it_is_sent(index):
    weekly("Suppe", make_venue())
    days = {"period": "dates", "first": "2027-03-09", "last": "2027-03-16"}
    issue = make_issue(index, "Nyt", activities_block(**days))

    assert told(issue) == [("2027-03-09", "Suppe"), ("2027-03-16", "Suppe")]


def test_a_list_is_about_the_venues_and_kinds_it_names_and_is_no_longer_than_it_may(index):
    perlen, stuen = make_venue("Perlen"), make_venue("Stuen")
    weekly("Suppe", perlen, activity_type="meal")
    weekly("Maleri", perlen, activity_type="creative")
    weekly("Sang", stuen, activity_type="creative")
    at_perlen = activities_block(period="7", venues=[perlen.pk])
    creative = activities_block(period="7", types=["creative"])
    one = activities_block(period="14", most=1)

    lists = [
        make_issue(index, name, part)
        for name, part in zip("abc", (at_perlen, creative, one), strict=True)
    ]

    assert [sorted(title for _day, title in told(issue)) for issue in lists] == [
        ["Maleri", "Suppe"],
        ["Maleri", "Sang"],
        ["Suppe"],
    ]


def test_without_the_tick_only_what_is_out_of_the_ordinary_is_told(index):
    venue = make_venue()
    weekly("Suppe", venue)
    weekly("Tur til havet", venue, kind="varying")

    issue = make_issue(index, "Nyt", activities_block(period="7", fixed_too=False))

    assert told(issue) == [("2027-03-02", "Tur til havet")]


def test_shared_events_concern_all_who_hold_them(home, index):
    one, other = make_venue("Perlen"), make_venue("Stuen", district=make_district("Nordby"))
    make_shared_event(home.shared, one, other, schedules=[make_schedule(TUESDAY)])
    weekly("Suppe", one)

    issue = make_issue(index, "Nyt", shared_block(period="7"))

    (entry,) = content_of(issue, now=NOW).entries
    assert entry.title == "Sommerfest"
    assert entry.venue_ids == {one.pk, other.pk}
    assert entry.district_ids == {other.district_id}
    assert "Fælles" in entry.tags


def test_a_cancelled_date_says_why_and_when_it_is_on_next(index):
    activity = weekly("Suppe", make_venue())
    make_change(activity, dt.datetime(2027, 3, 2, 17, 30), reason="kokken er syg")
    issue = make_issue(index, "Nyt", activities_block(period="7"))

    (entry,) = content_of(issue, now=NOW).entries

    assert entry.cancelled
    assert entry.tags == ()
    assert entry.reason == "Kokken er syg. Næste gang er tirsdag den 9. marts."


def test_a_moved_date_names_both_times_and_never_says_today(index):
    activity = weekly("Suppe", make_venue())
    make_change(
        activity,
        dt.datetime(2027, 3, 2, 17, 30),
        "moved",
        starts_on=TUESDAY,
        starts_at=dt.time(12),
        ends_at=dt.time(14),
    )
    issue = make_issue(index, "Nyt", activities_block(period="7"))

    (entry,) = content_of(issue, now=dt.datetime(2027, 3, 2, 8, tzinfo=dt.UTC)).entries

    assert entry.when == "kl. 12–14"
    assert entry.moved == ("Flyttet fra kl. 17.30 til kl. 12 tirsdag den 2. marts. Samme sted.")


def test_a_secret_address_has_no_district(index):
    district = make_district("Midtbyen")
    venue = make_venue("Krisecenteret", address_public=False)
    type(venue).objects.filter(pk=venue.pk).update(district=district)
    weekly("Suppe", venue)
    issue = make_issue(index, "Nyt", activities_block(period="7"))

    (entry,) = content_of(issue, now=NOW).entries

    assert (entry.place, entry.district_ids) == ("Krisecenteret", frozenset())


def test_a_draft_or_hidden_activity_is_in_no_list(index):
    venue = make_venue()
    weekly("Kladde", venue, live=False)
    issue = make_issue(index, "Nyt", activities_block(period="7"))

    assert told(issue) == []


def test_a_list_whose_only_venue_is_gone_is_empty_and_not_about_everybody(index):
    gone = make_venue("Lukket sted")
    weekly("Suppe", make_venue("Perlen"))
    block = activities_block(period="7", venues=[gone.pk])
    issue = make_issue(index, "Nyt", block)
    gone.delete()

    assert told(type(issue).objects.get(pk=issue.pk)) == []


def test_words_have_whole_links_in_html_and_in_plain_text(index):
    venue = make_venue("Perlen")
    link = f'<p>Kom til <a linktype="page" id="{venue.pk}">Perlen</a>.</p>'
    issue = make_issue(index, "Nyt", text_block(link, "Ved havnen"))

    url = "https://fristed.example/steder/perlen/"
    assert content_of(issue, now=NOW).blocks == (
        Block(
            BlockKind.TEXT,
            heading="Ved havnen",
            html=f'<p>Kom til <a href="{url}">Perlen</a>.</p>',
            text=f"Kom til Perlen ({url}).",
        ),
    )


def test_the_archive_keeps_the_dates_of_the_time_it_came_out(index):
    weekly("Suppe", make_venue())
    issue = make_issue(index, "Nyt", activities_block(period="7"), first_published_at=NOW)

    later = archived_content(issue, now=NOW + dt.timedelta(days=90))

    assert [entry.day for entry in later.entries] == [TUESDAY]


def test_dates_are_read_again_by_their_ids_and_those_that_went_are_missing(index):
    weekly("Suppe", make_venue())
    first = Occurrence.objects.get(local_date=TUESDAY)

    found = entries_by_id([first.pk, 999_999], now=NOW)

    assert {pk: entry.title for pk, entry in found.items()} == {first.pk: "Suppe"}


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_costs_the_same_however_long_it_is(index, many, django_assert_max_num_queries):
    venue = make_venue()
    for number in range(many):
        weekly(f"Suppe {number}", venue)
    issue = type(make_issue(index, "Nyt", activities_block(period="7"))).objects.get()

    with django_assert_max_num_queries(8):
        found = content_of(issue, now=NOW)

    assert len(found.entries) == many


def test_an_event_in_the_list_of_shared_events_is_not_told_twice(home, index):
    one, other = make_venue("Perlen"), make_venue("Stuen")
    make_shared_event(home.shared, one, other, schedules=[make_schedule(TUESDAY)])
    weekly("Suppe", one)
    issue = make_issue(index, "Nyt", activities_block(period="7"), shared_block(period="7"))

    found = content_of(issue, now=NOW).blocks

    assert [[entry.title for entry in block.entries] for block in found] == [
        ["Suppe"],
        ["Sommerfest"],
    ]

"""Another time from a date on: what did not change keeps its id, its links and its changes."""

import datetime as dt

import pytest

from activities.actions import (
    change_from,
    first_of_series,
    record_change,
    refresh_activity,
    undo_batch,
)
from activities.domain.rules import RuleError
from activities.models import ActivityPage, CalendarEntry, Occurrence
from activities.taxonomy import ChangeKind
from tests.factories.activities import make_activity, make_schedule
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
THIRD, TENTH, SEVENTEENTH = (dt.datetime(2026, 3, day, 17, 30) for day in (3, 10, 17))
LATER = {"starts": dt.time(18), "ends": dt.time(20)}


@pytest.fixture
def activity(home):
    """Tuesdays 17.30 to 19.30, 3 to 31 March 2026."""
    plan = [make_schedule(until_on=dt.date(2026, 3, 31))]
    page = make_activity(make_venue(), schedules=plan, refresh=False)
    page.save_revision().publish()
    refresh_activity(page.pk, now=NOW)
    return ActivityPage.objects.get(pk=page.pk)


def dates(activity):
    rows = Occurrence.objects.filter(activity=activity).order_by("starts_at")
    return [(row.pk, row.recurrence_id, row.status) for row in rows]


def plan(page):
    rows = page.schedules.get_object_list()
    return [(f"{row.starts:%H.%M}", row.first_on.day, row.until_on.day) for row in rows]


def test_dates_before_the_change_keep_id_and_address_and_later_ones_their_id(activity):
    before = dates(activity)

    change_from(activity, SEVENTEENTH, **LATER, now=NOW)

    after = dates(activity)
    assert after[:2] == before[:2]
    assert [row[0] for row in after] == [row[0] for row in before]
    assert [row[1] for row in after[2:]] == [f"202603{day}T180000" for day in (17, 24, 31)]
    assert plan(ActivityPage.objects.get(pk=activity.pk)) == [("17.30", 3, 16), ("18.00", 17, 31)]


def test_changes_of_single_dates_hold_on_both_sides_of_the_change(activity):
    record_change(activity, ChangeKind.CANCELLED, original=TENTH, reason="Sygdom", now=NOW)
    twenty_fourth = dt.datetime(2026, 3, 24, 17, 30)
    record_change(activity, ChangeKind.NOTE, original=twenty_fourth, note="Tag kage med", now=NOW)

    change_from(activity, SEVENTEENTH, **LATER, now=NOW)

    rows = Occurrence.objects.filter(activity=activity).order_by("starts_at")
    assert [(row.status, row.reason, row.note) for row in rows] == [
        ("planned", "", ""),
        ("cancelled", "Sygdom", ""),
        ("planned", "", ""),
        ("planned", "", "Tag kage med"),
        ("planned", "", ""),
    ]


def test_the_first_series_keeps_its_uid_in_calendars(activity):
    before = CalendarEntry.objects.get(pk=activity.pk).ical

    change_from(activity, SEVENTEENTH, **LATER, now=NOW)

    after = CalendarEntry.objects.get(pk=activity.pk).ical
    uids = [line for line in after.splitlines() if line.startswith("UID:")]
    first = next(line for line in before.splitlines() if line.startswith("UID:"))
    assert (uids[0], len(set(uids))) == (first, 2)


def test_a_change_from_the_first_date_on_changes_the_line_itself(activity):
    change_from(activity, THIRD, **LATER, now=NOW)

    assert plan(ActivityPage.objects.get(pk=activity.pk)) == [("18.00", 3, 31)]


def test_a_draft_that_waits_gets_the_change_and_is_not_published(activity):
    activity.title = "Fællesspisning med gæster"
    activity.save_revision()

    change_from(ActivityPage.objects.get(pk=activity.pk), SEVENTEENTH, **LATER, now=NOW)

    live = ActivityPage.objects.get(pk=activity.pk)
    draft = live.get_latest_revision_as_object()
    assert (live.title, draft.title) == ("Fællesspisning", "Fællesspisning med gæster")
    assert plan(live) == plan(draft) == [("17.30", 3, 16), ("18.00", 17, 31)]


@pytest.mark.parametrize("original", [THIRD, SEVENTEENTH], ids=["whole line", "part"])
def test_a_new_time_is_taken_back_and_every_date_is_as_it_was(activity, original):
    record_change(activity, ChangeKind.CANCELLED, original=SEVENTEENTH, now=NOW)
    before = dates(activity)
    batch = change_from(activity, original, **LATER, now=NOW)

    undo_batch(batch, now=NOW)

    assert dates(activity) == before
    assert plan(ActivityPage.objects.get(pk=activity.pk)) == [("17.30", 3, 31)]


def test_a_line_rewritten_meanwhile_stays_as_somebody_left_it(activity):
    batch = change_from(activity, SEVENTEENTH, **LATER, now=NOW)
    page = ActivityPage.objects.get(pk=activity.pk)
    rows = list(page.schedules.all())
    rows[1].starts = dt.time(19)
    page.schedules = rows
    page.save_revision().publish()

    undo_batch(batch, now=NOW)

    assert plan(ActivityPage.objects.get(pk=activity.pk)) == [("17.30", 3, 16), ("19.00", 17, 31)]


def test_all_of_a_series_begins_with_its_next_date(activity):
    page = ActivityPage.objects.get(pk=activity.pk)
    later = dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC)

    assert first_of_series(page, SEVENTEENTH, now=later) == TENTH


def test_a_date_the_plan_does_not_give_is_refused(activity):
    with pytest.raises(RuleError) as refused:
        change_from(activity, dt.datetime(2026, 3, 18, 17, 30), **LATER, now=NOW)

    assert refused.value.code == "no_original"


@pytest.mark.parametrize(
    "edit",
    [
        {"title": "Suppe og snak"},
        {"summary": "Vi spiser suppe."},
        {"until_on": dt.date(2026, 4, 28)},
        {"ends": dt.time(20)},
    ],
    ids=["title", "summary", "longer", "ends later"],
)
def test_an_edit_in_the_editor_keeps_ids_links_and_changes_of_dates_that_hold(activity, edit):
    record_change(activity, ChangeKind.CANCELLED, original=TENTH, reason="Sygdom", now=NOW)
    before = dates(activity)

    (row,) = activity.schedules.get_object_list()
    for name, value in edit.items():
        setattr(row if hasattr(row, name) else activity, name, value)
    activity.schedules = [row]
    activity.save_revision().publish()
    refresh_activity(activity.pk, now=NOW)

    assert dates(activity)[:5] == before


def test_taking_a_new_time_back_leaves_the_end_an_editor_gave_the_line(activity):
    batch = change_from(activity, THIRD, starts=dt.time(18), ends=dt.time(20), now=NOW)
    activity.schedules.update(until_on=dt.date(2026, 3, 10))

    undo_batch(batch, now=NOW)

    line = ActivityPage.objects.get(pk=activity.pk).schedules.get()
    assert (line.starts, line.until_on) == (dt.time(17, 30), dt.date(2026, 3, 10))

import datetime as dt

import pytest
from wagtail.models import PageLogEntry

from activities.actions import cancel_dates, record_change, refresh_activity, undo_change
from activities.date_rows import ONE, Undo, date_rows
from activities.domain.recurrence import local_to_utc
from activities.domain.rules import RuleError
from activities.models import CalendarEntry, Occurrence, OccurrenceChange
from activities.taxonomy import ChangeKind
from core.models import ContentVersion
from core.wording import date_text
from directory.permissions import Rights
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import make_user
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
THIRD, TENTH, SEVENTEENTH = (dt.datetime(2026, 3, day, 17, 30) for day in (3, 10, 17))


@pytest.fixture
def activity(home):
    """Tuesdays 17.30 to 19.30, 3 to 24 March 2026."""
    plan = [make_schedule(until_on=dt.date(2026, 3, 24))]
    page = make_activity(make_venue(), schedules=plan, refresh=False)
    refresh_activity(page.pk, now=NOW)
    return page


def statuses(activity):
    rows = Occurrence.objects.filter(activity=activity).order_by("starts_at")
    return [f"{row.local_date:%d} {row.status}" for row in rows]


def history(activity):
    entries = PageLogEntry.objects.filter(page=activity, action__startswith="fristed.")
    return [(entry.action, entry.data, entry.user) for entry in entries.order_by("pk")]


def test_a_cancellation_is_seen_at_once_and_told_in_the_history(activity):
    user = make_user()
    version, _ = ContentVersion.current()

    change = record_change(
        activity, ChangeKind.CANCELLED, original=TENTH, reason="Sygdom", by=user, now=NOW
    )

    assert statuses(activity) == ["03 planned", "10 cancelled", "17 planned", "24 planned"]
    assert (change.reason, change.created_by) == ("Sygdom", user)
    told = {"kind": "cancelled", "day": "2026-03-10", "reason": "Sygdom", "change": change.pk}
    assert history(activity) == [("fristed.change_recorded", told, user)]
    assert "STATUS:CANCELLED" in CalendarEntry.objects.get(pk=activity.pk).ical
    assert ContentVersion.current()[0] > version


def test_taking_a_cancellation_back_keeps_it_in_the_log(activity):
    change = record_change(activity, ChangeKind.CANCELLED, original=TENTH, now=NOW)

    first = undo_change(change, now=NOW)
    second = undo_change(change, now=NOW)

    assert (first, second) == (True, False)
    assert statuses(activity) == ["03 planned", "10 planned", "17 planned", "24 planned"]
    assert OccurrenceChange.objects.get().undone_at == NOW
    assert [row[0] for row in history(activity)] == [
        "fristed.change_recorded",
        "fristed.change_undone",
    ]


def test_the_history_says_which_day_was_changed(activity):
    record_change(activity, ChangeKind.CANCELLED, original=TENTH, now=NOW)

    entry = PageLogEntry.objects.get(page=activity, action="fristed.change_recorded")
    assert date_text(TENTH.date()) in entry.message


def test_a_moved_date_that_is_cancelled_is_told_where_people_expect_it(activity):
    record_change(
        activity,
        ChangeKind.MOVED,
        original=TENTH,
        starts=dt.datetime(2026, 3, 12, 15),
        ends=dt.datetime(2026, 3, 12, 17),
        now=NOW,
    )
    moved = statuses(activity)

    cancelled = record_change(activity, ChangeKind.CANCELLED, original=TENTH, now=NOW)
    both = statuses(activity)
    undo_change(cancelled, now=NOW)

    assert moved == ["03 planned", "12 moved", "17 planned", "24 planned"]
    assert both == ["03 planned", "12 cancelled", "17 planned", "24 planned"]
    assert statuses(activity) == moved


def test_moving_again_takes_the_place_of_the_first_move(activity):
    for day in (11, 12):
        record_change(
            activity,
            ChangeKind.MOVED,
            original=TENTH,
            starts=dt.datetime(2026, 3, day, 15),
            ends=dt.datetime(2026, 3, day, 17),
            now=NOW,
        )

    assert statuses(activity)[1] == "12 moved"
    assert OccurrenceChange.objects.filter(undone_at__isnull=True).count() == 1


def test_an_extra_date_comes_and_goes(activity):
    extra = record_change(
        activity,
        ChangeKind.EXTRA,
        starts=dt.datetime(2026, 3, 5, 10),
        ends=dt.datetime(2026, 3, 5, 12),
        now=NOW,
    )
    added = statuses(activity)

    undo_change(extra, now=NOW)

    assert added == ["03 planned", "05 extra", "10 planned", "17 planned", "24 planned"]
    assert statuses(activity) == ["03 planned", "10 planned", "17 planned", "24 planned"]


def test_an_extra_date_is_cancelled_without_the_planned_one_of_its_day(activity):
    times = {"starts": TENTH.replace(hour=10, minute=0), "ends": TENTH.replace(hour=12)}
    record_change(activity, ChangeKind.EXTRA, now=NOW, **times)

    record_change(activity, ChangeKind.CANCELLED, original=times["starts"], now=NOW)
    activity.schedules.update(starts=dt.time(18), ends=dt.time(20))
    refresh_activity(activity.pk, now=NOW)

    rows = Occurrence.objects.filter(activity=activity, local_date=TENTH.date())
    assert list(rows.order_by("starts_at").values_list("recurrence_id", "status")) == [
        ("20260310T100000", "cancelled"),
        ("20260310T180000", "planned"),
    ]


@pytest.mark.parametrize("starts", [TENTH, TENTH.replace(hour=10)])
def test_an_extra_date_can_be_cancelled_and_added_again(activity, starts):
    """Also one that stands in the place of a cancelled date of the plan."""
    record_change(activity, ChangeKind.CANCELLED, original=TENTH, now=NOW)
    times = {"starts": starts, "ends": starts + dt.timedelta(hours=2)}
    told = []

    def tell():
        told.append(Occurrence.objects.get(activity=activity, starts_at=local_to_utc(starts)))

    record_change(activity, ChangeKind.EXTRA, now=NOW, **times)
    tell()
    record_change(activity, ChangeKind.CANCELLED, original=told[0].original, now=NOW)
    tell()
    record_change(activity, ChangeKind.EXTRA, now=NOW, **times)
    tell()

    assert [date.status for date in told] == ["extra", "cancelled", "extra"]


def test_an_extra_date_in_place_of_a_cancelled_one_has_its_way_back(activity):
    times = {"starts": TENTH, "ends": TENTH + dt.timedelta(hours=2)}
    record_change(activity, ChangeKind.CANCELLED, original=TENTH, now=NOW)
    extra = record_change(activity, ChangeKind.EXTRA, now=NOW, **times)

    rows = date_rows(Occurrence.objects.filter(local_date=TENTH.date()), Rights(), now=NOW)

    assert [(row.change_kind, row.undo) for row in rows] == [("extra", Undo(ONE, extra.pk))]


def test_a_note_leaves_the_date_as_planned(activity):
    record_change(activity, ChangeKind.NOTE, original=TENTH, note="Tag madkurv med", now=NOW)

    row = Occurrence.objects.get(activity=activity, recurrence_id="20260310T173000")
    assert (row.status, row.note) == ("planned", "Tag madkurv med")


def test_several_dates_are_cancelled_at_once(activity):
    record_change(activity, ChangeKind.CANCELLED, original=TENTH, reason="Sygdom", now=NOW)

    rows = cancel_dates(activity, [THIRD, TENTH, SEVENTEENTH], reason="Lukket", now=NOW)

    assert [row.original_on for row in rows] == [THIRD.date(), SEVENTEENTH.date()]
    assert statuses(activity) == ["03 cancelled", "10 cancelled", "17 cancelled", "24 planned"]
    assert Occurrence.objects.get(local_date=TENTH.date()).reason == "Sygdom"


@pytest.mark.parametrize(
    ("kind", "times", "code"),
    [
        (ChangeKind.CANCELLED, {"original": dt.datetime(2026, 3, 11, 17, 30)}, "no_original"),
        (ChangeKind.CANCELLED, {}, "no_original"),
        (ChangeKind.MOVED, {"original": TENTH}, "no_start"),
        (ChangeKind.MOVED, {"original": TENTH, "starts": THIRD}, "no_end"),
        (ChangeKind.EXTRA, {}, "no_start"),
        (ChangeKind.EXTRA, {"starts": THIRD}, "no_end"),
        (ChangeKind.EXTRA, {"starts": TENTH, "ends": THIRD}, "ends_before_start"),
    ],
)
def test_a_change_that_cannot_be_is_refused(activity, kind, times, code):
    with pytest.raises(RuleError) as refused:
        record_change(activity, kind, now=NOW, **times)

    assert refused.value.code == code
    assert OccurrenceChange.objects.count() == 0


def test_publishing_an_older_draft_does_not_undo_a_cancellation(activity):
    older = activity.save_revision()
    record_change(activity, ChangeKind.CANCELLED, original=TENTH, now=NOW)

    older.publish()

    assert statuses(activity)[1] == "10 cancelled"

"""From a sheet to pages, a second time without a change, and back."""

import datetime as dt

import pytest
from django.db import OperationalError

from activities.actions import record_change
from activities.actions.sheets import do_lot, drop_unused, start_undo
from activities.models import ActivityPage, Occurrence, SheetImport, Tombstone
from activities.taxonomy import ActivityType, ChangeKind
from directory.models import VenuePage
from directory.taxonomy import Role, VenueType
from tests.activities.sheets.conftest import MONDAY
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import make_user
from tests.factories.directory import clock, make_venue

VENUE = {
    "title": "Ærø Hus",
    "venue_type": VenueType.DROP_IN_CENTRE.label,
    "summary": "Kaffe og god tid.",
    "street": "Ågade 4",
    "postal_code": 9999,
    "city": "Eksempelby",
    "phone": "+45 12 34 56 78",
    "target_groups": "Ensomhed, Hjemløshed",
    "description": "Første linje.\nAnden linje.",
}
SOUP = {
    "venue": "Perlen",
    "title": "Suppeaften",
    "activity_type": ActivityType.MEAL.label,
    "summary": "Vi spiser suppe.",
    "days": "tirsdag",
    "starts": "17.30",
    "ends": "19.30",
    "price": 25,
}


def undo(kept, by):
    assert start_undo(kept, by=by, now=MONDAY)
    while do_lot(kept.pk, now=MONDAY):
        pass
    kept.refresh_from_db()
    return kept.counts()


def test_a_venue_is_made_public_from_one_row(run):
    kept = run("venues", VENUE)

    page = VenuePage.objects.get()
    assert (kept.state, kept.counts()) == ("done", {"create": 1, "applied": 1})
    assert (page.slug, page.live, page.first_published_at) == ("aeroe-hus", True, MONDAY)
    assert (page.phone, page.postal_code) == ("+45 12 34 56 78", "9999")
    assert page.description == "<p>Første linje.</p><p>Anden linje.</p>"
    assert {group.code for group in page.target_groups.all()} == {"loneliness", "homelessness"}
    assert page.latest_revision_id == page.live_revision_id is not None
    assert list(VenuePage.objects.public()) == [page]


def test_the_same_sheet_again_changes_nothing(run, home):
    make_venue()
    times = SOUP | {"days": "torsdag", "title": "Suppeaften"}
    week = {"venue": "Perlen", "days": "mandag-fredag", "opens": 9, "closes": "16.30"}
    sheets = [("venues", VENUE), ("activities", SOUP, times), ("hours", week)]
    for each in sheets:
        run(*each)

    again = [run(*each).counts() for each in sheets]

    assert again == [{"same": 1}, {"same": 1}, {"same": 1}]


def test_an_activity_with_two_times_gets_its_dates(run):
    venue = make_venue()

    run(
        "activities",
        SOUP,
        {"venue": "perlen", "title": "suppeaften", "days": "to", "starts": 12, "ends": 13},
    )

    page = ActivityPage.objects.get()
    first = list(Occurrence.objects.public().values_list("local_date", flat=True)[:2])
    assert (page.get_parent().pk, page.slug, page.price) == (venue.pk, "suppeaften", 2500)
    assert first == [dt.date(2026, 3, 3), dt.date(2026, 3, 5)]


def test_a_changed_row_changes_that_and_keeps_the_line_and_its_dates(run):
    page = make_activity(make_venue(), "Suppeaften")
    ids = list(page.occurrences.values_list("pk", flat=True))
    key = page.schedules.get().key

    kept = run(
        "activities",
        {
            "venue": "Perlen",
            "title": "Suppeaften",
            "price": "20-40",
            "days": "tirsdag",
            "starts": "17.30",
            "ends": "19.30",
        },
    )

    page = ActivityPage.objects.get()
    assert [row.differences[0]["new"] for row in kept.rows.all()] == ["20-40 kr."]
    assert (page.price, page.price_max, page.schedules.get().key) == (2000, 4000, key)
    assert list(page.occurrences.values_list("pk", flat=True)) == ids


def test_hours_of_a_venue_are_replaced_as_a_week(run):
    venue = make_venue(hours=[(0, "10.00", "16.00"), (1, "10.00", "16.00")])

    kept = run("hours", {"venue": "Perlen", "days": "mandag", "opens": "9", "closes": "16"})

    rows = VenuePage.objects.get(pk=venue.pk).opening_hours.all()
    assert [(row.weekday, row.opens) for row in rows] == [(0, clock("9.00"))]
    assert kept.rows.get().differences[0]["old"] == "mandag 10–16; tirsdag 10–16"


def test_an_import_is_taken_back_whole(run, admin):
    venue = make_venue(
        hours=[(0, "10.00", "16.00")], summary="Før", description="<p><b>Før</b></p>"
    )
    old = make_activity(venue, "Kaffe", price_type="fixed", price=500)
    first = run("venues", VENUE, {"title": "Perlen", "summary": "Efter", "description": "Ny"})
    second = run("activities", SOUP, {"venue": "Perlen", "title": "Kaffe", "price": "gratis"})
    third = run("hours", {"venue": "Perlen", "days": "ti", "opens": "9", "closes": "16"})

    counts = [undo(each, admin) for each in (third, second, first)]

    venue = VenuePage.objects.get()
    old.refresh_from_db()
    assert counts == [
        {"change": 1, "undone": 1},
        {"create": 1, "change": 1, "undone": 2},
        {"create": 1, "change": 1, "undone": 2},
    ]
    assert (venue.summary, venue.description) == ("Før", "<p><b>Før</b></p>")
    assert [row.weekday for row in venue.opening_hours.all()] == [0]
    assert [(page.title, page.price_type, page.price) for page in ActivityPage.objects.all()] == [
        ("Kaffe", "fixed", 500)
    ]
    assert Tombstone.objects.filter(url_path__endswith="/suppeaften/").exists()


def test_what_somebody_has_changed_since_is_kept_and_told(run, admin):
    make_venue()
    rows = [SOUP | {"title": title} for title in ("A", "B", "C", "D")]
    kept = run("activities", *rows)
    a, b, c = (ActivityPage.objects.get(title=title) for title in "ABC")
    a.summary = "Rettet"
    a.save_revision().publish()
    b.save_revision()
    record_change(c, ChangeKind.CANCELLED, original=dt.datetime(2026, 3, 3, 17, 30), now=MONDAY)

    counts = undo(kept, admin)

    assert counts == {"create": 4, "kept": 3, "undone": 1}
    assert all(row.problem for row in kept.rows.filter(state="kept"))
    assert sorted(ActivityPage.objects.values_list("title", flat=True)) == ["A", "B", "C"]


def test_taking_back_has_an_end(run, admin):
    kept = run("venues", VENUE)

    later = MONDAY + dt.timedelta(days=31)

    assert start_undo(kept, by=admin, now=later) is False


def test_a_page_that_came_meanwhile_is_not_made_twice(sheet, run, admin, monkeypatch):
    make_venue()
    monkeypatch.setattr("tests.activities.sheets.conftest.start_import", lambda kept, now: None)
    kept = run("activities", SOUP)
    make_activity(VenuePage.objects.get(), "Suppeaften")
    SheetImport.objects.update(state="running")

    while do_lot(kept.pk, now=MONDAY):
        pass

    assert (ActivityPage.objects.count(), kept.counts()) == (1, {"create": 1, "failed": 1})


def test_somebody_who_lost_their_role_imports_nothing_more(run, monkeypatch):
    venue = make_venue()
    editor = make_user(role=Role.EDITOR, venue=venue)
    monkeypatch.setattr("tests.activities.sheets.conftest.start_import", lambda kept, now: None)
    kept = run("activities", SOUP, by=editor)
    editor.memberships.all().delete()
    SheetImport.objects.update(state="running")

    while do_lot(kept.pk, now=MONDAY):
        pass

    assert (ActivityPage.objects.count(), kept.counts()) == (0, {"create": 1, "failed": 1})


def test_a_lot_is_short_and_the_next_goes_on_where_it_stopped(run, monkeypatch):
    make_venue()
    monkeypatch.setattr("activities.actions.sheets.LOT_ROWS", 2)
    calls = []
    monkeypatch.setattr(
        "tests.activities.sheets.conftest.do_lot",
        lambda pk, now: calls.append(ActivityPage.objects.count()) or do_lot(pk, now=now),
    )

    run("activities", *[SOUP | {"title": f"Nr. {number}"} for number in range(5)])

    assert calls == [0, 2, 4, 5]


def test_sheets_that_were_never_imported_go_away(run, admin, monkeypatch):
    monkeypatch.setattr("tests.activities.sheets.conftest.start_import", lambda kept, now: None)
    for _ in range(5):
        run("venues", VENUE)
    kept = SheetImport.objects.count()

    gone = drop_unused(before=MONDAY + dt.timedelta(seconds=1))

    assert (kept, gone, SheetImport.objects.count()) == (3, 3, 0)


def test_an_old_end_stays_when_the_cell_is_empty(run):
    plan = make_schedule(until_on=dt.date(2026, 6, 30))
    make_activity(make_venue(), "Suppeaften", schedules=[plan])

    kept = run(
        "activities",
        {
            "venue": "Perlen",
            "title": "Suppeaften",
            "days": "tirsdag",
            "starts": "17.30",
            "ends": "19.30",
        },
    )

    assert kept.counts() == {"same": 1}


def test_changed_times_go_on_from_the_lines_of_their_own_weekdays(run):
    ends_in_june = make_schedule(until_on=dt.date(2026, 6, 30))
    goes_on = make_schedule(dt.date(2026, 3, 5), key="plan2")
    make_activity(make_venue(), "Suppeaften", schedules=[ends_in_june, goes_on])
    row = {"venue": "Perlen", "title": "Suppeaften", "starts": "18", "ends": "20"}

    run("activities", row | {"days": "torsdag"}, row | {"days": "tirsdag"})

    plan = ActivityPage.objects.get().schedules.order_by("key")
    assert list(plan.values_list("key", "weekdays", "starts", "until_on")) == [
        ("plan1", [1], dt.time(18), dt.date(2026, 6, 30)),
        ("plan2", [3], dt.time(18), None),
    ]


def test_an_end_before_the_first_time_that_is_stored_is_refused(run):
    plan = make_schedule(dt.date(2026, 9, 1))
    make_activity(make_venue(), "Suppeaften", schedules=[plan])

    kept = run("activities", SOUP | {"until_on": "30.6.2026"})

    assert kept.counts() == {"refuse": 1}


def test_a_busy_database_undoes_the_lot_and_loses_no_row(run, monkeypatch):
    make_venue()
    monkeypatch.setattr("tests.activities.sheets.conftest.start_import", lambda kept, now: None)
    kept = run("activities", SOUP)
    SheetImport.objects.update(state="running")

    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr("activities.actions.sheets.refresh_activity", locked)
        with pytest.raises(OperationalError):
            do_lot(kept.pk, now=MONDAY)
    waiting = kept.counts()
    do_lot(kept.pk, now=MONDAY)

    assert (waiting, kept.counts()) == ({"create": 1, "waiting": 1}, {"create": 1, "applied": 1})


def test_a_new_venue_that_others_refer_to_is_kept(run, admin):
    kept = run("venues", VENUE, VENUE | {"title": "Hjørnet"}, VENUE | {"title": "Frit"})
    hus, corner = (VenuePage.objects.get(title=title) for title in ("Ærø Hus", "Hjørnet"))
    make_user(role=Role.EDITOR, venue=hus)
    make_venue("Perlen", instead=corner)

    counts = undo(kept, admin)

    assert counts == {"create": 3, "kept": 2, "undone": 1}

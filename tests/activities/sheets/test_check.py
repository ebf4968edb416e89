"""What is told about single cells and rows, and which rows belong together."""

import datetime as dt

import pytest

from activities.sheets.check import check_sheet
from activities.sheets.days import days_text, read_days
from activities.taxonomy import Nth, Weeks
from core.sheets import Formula, SheetError
from directory.permissions import rights_of
from tests.activities.sheets.conftest import TODAY
from tests.activities.sheets.test_import import SOUP, VENUE
from tests.factories.activities import make_activity
from tests.factories.core import make_user
from tests.factories.directory import make_organisation, make_venue

HOURS = {"venue": "Perlen", "days": "mandag", "opens": "9", "closes": "16"}


def told(things):
    """Return the rows and columns that something is told about."""
    return [(m.row, m.column) for thing in things for m in thing.errors]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("tirsdag", [1]),
        ("Ti", [1]),
        ("man-fre", [0, 1, 2, 3, 4]),
        ("fredag - mandag", [0, 4, 5, 6]),
        ("mandag, ons og lørdag", [0, 2, 5]),
        ("søndage", [6]),
    ],
)
def test_days_are_read_as_people_write_them(text, days):
    assert read_days(text) == days


def test_days_are_written_as_they_are_read():
    for days in ([0], [0, 2], [0, 1, 2, 3, 4], [5, 6]):
        assert read_days(days_text(days)) == days


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("postal_code", "99999"),
        ("phone", "ring bare"),
        ("email", "perlen.dk"),
        ("website", "ikke en adresse"),
        ("venue_type", "Slot"),
        ("target_groups", "Ensomhed, Slotte"),
        ("summary", "x" * 201),
        ("organisation", "Ukendt"),
        ("anonymous_ok", "måske"),
        ("slug", "Å / B"),
    ],
)
def test_a_cell_that_cannot_be_used_is_told_with_row_and_column(check, name, cell):
    from activities.sheets.plan import Lists
    from activities.sheets.venues import venue_columns

    heading = next(str(c.heading) for c in venue_columns(Lists.load()) if c.name == name)

    things = check("venues", VENUE, VENUE | {"title": "Hjørnet", name: cell})

    assert [thing.action for thing in things] == ["create", "refuse"]
    assert told(things) == [(3, heading)]


def test_a_word_that_is_nearly_right_gets_a_suggestion(check):
    make_organisation("Eksempelby Kommune")

    things = check("venues", VENUE | {"organisation": "Eksempelby Komune"})

    assert "“Eksempelby Kommune”" in things[0].errors[0].text


def test_a_formula_refuses_its_row_whatever_it_came_to(check, sheet, admin):
    data = f"{_headings(VENUE)}\n=A1;{_cells(VENUE)}\n".encode()

    things = check_sheet("venues", data, rights=rights_of(admin), today=TODAY).things

    assert [thing.action for thing in things] == ["refuse"]
    assert str(Formula("=A1")) == "=A1"


def _headings(row):
    from activities.sheets.plan import Lists
    from activities.sheets.venues import venue_columns

    known = {c.name: str(c.heading) for c in venue_columns(Lists.load())}
    return ";".join(known[name] for name in ("title", "venue_type", "summary"))


def _cells(row):
    return f"{row['venue_type']};{row['summary']}"


def test_the_same_venue_twice_is_refused_the_second_time(check):
    things = check("venues", VENUE, VENUE)

    assert [thing.action for thing in things] == ["create", "refuse"]


def test_a_venue_is_found_by_name_or_by_address(check):
    make_venue("Perlen", slug="perlen")
    make_venue("Perlen", slug="perlen-2")

    things = check(
        "venues",
        {"title": "perlen", "city": "Ny By"},
        {"title": "Perlen", "slug": "/steder/perlen-2/", "city": "Ny By"},
    )

    assert [thing.action for thing in things] == ["refuse", "change"]


def test_an_address_that_is_secret_is_refused(check):
    make_venue("Krisecentret", address_public=False)

    things = check("venues", {"title": "Krisecentret", "street": "Ågade 4"})

    assert [thing.action for thing in things] == ["refuse"]


def test_a_page_with_a_draft_is_left_alone(check):
    page = make_activity(make_venue(), "Suppeaften")
    page.save_revision()

    assert [thing.action for thing in check("activities", SOUP)] == ["refuse"]


def test_only_those_who_edit_the_site_import_venues(check):
    venue = make_venue()
    leader = make_user(role="venue_leader", venue=venue)

    things = check("venues", VENUE, {"title": "Perlen", "city": "Ny By"}, by=leader)

    assert [thing.action for thing in things] == ["refuse", "refuse"]


def test_a_wrong_row_holds_back_the_week_of_its_venue_and_no_other(check):
    make_venue()
    make_venue("Klub Vera")

    things = check(
        "hours",
        HOURS,
        HOURS | {"days": "tirsdag", "opens": "kl. 25"},
        HOURS | {"venue": "Klub Vera"},
    )

    assert [(thing.title, thing.action) for thing in things] == [
        ("Perlen", "refuse"),
        ("Klub Vera", "change"),
    ]


def test_hours_that_overlap_or_end_before_they_begin_are_refused(check):
    make_venue()
    make_venue("Klub Vera")

    things = check(
        "hours",
        HOURS,
        HOURS | {"opens": "12", "closes": "18"},
        HOURS | {"venue": "Klub Vera", "valid_from": "2.3.2026", "valid_until": "1.3.2026"},
    )

    assert [(thing.title, [m.row for m in thing.errors]) for thing in things] == [
        ("Perlen", [3]),
        ("Klub Vera", [4]),
    ]


@pytest.mark.parametrize(
    "cells",
    [
        {"days": None},
        {"date": "3.3.2026"},
        {"ends": None},
        {"starts": 0.5, "ends": "kl. 99"},
        {"until_on": "1.1.2020"},
        {"first_on": "3.3.2026", "until_on": "2.3.2026"},
        {"first_on": "1.1.1800"},
        {"days": "blåmandag"},
        {"price": "tyve"},
        {"price": "40-20"},
        {"seats": "mange"},
        {"activity_type": None},
    ],
)
def test_an_activity_that_cannot_be_is_refused(check, cells):
    make_venue()

    things = check("activities", SOUP | cells)

    assert [thing.action for thing in things] == ["refuse"]
    assert told(things)[0][0] == 2


def test_times_are_read_from_text_and_from_the_parts_of_a_day_that_excel_keeps(check):
    make_venue()

    things = check(
        "activities",
        SOUP | {"starts": 0.5, "ends": dt.time(13, 30)},
        SOUP | {"title": "Kaffe", "starts": "kl. 9", "ends": "1030"},
    )

    times = [thing.values["times"][0] for thing in things]
    assert [(time["starts"], time["ends"]) for time in times] == [
        ("12:00", "13:30"),
        ("09:00", "10:30"),
    ]


def test_weeks_and_dates_become_lines_of_a_plan(check):
    from activities.sheets.times import week_words

    make_venue()
    words = {value: word for word, value in week_words().items()}
    third = words[("weekly", "interval", 3, None)]
    second = words[("monthly", "every", 2, Nth.SECOND)]

    things = check(
        "activities",
        SOUP | {"weeks": str(Weeks.EVEN.label)},
        SOUP | {"title": "B", "weeks": third},
        SOUP | {"title": "C", "weeks": second},
        SOUP | {"title": "D", "days": None, "date": dt.date(2026, 4, 1)},
    )

    lines = [thing.values["times"][0] for thing in things]
    assert [(line["frequency"], line["weeks"], line["nth"]) for line in lines] == [
        ("weekly", "even", None),
        ("weekly", "interval", None),
        ("monthly", "every", 2),
        ("once", "every", None),
    ]
    assert (lines[1]["interval"], lines[3]["first_on"]) == (3, "2026-04-01")
    assert [thing.values["kind"] for thing in things] == ["fixed", "fixed", "fixed", "varying"]


def test_rows_of_one_activity_must_not_contradict_each_other(check):
    make_venue()

    things = check("activities", SOUP, SOUP | {"days": "torsdag", "summary": "Noget andet."})

    assert [(thing.numbers, thing.action) for thing in things] == [([2, 3], "refuse")]


def test_a_place_that_looks_like_a_venue_is_asked_about(check):
    make_venue()
    make_venue("Klub Vera")

    things = check(
        "activities", SOUP | {"place": "Klub Veras"}, SOUP | {"title": "B", "place": "klub vera"}
    )

    assert [(thing.action, len(thing.messages)) for thing in things] == [
        ("create", 1),
        ("create", 0),
    ]
    assert things[1].values["place"][0] == "other_venue"


def test_columns_that_are_missing_twice_or_unknown(admin):
    rights = rights_of(admin)
    title, kind, summary = _headings(VENUE).split(";")

    def code(text):
        with pytest.raises(SheetError) as caught:
            check_sheet("venues", text.encode(), rights=rights, today=TODAY)
        return caught.value.code

    unknown = check_sheet("venues", f"{title};Hat\nPerlen;x\n".encode(), rights=rights, today=TODAY)

    assert code(f"{kind};{summary}\na;b\n") == "missing_columns"
    assert code(f"{title};{title}\na;b\n") == "double_heading"
    assert len(unknown.notes) == 1


def test_thirty_rows_need_no_more_than_eight_queries(
    check, django_assert_max_num_queries, sheet, admin
):
    make_venue()
    rows = [SOUP | {"title": f"Nr. {number}"} for number in range(30)]
    data, rights = sheet("activities", *rows), rights_of(admin)

    with django_assert_max_num_queries(8):
        checked = check_sheet("activities", data, rights=rights, today=TODAY)

    assert len(checked.things) == 30

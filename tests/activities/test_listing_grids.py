import datetime as dt

from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from activities.grids import parts_of
from tests.activities.test_listing import context, once, refresh_all
from tests.factories.activities import make_activity, make_change
from tests.factories.directory import make_venue

TUESDAY = dt.date(2026, 11, 24)


def make_busy_day(number: int) -> None:
    venue = make_venue()
    for hour in range(number):
        make_activity(
            venue,
            f"Ting {hour}",
            schedules=once(TUESDAY, f"{12 + hour % 5}.00", f"{13 + hour % 5}.00"),
            refresh=False,
        )
    refresh_all()


def test_a_week_has_days_down_and_parts_across(home):
    make_busy_day(6)

    found = context("?visning=uge")

    assert found["heading"] == "Det sker i uge 48"
    assert found["columns"] == ["Morgen", "Formiddag", "Eftermiddag", "Aften og nat"]
    tuesday = found["rows"][1]
    assert (tuesday["title"], tuesday["url"]) == ("Tirsdag", "?fra=2026-11-24&til=2026-11-24")
    assert [len(cell["items"]) for cell in tuesday["cells"]] == [0, 0, 4, 0]
    assert [cell["more"] for cell in tuesday["cells"]] == [False, False, True, False]
    first = tuesday["cells"][2]["items"][0]
    assert (first.time, first.title, first.url) == (
        "12.00",
        "Ting 0",
        "/steder/perlen/ting-0/#2026-11-24",
    )


def test_a_month_shows_three_a_day_and_counts_the_rest(home):
    make_busy_day(6)

    found = context("?visning=maaned")

    assert found["heading"] == "Det sker i november 2026"
    week = found["weeks"][4]
    day = week["days"][1]
    assert (week["number"], day["label"]) == (48, "tirsdag den 24. november")
    assert ([line.title for line in day["items"]], day["more"]) == (
        ["Ting 0", "Ting 5", "Ting 1"],
        3,
    )
    assert found["around"]["next"]["url"] == "?fra=2026-12-01&til=2026-12-31&visning=maaned"


def test_a_cell_says_what_is_cancelled(home):
    venue = make_venue()
    tour = make_activity(venue, "Tur", schedules=once(TUESDAY, "12.00", "13.00"), refresh=False)
    make_change(tour, dt.datetime(2026, 11, 24, 12), refresh=False)
    refresh_all()

    line = context("?visning=maaned")["weeks"][4]["days"][1]["items"][0]

    assert (line.title, line.change_kind) == ("Tur", "cancelled")


def test_the_day_the_clocks_change_is_cut_by_the_wall_clock():
    morning, forenoon, _, evening = parts_of(dt.date(2026, 10, 25))

    assert morning == (
        dt.datetime(2026, 10, 24, 22, tzinfo=dt.UTC),
        dt.datetime(2026, 10, 25, 9, tzinfo=dt.UTC),
    )
    assert forenoon[0] == morning[1]
    assert evening[1] == dt.datetime(2026, 10, 25, 23, tzinfo=dt.UTC)


def test_tables_ask_the_same_number_of_questions(home):
    counts = []
    for number in (1, 3):
        for place in range(number):
            venue = make_venue(f"Hus {number} {place}")
            make_activity(venue, f"Ting {number} {place}", refresh=False)
        refresh_all()
        for view in ("uge", "maaned"):
            context(f"?visning={view}")
            with CaptureQueriesContext(connection) as queries:
                found = context(f"?visning={view}")
                render_to_string("activities/calendar_page.html", found)
            counts.append(len(queries))

    assert counts[:2] == counts[2:]

"""The board: whose squares, of which day, and what a filter leaves."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from directory.permissions import sync_groups
from initiatives.actions.plan import PlannedStart, proposed_order, revise_plan
from initiatives.actions.progress import progress_at, update_progress
from initiatives.board import BoardFilter, board_for, seen_venues
from initiatives.domain.board import Mark
from initiatives.permissions import tracker_rights
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import make_catalogue

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 11, 23, 11, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
OCTOBER = dt.datetime(2026, 10, 1, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def standing_clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def initiatives(db):
    return make_catalogue()


@pytest.fixture
def perlen(home):
    return make_venue("Perlen")


@pytest.fixture
def stuen(home):
    return make_venue("Stuen")


def begin(initiative, venue, *, now=OCTOBER, **values):
    values = {"status": "started", "agreed_start": dt.date(2026, 9, 1)} | values
    progress = progress_at(initiative, venue, now=now)
    update_progress(progress, values=values, now=now)
    return progress


def log_in(client, role, venue=None):
    user = make_user(f"{role}@eksempelby.example", role=role, venue=venue)
    sync_groups(user)
    client.force_login(user)
    return user


def lines(client, query=""):
    answer = client.get(f"{reverse('initiatives_board')}?export=csv{query}")
    text = answer.content.decode("utf-8-sig")
    return [row[:4:1] for row in csv.reader(io.StringIO(text), delimiter=";")][1:]


def test_the_area_head_sees_every_venue_and_a_leader_their_own(client, initiatives, perlen, stuen):
    head = log_in(client, "area_head")
    assert [venue.title for venue in seen_venues(tracker_rights(head), TODAY)] == [
        "Perlen",
        "Stuen",
    ]

    leader = log_in(client, "venue_leader", perlen)
    text = client.get(reverse("initiatives_board")).content.decode()

    assert [venue.title for venue in seen_venues(tracker_rights(leader), TODAY)] == ["Perlen"]
    assert ("Perlen" in text, "Stuen" in text) == (True, False)
    assert client.get(reverse("initiatives_board"), {"sted": "stuen"}).status_code == 200
    assert "Stuen" not in {row[2] for row in lines(client, "&sted=stuen")}


@pytest.mark.parametrize("role", ["staff", "editor", "volunteer"])
def test_everybody_else_is_sent_away(client, initiatives, perlen, role):
    log_in(client, role, perlen)

    assert client.get(reverse("initiatives_board")).status_code in {302, 403}


def test_a_past_day_is_judged_by_the_plan_of_that_day(initiatives, perlen):
    decided = {"decision": "Vi følger kataloget.", "reason": "Alle skal i gang."}
    revise_plan(proposed_order(), decided_on=OCTOBER.date(), now=OCTOBER, **decided)
    later = [PlannedStart(each.initiative, 2027, 2028) for each in proposed_order()]
    revise_plan(later, decided_on=TODAY, now=NOW, **decided)

    marks = {
        day: board_for(day, [perlen], BoardFilter()).groups[0].rows[0].cells[0].marks
        for day in (dt.date(2026, 9, 30), dt.date(2026, 10, 1), dt.date(2026, 11, 22), TODAY)
    }

    behind = (Mark.LATE_START, Mark.MISSING)
    assert list(marks.values()) == [(), behind, behind, ()]


def test_any_past_day_is_shown_as_it_stood(client, initiatives, perlen):
    begin(initiatives["1a"], perlen)
    progress = progress_at(initiatives["1a"], perlen, now=NOW)
    update_progress(progress, values={"status": "implemented"}, now=NOW)
    log_in(client, "area_head")

    shown = {
        day: [row[3] for row in lines(client, f"&dag={day}&status=") if row[0] == "1a"]
        for day in ("2026-09-30", "2026-10-01", "2026-11-22", "2026-11-23")
    }

    assert shown == {
        "2026-09-30": ["Ikke igangsat"],
        "2026-10-01": ["Igangsat"],
        "2026-11-22": ["Igangsat"],
        "2026-11-23": ["Implementeret"],
    }


def test_a_venue_that_became_part_of_another_is_on_the_board_of_the_days_before(
    client, initiatives, perlen, stuen
):
    stuen.moves.create(kind="merged", on=dt.date(2026, 11, 1), successor=perlen)
    log_in(client, "area_head")

    venues = {
        day: {row[2] for row in lines(client, f"&dag={day}")}
        for day in ("2026-10-31", "2026-11-01")
    }

    assert [("Stuen" in found, "Perlen" in found) for found in venues.values()] == [
        (True, True),
        (False, True),
    ]


def test_filters_leave_the_squares_that_were_asked_for(initiatives, perlen, stuen):
    begin(initiatives["1a"], perlen, agreed_deadline=dt.date(2026, 10, 31))
    begin(initiatives["2a"], stuen, responsible="Lederen", next_step="Vi spørger brugerne.")
    venues = [perlen, stuen]

    def shown(**wanted):
        board = board_for(TODAY, venues, BoardFilter(**wanted))
        return [
            (cell.initiative.number, cell.venue.title if cell.venue else "") for cell in board.shown
        ]

    assert shown(mark=Mark.OVERDUE) == [("1a", "Perlen")]
    assert shown(status="started") == [("1a", "Perlen"), ("2a", "Stuen")]
    assert shown(status="started", venue="stuen") == [("2a", "Stuen")]
    assert shown(principle=5) == [("5a", "")]
    assert {number for number, _ in shown(principle=1)} == {"1a", "1b", "1c"}


def test_the_figures_count_every_square_whatever_is_filtered(initiatives, perlen):
    begin(initiatives["1a"], perlen)

    whole = board_for(TODAY, [perlen], BoardFilter()).tally
    filtered = board_for(TODAY, [perlen], BoardFilter(principle=4)).tally

    assert whole == filtered
    assert whole.under_way == 1


@pytest.mark.postgresql_too
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?dag=2027-01-01", "Den dag er ikke kommet endnu"),
        ("?dag=i+går", "Vi kan ikke læse “i går” som en dag"),
        ("?dag=0001-01-01", "Der er ingen tavle så langt tilbage"),
        ("?status=halvt", "Vi kender ikke “halvt”"),
        ("?vis=alt%00&gruppe=99", "Vi kender ikke “99”"),
    ],
)
def test_what_cannot_be_read_is_told_of_and_left_out(client, initiatives, perlen, query, told):
    log_in(client, "area_head")

    answer = client.get(f"{reverse('initiatives_board')}{query}")

    assert answer.status_code == 200
    assert told in answer.content.decode()


def test_a_status_is_told_in_words_letters_and_shape(client, initiatives, perlen):
    begin(initiatives["1a"], perlen, agreed_deadline=dt.date(2026, 10, 31))
    log_in(client, "area_head")

    text = client.get(reverse("initiatives_board")).content.decode()

    assert '<use href="#s-started" /></svg>G<span class="w-sr-only">: Igangsat</span>' in text
    assert '<span class="w-sr-only">, over frist, mangler noget</span>' in text


def test_the_board_costs_the_same_for_one_venue_and_for_three(
    initiatives, perlen, django_assert_num_queries
):
    begin(initiatives["1a"], perlen)
    rights = tracker_rights(make_user("chef@eksempelby.example", role="area_head"))

    def read():
        with django_assert_num_queries(4):
            board_for(TODAY, seen_venues(rights, TODAY), BoardFilter())

    read()
    for title in ("Stuen", "Kahytten"):
        begin(initiatives["1a"], make_venue(title))
    read()


def test_an_empty_board_says_how_to_fill_it(client, home):
    log_in(client, "area_head")

    text = client.get(reverse("initiatives_board")).content.decode()

    assert "load_catalogue" in text

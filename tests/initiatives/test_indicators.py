"""The hub's own figures: what they count, and what they never tell."""

import datetime as dt

import pytest

from activities.actions import count_heads, verify_activity
from activities.actions.channels import confirm_in_kompas
from activities.models import HeadCount, Occurrence
from activities.outlets import plan
from core import figures
from core.figures import EXCHANGES, offer_figure
from directory.models import VenueVerification
from initiatives.domain.periods import read_period
from initiatives.indicators import asked_for, indicator, indicators
from initiatives.models import OutreachService
from tests.factories.activities import make_activity, make_schedule, make_shared_event
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 3, 10, 11, 0, tzinfo=dt.UTC)
YEAR = read_period("2026")


@pytest.fixture(autouse=True)
def standing_clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def perlen(home):
    return make_venue("Perlen", core_task="<p>Et fristed.</p>", target_groups=["loneliness"])


@pytest.fixture
def stuen(home):
    return make_venue("Stuen", core_task="<p> </p>", target_text="For alle.")


def measured(code, *, period=YEAR, now=NOW):
    found = indicator(code).measure(asked_for(period, now))
    return found.value, {part.label: part.value for part in found.parts}


def test_1a_counts_venues_that_tell_both_core_task_and_target_group(perlen, stuen):
    make_venue("Ny", live=False)

    assert measured("1a-kerneopgave") == (
        "1 af 2 (50 %)",
        {"Perlen": "Udgivet", "Stuen": "Mangler: kerneopgave"},
    )


def test_a_venue_that_became_part_of_another_is_not_counted(perlen, stuen):
    stuen.moves.create(kind="merged", on=dt.date(2026, 3, 1), successor=perlen)

    assert measured("1a-kerneopgave")[0] == "1 af 1 (100 %)"


def test_2b_counts_venues_that_have_confirmed_within_the_term(perlen, stuen):
    for venue, days in ((perlen, 90), (stuen, 91)):
        VenueVerification.objects.create(venue=venue, verified_at=NOW - dt.timedelta(days=days))

    assert measured("2b-steder") == (
        "1 af 2 (50 %)",
        {"Perlen": "Bekræftet for 2 måneder siden", "Stuen": "Bekræftet for 2 måneder siden"},
    )


def test_2b_counts_fixed_activities_that_have_been_confirmed(perlen):
    page = make_activity(perlen)
    make_activity(perlen, "Kaffe")
    make_activity(perlen, "Tur", kind="varying")
    verify_activity(page, by=None, now=NOW)

    assert measured("2b-aktiviteter") == ("1 af 2 (50 %)", {"Perlen": "1 af 2 (50 %)"})


def test_2b_lists_what_is_missing_in_the_national_directory(perlen):
    page = make_activity(perlen)
    make_activity(perlen, "Kaffe")
    row = plan.row_of(page, NOW)
    confirm_in_kompas(page, row.card, url="", by=None, now=NOW)

    found = indicator("2b-kompas").measure(asked_for(YEAR, NOW))

    assert found.value == "1 af 2 (50 %)"
    assert [item.text for item in found.parts[0].items] == ["Kaffe"]


def test_2c_counts_shared_events_that_took_place(home, perlen, stuen):
    kahytten = make_venue("Kahytten")
    make_shared_event(home.shared, perlen, stuen)  # Tuesdays from 3 March on
    make_shared_event(home.shared, perlen, kahytten, accepted=False, title="Udflugt")

    value, parts = measured("2c-faelles")

    assert value == "2 fælles arrangementer på 4 datoer"
    assert parts == {
        "Kahytten": "0 fælles arrangementer",
        "Perlen": "2 fælles arrangementer",
        "Stuen": "1 fælles arrangement",
    }


def test_4b_is_no_figure_until_somebody_counts_it(perlen, stuen, monkeypatch):
    monkeypatch.setattr(figures, "_offered", {})
    assert "4b-udveksling" not in [one.code for one in indicators()]

    offer_figure(EXCHANGES, lambda first, last: {perlen.pk: 2})

    assert measured("4b-udveksling") == (
        "1 af 2 steder var med.",
        {"Perlen": "2", "Stuen": "0"},
    )


def test_4c_counts_services_that_are_running(perlen, stuen):
    times = {"created_at": NOW, "changed_at": NOW}
    for status in ("running", "agreed"):
        OutreachService.objects.create(
            venue=perlen, title="Sygeplejerske", provider="Kommunen", status=status, **times
        )

    value, parts = measured("4c-indsatser")

    assert (value, parts["Perlen"]) == ("1 fremskudt indsats", "1 fremskudt indsats")


def counted(venue, *numbers, month=3):
    """Count people at Tuesday dates of one month, and return the page."""
    plan_ = make_schedule(dt.date(2026, month, 3))
    page = make_activity(venue, schedules=[plan_])
    dates = Occurrence.objects.filter(activity=page).order_by("starts_at")
    for date, number in zip(dates, numbers, strict=False):
        count_heads(date, number, now=date.ends_at)
    return page


@pytest.mark.parametrize(
    ("day", "value"),
    [("2026-04-14", "ikke talt"), ("2026-04-15", "20")],
)
def test_5a_tells_of_a_month_when_it_is_closed(perlen, day, value):
    counted(perlen, 12, 8)
    now = dt.datetime.fromisoformat(f"{day}T12:00+00:00")

    assert measured("5a-gaester", now=now)[0] == value


def test_5a_never_tells_a_small_number_nor_lets_it_be_subtracted(perlen, stuen):
    counted(perlen, 12, 8)
    counted(stuen, 3)
    later = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)

    assert measured("5a-gaester", now=later) == (
        "mindst 20",
        {"Perlen": "20", "Stuen": "for få til at fortælle"},
    )


def test_5a_keeps_those_who_were_counted_at_a_venue_that_is_gone(perlen, stuen):
    counted(stuen, 12)
    stuen.moves.create(kind="merged", on=dt.date(2026, 5, 1), successor=perlen)
    later = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)

    assert measured("5a-gaester", now=later) == (
        "12",
        {"Perlen": "ikke talt", "Stuen": "12"},
    )


def test_5a_tells_on_how_many_dates_people_were_counted(perlen):
    counted(perlen, 12, 8)
    later = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)

    found = indicator("5a-gaester").measure(asked_for(read_period("2026-K1"), later))

    assert found.note == "Talt på 2 af 5 datoer."
    assert HeadCount.objects.count() == 2


def test_a_leader_sees_the_whole_and_the_part_of_their_own_venue(perlen, stuen):
    found = indicator("1a-kerneopgave").measure(asked_for(YEAR, NOW)).seen_by(frozenset({stuen.pk}))

    assert found.value == "1 af 2 (50 %)"
    assert [part.label for part in found.parts] == ["Stuen"]


@pytest.mark.parametrize("code", ["1a-kerneopgave", "2b-steder", "2c-faelles", "5a-gaester"])
def test_a_figure_costs_the_same_for_one_venue_and_for_three(
    perlen, code, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(30) as found:
            measured(code)
        return len(found.captured_queries)

    queries()
    one = queries()
    for title in ("Stuen", "Kahytten"):
        make_venue(title)

    assert queries() == one

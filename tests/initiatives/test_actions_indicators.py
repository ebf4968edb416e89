"""Shared figures: agreed on, reported in time, told when closed, and never of a few."""

import datetime as dt
from decimal import Decimal

import pytest

from initiatives.actions.indicators import (
    agree_indicator,
    conclude,
    end_indicator,
    report_measurement,
    withdraw_measurement,
)
from initiatives.actions.refusal import Refused
from initiatives.domain.periods import read_period
from initiatives.indicators.base import share
from initiatives.indicators.shared import results
from initiatives.models import Measurement, SharedIndicator
from tests.factories.directory import make_venue
from tests.factories.initiatives import make_catalogue

NOW = dt.datetime(2026, 7, 10, 9, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 7, 10)
HALF = read_period("2026-H1")
CLOSED = HALF.told_from


@pytest.fixture
def venues(home):
    return [make_venue(title) for title in ("Perlen", "Stuen", "Kahytten")]


@pytest.fixture
def lonely(db):
    return agreed()


def agreed(**fields):
    values = {
        "title": "Mindre alene",
        "definition": "Føler du dig mindre alene, når du kommer her?",
        "kind": "share",
        "rhythm": "half",
        "method": "Et anonymt kort i en kasse i en uge.",
    } | fields
    return agree_indicator(make_catalogue()["5a"], now=NOW, **values)


def report(indicator, venue, people, agree=None, *, period=HALF, today=TODAY, **values):
    values = {"method_note": "Kort i kassen i uge 24"} | values
    return report_measurement(
        indicator, venue, period, people=people, agree=agree, now=NOW, today=today, **values
    )


def told(indicator, venues, *, today=CLOSED):
    found = results(indicator, HALF, venues, today)
    return found.value, {row.venue.title: row.value for row in found.rows}


def test_answers_are_told_when_the_period_is_closed(lonely, venues):
    report(lonely, venues[0], 20, 12)

    assert told(lonely, venues, today=CLOSED - dt.timedelta(days=1)) == (
        "ikke lukket endnu",
        {"Perlen": "indberettet", "Stuen": "ikke indberettet", "Kahytten": "ikke indberettet"},
    )
    assert told(lonely, venues) == (
        "60 % af 20 svar",
        {"Perlen": "60 % af 20 svar", "Stuen": "ikke indberettet", "Kahytten": "ikke indberettet"},
    )


def test_few_on_one_side_are_told_of_by_no_number_and_are_in_no_total(lonely, venues):
    report(lonely, venues[0], 20, 12)
    report(lonely, venues[1], 20, 19)
    report(lonely, venues[2], 4, 2)

    assert told(lonely, venues) == (
        "60 % af 20 svar",
        {
            "Perlen": "60 % af 20 svar",
            "Stuen": "for få til at fortælle",
            "Kahytten": "for få til at fortælle",
        },
    )


def test_a_mean_weighs_every_answer_alike(venues):
    mean = agreed(kind="mean", title="Tryghed")
    report(mean, venues[0], 10, mean=Decimal("4"))
    report(mean, venues[1], 30, mean=Decimal("3"))
    report(mean, venues[2], 4, mean=Decimal("1"))

    assert told(mean, venues) == (
        "3,3 i gennemsnit af 40 svar",
        {
            "Perlen": "4,0 i gennemsnit af 10 svar",
            "Stuen": "3,0 i gennemsnit af 30 svar",
            "Kahytten": "for få til at fortælle",
        },
    )


@pytest.mark.parametrize(
    ("some", "of", "words"), [(1, 8, "13 %"), (5, 8, "63 %"), (1, 3, "33 %"), (2, 3, "67 %")]
)
def test_half_a_percent_goes_up(some, of, words):
    assert share(some, of) == f"{some} af {of} ({words})"


@pytest.mark.parametrize(("mean", "words"), [("3.25", "3,3"), ("4.05", "4,1"), ("4", "4,0")])
def test_half_a_decimal_goes_up(venues, mean, words):
    indicator = agreed(kind="mean")
    report(indicator, venues[0], 8, mean=Decimal(mean))

    assert told(indicator, venues)[0] == f"{words} i gennemsnit af 8 svar"


def test_reporting_again_keeps_what_stood_there(lonely, venues):
    first = report(lonely, venues[0], 20, 12)
    report(lonely, venues[0], 21, 13)

    first.refresh_from_db()
    assert first.withdrawn_at == NOW
    assert Measurement.objects.standing().get().people == 21


@pytest.mark.parametrize(
    ("changed", "field", "text"),
    [
        ({"people": 0, "agree": 0}, "people", "Nogen skal have svaret"),
        ({"agree": 21}, "agree", "Der kan ikke være flere"),
        ({"agree": None}, "agree", "Skriv, hvor mange"),
        ({"method_note": " "}, "method_note", "Skriv med få ord"),
        ({"period": read_period("2026")}, "period", "ikke for sådan en periode"),
        ({"period": read_period("2026-H2")}, "period", "ikke slut endnu"),
        ({"today": CLOSED}, "period", "Perioden er lukket"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(lonely, venues, changed, field, text):
    values = {"people": 20, "agree": 12} | changed

    with pytest.raises(Refused) as refused:
        report(lonely, venues[0], values.pop("people"), values.pop("agree"), **values)

    assert list(refused.value.problems) == [field]
    assert text in refused.value.problems[field]
    assert not Measurement.objects.exists()


def test_a_report_can_be_taken_back_until_it_is_told(lonely, venues):
    row = report(lonely, venues[0], 20, 12)

    with pytest.raises(Refused, match="Perioden er lukket"):
        withdraw_measurement(row, now=NOW, today=CLOSED)
    assert withdraw_measurement(row, now=NOW, today=TODAY) is True
    assert withdraw_measurement(row, now=NOW, today=TODAY) is False


def test_a_figure_that_has_ended_is_asked_for_no_more(lonely, venues):
    end_indicator(lonely, on=dt.date(2026, 1, 1))

    with pytest.raises(Refused, match="holdt op"):
        report(lonely, venues[0], 20, 12)


def test_conclusions_name_the_meeting_that_drew_them(lonely):
    conclude(lonely, HALF, discussed_on=TODAY, text="Flere føler sig set.", now=NOW, today=TODAY)

    tomorrow = TODAY + dt.timedelta(days=1)

    with pytest.raises(Refused, match="ikke holdt endnu"):
        conclude(lonely, HALF, discussed_on=tomorrow, text="Nej", now=NOW, today=TODAY)
    (conclusion,) = results(lonely, HALF, [], TODAY).conclusions
    assert (conclusion.text, conclusion.discussed_on) == ("Flere føler sig set.", TODAY)


def test_two_figures_cannot_have_one_name(lonely):
    with pytest.raises(Refused):
        agreed()
    assert SharedIndicator.objects.count() == 1

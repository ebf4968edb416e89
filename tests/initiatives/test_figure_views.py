"""Figures in the admin: who sees what, what is reported, and what is never shown."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from activities.actions import count_heads
from activities.models import Occurrence
from directory.permissions import sync_groups
from initiatives.actions.indicators import agree_indicator, report_measurement
from initiatives.domain.periods import read_period
from initiatives.domain.suppression import Told
from initiatives.figure_charts import bars_of
from initiatives.models import Measurement, SharedIndicator
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import make_catalogue

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 7, 20, 9, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 7, 20)
HALF = read_period("2026-H1")
FIGURES, GUESTS, SHARED = (
    f"/admin/initiativer/tal/{step}" for step in ("", "gaester/", "faelles/")
)


@pytest.fixture
def perlen(home, time_machine):
    time_machine.move_to(NOW, tick=False)
    make_catalogue()
    return make_venue("Perlen")


@pytest.fixture
def stuen(perlen):
    return make_venue("Stuen")


@pytest.fixture
def lonely(perlen):
    return agree_indicator(
        make_catalogue()["5a"],
        now=NOW,
        title="Mindre alene",
        definition="Føler du dig mindre alene?",
        kind="share",
        rhythm="half",
        method="Kort i en kasse",
    )


def log_in(client, role, venue=None):
    user = make_user(f"{role}@eksempelby.example", role=role, venue=venue)
    sync_groups(user)
    client.force_login(user)
    return user


def counted(venue, *numbers):
    """Count people at Tuesdays from 3 March 2026 on."""
    page = make_activity(venue, schedules=[make_schedule(until_on=dt.date(2026, 4, 30))])
    dates = Occurrence.objects.filter(activity=page).order_by("starts_at")
    for date, number in zip(dates, numbers, strict=False):
        count_heads(date, number, now=date.ends_at)


def table(client, address, **query):
    text = client.get(address, {"export": "csv", **query}).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("address", [FIGURES, GUESTS, SHARED])
@pytest.mark.parametrize(
    ("role", "codes"), [("area_head", {200}), ("venue_leader", {200}), ("staff", {302, 403})]
)
def test_figures_are_for_those_who_lead(client, perlen, lonely, address, role, codes):
    log_in(client, role, None if role == "area_head" else perlen)

    assert client.get(address).status_code in codes


def test_a_leader_sees_the_whole_and_their_own_venue(client, perlen, stuen):
    log_in(client, "venue_leader", perlen)

    rows = {(row[0], row[3]): row[4] for row in table(client, FIGURES)[1:]}

    assert rows["1a", "Alle steder samlet"] == "0 af 2 (0 %)"
    assert ("1a", "Perlen") in rows
    assert ("1a", "Stuen") not in rows


def test_each_figure_has_its_definition_and_period(client, perlen):
    log_in(client, "area_head")

    text = client.get(FIGURES, {"periode": "2026-K2"}).content.decode()

    assert "Af de udgivne steder: dem, hvis side fortæller deres kerneopgave" in text
    assert "Opgjort mandag den 20. juli 2026" in text
    assert "2. kvartal 2026" in text


@pytest.mark.postgresql_too
@pytest.mark.parametrize("code", ["2026-K5", "i+år", "2027", "2026%00"])
def test_a_period_that_cannot_be_is_told_of(client, perlen, code):
    log_in(client, "area_head")

    answer = client.get(f"{FIGURES}?periode={code}")

    assert (answer.status_code, "help-warning" in answer.content.decode()) == (200, True)


def test_months_are_told_in_blocks_that_give_nobody_away(client, perlen, stuen):
    counted(perlen, 12, 8, 3, 1, 2, 9)  # five dates in March, then April
    counted(stuen, 2, 1, 0, 0, 0, 9)
    log_in(client, "area_head")

    heads, first, second, total = table(client, GUESTS)

    assert heads[3:5] == ["Marts", "April"]
    assert first[3:5] == ["26", "9"]
    assert second[3:5] == ["for få til at fortælle", "for få til at fortælle"]
    assert total[3:5] == ["mindst 26", "mindst 9"]
    assert (first[-1], second[-1], total[-1]) == ("35", "12", "47")


def test_a_leader_sees_their_own_venues_months_and_the_total(client, perlen, stuen):
    counted(perlen, 12)
    counted(stuen, 20)
    log_in(client, "venue_leader", stuen)

    rows = table(client, GUESTS)

    assert [row[0] for row in rows] == ["Sted", "Stuen", "Alle steder samlet"]
    assert rows[-1][-1] == "32"


def test_bars_stand_on_round_lines_and_what_is_untold_has_none():
    chart = bars_of(["jan", "feb"], [Told(130, 2, exact=False), Told(None, 0, exact=False)])

    assert [text for _, text in chart.lines] == ["0", "50", "100", "150"]
    assert [(bar.text, bar.exact) for bar in chart.bars] == [("130+", False), ("", False)]
    assert chart.bars[1].height == 0


def test_only_the_area_head_agrees_on_a_figure(client, perlen):
    address = reverse("initiatives_shared_figure_add")
    five = make_catalogue()["5a"].pk
    values = {
        "title": "Tryghed",
        "initiative": five,
        "definition": "Hvor tryg er du her, fra 1 til 5?",
        "kind": "mean",
        "rhythm": "year",
        "method": "Kort i en kasse",
    }
    log_in(client, "venue_leader", perlen)
    assert client.post(address, values).status_code in {302, 403}
    assert not SharedIndicator.objects.exists()

    log_in(client, "area_head")
    wrong = client.post(address, values | {"definition": " "})
    right = client.post(address, values)

    made = SharedIndicator.objects.get()
    assert (wrong.status_code, right["Location"]) == (422, f"{SHARED}{made.pk}/")
    again = client.post(address, values)
    assert (again.status_code, SharedIndicator.objects.count()) == (422, 1)


def test_a_leader_reports_for_their_own_venue_and_takes_it_back(client, perlen, stuen, lonely):
    log_in(client, "venue_leader", perlen)
    own = reverse("initiatives_shared_figure_report", args=[lonely.pk, perlen.pk])
    values = {"people": "20", "agree": "12", "method_note": "Uge 24"}

    wrong = client.post(own, values | {"agree": "21"})
    right = client.post(own, values)
    other = client.post(
        reverse("initiatives_shared_figure_report", args=[lonely.pk, stuen.pk]), values
    )

    row = Measurement.objects.standing().get()
    assert (wrong.status_code, right.status_code, other.status_code) == (422, 302, 404)
    assert "Der kan ikke være flere" in wrong.content.decode()
    assert (row.venue_id, row.people, row.agree) == (perlen.pk, 20, 12)

    client.post(reverse("initiatives_measurement_withdraw", args=[row.pk]))
    assert not Measurement.objects.standing().exists()


def test_nobody_takes_back_what_another_venue_reported(client, perlen, stuen, lonely):
    row = report_measurement(
        lonely, stuen, HALF, people=20, agree=12, method_note="Uge 24", now=NOW, today=TODAY
    )
    log_in(client, "venue_leader", perlen)

    answer = client.post(reverse("initiatives_measurement_withdraw", args=[row.pk]))

    assert (answer.status_code, Measurement.objects.standing().count()) == (404, 1)


def test_a_report_after_the_period_has_closed_has_no_page(client, perlen, lonely, time_machine):
    time_machine.move_to(dt.datetime(2026, 8, 20, 9, 0, tzinfo=dt.UTC), tick=False)
    log_in(client, "venue_leader", perlen)

    own = reverse("initiatives_shared_figure_report", args=[lonely.pk, perlen.pk])

    assert client.get(own).status_code == 404


def test_small_answers_are_nowhere_on_the_page(client, perlen, stuen, lonely, time_machine):
    for venue, agree in ((perlen, 30), (stuen, 41)):
        report_measurement(
            lonely, venue, HALF, people=43, agree=agree, method_note="Kort", now=NOW, today=TODAY
        )
    time_machine.move_to(dt.datetime(2026, 8, 20, 9, 0, tzinfo=dt.UTC), tick=False)
    log_in(client, "area_head")

    rows = table(client, f"{SHARED}{lonely.pk}/")

    assert rows[1:] == [
        ["Alle steder samlet", "1. halvår 2026", "70 % af 43 svar", ""],
        ["Perlen", "1. halvår 2026", "70 % af 43 svar", "Kort"],
        ["Stuen", "1. halvår 2026", "for få til at fortælle", "Kort"],
    ]


def test_a_conclusion_stands_with_its_period(client, perlen, lonely, time_machine):
    time_machine.move_to(dt.datetime(2026, 8, 20, 9, 0, tzinfo=dt.UTC), tick=False)
    log_in(client, "venue_leader", perlen)
    address = reverse("initiatives_shared_figure_conclude", args=[lonely.pk])
    values = {"period": "2026-H1", "discussed_on": "2026-08-19", "text": "Flere føler sig set."}

    refused = client.post(address, values | {"period": "2026-H2"})
    done = client.post(address, values)

    assert refused.status_code == 422
    assert "Flere føler sig set." in client.get(done["Location"]).content.decode()


def test_the_area_head_stops_asking(client, perlen, lonely):
    address = reverse("initiatives_shared_figure_end", args=[lonely.pk])
    log_in(client, "venue_leader", perlen)
    client.post(address)
    lonely.refresh_from_db()
    assert lonely.ended_on is None

    log_in(client, "area_head")
    client.post(address)

    lonely.refresh_from_db()
    assert lonely.ended_on == TODAY


def test_taking_back_after_closing_is_refused_in_words(client, perlen, lonely, time_machine):
    row = report_measurement(
        lonely, perlen, HALF, people=20, agree=12, method_note="Uge 24", now=NOW, today=TODAY
    )
    time_machine.move_to(dt.datetime(2026, 8, 20, 9, 0, tzinfo=dt.UTC), tick=False)
    log_in(client, "venue_leader", perlen)

    address = reverse("initiatives_measurement_withdraw", args=[row.pk])
    text = client.post(address, follow=True).content.decode()

    assert "Perioden er lukket, så tal ikke ændrer sig" in text
    assert Measurement.objects.standing().get() == row

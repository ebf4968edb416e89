"""Lists as files, the history, and a venue that must not be deleted."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from directory.models import VenuePage
from initiatives.actions import (
    confirm_progress,
    proposed_order,
    revise_plan,
    save_record,
    update_progress,
)
from initiatives.history_views import PAGE_SIZE
from initiatives.models import Progress
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import NOW, make_catalogue, make_progress

BASE = "/admin/initiativer/"
DAY = dt.timedelta(days=1)
START = dt.date(2026, 3, 2)


@pytest.fixture
def head(home, client: Client) -> Client:
    make_catalogue()
    client.force_login(make_user(role="area_head"))
    return client


def table(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))


def test_one_venues_page_as_a_file(head: Client) -> None:
    venue = make_venue()
    make_progress("1a", venue, status="started", agreed_start=START, next_step="=HYPERLINK(1)")

    rows = table(head.get(f"{BASE}steder/{venue.pk}/?export=csv").content)

    assert rows[1] == [
        "1a",
        "Kerneopgave og målgruppe for hvert værested",
        "Igangsat",
        "2.3.2026",
        "",
        "",
        "'=HYPERLINK(1)",
        "23.11.2026",
        "0/4",
    ]


@pytest.mark.parametrize(
    "path",
    [
        "tavle/",
        "steder/",
        "katalog/",
        "katalog/1a/",
        "handleplan/",
        "indsatser/",
        "aftaler/",
        "historik/",
    ],
)
def test_every_list_comes_as_both_kinds_of_file(head: Client, path: str) -> None:
    make_progress("1a", make_venue())
    revise_plan(proposed_order(), decided_on=NOW.date(), decision="x", reason="y", now=NOW)

    as_csv = head.get(f"{BASE}{path}?export=csv")
    as_xlsx = head.get(f"{BASE}{path}?export=xlsx")

    headings = table(as_csv.content)[0]
    sheet = load_workbook(io.BytesIO(as_xlsx.content)).active
    assert headings == [cell.value for cell in sheet[1]]
    assert as_csv["Content-Disposition"].endswith('.csv"')


def test_unknown_kind_of_file_is_the_page(head: Client) -> None:
    assert head.get(f"{BASE}historik/?export=exe")["Content-Type"] == "text/html; charset=utf-8"


def test_history_tells_who_changed_what_in_words(head: Client) -> None:
    venue = make_venue()
    hanne = make_user("hanne@eksempelby.example", first_name="Hanne", last_name="Skov")
    progress = make_progress("1b", venue, at=NOW, by=hanne)
    values = {"status": "started", "agreed_start": START}
    update_progress(progress, values=values, by=hanne, now=NOW + DAY, reason="Aftalt på mødet")
    save_record(progress, {"meeting_rhythm": "Hver uge"}, by=hanne, now=NOW + 2 * DAY)

    entries = head.get(f"{BASE}historik/?initiativ=1b&sted={venue.pk}").context["page"].object_list

    assert [(e.who, e.place, e.changes, e.reason) for e in entries][:2] == [
        ("Hanne Skov", "Perlen", ("“Hvor tit” skrevet",), ""),
        (
            "Hanne Skov",
            "Perlen",
            ("Status: Ikke igangsat → Igangsat", "Aftalt start: – → den 2. marts 2026"),
            "Aftalt på mødet",
        ),
    ]


def test_history_filters_forgive_what_they_do_not_know(head: Client) -> None:
    paths = ["?sted=x&initiativ=9z&side=nul", "?sted=99999999999999999999", "?side=7"]

    assert [head.get(f"{BASE}historik/{path}").status_code for path in paths] == [200, 200, 200]


def test_venue_page_lists_what_needs_the_venue_and_links_each_initiative(head: Client) -> None:
    venue = make_venue()
    overdue = {"status": "started", "agreed_start": START, "agreed_deadline": START + DAY}
    make_progress("1a", venue, **overdue)

    context = head.get(f"{BASE}steder/{venue.pk}/").context

    assert [row["cell"].initiative.number for row in context["rows"]] == [
        "1a", "1b", "1c", "2a", "2b", "2c", "3a", "3b", "4b", "4c",
    ]  # fmt: skip
    assert [item.kind.value for item in context["due"]] == ["overdue"]
    assert [number for _label, number in context["tally"]] == [0, 1, 9]


def test_leader_of_one_venue_lands_on_its_page(home, client: Client) -> None:
    make_catalogue()
    venue = make_venue()
    make_venue("Stuen")
    client.force_login(make_user(role="venue_leader", venue=venue))

    assert client.get(f"{BASE}steder/")["Location"] == f"{BASE}steder/{venue.pk}/"


@pytest.mark.parametrize("bulk", [False, True])
def test_venue_with_a_history_is_not_deleted(home, client: Client, bulk: bool) -> None:
    make_catalogue()
    venue = make_venue()
    make_progress("1a", venue)
    client.force_login(make_user(admin=True))
    url = f"/admin/pages/{venue.pk}/delete/"
    if bulk:
        url = f"/admin/bulk/wagtailcore/page/delete/?next=%2Fadmin%2F&id={venue.pk}"

    answer = client.post(url)

    assert answer.status_code == 302
    assert VenuePage.objects.filter(pk=venue.pk).exists()
    assert Progress.objects.exists()


def test_list_of_venues_costs_as_many_queries_with_three_as_with_two(
    head: Client, django_assert_num_queries
) -> None:
    for title in ("Perlen", "Stuen"):
        make_progress("1a", make_venue(title), status="started", agreed_start=START)
    head.get(f"{BASE}steder/?export=csv")
    with CaptureQueriesContext(connection) as two:
        head.get(f"{BASE}steder/?export=csv")
    make_progress("1a", make_venue("Lygten"), status="started", agreed_start=START)

    with django_assert_num_queries(len(two)):
        head.get(f"{BASE}steder/?export=csv")


def test_history_is_read_page_by_page_and_only_what_is_shown_is_fetched(head: Client) -> None:
    progress = make_progress("1a", make_venue())
    for days in range(PAGE_SIZE):
        confirm_progress(progress, now=NOW + days * DAY)

    pages = [head.get(f"{BASE}historik/{query}").context["page"] for query in ("", "?side=2")]

    assert [(page.newer, len(page.object_list), page.older) for page in pages] == [
        (0, PAGE_SIZE, 2),
        (1, 1, 0),
    ]
    assert pages[1].object_list[0].kind == "Begyndt"

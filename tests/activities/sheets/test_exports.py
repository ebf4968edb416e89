"""Every list of the admin as a file, and nothing in a file that runs."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from activities.actions import record_change
from activities.taxonomy import ChangeKind
from core.sheets import read_table
from directory.models import SecretAddress
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.activities.sheets.conftest import MONDAY
from tests.factories.activities import make_activity
from tests.factories.core import make_user
from tests.factories.directory import make_exception, make_organisation, make_venue

pytestmark = pytest.mark.sqlite_is_enough

EVIL = "=HYPERLINK(1)"


@pytest.fixture
def city(home):
    """A venue with an activity and a change, whose names a spreadsheet would run."""
    venue = make_venue(EVIL, slug="ond", phone="+45 12 34 56 78", hours=[(0, "9.00", "16.00")])
    page = make_activity(venue, EVIL, slug="ond")
    original = dt.datetime(2026, 3, 3, 17, 30)
    record_change(page, ChangeKind.CANCELLED, original=original, reason=EVIL, now=MONDAY)
    make_exception(venue, dt.date(2026, 4, 1), note=EVIL)
    make_organisation(EVIL)
    make_user("leder@eksempelby.example", role=Role.VENUE_LEADER, venue=venue, first_name=EVIL)
    return venue


def rows_of(response):
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


LISTS = [
    "steder:index",
    "andre-aabningstider:index",
    "organisationer:index",
    "roller:index",
    "activity_list:index",
    "change_list:index",
]


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_the_admin_are_handed_out_defused(client, admin, city, name):
    client.force_login(admin)

    sheet = client.get(reverse(name), {"export": "csv"})
    book = client.get(reverse(name), {"export": "xlsx"})

    rows = rows_of(sheet)
    cells = [cell for row in rows for cell in row]
    typed = [
        cell for row in openpyxl.load_workbook(io.BytesIO(book.getvalue())).active for cell in row
    ]
    assert len(rows) == 2
    assert not any(cell.startswith("=") for cell in cells)
    assert any("=HYPERLINK(1)" in cell for cell in cells)
    assert {cell.data_type for cell in typed} <= {"s", "n", "d", "inlineStr"}


def test_the_history_that_wagtail_exports_itself_is_defused_too(client, admin, city):
    city.save_revision(user=admin, log_action=True)
    client.force_login(admin)

    answer = client.get(reverse("wagtailadmin_reports:site_history"), {"export": "csv"})

    text = answer.getvalue().decode()
    assert "'=HYPERLINK(1)" in text
    assert ",=HYPERLINK" not in text


def test_wagtails_own_writer_is_guarded_once():
    view = SpreadsheetExportMixin()

    values = [view.preprocess_field_value("x", value, "csv") for value in ("=1", 5, ["=1"], None)]
    typed = view.preprocess_field_value("x", "=1\x07", "xlsx")

    assert (values, typed) == (["'=1", 5, "'=1", None], "=1")


def test_secret_addresses_are_in_no_file(client, admin, home):
    venue = make_venue("Krisecentret", address_public=False)
    SecretAddress.objects.create(venue=venue, street="Gemt 7")
    client.force_login(admin)

    answers = [
        client.get(reverse("hemmelige-adresser:index"), {"export": "csv"}),
        client.get(reverse("steder:index"), {"export": "csv"}),
        client.get(reverse("sheet_import:list", args=["venues", "csv"])),
    ]

    assert not any("Gemt" in answer.getvalue().decode() for answer in answers)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("what", ["venues", "hours", "activities"])
def test_what_goes_out_comes_back_without_a_change(client, admin, city, what, form):
    from activities.sheets.check import check_sheet
    from directory.permissions import rights_of

    make_activity(city, "Bankospil", price_type="range", price=2000, price_max=4050)
    make_activity(
        city, "Gåtur", price_type="pay_what_you_can", place_kind="address", place_name="Havnen"
    )
    client.force_login(admin)

    data = client.get(reverse("sheet_import:list", args=[what, form])).getvalue()
    checked = check_sheet(what, data, rights=rights_of(admin), today=MONDAY.date())

    assert [(thing.action, thing.errors) for thing in checked.things] == [("same", [])] * (
        3 if what == "activities" else 1
    )


def test_coming_dates_are_a_list_with_day_time_and_what_holds(client, admin, city):
    client.force_login(admin)

    data = client.get(reverse("sheet_import:list", args=["dates", "xlsx"])).getvalue()

    first = read_table(data).rows[0].cells
    assert first[:3] == (dt.datetime(2026, 3, 3), dt.time(17, 30), dt.time(19, 30))
    assert first[3:5] == (EVIL, EVIL)


def test_a_leader_takes_out_the_own_venue_only(client, city):
    make_venue("Klub Vera")
    leader = city.memberships.get().user
    sync_groups(leader)
    client.force_login(leader)

    rows = rows_of(client.get(reverse("sheet_import:list", args=["venues", "csv"])))

    assert [row[1] for row in rows[1:]] == ["ond"]

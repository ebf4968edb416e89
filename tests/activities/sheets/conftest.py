"""Sheets written with the headings of the day, and a Monday on which they are read."""

import datetime as dt

import pytest
import time_machine

from activities.actions.sheets import do_lot, keep_checked, start_import
from activities.sheets.check import check_sheet, columns_of
from activities.sheets.plan import Lists
from core.sheets import Sheet, xlsx_bytes
from directory.permissions import rights_of
from tests.factories.core import make_user

MONDAY = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def monday():
    """Monday 2 March 2026 at 13 in Denmark."""
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def admin(home):
    return make_user("admin@eksempelby.example", admin=True)


@pytest.fixture
def sheet():
    """Return a function that writes rows (dicts by column name) as an XLSX file."""

    def write(kind, *rows):
        columns = columns_of(kind, Lists.load())
        names = list(dict.fromkeys(name for row in rows for name in row))
        known = {column.name: column for column in columns}
        names += [c.name for c in columns if c.required and c.name not in names]
        headings = [str(known[name].heading) for name in names]
        return xlsx_bytes([Sheet("Ark", headings, [[row.get(n) for n in names] for row in rows])])

    return write


@pytest.fixture
def check(sheet, admin):
    """Return a function that looks through such a sheet."""

    def look(kind, *rows, by=None):
        rights = rights_of(by or admin)
        return check_sheet(kind, sheet(kind, *rows), rights=rights, today=TODAY).things

    return look


@pytest.fixture
def run(sheet, admin):
    """Return a function that looks through a sheet and imports all of it."""

    def work(kind, *rows, by=None):
        user = by or admin
        data = sheet(kind, *rows)
        checked = check_sheet(kind, data, rights=rights_of(user), today=TODAY)
        kept = keep_checked(kind, "ark.xlsx", checked, by=user, now=MONDAY)
        start_import(kept, now=MONDAY)
        while do_lot(kept.pk, now=MONDAY):
            pass
        kept.refresh_from_db()
        return kept

    return work

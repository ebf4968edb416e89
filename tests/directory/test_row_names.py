"""What the rows of the admin are called in headings, menus and files."""

import datetime as dt

import pytest
from django.test import Client

from directory.models import SecretAddress
from tests.factories.core import make_user
from tests.factories.directory import make_exception, make_venue

CHRISTMAS = dt.date(2026, 12, 24)


@pytest.mark.parametrize(
    ("until_on", "name"),
    [
        (CHRISTMAS, "Perlen: torsdag den 24. december 2026"),
        (
            dt.date(2026, 12, 26),
            "Perlen: torsdag den 24. december 2026 – lørdag den 26. december 2026",
        ),
    ],
    ids=["one day", "some days"],
)
def test_other_hours_are_called_by_venue_and_days(home, until_on, name):
    assert str(make_exception(make_venue(), CHRISTMAS, until_on)) == name


def test_secret_address_is_called_by_its_venue_and_tells_no_street(home):
    assert str(SecretAddress(venue=make_venue(), street="Havnegade 12")) == "Perlen"


def test_list_says_whether_a_place_is_closed_in_danish(home, client: Client):
    make_exception(make_venue(), CHRISTMAS)
    client.force_login(make_user(admin=True))

    listed = client.get("/admin/andre-aabningstider/").content.decode().split()

    assert ("True" in listed, "ja" in listed) == (False, True)


@pytest.mark.parametrize(
    ("name", "heading"),
    [("andre-aabningstider", "Lukket"), ("flytninger", "Gennemført"), ("laesere/emner", "Kan")],
)
def test_list_with_columns_of_its_own_comes_as_a_file(home, client: Client, name, heading):
    make_exception(make_venue(), CHRISTMAS)
    client.force_login(make_user(admin=True))

    file = client.get(f"/admin/{name}/?export=csv").getvalue().decode()

    assert heading in file.splitlines()[0]

"""Public addresses: the table for Kompas, pictures, and what links say about themselves."""

import csv
import datetime as dt
import io
import re

import pytest
import time_machine
from PIL import Image

from activities.models import ActivityPage
from activities.outlets.kompas import LABELS
from directory.models import VenuePage
from tests.factories.activities import make_activity
from tests.factories.core import make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 3, 9, 12, 0, tzinfo=dt.UTC)
BASE = "https://fristed.example"


@pytest.fixture(autouse=True)
def standing_clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR = tmp_path
    settings.WAGTAILADMIN_BASE_URL = BASE


@pytest.fixture
def venue(home):
    return make_venue()


def table(client):
    response = client.get("/data/kompas.csv")
    text = response.content.decode("utf-8-sig")
    return response, list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_table_holds_venues_and_fixed_activities(client, venue):
    make_activity(venue)
    make_activity(venue, "Udflugt", kind="varying")

    response, rows = table(client)

    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert [row[2] for row in rows[1:]] == ["Perlen", "Fællesspisning"]
    assert {len(row) for row in rows} == {len(LABELS) + 2}
    assert [row[1] for row in rows[1:]] == [str(venue.uid), str(ActivityPage.objects.first().uid)]


def test_a_cell_that_looks_like_a_formula_is_defused(client, venue):
    make_activity(venue, "=HYPERLINK(1)", slug="formel", summary="+45 er et landenummer")

    rows = table(client)[1]

    assert (rows[2][2], rows[2][3]) == ("'=HYPERLINK(1)", "'+45 er et landenummer")


def test_the_table_holds_no_secret_address_and_no_person(client, home):
    secret = make_venue("Lyngen", address_public=False)
    VenuePage.objects.filter(pk=secret.pk).update(street="Skjulestien 9", city="Skjulby")
    make_activity(secret)
    make_user(email="rikke@eksempelby.example")

    response, rows = table(client)

    assert len(rows) == 3
    assert "Skjul" not in response.content.decode()
    assert "rikke" not in response.content.decode().lower()


def test_the_table_is_answered_with_304_until_something_changes(client, venue):
    activity = make_activity(venue)
    tag = table(client)[0]["ETag"]

    again = client.get("/data/kompas.csv", headers={"If-None-Match": tag})
    activity.title = "Suppe"
    activity.save_revision().publish()
    changed = client.get("/data/kompas.csv", headers={"If-None-Match": tag})

    assert (again.status_code, changed.status_code) == (304, 200)


def tags(client, path):
    html = client.get(path).content.decode()
    found = re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', html)
    return dict(found)


def test_an_activity_s_page_says_what_a_link_to_it_shows(client, venue):
    make_activity(venue)

    found = tags(client, "/steder/perlen/faellesspisning/")

    image = found.pop("og:image")
    alt = found.pop("og:image:alt")
    assert found == {
        "og:type": "website",
        "og:locale": "da_DK",
        "og:title": "Fællesspisning på Perlen",
        "og:description": "Vi spiser sammen.",
        "og:url": f"{BASE}/steder/perlen/faellesspisning/",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "twitter:card": "summary_large_image",
    }
    assert image.startswith(f"{BASE}/del/")
    assert "Fællesspisning, Perlen, Hver tirsdag" in alt


@pytest.mark.parametrize("kind", ["fixed", "varying"])
def test_the_picture_named_on_a_page_is_there_and_may_be_kept(client, venue, kind):
    make_activity(venue, kind=kind)
    path = tags(client, "/steder/perlen/faellesspisning/")["og:image"].removeprefix(BASE)

    response = client.get(path)

    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["Cache-Control"] == "public, max-age=31536000"
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    again = client.get(path, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_a_venue_has_a_picture_in_both_formats(client, venue):
    found = tags(client, "/steder/perlen/")
    wide = found["og:image"].removeprefix(BASE)

    square = client.get(wide.replace("/bred-", "/kvadrat-").replace("-bred-", "-kvadrat-"))

    assert found["og:title"] == "Perlen"
    assert client.get(wide).status_code == 200
    assert Image.open(io.BytesIO(square.content)).size == (1080, 1080)


def test_an_old_picture_s_address_leads_to_the_new_one(client, venue):
    activity = make_activity(venue)
    path = tags(client, "/steder/perlen/faellesspisning/")["og:image"].removeprefix(BASE)
    client.get(path)

    activity.title = "Suppedag"
    activity.save_revision().publish()
    old = client.get(path)

    assert old.status_code == 302
    assert client.get(old["Location"]).status_code == 200


def test_what_is_not_public_has_no_picture(client, venue):
    activity = make_activity(venue)
    path = tags(client, "/steder/perlen/faellesspisning/")["og:image"].removeprefix(BASE)
    activity.unpublish()

    codes = [client.get(address).status_code for address in (path, path.replace("bred", "rund"))]

    assert codes == [404, 404]

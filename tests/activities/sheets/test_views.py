"""The admin's pages around spreadsheets, for those who may and those who may not."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activities.actions.sheets import start_import
from activities.models import ActivityPage, SheetImport
from activities.tasks import run_sheet, sweep_sheets
from core.sheets import read_table
from directory.models import VenuePage
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.activities.sheets.conftest import MONDAY
from tests.activities.sheets.test_import import SOUP, VENUE
from tests.factories.core import make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

INDEX = "sheet_import:index"


def upload(client, kind, data, name="steder.xlsx"):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse(INDEX), {"kind": kind, "file": file})


def log_in(client, role, venue=None, email="rikke@eksempelby.example"):
    user = make_user(email, role=role, venue=venue)
    sync_groups(user)
    client.force_login(user)
    return user


def at(name, kept):
    return reverse(f"sheet_import:{name}", args=[kept.pk])


def test_an_upload_shows_what_it_would_do_and_stores_no_page(client, admin, sheet):
    make_venue()
    client.force_login(admin)
    wrong = VENUE | {"title": "Hjørnet", "phone": "ring bare"}

    answer = upload(
        client, "venues", sheet("venues", VENUE, wrong, {"title": "Perlen", "city": "Ny By"})
    )

    kept = SheetImport.objects.get()
    html = client.get(answer.url).content.decode()
    assert (answer.status_code, answer.url) == (302, at("sheet", kept))
    assert kept.counts() == {"create": 1, "refuse": 1, "change": 1, "waiting": 2}
    assert VenuePage.objects.count() == 1
    assert "Hjørnet" in html
    changed = client.get(answer.url, {"vis": "change"}).content.decode()
    assert "<del>Eksempelby</del>" in changed
    assert "<ins>Ny By</ins>" in changed


def test_import_and_undo_at_the_press_of_a_button(
    client, admin, sheet, django_capture_on_commit_callbacks
):
    make_venue()
    client.force_login(admin)
    upload(client, "activities", sheet("activities", SOUP))
    kept = SheetImport.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(at("start", kept))
    titles = list(ActivityPage.objects.values_list("title", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at("undo", kept))

    kept.refresh_from_db()
    assert titles == ["Suppeaften"]
    assert (kept.state, ActivityPage.objects.count()) == ("undone", 0)
    assert client.get(at("sheet", kept)).status_code == 200


def test_progress_refreshes_itself_without_a_script(client, admin, sheet):
    client.force_login(admin)
    upload(client, "venues", sheet("venues", VENUE))
    kept = SheetImport.objects.get()
    before = client.get(at("sheet", kept))
    start_import(kept, now=MONDAY)

    during = client.get(at("sheet", kept))

    assert "Refresh" not in before.headers
    assert during.headers["Refresh"] == "3"
    assert "<progress" in during.content.decode()


def test_an_import_whose_worker_died_is_gone_on_with(
    admin, sheet, client, django_capture_on_commit_callbacks
):
    client.force_login(admin)
    upload(client, "venues", sheet("venues", VENUE))
    kept = SheetImport.objects.get()
    start_import(kept, now=MONDAY - dt.timedelta(minutes=3))

    with django_capture_on_commit_callbacks(execute=True):
        found = sweep_sheets()

    kept.refresh_from_db()
    assert (found, kept.state) == (1, "done")


def test_a_finished_import_is_done_once(admin, run):
    kept = run("venues", VENUE)

    assert run_sheet(kept.pk) is False
    assert VenuePage.objects.count() == 1


def test_a_sheet_can_be_thrown_away(client, admin, sheet):
    client.force_login(admin)
    upload(client, "venues", sheet("venues", VENUE))

    answer = client.post(at("drop", SheetImport.objects.get()))

    assert (answer.url, SheetImport.objects.count()) == (reverse(INDEX), 0)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"Hat;Frakke\n1;2\n"])
def test_a_file_that_cannot_be_used_is_told_beside_the_field(client, admin, data):
    client.force_login(admin)

    answer = upload(client, "venues", data)

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert SheetImport.objects.count() == 0


def test_editors_import_activities_of_their_venue_and_no_venues(client, home, sheet):
    own = make_venue()
    make_venue("Klub Vera")
    log_in(client, Role.EDITOR, own)

    offered = [code for code, _label in client.get(reverse(INDEX)).context["kinds"]]
    refused = upload(client, "venues", sheet("venues", VENUE))
    upload(client, "activities", sheet("activities", SOUP, SOUP | {"venue": "Klub Vera"}))

    rows = SheetImport.objects.get().rows.values_list("venue_id", "action")
    assert offered == ["hours", "activities"]
    assert refused.status_code == 422
    assert dict(rows) == {own.pk: "create", VenuePage.objects.get(title="Klub Vera").pk: "refuse"}


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.STAFF, Role.AREA_HEAD])
def test_others_are_kept_out(client, home, role):
    log_in(client, role, None if role == Role.AREA_HEAD else make_venue())

    answers = [
        client.get(reverse(INDEX)),
        client.get(reverse("sheet_import:template", args=["activities", "csv"])),
        client.get(reverse("sheet_import:list", args=["venues", "csv"])),
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302]


def test_a_sheet_is_seen_by_its_owner_and_by_those_who_edit_the_site(client, home, sheet):
    venue = make_venue()
    log_in(client, Role.EDITOR, venue, "a@eksempelby.example")
    upload(client, "activities", sheet("activities", SOUP))
    kept = SheetImport.objects.get()
    log_in(client, Role.EDITOR, venue, "b@eksempelby.example")
    other = [client.get(at("sheet", kept)), client.post(at("start", kept))]
    log_in(client, Role.COMMUNICATION, None, "c@eksempelby.example")

    assert [answer.status_code for answer in other] == [404, 404]
    assert client.get(at("sheet", kept)).status_code == 200


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["venues", "hours", "activities"])
def test_a_template_as_it_is_imports_nothing(client, admin, kind, form):
    client.force_login(admin)

    data = client.get(reverse("sheet_import:template", args=[kind, form])).content
    upload(client, kind, data, f"skabelon.{form}")

    assert len(read_table(data).rows) == 1
    assert SheetImport.objects.get().rows.count() == 0


def test_the_example_of_a_template_could_be_imported(client, admin):
    make_venue()
    client.force_login(admin)
    data = client.get(reverse("sheet_import:template", args=["activities", "csv"])).content
    text = data.decode("utf-8-sig")
    example = text.splitlines()[1].split('"')[1].split(":")[0]

    upload(client, "activities", text.replace(f"{example}: ", "").encode(), "a.csv")

    row = SheetImport.objects.get().rows.get()
    assert (row.action, row.messages) == ("create", [])

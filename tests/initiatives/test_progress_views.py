"""One initiative's page: status, days, evidence, taking back, and what the address bar may not."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from directory.actions import merge_venue
from directory.models import VenueMove
from initiatives.models import Evidence, Progress, StatusChange
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import make_catalogue, make_progress

pytestmark = pytest.mark.sqlite_is_enough

START = dt.date(2026, 3, 2)


@pytest.fixture
def venue(home):
    make_catalogue()
    return make_venue()


@pytest.fixture
def leader(client: Client, venue) -> Client:
    client.force_login(make_user(role="venue_leader", venue=venue))
    return client


def url(venue, number: str = "1a", step: str = "") -> str:
    return f"/admin/initiativer/steder/{venue.pk}/{number}/{step}"


def facts(**values: str) -> dict[str, str]:
    return {"status": "started", "agreed_start": "2026-03-02"} | values


def test_leader_starts_an_initiative_and_the_catalogue_suggests_a_day(leader, venue) -> None:
    answer = leader.post(url(venue, step="ret/"), facts(responsible="Koordinatoren"))

    shown = leader.get(url(venue)).context
    progress = Progress.objects.get()
    assert answer.status_code == 302
    assert (progress.status, progress.agreed_start, progress.responsible) == (
        "started",
        START,
        "Koordinatoren",
    )
    assert shown["suggestion"]["day"] == "2026-09-02"
    form = leader.get(url(venue, step="ret/") + "?frist=2026-09-02").context["form"]
    assert form["agreed_deadline"].value() == dt.date(2026, 9, 2)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"status": "implemented"}, "status"),
        ({"status": "finished"}, "status"),
        ({"agreed_deadline": "2026-03-01"}, "agreed_deadline"),
        ({"agreed_start": ""}, "agreed_start"),
        ({"agreed_start": "igår"}, "agreed_start"),
        ({"agreed_start": "0026-03-02"}, "agreed_start"),
        ({"next_step": "Ring til 010190-1234"}, "next_step"),
        ({"responsible": "x" * 121}, "responsible"),
    ],
)
def test_what_does_not_hold_is_said_beside_its_cause(leader, venue, values, field: str) -> None:
    answer = leader.post(url(venue, step="ret/"), facts(**values))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not StatusChange.objects.filter(kind="changed").exists()


def test_form_offers_only_what_may_follow(leader, venue) -> None:
    form = leader.get(url(venue, "2a", "ret/")).context["form"]

    offered = [code for code, _label in form.fields["status"].widget.choices]
    assert offered == ["not_started", "started", "developing", "dropped"]


def test_continuous_initiative_in_operation_shows_freshness_and_no_percentage(
    leader, venue
) -> None:
    make_progress("2a", venue, status="started", agreed_start=START)
    leader.post(url(venue, "2a", "ret/"), facts(status="in_operation"))

    page = leader.get(url(venue, "2a")).content.decode()

    assert "%" not in page.split('<section aria-labelledby="oplysninger"')[0].split("standing")[1]


def test_one_press_confirms(leader, venue) -> None:
    progress = make_progress("1a", venue, status="started", agreed_start=START)

    leader.post(url(venue, step="bekraeft/"))

    newest = progress.changes.newest_first().first()
    assert (newest.kind, newest.by_name) == ("confirmed", "Rikke Ærøskov")


def test_saving_again_beside_what_somebody_else_wrote_is_taken(leader, venue) -> None:
    leader.post(url(venue, step="ret/"), facts())
    seen = leader.get(url(venue, step="ret/")).context["form"]["seen_at"].value()
    leader.post(url(venue, step="ret/"), facts(next_step="Et andet vindue"))
    mine = facts(next_step="Mine ord", seen_at=seen)

    refused = leader.post(url(venue, step="ret/"), mine)
    mine["seen_at"] = refused.context["form"]["seen_at"].value()
    again = leader.post(url(venue, step="ret/"), mine)

    assert (refused.status_code, again.status_code) == (422, 302)
    assert Progress.objects.get().next_step == "Mine ord"


def test_two_who_begin_at_once_are_told_of_each_other(leader, venue) -> None:
    seen = leader.get(url(venue, step="ret/")).context["form"]["seen_at"].value()
    first = leader.post(url(venue, step="ret/"), facts(next_step="De første", seen_at=seen))

    second = leader.post(url(venue, step="ret/"), facts(next_step="De andre", seen_at=seen))

    assert (first.status_code, second.status_code) == (302, 422)
    assert Progress.objects.get().next_step == "De første"


def test_only_the_change_one_has_seen_is_taken_back(leader, venue) -> None:
    leader.post(url(venue, step="ret/"), facts())
    seen = leader.get(url(venue, step="fortryd/")).context["form"]["seen_at"].value()
    leader.post(url(venue, step="ret/"), facts(next_step="Et andet vindue"))

    answer = leader.post(url(venue, step="fortryd/"), {"reason": "Forkert", "seen_at": seen})

    assert answer.status_code == 422
    assert Progress.objects.get().next_step == "Et andet vindue"


def test_last_change_is_taken_back_with_a_reason(leader, venue) -> None:
    leader.post(url(venue, step="ret/"), facts())
    refused = leader.post(url(venue, step="fortryd/"), {"reason": ""})

    answer = leader.post(url(venue, step="fortryd/"), {"reason": "Det var et andet sted"})

    assert (refused.status_code, answer.status_code) == (422, 302)
    assert Progress.objects.get().status == "not_started"
    assert leader.get(url(venue, step="fortryd/")).status_code == 404


def test_evidence_is_added_fetched_taken_away_and_put_back(leader, venue) -> None:
    file = SimpleUploadedFile("../Plan Ærø.pdf", b"%PDF-1.7 plan")
    leader.post(url(venue, step="dokumentation/"), {"title": "Planen", "document": file})
    evidence = Evidence.objects.get()
    fetched = leader.get(f"/admin/initiativer/dokumentation/{evidence.pk}/hent/")
    away = f"/admin/initiativer/dokumentation/{evidence.pk}/fjern/"

    gone = leader.post(away)
    missing = leader.get(f"/admin/initiativer/dokumentation/{evidence.pk}/hent/")
    offered = leader.get(gone["Location"].split("#")[0]).context["removed"]
    leader.post(away, {"restore": "1"})

    assert fetched.content == b"%PDF-1.7 plan"
    assert fetched["Content-Disposition"].startswith("attachment;")
    assert (missing.status_code, offered) == (404, evidence)
    assert list(Evidence.objects.standing()) == [evidence]


@pytest.mark.parametrize(
    "values",
    [
        {"title": "Intet"},
        {"title": "To ting", "url": "https://eksempel.example/", "page": "own"},
        {"title": "Farlig", "url": "javascript:alert(1)"},
        {"title": "", "url": "https://eksempel.example/"},
        {"title": "Program", "document": ("run.exe", b"MZ")},
        {"title": "Ikke en pdf", "document": ("plan.pdf", b"<html>")},
        {"title": "Tom", "document": ("plan.pdf", b"")},
    ],
)
def test_evidence_that_is_none_is_refused(leader, venue, values) -> None:
    if values.get("page") == "own":
        values = {**values, "page": venue.pk}
    if "document" in values:
        values = {**values, "document": SimpleUploadedFile(*values["document"])}

    answer = leader.post(url(venue, step="dokumentation/"), values)

    assert answer.status_code == 422
    assert not Evidence.objects.exists()


def test_merged_venue_is_read_and_not_written(leader, venue) -> None:
    make_progress("1a", venue, status="started", agreed_start=START)
    today = timezone.localdate()
    merge_venue(venue, make_venue("Stuen"), on=today)

    statuses = {
        step: (leader.get(url(venue, step=step)).status_code)
        for step in ("", "ret/", "oplysninger/", "dokumentation/")
    }
    posted = leader.post(url(venue, step="ret/"), facts(status="implemented"))

    assert statuses == {"": 200, "ret/": 302, "oplysninger/": 302, "dokumentation/": 302}
    assert posted.status_code == 302
    assert Progress.objects.get().status == "started"
    assert VenueMove.objects.get().on == today


def test_squares_that_are_not_kept_are_not_found(leader, venue) -> None:
    paths = [url(venue, "4a"), url(venue, "9z"), "/admin/initiativer/faelles/1a/"]

    assert [leader.get(path).status_code for path in paths] == [404, 404, 404]


def test_leader_writes_the_frame_of_2c_but_reads_what_the_area_head_owns(leader, venue) -> None:
    paths = ["faelles/2c/ret/", "faelles/4a/", "faelles/4a/ret/", "faelles/5a/oplysninger/"]

    statuses = [leader.get(f"/admin/initiativer/{path}").status_code for path in paths]

    assert statuses == [200, 200, 302, 302]

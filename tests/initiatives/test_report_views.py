"""The yearly report in the admin: written, approved and published by the area head alone."""

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from directory.models import VenuePage
from initiatives.actions.reports import approve_report, begin_report, publish_report
from initiatives.models import AnnualReport
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import make_catalogue
from tests.factories.pages import SiteTree
from tests.initiatives.test_reports import locked_round

pytestmark = pytest.mark.sqlite_is_enough

ADMIN = "/admin/initiativer/rapport/"


def draft() -> AnnualReport:
    make_catalogue()
    make_venue("Perlen")
    now = timezone.now()
    locked_round(now)
    return begin_report(timezone.localdate(now).year, now=now)


def logged_in(role: str) -> Client:
    client = Client()
    venue = VenuePage.objects.get() if role == "venue_leader" else None
    client.force_login(make_user(f"{role}@eksempelby.example", role=role, venue=venue))
    return client


def test_area_head_writes_approves_and_publishes(home: SiteTree) -> None:
    report = draft()
    head = logged_in("area_head")
    own = f"{ADMIN}{report.pk}/"

    head.post(f"{own}skriv/", {"foreword": "Et godt år.", "text-1a": "Alle er i gang."})
    shown = head.get(own).content.decode()
    head.post(f"{own}godkend/")
    published = head.post(f"{own}udgiv/", {"introduction": "Sådan gik det."}, follow=True)

    report.refresh_from_db()
    public = Client().get(report.page.get_url())
    assert "Alle er i gang." in shown
    assert report.approved_by_name
    assert "Rapporten står på siden." in published.content.decode()
    assert "Alle er i gang." in public.content.decode()
    assert head.get(f"{own}hent/rapport.docx").status_code == 200


def test_frozen_report_is_not_written_through_its_address(home: SiteTree) -> None:
    report = approve_report(draft(), now=timezone.now())
    before = AnnualReport.objects.values().get()
    head = logged_in("area_head")
    own = f"{ADMIN}{report.pk}/"

    answers = [
        head.post(f"{own}skriv/", {"foreword": "Smuglet ind"}),
        head.post(f"{own}godkend/"),
        head.post(f"{own}kasser/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 422, 302]
    assert AnnualReport.objects.values().get() == before


@pytest.mark.parametrize("step", ["", "skriv/", "godkend/", "udgiv/", "hent/rapport.pdf"])
def test_leader_does_not_see_a_draft(home: SiteTree, step: str) -> None:
    report = draft()
    leader = logged_in("venue_leader")

    answer = leader.get(f"{ADMIN}{report.pk}/{step}")

    assert answer.status_code in {302, 404}


def test_leader_reads_and_fetches_an_approved_report_and_no_more(home: SiteTree) -> None:
    report = approve_report(draft(), now=timezone.now())
    leader = logged_in("venue_leader")
    own = f"{ADMIN}{report.pk}/"

    seen = [leader.get(own), leader.get(f"{own}hent/status.csv")]
    done = [leader.post(f"{own}{step}") for step in ("udgiv/", "tag-af/", "kasser/")]

    assert [answer.status_code for answer in seen] == [200, 200]
    assert [answer.status_code for answer in done] == [302, 302, 302]
    assert not hasattr(AnnualReport.objects.get(), "page")


def test_year_without_a_locked_round_cannot_be_chosen(home: SiteTree) -> None:
    draft()
    head = logged_in("area_head")

    answer = head.post(f"{ADMIN}ny/", {"year": "1999"})

    assert answer.status_code == 422
    assert AnnualReport.objects.count() == 1


def test_copy_that_was_tampered_with_is_not_shown_and_breaks_nothing(home: SiteTree) -> None:
    report = approve_report(draft(), now=timezone.now(), keep_files=False)
    page = publish_report(report, by=make_user())
    asked = report.rounds.get()
    with connection.cursor() as cursor:  # past every guard of ours
        cursor.execute("UPDATE initiatives_annualreport SET digest = 'x'")
        cursor.execute("UPDATE initiatives_followupround SET digest = 'x'")
    head = logged_in("area_head")

    own = head.get(f"{ADMIN}{report.pk}/")
    locked = head.get(f"/admin/initiativer/opfoelgning/{asked.pk}/")
    public = Client().get(page.get_url())
    file = Client().get(f"/rapporter/{report.pk}/rapport.pdf")

    told = "Den gemte kopi er ikke, som da den blev frosset, så den bliver ikke vist."
    assert [told in shown.content.decode() for shown in (own, locked)] == [True, True]
    assert (public.status_code, file.status_code) == (404, 404)

"""A report from locked rounds to a frozen copy that nothing changes."""

import datetime as dt
import re

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from directory.models import VenueMove
from initiatives.actions import Refused, update_progress
from initiatives.actions.reports import (
    approve_report,
    begin_report,
    discard_report,
    draft_document,
    publish_report,
    take_off,
    write_report,
)
from initiatives.actions.rounds import add_correction, answer_entry, lock_round, open_round
from initiatives.domain.comparison import Change, Row, change_of, rows_of
from initiatives.domain.document import Document, DocumentError, Facts, Table, outline_problem
from initiatives.domain.rounds import Half
from initiatives.freezing import stored_snapshot
from initiatives.models import (
    AnnualReport,
    AnnualReportPage,
    Initiative,
    ReportFile,
    ReportText,
    SealedError,
)
from initiatives.report_files import stored_document
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import make_catalogue, make_progress
from tests.factories.pages import SiteTree
from tests.initiatives.test_rounds import ANSWER

LAST_YEAR = timezone.make_aware(dt.datetime(2025, 11, 20, 9))
NOW = timezone.make_aware(dt.datetime(2026, 12, 10, 9))


def locked_round(now: dt.datetime, **answers: dict[str, str]) -> None:
    """Open the half year of `now`, answer 1a at each venue, and lock it."""
    half = Half(now.year, 2 if now.month > 6 else 1)
    asked = open_round(half, deadline_on=now.date() + dt.timedelta(days=10), now=now)
    for entry in asked.entries.filter(initiative__number="1a"):
        answer_entry(asked, entry.initiative, entry.venue, ANSWER, now=now)
    lock_round(asked, now=now, despite_missing=True)


def two_years() -> AnnualReport:
    """Return the draft of 2026, with a locked round of each year and progress between them."""
    make_catalogue()
    perlen, stuen = make_venue("Perlen"), make_venue("Stuen")
    start = {"agreed_start": dt.date(2025, 2, 1)}
    first = make_progress("1a", perlen, at=LAST_YEAR, status="started", **start)
    make_progress("1a", stuen, at=LAST_YEAR, status="started", **start)
    locked_round(LAST_YEAR)
    update_progress(first, values={"status": "implemented"}, now=NOW)
    locked_round(NOW)
    return begin_report(2026, now=NOW)


def table(document: Document, caption: str) -> Table:
    return next(
        block for block in document.blocks if isinstance(block, Table) and block.caption == caption
    )


def test_report_compares_each_venue_with_last_year(home: SiteTree) -> None:
    report = two_years()

    document = draft_document(report, now=NOW, author_name="Jørgen Lund")

    assert table(document, "Status for 1a fordelt på steder").rows == (
        ("Perlen", "Implementeret", "Igangsat", "Længere fremme", "–"),
        ("Stuen", "Igangsat", "Igangsat", "Uændret", "–"),
    )
    assert table(document, "Svar om 1a i opfølgningen").rows == (
        ("Er arbejdet sat i gang?", 2, 0, 0, 0),
        ("Er det udviklet siden sidst?", 0, 2, 0, 0),
        ("Er det en fast del af hverdagen?", 0, 0, 0, 2),
    )
    assert outline_problem(document.blocks) == ""


def test_report_needs_a_locked_round_of_its_year(home: SiteTree) -> None:
    make_catalogue()
    make_venue()
    open_round(Half(2026, 2), deadline_on=dt.date(2026, 12, 20), now=NOW)

    with pytest.raises(Refused) as refusal:
        begin_report(2026, now=NOW)

    assert list(refusal.value.problems) == ["year"]
    assert not AnnualReport.objects.exists()


def test_draft_takes_in_a_round_that_is_locked_after_it_was_begun(home: SiteTree) -> None:
    make_catalogue()
    make_venue("Perlen")
    spring = timezone.make_aware(dt.datetime(2026, 5, 10, 9))
    locked_round(spring)
    report = begin_report(2026, now=spring)
    locked_round(NOW)

    draft = draft_document(report, now=NOW, author_name="Jørgen Lund")
    approved = approve_report(report, now=NOW, keep_files=False)

    told = dict(next(block for block in draft.blocks if isinstance(block, Facts)).rows)
    assert told["Opfølgning"] == (
        "Opfølgning, første halvår 2026, låst den 10. maj 2026: 1 af 13 svar. "
        "Opfølgning, andet halvår 2026, låst den 10. december 2026: 1 af 13 svar"
    )
    assert [each.half for each in approved.rounds.order_by("half")] == [1, 2]


def test_report_is_begun_once(home: SiteTree) -> None:
    two_years()

    with pytest.raises(Refused):
        begin_report(2026, now=NOW)

    assert AnnualReport.objects.count() == 1


def test_frozen_report_never_changes_when_data_does(home: SiteTree) -> None:
    report = two_years()
    write_report(report, foreword="Et godt år.", afterword="", texts={"1a": "Alle er i gang."})
    frozen = approve_report(report, by=make_user(), now=NOW)
    before = stored_document(frozen)
    files = list(ReportFile.objects.values_list("kind", "body"))

    perlen, stuen = (
        progress.venue for progress in Initiative.objects.get(number="1a").progress.all()
    )
    Initiative.objects.update(title="Noget helt andet", summary="Andre ord")
    perlen.title = "Nyt navn"
    perlen.save()
    VenueMove.objects.create(venue=stuen, kind="merged", on=dt.date(2026, 12, 1), successor=perlen)
    for progress in Initiative.objects.get(number="1a").progress.all():
        progress.status = "dropped"
        progress.save()
    for one in frozen.rounds.all():
        add_correction(one, "Tallet var et andet.", now=NOW)
    after = stored_document(AnnualReport.objects.get())

    assert after == before
    assert "1a Kerneopgave og målgruppe for hvert værested" in str(before.blocks)
    assert "Alle er i gang." in str(before.blocks)
    assert list(ReportFile.objects.values_list("kind", "body")) == files
    assert {kind for kind, _body in files} == {"pdf", "docx", "csv", "figures"}


def test_frozen_report_refuses_every_way_to_change_it(home: SiteTree) -> None:
    stale = two_years()
    frozen = approve_report(stale, now=NOW)
    content = AnnualReport.objects.values_list("content", "digest").get()
    words = frozen.texts.first()
    stale.foreword = "Smuglet ind"

    for attempt in (
        stale.save,
        frozen.delete,
        words.save,
        words.delete,
        frozen.files.first().delete,
        lambda: AnnualReport.objects.update(content=None),
        lambda: ReportText.objects.update(text="Smuglet ind"),
        lambda: ReportFile.objects.all().delete(),
        lambda: ReportFile.objects.create(report=frozen, kind="x", body=b""),
    ):
        with pytest.raises(SealedError), transaction.atomic():
            attempt()
    for refused in (
        lambda: write_report(frozen, foreword="x", afterword="", texts={}),
        lambda: approve_report(frozen, now=NOW),
        lambda: discard_report(frozen),
    ):
        with pytest.raises(Refused):
            refused()

    assert AnnualReport.objects.values_list("content", "digest").get() == content


def test_content_changed_in_the_database_is_noticed(home: SiteTree) -> None:
    frozen = approve_report(two_years(), now=NOW)
    frozen.content["title"] = "En anden rapport"

    with pytest.raises(DocumentError):
        stored_document(frozen)


def test_new_edition_begins_with_the_words_of_the_last(home: SiteTree) -> None:
    report = two_years()
    write_report(report, foreword="Et godt år.", afterword="", texts={"1a": "Alle er i gang."})
    approve_report(report, now=NOW)

    again = begin_report(2026, now=NOW)

    assert (again.edition, again.foreword) == (2, "Et godt år.")
    assert again.texts.get(initiative__number="1a").text == "Alle er i gang."


def test_merged_venue_is_told_of_and_has_no_row(home: SiteTree) -> None:
    catalogue = make_catalogue()
    perlen, stuen = make_venue("Perlen"), make_venue("Stuen")
    locked_round(LAST_YEAR)
    asked = open_round(Half(2026, 2), deadline_on=dt.date(2026, 12, 20), now=NOW)
    VenueMove.objects.create(venue=stuen, kind="merged", on=dt.date(2026, 12, 1), successor=perlen)
    answer_entry(asked, catalogue["1a"], perlen, ANSWER, now=NOW)
    locked = lock_round(asked, now=NOW, despite_missing=True)

    document = draft_document(begin_report(2026, now=NOW), now=NOW, author_name="")

    copy = stored_snapshot(locked)
    one = next(row for row in copy.initiatives if row.number == "1a")
    assert [row.venue for row in rows_of(one, copy, None)] == ["Perlen"]
    assert "Stuen er blevet en del af Perlen" in str(document.blocks)


@pytest.mark.parametrize(
    ("was", "now", "change"),
    [
        ("", "started", Change.NEW),
        ("started", "developing", Change.FORWARD),
        ("implemented", "developing", Change.BACK),
        ("started", "started", Change.SAME),
        ("started", "paused", Change.PAUSED),
        ("paused", "started", Change.RESUMED),
        ("developing", "dropped", Change.DROPPED),
    ],
)
def test_change_of_a_status_has_a_name(was: str, now: str, change: Change) -> None:
    assert change_of(was, now) is change


def test_row_of_a_venue_without_last_year_is_new() -> None:
    assert Row("Perlen", "started", "", change_of("", "started")).change is Change.NEW


def test_published_report_stands_on_the_site_with_its_files(home: SiteTree) -> None:
    report = approve_report(two_years(), now=NOW)
    area_head = make_user("chef@eksempelby.example", role="area_head")
    client = Client()

    page = publish_report(report, introduction="Sådan gik året.", by=area_head)
    shown = client.get(page.get_url())
    pdf = client.get(f"/rapporter/{report.pk}/rapport.pdf")
    take_off(report, by=area_head)

    assert shown.status_code == 200
    html = shown.content.decode()
    names = re.findall(r'\bid="([^"]+)"', html)
    regions = re.findall(r'role="region" aria-label="([^"]+)"', html)
    assert "Status for 1a fordelt på steder" in regions
    assert (len(set(names)), len(set(regions))) == (len(names), len(regions))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content == bytes(report.files.get(kind="pdf").body)
    assert client.get(f"/rapporter/{report.pk}/rapport.pdf").status_code == 404
    assert not AnnualReportPage.objects.live().exists()


def test_files_of_an_unpublished_report_are_nobodys(home: SiteTree) -> None:
    report = approve_report(two_years(), now=NOW)

    for name in ("rapport.pdf", "rapport.docx", "status.csv", "tal.csv", "andet.txt"):
        assert Client().get(f"/rapporter/{report.pk}/{name}").status_code == 404


def test_draft_is_not_published(home: SiteTree) -> None:
    with pytest.raises(Refused):
        publish_report(two_years(), by=make_user())

    assert not AnnualReportPage.objects.exists()


def test_words_written_while_the_files_are_made_stop_the_freezing(
    home: SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = two_years()

    def somebody_writes(document: Document, kind: str) -> bytes:
        write_report(report, foreword="Nyt forord", afterword="", texts={})
        return b"%PDF-"

    monkeypatch.setattr("initiatives.actions.reports.file_bytes", somebody_writes)

    with pytest.raises(Refused):
        approve_report(report, now=NOW)

    report.refresh_from_db()
    assert (report.approved_at, report.foreword) == (None, "Nyt forord")
    assert ReportFile.objects.count() == 0

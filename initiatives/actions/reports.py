"""The yearly report: begun from locked rounds, written, approved and frozen, published."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Site

from core.domain.dates import local_day
from core.paper import PaperBusy, PaperMissing
from core.wording import date_text
from initiatives.actions.refusal import Refused, author
from initiatives.domain.document import Document, DocumentError, digest, to_json
from initiatives.domain.snapshot import SnapshotError
from initiatives.freezing import stored_snapshot
from initiatives.models import (
    AnnualReport,
    AnnualReportPage,
    FollowUpRound,
    Initiative,
    ReportFile,
    ReportText,
    RoundCorrection,
)
from initiatives.report_content import Material, report_document
from initiatives.report_files import file_bytes, stored_document


@transaction.atomic
def begin_report(year: int, *, by: Any = None, now: dt.datetime) -> AnnualReport:
    """Begin the report of `year` from its locked rounds; a later edition begins with the words.

    Raises Refused without a locked round of that year, or when a draft of it exists.
    """
    rounds = _locked_rounds(year)
    if not rounds:
        raise Refused({"year": _("There is no locked round from %(year)d yet.") % {"year": year}})
    if AnnualReport.objects.filter(year=year, approved_at__isnull=True).exists():
        raise Refused({"year": _("The report of %(year)d is begun already.") % {"year": year}})
    earlier = AnnualReport.objects.filter(year=year).order_by("edition").last()
    report = AnnualReport.objects.create(
        year=year,
        edition=earlier.edition + 1 if earlier else 1,
        foreword=earlier.foreword if earlier else "",
        afterword=earlier.afterword if earlier else "",
        begun_at=now,
        begun_by=author(by)["by"],
    )
    report.rounds.set(rounds)
    words = dict(earlier.texts.values_list("initiative", "text")) if earlier else {}
    for initiative in Initiative.objects.all():
        ReportText.objects.create(
            report=report, initiative=initiative, text=words.get(initiative.pk, "")
        )
    return report


@transaction.atomic
def write_report(
    report: AnnualReport, *, foreword: str, afterword: str, texts: Mapping[str, str]
) -> None:
    """Write a draft's words; `texts` by the initiatives' numbers. Raises Refused when frozen."""
    fresh = _draft(report)
    fresh.foreword, fresh.afterword = foreword.strip(), afterword.strip()
    fresh.save()
    for row in fresh.texts.select_related("initiative"):
        if row.initiative.number in texts:
            row.text = texts[row.initiative.number].strip()
            row.save()


def approve_report(
    report: AnnualReport, *, by: Any = None, now: dt.datetime, keep_files: bool = True
) -> AnnualReport:
    """Approve a draft and freeze it: its whole content, and its files byte for byte.

    Without `keep_files` the files are written from the frozen content whenever they are asked for.

    Raises Refused when it is frozen already, when its rounds cannot be read, and when somebody
    writes in it just then. The files are written first: they take a few seconds, and hold nobody
    up.
    """
    name = author(by)["by_name"]
    document = draft_document(_draft(report), now=now, author_name=name)
    files = _files(document) if keep_files else {}
    with transaction.atomic():
        fresh = _draft(report)
        if draft_document(fresh, now=now, author_name=name) != document:
            raise Refused(_("The page was changed meanwhile. Read it through once more."))
        for kind, body in files.items():
            ReportFile.objects.create(report=fresh, kind=kind, body=body)
        who = author(by)
        fresh.rounds.set(_locked_rounds(fresh.year))
        fresh.content = to_json(document)
        fresh.digest = digest(fresh.content)
        fresh.approved_at = now
        fresh.approved_by, fresh.approved_by_name = who["by"], who["by_name"]
        fresh.save()
    return fresh


@transaction.atomic
def discard_report(report: AnnualReport) -> None:
    """Throw a draft away. Raises Refused when it is frozen."""
    _draft(report).delete()


def draft_document(report: AnnualReport, *, now: dt.datetime, author_name: str) -> Document:
    """Return a draft as it would be frozen at `now` (UTC). Raises Refused.

    A round of the year that was locked after the draft was begun is in it too.
    """
    rounds = _locked_rounds(report.year)
    before = FollowUpRound.objects.filter(year=report.year - 1, running=False).first()
    try:
        copies = tuple(stored_snapshot(one) for one in rounds)
        earlier = stored_snapshot(before) if before else None
    except SnapshotError as error:
        raise Refused(_("A round's copy cannot be read, so nothing is made of it.")) from error
    corrections = RoundCorrection.objects.filter(round__in=rounds).select_related(
        "initiative", "venue"
    )
    return report_document(
        Material(
            year=report.year,
            edition=report.edition,
            foreword=report.foreword,
            afterword=report.afterword,
            texts=dict(report.texts.values_list("initiative__number", "text")),
            rounds=copies,
            before=earlier,
            corrections=tuple(correction_text(row) for row in corrections),
            author=author_name,
            made_at=now,
        )
    )


def correction_text(row: RoundCorrection) -> str:
    """Return a correction with its day and what it is about."""
    about = [
        part
        for part in (
            row.initiative.number if row.initiative else "",
            row.venue.title if row.venue else "",
        )
        if part
    ]
    text = f"{date_text(local_day(row.at))}: {row.text}"
    return f"{' · '.join(about)}, {text}" if about else text


@transaction.atomic
def publish_report(report: AnnualReport, *, introduction: str = "", by: Any) -> AnnualReportPage:
    """Put a frozen report on the public site, below the front page, and return its page.

    A report that was taken off stands at its old address again. Raises Refused for a draft, for a
    stored copy that was tampered with, and without a front page.
    """
    try:
        document = stored_document(report)
    except DocumentError as error:
        raise Refused(
            _("Only an approved report that is as it was frozen is published.")
        ) from error
    page: AnnualReportPage | None = AnnualReportPage.objects.filter(report=report).first()
    if page is None:
        page = _new_page(report, document)
    page.introduction = introduction.strip()
    # Who may approve may publish this one page; the page tree itself is not theirs.
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    return page


@transaction.atomic
def take_off(report: AnnualReport, *, by: Any) -> None:
    """Take a report off the public site; its page can be published again."""
    page = AnnualReportPage.objects.filter(report=report, live=True).first()
    if page is not None:
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)


def _new_page(report: AnnualReport, document: Document) -> AnnualReportPage:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        raise Refused(_("There is no front page to publish below."))
    slug = f"afrapportering-{report.year}"
    if report.edition > 1:
        slug += f"-{report.edition}"
    page = AnnualReportPage(title=document.title, slug=slug, report=report, live=False)
    site.root_page.add_child(instance=page)
    return page


def _files(document: Document) -> dict[str, bytes]:
    """Every file of a report. Where no PDF can be made, the page offers the others."""
    found = {}
    for kind in ReportFile.Kind.values:
        try:
            found[kind] = file_bytes(document, kind)
        except (PaperMissing, PaperBusy):
            continue
    return found


def _locked_rounds(year: int) -> list[FollowUpRound]:
    """Return the locked rounds of `year`, oldest first."""
    return list(FollowUpRound.objects.filter(year=year, running=False).order_by("half"))


def _draft(report: AnnualReport) -> AnnualReport:
    fresh: AnnualReport = AnnualReport.objects.get(pk=report.pk)
    if fresh.approved_at is not None:
        raise Refused(
            _("The report is approved and frozen. Begin a new edition if something is wrong.")
        )
    return fresh

"""Putting evidence beside a progress, and taking it away again. Nothing is deleted."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from initiatives.actions.progress import check_open, cpr_problems, stamp, write_change
from initiatives.actions.refusal import Refused, author
from initiatives.domain.documents import Upload, document_problem
from initiatives.models import Evidence, EvidenceFile, Progress
from initiatives.taxonomy import ChangeKind, EvidenceKind


@transaction.atomic
def add_evidence(
    progress: Progress,
    *,
    title: str,
    url: str = "",
    page: Page | None = None,
    upload: Upload | None = None,
    by: Any = None,
    now: dt.datetime,
) -> Evidence:
    """Put a link, a page or a document beside `progress`; exactly one of them. Returns the row.

    Raises Refused by field when there is none or more than one, or for a document that is too
    large, of another kind than its name says, or empty.
    """
    fresh = Progress.objects.select_for_update().get(pk=progress.pk)
    check_open(fresh, now=now)
    given = [kind for kind, value in _by_kind(url, page, upload) if value]
    problems = cpr_problems({"title": title})
    if not title.strip():
        problems["title"] = _("Write what it shows.")
    if len(given) != 1:
        problems[""] = _("Give one thing: a link, a page or a document.")
    elif upload and (problem := document_problem(upload)):
        problems["document"] = DOCUMENT_PROBLEMS[problem]()
    if problems:
        raise Refused(problems)
    evidence = Evidence.objects.create(
        progress=fresh,
        kind=given[0],
        title=title.strip(),
        url=url,
        page=page,
        added_at=now,
        added_by=author(by)["by"],
    )
    if upload:
        EvidenceFile.objects.create(
            evidence=evidence, name=upload.name, content_type=upload.kind, body=upload.body
        )
    stamp(fresh, now)
    progress.changed_at = progress.confirmed_at = now
    write_change(fresh, ChangeKind.EVIDENCE, {}, {"evidence": evidence.title}, by=by, now=now)
    return evidence


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: Any = None, now: dt.datetime) -> None:
    """Take evidence away from its progress; it stays in the log. Twice does no harm."""
    fresh = Evidence.objects.select_for_update().get(pk=evidence.pk)
    check_open(fresh.progress, now=now)
    if fresh.removed_at is None:
        _mark(fresh, now)
        write_change(
            fresh.progress, ChangeKind.EVIDENCE, {"evidence": fresh.title}, {}, by=by, now=now
        )


@transaction.atomic
def restore_evidence(evidence: Evidence, *, by: Any = None, now: dt.datetime) -> None:
    """Put back what was taken away. Twice does no harm."""
    fresh = Evidence.objects.select_for_update().get(pk=evidence.pk)
    check_open(fresh.progress, now=now)
    if fresh.removed_at is not None:
        _mark(fresh, None)
        write_change(
            fresh.progress, ChangeKind.EVIDENCE, {}, {"evidence": fresh.title}, by=by, now=now
        )


def _mark(evidence: Evidence, removed_at: dt.datetime | None) -> None:
    evidence.removed_at = removed_at
    evidence.save(update_fields=["removed_at"])


def _by_kind(url: str, page: Page | None, upload: Upload | None) -> list[tuple[EvidenceKind, Any]]:
    return [
        (EvidenceKind.LINK, url),
        (EvidenceKind.PAGE, page),
        (EvidenceKind.DOCUMENT, upload),
    ]


DOCUMENT_PROBLEMS = {
    "empty": lambda: _("The file is empty."),
    "too_large": lambda: _("The file is larger than 10 MB. Make it smaller, or give a link."),
    "kind": lambda: _("Choose a PDF, a Word or Excel file, or an OpenDocument file."),
    "content": lambda: _("The file is not what its name says. Save it again, and try once more."),
}

"""What visitors tell is wrong on a page: taken in, handed to the venue, answered or closed."""

import datetime as dt
import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page

from activities.addresses import absolute
from activities.models import ActivityPage
from activities.taxonomy import HostRole
from core.post import PostError, post_template
from directory.models import VenuePage
from directory.permissions import OPERATES
from directory.taxonomy import Role
from staff.models import PageReport
from staff.models.report import ReportState

logger = logging.getLogger(__name__)

CONTACT_DAYS = 30
ROW_DAYS = 365


@transaction.atomic
def report_page(
    *, path: str, text: str, contact: str, root_path: str, now: dt.datetime
) -> PageReport:
    """Keep what a visitor wrote about the page at `path`, and tell the venue it belongs to.

    `root_path` is the front page's stored address. What belongs to no venue goes to those who
    look after the site. Nothing about the visitor is kept but what they wrote themselves.
    """
    venue = venue_at(path, root_path)
    report = PageReport.objects.create(
        venue=venue, path=path[:300], text=text, contact=contact, created_at=now
    )
    for address in _readers(venue):
        try:
            post_template(
                template="mail/staff/report",
                context={
                    "report": report,
                    "page": absolute(report.path),
                    "url": absolute(f"{reverse('staff_reports')}#nr-{report.pk}"),
                },
                to=address,
                purpose="page_report",
                now=now,
            )
        except PostError:
            logger.warning("Nobody could be told of report %s at one address", report.pk)
    return report


@transaction.atomic
def settle_report(
    report: PageReport, *, state: ReportState, note: str, by: Any, now: dt.datetime
) -> None:
    """Say that a report was answered or put right, or open it again."""
    report.state, report.note = state, note
    done = state is not ReportState.OPEN
    report.handled_at, report.handled_by = (now, by) if done else (None, None)
    report.save()


@transaction.atomic
def forget_reports(*, now: dt.datetime) -> int:
    """Wipe where to answer a month after a report was settled, and rows a year old."""
    settled = PageReport.objects.exclude(state=ReportState.OPEN).exclude(contact="")
    wiped = settled.filter(handled_at__lt=now - dt.timedelta(days=CONTACT_DAYS)).update(contact="")
    gone, _rows = PageReport.objects.filter(
        created_at__lt=now - dt.timedelta(days=ROW_DAYS)
    ).delete()
    return wiped + gone


def venue_at(path: str, root_path: str) -> VenuePage | None:
    """Return the venue that answers for the page at `path`: its own, or an event's main host."""
    parts = [part for part in path.split("?")[0].split("/") if part]
    for length in range(len(parts), 0, -1):
        found = Page.objects.filter(
            url_path=f"{root_path}{'/'.join(parts[:length])}/", live=True
        ).first()
        if found is None:
            continue
        page = found.specific
        if isinstance(page, VenuePage):
            return page
        if isinstance(page, ActivityPage):
            lead = page.hosts.filter(role=HostRole.LEAD).select_related("venue").first()
            above = VenuePage.objects.filter(path=page.path[: -page.steplen]).first()
            return above or (lead.venue if lead else None)
    return None


def _readers(venue: VenuePage | None) -> list[str]:
    here = Q(memberships__venue=venue, memberships__role__in=OPERATES)
    site = Q(memberships__role=Role.COMMUNICATION)
    people = get_user_model()._default_manager.filter(here if venue else site, is_active=True)
    return sorted(set(people.values_list("email", flat=True)))

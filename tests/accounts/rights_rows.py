"""Rows that the demo has none of, so that the table of rights asks about what is there."""

import datetime as dt
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from accounts.models import Invitation
from activities.abonner import code_of
from activities.filters import CalendarFilter
from activities.finder_views import list_code
from activities.models import CalendarSource, PlanningSheet, PlanningTask, SharedCost
from activities.models.source import SourceKind
from core.models import KeptMail
from directory.models import VenuePage
from directory.taxonomy import Role
from initiatives.models import Evidence, EvidenceFile, Progress
from initiatives.taxonomy import EvidenceKind
from newsletter.models import Topic
from tests.factories.core import make_user

MAIL = b"Subject: Hej\n\nHej med dig."


def missing_rows(venue: VenuePage, sheet: PlanningSheet, now: dt.datetime) -> dict[str, Any]:
    """Make the rows at `venue`, the first host of the event with `sheet`; return their ids."""
    source = CalendarSource.objects.create(
        venue=venue,
        kind=SourceKind.ADDRESS,
        name="Husets egen kalender",
        url="https://kalender.example/huset.ics",
    )
    progress = Progress.objects.filter(venue=venue).first()
    evidence = Evidence.objects.create(
        progress=progress, kind=EvidenceKind.DOCUMENT, title="Referat", added_at=now
    )
    file = EvidenceFile.objects.create(
        evidence=evidence, name="referat.pdf", content_type="application/pdf", body=b"%PDF-1.7"
    )
    colleague = make_user("kollega@matrix.example", role=Role.STAFF, venue=venue)
    TOTP.activate(colleague, generate_totp_secret())
    invitation = Invitation.objects.create(
        email="ny@matrix.example",
        role=Role.STAFF,
        venue=venue,
        secret_hash="ny",
        created_at=now,
        expires_at=now + dt.timedelta(days=14),
    )
    return {
        "person_with_app": colleague.pk,
        "invitation": invitation.pk,
        "source": source.pk,
        "evidence_file": file.pk,
        "mail": KeptMail.objects.create(to="a@b.example", subject="Hej", raw=MAIL).pk,
        "topic": Topic.objects.order_by("pk").first().pk,
        "task": PlanningTask.objects.create(sheet=sheet, text="Køb kaffe").pk,
        "cost": SharedCost.objects.create(sheet=sheet, what="Kaffe", amount=4000).pk,
        "calendar_code": code_of(CalendarFilter(venues=(venue.slug,))),
        "list_code": list_code([venue.pk]),
    }

"""Agendas and minutes on their way to the members; minutes are fixed when they are sent."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core.domain.dates import local_day
from core.paper import PaperBusy, PaperMissing
from core.post import Attachment
from initiatives.actions.letters import write_to
from initiatives.actions.meetings import open_meeting
from initiatives.actions.refusal import Refused, author
from initiatives.actions.services import save_service
from initiatives.domain.document import Document, digest, to_json
from initiatives.minutes import agenda_document, minutes_document, when_text, where_text
from initiatives.models import LeadersMeeting, OutreachService
from initiatives.people import members
from initiatives.round_taxonomy import AgendaSource
from initiatives.writers.paper import pdf_bytes


def send_agenda(meeting: LeadersMeeting, *, now: dt.datetime) -> int:
    """Send the agenda as it stands to every member; return to how many.

    The same agenda is not sent twice to anybody; a changed one is. Raises Refused once the
    minutes are fixed, and for a meeting that is cancelled.
    """
    if meeting.cancelled_at is not None:
        raise Refused(_("The meeting was cancelled. Say that it takes place before you send."))
    document = agenda_document(meeting, local_day(now))
    files = _file(document, f"dagsorden-{meeting.on}.pdf")
    key = f"meeting-{meeting.pk}-agenda-{digest(to_json(document))[:16]}"
    with transaction.atomic():
        open_meeting(meeting)
        return _send(meeting, "initiatives/agenda", key, files, now)


def settle_minutes(meeting: LeadersMeeting, *, by: Any = None, now: dt.datetime) -> int:
    """Fix the minutes for good, and send them to every member as a PDF; return to how many.

    Raises Refused when they are fixed already, when the meeting is still to come or was
    cancelled, and when somebody writes in them just then. The file is written first: it takes a
    second, and holds nobody up.
    """
    if meeting.cancelled_at is not None:
        raise Refused(_("The meeting was cancelled, so it has no minutes."))
    if meeting.on > local_day(now):
        raise Refused(_("The meeting is still to come. Fix the minutes when it has been held."))
    document = minutes_document(meeting, local_day(now))
    files = _file(document, f"referat-{meeting.on}.pdf")
    with transaction.atomic():
        open_meeting(meeting)
        stored = minutes_document(LeadersMeeting.objects.get(pk=meeting.pk), local_day(now))
        if to_json(stored) != to_json(document):
            raise Refused(_("The page was changed meanwhile. Read it through once more."))
        fix_minutes(meeting, document, by=by, now=now)
        return _send(meeting, "initiatives/minutes", f"meeting-{meeting.pk}-minutes", files, now)


@transaction.atomic
def fix_minutes(
    meeting: LeadersMeeting, document: Document, *, by: Any = None, now: dt.datetime
) -> None:
    """Keep `document` as the minutes of a meeting for good. Raises Refused when fixed already."""
    open_meeting(meeting)
    who = author(by)
    meeting.minutes = to_json(document)
    meeting.digest = digest(meeting.minutes)
    meeting.settled_at = now
    meeting.settled_by, meeting.settled_by_name = who["by"], who["by_name"]
    meeting.recipients = len(members())
    meeting.save()
    _note_coordination(meeting, by=by, now=now)


def _note_coordination(meeting: LeadersMeeting, *, by: Any, now: dt.datetime) -> None:
    """Let the services that were talked about say so: coordinated at this meeting (4c)."""
    items = meeting.items.filter(source=AgendaSource.OUTREACH).exclude(said="")
    ids = [key.partition(":")[2] for key in items.values_list("source_key", flat=True)]
    waiting = OutreachService.objects.filter(pk__in=ids, coordinated_at__isnull=True)
    for service in waiting:
        try:
            save_service(service, {"coordinated_at": meeting}, by=by, now=now)
        except Refused:  # its venue is part of another by now: it says so itself
            continue


def _file(document: Document, name: str) -> list[Attachment]:
    try:
        return [Attachment(name, "application/pdf", pdf_bytes(document))]
    except (PaperMissing, PaperBusy):  # the mail leads to the page, which says the same
        return []


def _send(
    meeting: LeadersMeeting, template: str, key: str, files: list[Attachment], now: dt.datetime
) -> int:
    people = members()
    shared = {
        "meeting": meeting,
        "when": when_text(meeting),
        "where": where_text(meeting),
        "items": meeting.items.all(),
        "has_file": bool(files),
        "address": settings.BASE_URL + reverse("initiatives_meeting", args=[meeting.pk]),
    }
    for user in people:
        write_to(user, template, {**shared, "name": user.first_name}, key, now, files)
    return len(people)

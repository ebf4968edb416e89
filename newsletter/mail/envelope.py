"""Who a mail to many comes from, and what mail programs are told about it."""

import re
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings

from core.domain.text import clean
from core.mail_frame import mail_frame
from core.post import sender_domain
from newsletter.domain.headers import Envelope
from newsletter.domain.quoted import MimeError, header

if TYPE_CHECKING:
    from newsletter.models import Dispatch, Topic

ARCHIVE = "/nyhedsbrev/"
LONGEST_SENDER, SHORTEST_SENDER = 15, 5


def envelope_of(dispatch: "Dispatch", *, automatic: bool) -> Envelope:
    """Return what stands above every copy of a dispatch."""
    return envelope(dispatch.topic, dispatch.subject, name=dispatch.id.hex, automatic=automatic)


def envelope(topic: "Topic", subject: str, *, name: str, automatic: bool = False) -> Envelope:
    """Return the envelope of mail on `topic`; `name` is what mail services count it under."""
    domain = sender_domain()
    archive = f"{settings.BASE_URL}{ARCHIVE}"
    return Envelope(
        from_name=in_one_line(mail_frame().site_name),
        from_address=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        subject=in_one_line(subject),
        list_name=in_one_line(topic.title),
        list_id=topic.list_id(domain),
        help_url=archive,
        archive_url=archive,
        feedback_id=f"{name[:12]}:{topic.slug}:newsletter:{_sender_id(domain)}",
        automatic=automatic,
    )


def in_one_line(text: str) -> str:
    """Return `text` without line breaks and letters nobody can see.

    Forms refuse them; what came in another way must not keep a whole issue from leaving.
    """
    return " ".join(clean(text).split())


def subject_problem(subject: str) -> str:
    """Return why a subject cannot be sent: `line_break`, `empty`, or "" when it can."""
    try:
        header("Subject", subject)
    except MimeError as error:
        return error.code
    return ""


def _sender_id(domain: str) -> str:
    """Return the sender's name in Feedback-ID: 5 to 15 letters and digits, always the same."""
    letters = re.sub(r"[^a-z0-9]", "", domain.lower())[:LONGEST_SENDER]
    return letters.ljust(SHORTEST_SENDER, "0")

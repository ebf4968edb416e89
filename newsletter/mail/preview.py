"""A mail as one kind of reader sees it, read back from the very bytes that would be sent."""

import uuid
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from django.conf import settings
from django.utils.translation import gettext

from newsletter.domain.content import IssueContent
from newsletter.domain.headers import Envelope, Reader
from newsletter.domain.mime import assemble
from newsletter.mail.encode import encode_issue
from newsletter.mail.envelope import ARCHIVE

NOBODY = uuid.UUID(int=0)


def preview_html(content: IssueContent, reader: Reader) -> str:
    """Return the HTML part for `reader`, a whole document; or a sentence when none would be sent.

    Addresses of the reader that are not addresses ("#") lead to the newsletter's own page.
    """
    return _part(content, reader, "html")


def preview_text(content: IssueContent, reader: Reader) -> str:
    """Return the plain text part for `reader`, or a sentence when no mail would be sent."""
    return _part(content, reader, "plain")


def preview_message(
    content: IssueContent, reader: Reader, *, trial: bool = False
) -> EmailMessage | None:
    """Return the message for `reader` as a mail program reads it, or None when there is none."""
    home = f"{settings.BASE_URL}{ARCHIVE}"
    shown = replace(reader, unsubscribe_url=home, manage_url=home)
    raw = assemble(encode_issue(content, trial=trial), shown, _envelope(content), dispatch=NOBODY)
    if raw is None:
        return None
    return message_from_bytes(raw, _class=EmailMessage, policy=SMTP)


def _part(content: IssueContent, reader: Reader, subtype: str) -> str:
    message = preview_message(content, reader)
    if message is None:
        return gettext("This reader gets no mail: there is nothing in it for them.")
    return body_of(message, subtype)


def body_of(message: EmailMessage, subtype: str) -> str:
    """Return the text of the `plain` or the `html` part."""
    found = message.get_body(preferencelist=(subtype,))
    return "" if found is None else str(found.get_content()).replace("\r\n", "\n")


def _envelope(content: IssueContent) -> Envelope:
    """A preview shows no headers but the subject; an issue without one can be looked at, too."""
    home = f"{settings.BASE_URL}{ARCHIVE}"
    return Envelope(
        from_name="",
        from_address="nobody@example.org",
        subject=" ".join(content.subject.split()) or "-",
        list_name="",
        list_id="preview.invalid",
        help_url=home,
        archive_url=home,
        feedback_id="preview",
    )

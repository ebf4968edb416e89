"""Mail to one person: written down in the same transaction as what it tells of, sent afterwards.

The row is the record and the queue only a knock, so a mail outlives a worker, a queue and a relay
that are away. A worker killed between the relay's yes and our note of it sends the mail again,
with the same Message-ID and Date. What goes to many at once is the newsletter's.
"""

import datetime as dt
import secrets
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation

from core.mail_markup import inline_styles
from core.models import KeptMail, MailAttachment, OutgoingMail
from core.queue import enqueue_named

WAITS = (60, 300, 1800, 7200, 21600)  # seconds before each new try, then the last one again
LIFETIME = dt.timedelta(days=3)
CLAIM = dt.timedelta(minutes=5)
LOT = 50
KEPT_AT_MOST = 1000


class PostError(ValueError):
    """A mail that cannot be written; `code` is `address` or `line_break`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send along: its name, its kind such as `application/pdf`, its bytes."""

    name: str
    content_type: str
    body: bytes


@transaction.atomic
def post(
    *,
    purpose: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    key: str = "",
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
    due_at: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
    now: dt.datetime,
) -> OutgoingMail:
    """Write a mail down to be sent at `due_at` (UTC, at once if None), and return its row.

    `purpose` is a short code for lists and logs. A mail with the same `key` is written once: the
    row that exists is returned. After `expires_at` (three days unless said) no more is tried.
    Raises PostError for a broken address, or a line break in the subject or a header.
    """
    _check(to, subject, headers or {})
    start = due_at or now
    values = {
        "purpose": purpose,
        "to": to,
        "subject": subject,
        "text": text,
        "html": html,
        "headers": dict(headers or {}),
        "message_id": f"<{secrets.token_hex(16)}@{sender_domain()}>",
        "created_at": now,
        "due_at": start,
        "expires_at": expires_at or start + LIFETIME,
    }
    if key:
        mail, made = OutgoingMail.objects.get_or_create(key=key, defaults=values)
        if not made:
            return mail
    else:
        mail = OutgoingMail.objects.create(**values)
    MailAttachment.objects.bulk_create(
        MailAttachment(mail=mail, name=file.name, content_type=file.content_type, body=file.body)
        for file in attachments
    )
    enqueue_named("core.tasks.send_waiting_mail")
    return mail


def post_template(
    *,
    template: str,
    context: Mapping[str, Any],
    to: str,
    purpose: str,
    now: dt.datetime,
    **rest: Any,
) -> OutgoingMail:
    """Write down the mail that `<template>.subject.txt`, `.txt` and, if there is one, `.html` make.

    The rest is as `post` takes it. The words are Danish whatever the present language.
    """
    values = {"base_url": settings.BASE_URL, **context}
    with translation.override(settings.LANGUAGE_CODE):
        subject = " ".join(_plain(f"{template}.subject.txt", values).split())
        text = _plain(f"{template}.txt", values).strip() + "\n"
        html = _html(template, {**values, "subject": subject})
    return post(purpose=purpose, to=to, subject=subject, text=text, html=html, now=now, **rest)


def send_waiting(*, now: dt.datetime, limit: int = LOT) -> int:
    """Send up to `limit` mails that are due at `now` (UTC); return how many were tried.

    Each is claimed by itself, so several workers never send the same one. What the relay refuses
    for good (5xx) is given up with its words; anything else is tried again by plan.
    """
    connection = get_connection()
    tried = 0
    try:
        for pk in OutgoingMail.objects.due(now).values_list("pk", flat=True)[:limit]:
            if not OutgoingMail.objects.due(now).filter(pk=pk).update(claimed_until=now + CLAIM):
                continue
            _send(OutgoingMail.objects.get(pk=pk), connection, now)
            tried += 1
    finally:
        connection.close()
    return tried


@transaction.atomic
def forget_old_mail(*, now: dt.datetime) -> int:
    """Wipe the addresses of mails done with a week ago, and old mails of the outbox."""
    before = now - dt.timedelta(days=7)
    done = OutgoingMail.objects.filter(sent_at__lt=before) | OutgoingMail.objects.filter(
        failed_at__lt=before
    )
    forgotten, _rows = done.filter(key="").delete()
    forgotten += done.exclude(to="").update(to="", subject="")
    KeptMail.objects.filter(kept_at__lt=now - dt.timedelta(days=14)).delete()
    newest = KeptMail.objects.values_list("pk", flat=True)[KEPT_AT_MOST : KEPT_AT_MOST + 1]
    KeptMail.objects.filter(pk__lte=max(newest, default=0)).delete()
    return forgotten


@transaction.atomic
def try_again(mail: OutgoingMail, *, now: dt.datetime) -> None:
    """Let a mail that was given up be sent once more, with three days to do it."""
    mail.failed_at, mail.claimed_until, mail.problem = None, None, ""
    mail.tries, mail.due_at, mail.expires_at = 0, now, now + LIFETIME
    mail.save()
    enqueue_named("core.tasks.send_waiting_mail")


def sender_domain() -> str:
    """Return the domain of the address that mail is sent from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _check(to: str, subject: str, headers: Mapping[str, str]) -> None:
    try:
        validate_email(to)
    except ValidationError:
        raise PostError("address") from None
    lines = [to, subject, *headers.keys(), *headers.values()]
    if any("\n" in line or "\r" in line for line in lines):
        raise PostError("line_break")


def _plain(name: str, values: Mapping[str, Any]) -> str:
    """Return plain text: an ampersand stays one."""
    found: Any = get_template(name)
    return str(found.template.render(Context(dict(values), autoescape=False)))


def _html(template: str, values: Mapping[str, Any]) -> str:
    try:
        found = get_template(f"{template}.html")
    except TemplateDoesNotExist:
        return ""
    return inline_styles(found.render(dict(values)))


def _send(mail: OutgoingMail, connection: BaseEmailBackend, now: dt.datetime) -> None:
    if mail.expires_at <= now:
        _give_up(mail, mail.problem, now)
        return
    try:
        connection.send_messages([message_of(mail)])
    except smtplib.SMTPException as error:
        code, words = _answer(error)
        (_give_up if 500 <= code < 600 else _postpone)(mail, words, now)
        connection.close()
    except OSError as error:
        _postpone(mail, str(error), now)
        connection.close()
    else:
        mail.sent_at, mail.text, mail.html, mail.headers = now, "", "", {}
        mail.problem, mail.claimed_until = "", None
        mail.save()
        mail.attachments.all().delete()


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    """Return the mail as Django sends it: the same Message-ID and Date at every try."""
    headers = {
        "Message-ID": mail.message_id,
        "Date": format_datetime(mail.created_at),
        "Auto-Submitted": "auto-generated",
        "Content-Language": settings.LANGUAGE_CODE,
        **mail.headers,
    }
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for file in mail.attachments.all():
        message.attach(file.name, bytes(file.body), file.content_type)
    return message


def _answer(error: smtplib.SMTPException) -> tuple[int, str]:
    """Return the relay's code (0 when it gave none) and words."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        said: bytes | str = words
    elif isinstance(error, smtplib.SMTPResponseException):
        code, said = error.smtp_code, error.smtp_error
    else:
        return 0, str(error)
    # A login that fails is the relay's set-up, not this mail: worth another try.
    code = 0 if isinstance(error, smtplib.SMTPAuthenticationError) else code
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return code, f"{code} {text}".strip()


def _give_up(mail: OutgoingMail, words: str, now: dt.datetime) -> None:
    mail.failed_at, mail.problem, mail.claimed_until = now, words[:255], None
    mail.save()


def _postpone(mail: OutgoingMail, words: str, now: dt.datetime) -> None:
    wait = dt.timedelta(seconds=WAITS[min(mail.tries, len(WAITS) - 1)])
    mail.tries += 1
    mail.problem, mail.claimed_until = words[:255], None
    mail.due_at = now + wait
    if mail.due_at >= mail.expires_at:
        _give_up(mail, words, now)
        return
    mail.save()

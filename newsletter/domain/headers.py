"""The headers of mail to many (RFC 5322, 2369, 2919, 3834, 8058), each written once.

What is the same for all readers is folded once for an issue; a reader's own lines are written
without a library, from values that are checked here and cannot carry another header.
"""

import datetime as dt
import hashlib
import hmac
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from newsletter.domain.quoted import MimeError, header, mail_address, named

# No & and no quotes: an address stands in headers and in attributes as it is.
_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$*+,;=%-]{1,900}")
_MAILTO = re.compile(r"mailto:[A-Za-z0-9._~@?=+%-]{3,400}")
LEAVING = "afmeld"  # a word people understand when their mail program shows it
_ID = re.compile(r"<[A-Za-z0-9.+_-]+@[A-Za-z0-9.-]+>")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a copy is for, and what is theirs alone.

    `date` is aware and `message_id` has its angle brackets; both stay the same when a message is
    sent once more. `unsubscribe_mailto` is a whole mailto address, or empty.
    """

    address: str
    message_id: str
    date: dt.datetime
    unsubscribe_url: str
    manage_url: str
    follows_everything: bool = True
    venue_ids: frozenset[int] = frozenset()
    district_ids: frozenset[int] = frozenset()
    unsubscribe_mailto: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands above every copy of an issue.

    `list_id` is `topic.domain` without brackets (RFC 2919). `feedback_id` names issue and topic,
    never a reader. `automatic` mail (RFC 3834) is sent without anybody pressing send.
    """

    from_name: str
    from_address: str
    subject: str
    list_name: str
    list_id: str
    help_url: str
    archive_url: str
    feedback_id: str
    automatic: bool = False


def message_id(dispatch: UUID, reader: UUID, *, key: bytes, domain: str) -> str:
    """Return the id of one reader's copy: the same each time, and telling nobody who it is."""
    name = hmac.new(key, dispatch.bytes + reader.bytes, hashlib.sha256).hexdigest()[:32]
    return f"<{dispatch.hex}.{name}@{domain}>"


def leaving_mail(mailbox: str, key: str) -> str:
    """Return the mailto address that unsubscribes the reader with `key`; "" without a mailbox.

    What arrives there is read by `leaving_key`.
    """
    return f"mailto:{mailbox}?subject={LEAVING}%20{key}" if mailbox else ""


def leaving_key(subject: str) -> str:
    """Return the key in the subject of a mail that unsubscribes, or "" if it is another mail."""
    found = re.search(rf"\b{LEAVING}\s+([A-Za-z0-9_-]{{16,64}})", subject, re.IGNORECASE)
    return found[1] if found else ""


def checked_url(url: str) -> str:
    """Return `url`; raises MimeError if it could break out of a header or an attribute."""
    if not _URL.fullmatch(url):
        raise MimeError("address", url)
    return url


def own_headers(reader: Reader) -> bytes:
    """Return the five lines that are the reader's own, and the empty line below the headers."""
    if not _ID.fullmatch(reader.message_id):
        raise MimeError("address", reader.message_id)
    ways = [f"<{checked_url(reader.unsubscribe_url)}>"]
    if reader.unsubscribe_mailto:
        if not _MAILTO.fullmatch(reader.unsubscribe_mailto):
            raise MimeError("address", reader.unsubscribe_mailto)
        ways.append(f"<{reader.unsubscribe_mailto}>")
    unsubscribe = ",\r\n ".join(ways)
    return (
        f"To: {mail_address(reader.address)}\r\n"
        f"Date: {_date(reader.date)}\r\n"
        f"Message-ID: {reader.message_id}\r\n"
        f"List-Unsubscribe: {unsubscribe}\r\n"
        "\r\n"
    ).encode("ascii")


def shared_headers(envelope: Envelope, boundary: str) -> bytes:
    """Return the headers that every copy of an issue has, without the empty line below them.

    Raises MimeError for a line break in a name or in the subject, and for a broken address.
    """
    sender = mail_address(envelope.from_address)
    lines = [
        named("From", envelope.from_name, sender),
        header("Subject", envelope.subject),
        named("List-Id", envelope.list_name, _list_id(envelope.list_id)),
        b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        named("List-Help", "", checked_url(envelope.help_url)),
        named("List-Archive", "", checked_url(envelope.archive_url)),
        header("Feedback-ID", envelope.feedback_id),
        b"Precedence: bulk\r\n",
        b"X-Auto-Response-Suppress: OOF, AutoReply\r\n",
    ]
    if envelope.automatic:
        lines.append(b"Auto-Submitted: auto-generated\r\n")
    lines += [
        b"Content-Language: da\r\n",
        b"MIME-Version: 1.0\r\n",
        f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n'.encode("ascii"),
    ]
    return b"".join(lines)


def fields(headers: bytes) -> dict[str, str]:
    """Return header lines as names and readable values."""
    message = message_from_bytes(headers, policy=SMTP)
    return {name: str(value) for name, value in message.items()}


def _list_id(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", text):
        raise MimeError("address", text)
    return text


def _date(moment: dt.datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a date without a time zone")
    return format_datetime(moment)

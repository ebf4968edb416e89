"""What comes back to the bounce address: delivery reports (RFC 3464), and requests to leave.

A report is believed for the message that its own address names, never for an address that stands
in its text.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.policy import compat32

MOST_BYTES = 1_000_000
_STATUS = re.compile(r"^([245])\.\d{1,3}\.\d{1,3}")
_TO_FIELDS = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_ADDRESS = re.compile(r"[^\s<>,;\"]+@[^\s<>,;\"]+")


@dataclass(frozen=True, slots=True)
class Returned:
    """A mail in the bounce mailbox.

    `addresses` are those it came to, as they stand in it. `status` is the report's enhanced
    code ("5.1.1") or "" when it is no report of a failure; `complaint` is a feedback report
    (RFC 5965); `subject` is one line.
    """

    addresses: tuple[str, ...]
    subject: str = ""
    status: str = ""
    text: str = ""
    complaint: bool = False

    @property
    def failed(self) -> bool:
        """Whether the message will not arrive."""
        return self.status.startswith("5")


def read_returned(raw: bytes) -> Returned:
    """Return what a mail in the bounce mailbox says. Never raises: much of it is odd or spam."""
    message = email.message_from_bytes(raw[:MOST_BYTES], policy=compat32)
    status, text = _report(message)
    return Returned(
        addresses=tuple(dict.fromkeys(_addresses(message))),
        subject=_one_line(message.get("Subject", "")),
        status=status,
        text=text[:200],
        complaint=_kind(message) == "feedback-report",
    )


def _addresses(message: Message) -> Iterator[str]:
    for name in _TO_FIELDS:
        for value in message.get_all(name, []):
            yield from _ADDRESS.findall(str(value))


def _kind(message: Message) -> str:
    return str(message.get_param("report-type", "") or "").lower()


def _report(message: Message) -> tuple[str, str]:
    """Return status and words of the first receiver that the report says has failed."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if not isinstance(block, Message):
                continue
            if str(block.get("Action", "")).strip().lower() != "failed":
                continue
            found = _STATUS.match(str(block.get("Status", "")).strip())
            return (found[0] if found else "5.0.0"), _one_line(block.get("Diagnostic-Code", ""))
    return "", ""


def _one_line(value: object) -> str:
    return " ".join(str(value).split())[:300]

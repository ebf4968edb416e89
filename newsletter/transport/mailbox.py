"""The mailbox that delivery reports land in, read by POP3 (RFC 1939)."""

import poplib
import ssl
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import unquote, urlsplit

SECONDS = 10.0
MOST_BYTES = 2_000_000


class MailboxError(Exception):
    """The mailbox cannot be read now; the message names no password."""


def take_out(url: str, *, most: int) -> Iterator[bytes]:
    """Yield up to `most` messages; each is deleted once the next is asked for.

    `url` is pop3s://user:password@host:995, or pop3:// within one's own walls. What was yielded
    when the caller fails stays in the mailbox. Raises MailboxError.
    """
    box = _open(url)
    try:
        count = len(box.list()[1])
        for number in range(1, min(count, most) + 1):
            size = int(box.list(number).split()[2])  # type: ignore[attr-defined, arg-type]
            lines = box.top(number, 0)[1] if size > MOST_BYTES else box.retr(number)[1]
            yield b"\r\n".join(lines) + b"\r\n"
            box.dele(number)
        box.quit()
    except (poplib.error_proto, OSError) as error:
        raise MailboxError(str(error)[:200]) from None
    except GeneratorExit:
        with suppress(poplib.error_proto, OSError):
            box.quit()  # what was seen to so far is deleted
        raise
    finally:
        box.close()


def _open(url: str) -> poplib.POP3:
    parts = urlsplit(url)
    host, user, password = parts.hostname or "", unquote(parts.username or ""), parts.password
    if parts.scheme not in {"pop3", "pop3s"} or not host or not user:
        raise MailboxError("NEWSLETTER_BOUNCE_MAILBOX must be pop3s://user:password@host:995")
    box: poplib.POP3 | None = None
    try:
        if parts.scheme == "pop3s":
            context = ssl.create_default_context()
            box = poplib.POP3_SSL(host, parts.port or 995, timeout=SECONDS, context=context)
        else:
            box = poplib.POP3(host, parts.port or 110, timeout=SECONDS)
        box.user(user)
        box.pass_(unquote(password or ""))
    except (poplib.error_proto, OSError) as error:
        if box is not None:
            box.close()
        raise MailboxError(str(error)[:200]) from None
    return box

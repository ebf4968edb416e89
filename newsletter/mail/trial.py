"""A test mail: what a reader would get, to one address, plainly marked as a test."""

import datetime as dt
from typing import TYPE_CHECKING

from core.models import OutgoingMail
from core.post import post
from newsletter.content import content_of
from newsletter.domain.headers import Reader
from newsletter.mail.preview import body_of, preview_message

if TYPE_CHECKING:
    from newsletter.models import IssuePage

PURPOSE = "newsletter_test"
USEFUL = dt.timedelta(hours=6)


def send_test(
    page: "IssuePage", *, to: str, as_reader: Reader, now: dt.datetime
) -> OutgoingMail | None:
    """Write down a mail of `page` as `as_reader` would get it, addressed to `to`.

    The subject stays as it is, because a test is also about how it looks in the inbox; that it
    is a test stands in the mail and in a header. No link in it is any reader's own. Returns None
    when this reader would get no mail. Raises PostError for a broken address or subject.
    """
    content = content_of(page, now=now)
    message = preview_message(content, as_reader, trial=True)
    if message is None:
        return None
    return post(
        purpose=PURPOSE,
        to=to,
        subject=content.subject,
        text=body_of(message, "plain"),
        html=body_of(message, "html"),
        headers={"X-Fristed-Test": "yes"},
        expires_at=now + USEFUL,
        now=now,
    )

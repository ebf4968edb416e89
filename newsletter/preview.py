"""An issue as a mail, before it is sent: in the editor, and as one kind of reader gets it."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from newsletter.content import content_of
from newsletter.domain.headers import Reader

if TYPE_CHECKING:
    from newsletter.models import IssuePage

WEB, MAIL, TEXT = "", "mail", "tekst"
PREVIEW_MODES = [(WEB, _("On the web")), (MAIL, _("As mail")), (TEXT, _("As plain text"))]
TEMPLATES = {MAIL: "newsletter/preview/mail.html", TEXT: "newsletter/preview/text.html"}


def preview_template(mode: str) -> str:
    """Return the template of a mail's preview, or "" for the page itself."""
    return TEMPLATES.get(mode, "")


def preview_context(page: "IssuePage", mode: str, *, now: dt.datetime) -> dict[str, Any]:
    """Return the mail as a reader who follows everything gets it, when `mode` asks for it."""
    if mode not in TEMPLATES:
        return {}
    return {"mail": rendered(page, mode, reader_like(now=now), now=now)}


def rendered(page: "IssuePage", mode: str, reader: Reader, *, now: dt.datetime) -> str:
    """Return the HTML or the text that `reader` would get if the issue were sent at `now`."""
    from newsletter.mail import preview_html, preview_text

    render = preview_html if mode == MAIL else preview_text
    return render(content_of(page, now=now), reader)


def reader_like(
    *,
    now: dt.datetime,
    everything: bool = True,
    venue_ids: frozenset[int] = frozenset(),
    district_ids: frozenset[int] = frozenset(),
    address: str = "laeser@eksempelby.example",
) -> Reader:
    """Return a reader who does not exist but follows what somebody does; its links are dead."""
    return Reader(
        address=address,
        message_id="<proeve@eksempelby.example>",
        date=now,
        unsubscribe_url="#",
        manage_url="#",
        follows_everything=everything,
        venue_ids=venue_ids,
        district_ids=district_ids,
    )

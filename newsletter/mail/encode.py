"""An issue as pieces that are ready to be sent: rendered, styled and encoded once.

The styles are written onto the elements in one go, in a whole document whose pieces are kept
apart by comments. A date that changes before the last message has left is encoded alone, to the
same bytes as it would have in its issue.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import mark_safe

from core.mail_frame import MailFrame, mail_frame
from core.mail_markup import inline_styles
from newsletter.domain.content import Entry, IssueContent
from newsletter.domain.mime import MANAGE, UNSUBSCRIBE, EncodedFragment
from newsletter.domain.quoted import quoted
from newsletter.mail.pieces import Piece, entry_piece, kind_of_key, pieces

FOLDER = "mail/newsletter/issue"
# What stands in the templates where a reader's own addresses come; nobody can own such a name.
UNSUBSCRIBE_HERE = "https://reader.invalid/unsubscribe"
MANAGE_HERE = "https://reader.invalid/manage"
MARKERS = {UNSUBSCRIBE_HERE: UNSUBSCRIBE, MANAGE_HERE: MANAGE}
NOTHING = IssueContent("", "", "", "", (), "")
_BREAK = re.compile(r"<!--piece (.*?)-->")
_GAP = re.compile(r"\s*\n\s*")
_EMPTY_LINES = re.compile(r"\n{3,}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def encode_issue(content: IssueContent, *, trial: bool = False) -> list[EncodedFragment]:
    """Return all pieces of an issue in order: head, what it says, foot.

    `trial` marks a copy that an editor sends to try it out.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _encode(content, list(pieces(content)), trial=trial)


def encode_entries(entries: Mapping[str, Entry]) -> dict[str, EncodedFragment]:
    """Return dates encoded anew, by the key each has in its issue; their order means nothing."""
    with translation.override(settings.LANGUAGE_CODE):
        again = [entry_piece(entry, *kind_of_key(key)) for key, entry in entries.items()]
        found = {each.key: each for each in _encode(NOTHING, again, trial=False)}
    return {key: found[key] for key in entries}


def _encode(
    content: IssueContent, between: Sequence[Piece], *, trial: bool
) -> list[EncodedFragment]:
    frame = mail_frame()
    values = {
        "subject": content.subject,
        "content": content,
        "frame": frame,
        "trial": trial,
        "unsubscribe": UNSUBSCRIBE_HERE,
        "manage": MANAGE_HERE,
    }
    html = _html_pieces(between, values)
    head, foot = Piece("head", "head", values), Piece("foot", "foot", values)
    found = []
    for order, piece in enumerate([head, *between, foot]):
        # Only the foot has places for a reader's own: words of an editor are never such a place.
        markers = MARKERS if piece is foot else {}
        found.append(
            EncodedFragment(
                key=piece.key,
                order=order,
                html_qp=quoted(html[order], markers),
                text_qp=quoted(_text(piece, frame), markers),
                venue_ids=piece.entry.venue_ids if piece.entry else frozenset(),
                district_ids=piece.entry.district_ids if piece.entry else frozenset(),
                occurrence_id=piece.entry.occurrence_id if piece.entry else None,
            )
        )
    return found


def _html_pieces(between: Sequence[Piece], values: Mapping[str, Any]) -> list[str]:
    """Return the styled HTML of head, pieces and foot; joined they are one document."""
    marked = [f"<!--piece {piece.key}-->{_html(piece)}" for piece in between]
    body = mark_safe("".join([*marked, "<!--piece foot-->"]))  # noqa: S308  (of our templates)
    page = get_template(f"{FOLDER}/frame.html").render({**values, "body": body})
    parts = _BREAK.split(inline_styles(_GAP.sub("\n", page.strip())))
    keys, html = parts[1::2], parts[0::2]
    if keys != [*(piece.key for piece in between), "foot"]:
        raise ValueError("the pieces of the mail were mixed up")
    return [_CONTROL.sub("", part).strip("\n") for part in html]


def _html(piece: Piece) -> str:
    found = get_template(f"{FOLDER}/{piece.template}.html").render(dict(piece.context))
    return _GAP.sub("\n", found.strip()).replace("<!--", "&lt;!--")


def _text(piece: Piece, frame: MailFrame) -> str:
    template: Any = get_template(f"{FOLDER}/{piece.template}.txt")
    context = Context({"frame": frame, **piece.context}, autoescape=False)
    text = _CONTROL.sub("", str(template.template.render(context))).strip("\n")
    return _EMPTY_LINES.sub("\n\n", f"{text}\n\n") if text else ""

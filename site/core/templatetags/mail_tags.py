"""What mail templates need: the frame around them, and plain text set for reading."""

import textwrap

from django import template

from core.mail_frame import MailFrame, mail_frame

register = template.Library()

WIDTH = 72


@register.simple_tag(name="mail_frame")
def frame_tag() -> MailFrame:
    """`{% mail_frame as frame %}`: name, colours and numbers of the site."""
    return mail_frame()


@register.filter
def wrapped(text: object, indent: int = 0) -> str:
    """Lines of at most 72 characters; an address is never cut. `indent` begins later lines."""
    room = WIDTH - indent
    lines = [
        line
        for paragraph in str(text).strip().split("\n")
        for line in _wrap(paragraph, room) or [""]
    ]
    gap = " " * indent
    return "\n".join([lines[0], *(f"{gap}{line}".rstrip() for line in lines[1:])])


@register.filter
def underlined(text: object, mark: str = "-") -> str:
    """A heading of plain text: capitals are hard to read, a line below is not."""
    lines = wrapped(text).split("\n")
    return "\n".join([*lines, mark * max(map(len, lines))])


def _wrap(paragraph: str, room: int) -> list[str]:
    """A list item goes on below its words, not below its mark."""
    mark = "  " if paragraph.startswith(("- ", "* ")) else ""
    return textwrap.wrap(
        paragraph,
        width=room,
        subsequent_indent=mark,
        break_long_words=False,
        break_on_hyphens=False,
    )

"""What mail templates need: the frame around them, and plain text set for reading."""

from django import template

from core import mail_text
from core.mail_frame import MailFrame, mail_frame

register = template.Library()


@register.simple_tag(name="mail_frame")
def frame_tag() -> MailFrame:
    """`{% mail_frame as frame %}`: name, colours and numbers of the site."""
    return mail_frame()


@register.filter
def wrapped(text: object, indent: int = 0) -> str:
    """`{{ text|wrapped }}`: lines of at most 72 characters, the later ones moved in."""
    return mail_text.wrapped(str(text), indent=indent)


@register.filter
def underlined(text: object, mark: str = "-") -> str:
    """`{{ heading|underlined:"=" }}`."""
    return mail_text.underlined(str(text), mark=mark)

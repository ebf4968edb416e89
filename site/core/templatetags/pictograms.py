"""`{% pictogram "arrow" size="small" %}` and `{% door "open" %}`: drawings from the sprite.

They always stand beside words. Tags and not templates of their own: a list of dates has a
hundred of them.
"""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
MOST_KEPT = 256  # a drawing in a size; more are made anew
DOORS = {"open": "d-open", "closed": "d-shut"}


@register.simple_tag
def pictogram(name: str, size: str = "") -> SafeString:
    """Return the pictogram `name` of img/icons.svg; `size` is "small", "large" or empty."""
    return _drawn(f"i-{name}", f"icon icon-{size}" if size else "icon")


@register.simple_tag
def door(state: str = "") -> SafeString:
    """Return the door of a venue that is "open" or "closed"; anything else is not known."""
    return _drawn(DOORS.get(str(state), "d-unknown"), "door")


@lru_cache(maxsize=MOST_KEPT)
def _drawn(part: str, css_class: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}" /></svg>',
        css_class,
        static("img/icons.svg"),
        part,
    )

"""The choices of a form that asks in its address, as the components of a filter take them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Option = tuple[str, str | Promise]


def choice_group(
    name: str, label: str, options: Iterable[Option], chosen: Iterable[str], kind: str
) -> dict[str, Any]:
    """Return one group: `options` are values with their words, `kind` is select or checkboxes."""
    picked = set(chosen)
    return {
        "name": name,
        "label": label,
        "type": kind,
        "options": [
            {"value": value, "label": str(words), "selected": value in picked}
            for value, words in options
        ],
    }


def left_out_text(unknown: Sequence[str]) -> str:
    """Return what to say about values of an address that nobody knows, if there are any."""
    if not unknown:
        return ""
    values = ", ".join(f"“{value}”" for value in unknown)
    return _("We do not know %(values)s, and have left it out.") % {"values": values}

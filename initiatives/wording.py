"""The catalogue's codes in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def strength_text(code: str) -> str:
    """Return how binding a requirement is: "must", "should" …"""
    return {
        "must": _("must"),
        "should": _("should"),
        "encouraged": _("is encouraged"),
        "may": _("may"),
        "example": _("for example"),
    }.get(code, code)


def start_text(perspective: dict[str, Any]) -> str:
    """Return when the catalogue expects an initiative to start."""
    start = perspective.get("start") or {}
    if start.get("kind") == "within_months":
        months = start.get("months") or 0
        return ngettext("within %(n)d month", "within %(n)d months", months) % {"n": months}
    if start.get("kind") == "implemented_immediately":
        return _("can be put to use at once")
    return _("at once")


def end_text(perspective: dict[str, Any]) -> str:
    """Return when the catalogue expects an initiative to be done, if it ever is."""
    end = perspective.get("end") or {}
    months = end.get("months")
    if perspective.get("no_end_date") or end.get("kind") == "no_end_date":
        return _("has no end")
    if not months:
        return _("no end is stated")
    within = ngettext("within %(n)d month", "within %(n)d months", months) % {"n": months}
    if end.get("kind") == "finished":
        return _("finished %(within)s") % {"within": within}
    return _("implemented %(within)s") % {"within": within}

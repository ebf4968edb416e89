"""Touches on the whole admin: our colours, and nothing a person cannot use."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("construct_help_menu", order=1000)
def hide_foreign_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's own guides are in English, on somebody else's server."""
    items[:] = [item for item in items if not item.url.startswith(("http://", "https://"))]


@hooks.register("construct_reports_menu", order=1000)
def hide_closed_report(request: HttpRequest, items: list[MenuItem]) -> None:
    """The report on kinds of pages names pages whoever asks, so its address is closed."""
    items[:] = [item for item in items if item.name != "page-types-usage"]


@hooks.register("construct_homepage_summary_items", order=1000)
def hide_counts(request: HttpRequest, items: list[Any]) -> None:
    """How many pages and pictures there are helps nobody who came to write an activity."""
    items.clear()

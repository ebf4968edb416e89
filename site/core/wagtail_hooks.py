"""Touches on the whole admin: our colours, and nothing a person cannot use."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core import guide_views, outbox_views
from core.picture_views import lapsing_pictures
from core.publish_views import before_publishing


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_editor_js")
def save_one_at_a_time() -> SafeString:
    """A button pressed while Wagtail saves by itself must not make a second page."""
    return format_html('<script src="{}" defer></script>', static("js/admin_save.js"))


@hooks.register("construct_help_menu", order=1000)
def hide_foreign_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's own guides are in English, on somebody else's server."""
    items[:] = [item for item in items if not item.url.startswith(("http://", "https://"))]


@hooks.register("construct_reports_menu", order=1000)
def hide_closed_report(request: HttpRequest, items: list[MenuItem]) -> None:
    """These reports name pages, drafts too, whoever asks, so their addresses are closed."""
    closed = {"page-types-usage", "workflows", "workflow-tasks"}
    items[:] = [item for item in items if item.name not in closed]


@hooks.register("construct_homepage_summary_items", order=1000)
def hide_counts(request: HttpRequest, items: list[Any]) -> None:
    """How many pages and pictures there are helps nobody who came to write an activity."""
    items.clear()


class OutboxMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """Shown to those who look after the whole site."""

    def is_shown(self, request: HttpRequest) -> bool:
        return outbox_views.may_see_mail(request.user)


@hooks.register("register_settings_menu_item")
def register_outbox() -> MenuItem:
    return OutboxMenuItem(_("Mail"), reverse("outbox"), name="outbox", icon_name="mail", order=900)


@hooks.register("register_admin_urls")
def register_outbox_urls() -> list[URLPattern]:
    return [
        path("udgiv/<int:pk>/", before_publishing, name="before_publishing"),
        path("billeder/samtykke/", lapsing_pictures, name="lapsing_pictures"),
        path("udbakke/", outbox_views.outbox, name="outbox"),
        path("udbakke/<int:pk>/", outbox_views.kept_mail, name="outbox_mail"),
        path("udbakke/<int:pk>/html/", outbox_views.kept_mail_html, name="outbox_html"),
        path("udbakke/<int:pk>/mail.eml", outbox_views.kept_mail_source, name="outbox_source"),
        path("udbakke/<int:pk>/igen/", outbox_views.send_again, name="outbox_again"),
    ]


@hooks.register("register_help_menu_item")
def register_guide() -> MenuItem:
    return MenuItem(_("Guide"), reverse("guide"), name="guide", icon_name="doc-full", order=0)


@hooks.register("register_admin_urls")
def register_guide_urls() -> list[URLPattern]:
    return [
        path("vejledning/", guide_views.contents, name="guide"),
        path("vejledning/<slug:slug>/", guide_views.topic, name="guide_topic"),
        path("vejledning/billeder/<str:name>", guide_views.picture, name="guide_picture"),
    ]

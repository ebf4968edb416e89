"""Where newsletters stand in the admin: the menu entry and the desk's addresses."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from directory.permissions import rights_of
from newsletter import issue_views, week_views


class DeskMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """Shown to those who write newsletters."""

    def is_shown(self, request: HttpRequest) -> bool:
        return issue_views.may_edit(rights_of(request.user))


class NewsletterViewSet(ViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Nyhedsbreve: write, preview, test, send, and the week's programme."""

    name = "newsletters"
    url_prefix = "nyhedsbreve"
    icon = "mail"
    menu_label: Any = _("Newsletters")
    menu_name = "newsletters"
    menu_item_class = DeskMenuItem
    add_to_admin_menu = True
    menu_order = 33

    def get_urlpatterns(self) -> list[URLPattern]:
        issue, week = issue_views, week_views
        return [
            path("", issue.IndexView.as_view(), name="index"),
            path("ny/", issue.start, name="start"),
            path("<int:pk>/", issue.IssueView.as_view(), name="issue"),
            path("<int:pk>/mail/", issue.mail, name="mail"),
            path("<int:pk>/proeve/", issue.test, name="test"),
            path("<int:pk>/send/", issue.SendView.as_view(), name="send"),
            path("<int:pk>/tag-med/", issue.update, name="update"),
            path("uge/", week.PlanView.as_view(), name="plan"),
            path("uge/<str:day>/", week.WeekView.as_view(), name="week"),
            path("uge/<str:day>/mail/", week.week_mail, name="week_mail"),
            path("uge/<str:day>/hold/", week.hold, name="hold"),
            path("uge/<str:day>/send/", week.release, name="release"),
        ]
